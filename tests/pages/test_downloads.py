"""Files in a page: held where there is room, else linked, and never taken for what a name in the data says."""

import base64
import re

import pytest

from jspmodel.pages.downloads import offered, with_files


@pytest.fixture
def files(tmp_path):
    (tmp_path / "plan.xlsx").write_bytes(b"x" * 300)
    (tmp_path / "telaahan.id.docx").write_bytes(b"d" * 3000)
    return [tmp_path / "plan.xlsx", tmp_path / "telaahan.id.docx"]


def links(html):
    return re.findall(r'<a href="([^"]*)" download="([^"]*)"', html)


def test_files_are_held_in_the_page(files):
    html = with_files(offered(files, "id"), files)
    (book, book_name), (memo, memo_name) = links(html)
    assert (book_name, memo_name) == ("plan.xlsx", "telaahan.id.docx")
    assert base64.b64decode(book.partition("base64,")[2]) == b"x" * 300
    assert book.startswith("data:application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;")
    assert memo.startswith("data:application/vnd.openxmlformats-officedocument.wordprocessingml.document;")


def test_what_has_no_room_is_linked(files):
    page = offered(files, "en")
    html = with_files(page, files, most=len(page) + 1000)
    (book, _), (memo, _) = links(html)
    assert book.startswith("data:")
    assert memo == "telaahan.id.docx"
    assert len(html.encode()) <= len(page) + 1000


def test_only_the_link_itself_is_filled(files):
    text = '<p>href="plan.xlsx"</p>' + offered(files, "id")
    html = with_files(text, files)
    assert html.startswith('<p>href="plan.xlsx"</p>')
    assert html.count("base64,") == 2


def test_a_page_without_the_links_stays_as_it_is(files):
    assert with_files("<p>none</p>", files) == "<p>none</p>"
