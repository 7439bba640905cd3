"""Files that are no workbook, or that would do harm: refused with a clear word, or read as data."""

import csv
import io
import re
import zipfile
from datetime import datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from jspmodel.errors import DataError
from jspmodel.intake import read_case
from jspmodel.workbook import mark_workbook, read_workbook, write_tables, write_template
from tiny import tiny_tables, write_case
from workbook.books import plain_book, read, saved, template, told

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def refusal(file, folder):
    with pytest.raises(DataError) as caught:
        read_workbook(file, folder)
    assert caught.value.problems
    return caught.value.problems[0].code


@pytest.fixture
def file(tmp_path, tiny_folder):
    return saved(template(tiny_folder), tmp_path)


def changed(file, changes, added=None):
    """Return a workbook with some of its parts changed or added."""
    target = file.with_name("changed.xlsx")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, lambda data: data)(old.read(name)))
        for name, data in (added or {}).items():
            new.writestr(name, data)
    return target


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"program,name_id\nP01,Satu\n", "not_a_workbook"),
        (b"", "not_a_workbook"),
        (OLE, "workbook_old"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "workbook_encrypted"),
        (b"PK\x03\x04" + b"\0" * 50, "workbook_broken"),
    ],
)
def test_other_files(tmp_path, tiny_folder, data, code):
    (tmp_path / "file.xlsx").write_bytes(data)
    assert refusal(tmp_path / "file.xlsx", tiny_folder) == code


def test_another_archive_and_a_broken_workbook(tmp_path, tiny_folder, file):
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as archive:
        archive.writestr("content.xml", "<a/>")
    assert refusal(tmp_path / "other.xlsx", tiny_folder) == "not_a_workbook"
    for part in ("xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml"):
        assert (
            refusal(changed(file, {part: lambda data: data[: len(data) // 2]}), tiny_folder)
            == "workbook_broken"
        )


def test_a_zip_bomb_is_refused_unread(tiny_folder, file, monkeypatch):
    bomb = changed(file, {}, {"xl/media/image1.xml": b" " * (257 * 2**20)})
    assert bomb.stat().st_size < 2**20
    opened = []
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda _, part, *__: opened.append(part))
    assert refusal(bomb, tiny_folder) == "workbook_too_large"
    assert opened == []


@pytest.mark.parametrize(
    "start", ['<!DOCTYPE a [<!ENTITY b "c">]>', "<!-- x --><!DOCTYPE a SYSTEM 'file:///etc/passwd'>"]
)
def test_entities_are_refused(tiny_folder, file, start):
    def with_entity(data):
        return data.replace(b"<workbook", start.encode() + b"<workbook", 1)

    assert refusal(changed(file, {"xl/workbook.xml": with_entity}), tiny_folder) == "workbook_unsafe"


def test_entities_in_another_encoding_are_refused(tiny_folder, file):
    hidden = changed(file, {"xl/workbook.xml": lambda data: data.decode().encode("utf-16")})
    assert refusal(hidden, tiny_folder) == "workbook_unsafe"


def test_a_sheet_that_claims_to_be_endless_is_refused(tiny_folder, file):
    def far(data):
        return data.replace(
            b"</sheetData>", b'<row r="900000000"><c r="A900000000"><v>1</v></c></row></sheetData>'
        )

    endless = changed(file, {"xl/worksheets/sheet2.xml": far})
    assert refusal(endless, tiny_folder) == "workbook_too_large"


def test_a_style_that_is_not_there_is_no_style(tiny_folder, file):
    def styled(data):
        return re.sub(rb's="[0-9]+"', b's="9999"', data)

    parts = {f"xl/worksheets/sheet{number}.xml": styled for number in range(2, 17)}
    assert {*parts} <= {*zipfile.ZipFile(file).namelist()}
    assert read_workbook(changed(file, parts), tiny_folder).changes == ()


def test_a_workbook_that_cannot_be_copied_is_told(tmp_path, tiny_folder, file):
    book = openpyxl.load_workbook(file)
    book["Pagu indikatif"]["C8"] = -4
    book["Daerah"]["B7"].comment = Comment("mohon dicek", "Bappeda")
    parts = {"xl/comments/comment1.xml": lambda data: data[: len(data) // 2]}
    odd = changed(saved(book, tmp_path, "odd.xlsx"), parts)
    reading = read_workbook(odd, tiny_folder)
    assert told(reading) == [("negative", "C8", "fund_budgets")]
    with pytest.raises(DataError) as caught:
        mark_workbook(odd, reading, tmp_path / "marked.xlsx", "id")
    assert caught.value.problems[0].code == "not_marked"
    assert not (tmp_path / "marked.xlsx").exists()


def test_macros_and_links_to_other_files_are_not_used(tiny_folder, file):
    parts = {"xl/vbaProject.bin": b"\0", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    reading = read_workbook(changed(file, {}, parts), tiny_folder)
    assert {"macros_ignored", "links_not_followed"} <= {problem.code for problem in reading.problems}
    assert (reading.changes, reading.errors) == ((), ())


def test_no_formula_gets_from_a_workbook_into_a_table(tmp_path, tiny_folder):
    book = template(tiny_folder)
    cell = book["Usulan program"]["B7"]
    cell.value, cell.data_type = '=HYPERLINK("http://x")', "s"
    assert told(read(book, tmp_path, tiny_folder)) == [("looks_like_formula", "B7", "programs")]


def test_no_formula_gets_from_a_table_into_a_workbook(tmp_path):
    tables = tiny_tables()
    tables["programs"] = tables["programs"].replace("Pelatihan kerja", "=1+1").replace("P03,", "@P03,")
    tables["regions"] = tables["regions"].replace("Timur", "+cmd|' /C calc'!A0")
    folder = write_case(tmp_path / "evil", tables)
    write_template(folder, tmp_path / "evil.xlsx", "id")
    book = openpyxl.load_workbook(tmp_path / "evil.xlsx")
    for sheet in book.worksheets:
        formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert not formulas or sheet.sheet_state == "hidden"
        assert not [text for text in formulas if "cmd" in text or "1+1" in text]
    cell = book["Usulan program"]["B7"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


@pytest.mark.parametrize("name", ["..%sfunds", "/etc/passwd", "funds.csv", "../../funds"])
def test_the_name_of_a_sheet_is_no_path(tmp_path, tiny_folder, name):
    """Excel forbids slashes in names; whoever writes XML does not."""
    book = plain_book(tiny_tables())
    book["Sumber dana"].title = "SUMBER"
    escaped = name.replace("%s", "/").encode()
    file = changed(saved(book, tmp_path), {"xl/workbook.xml": lambda data: data.replace(b"SUMBER", escaped)})
    reading = read_workbook(file, tiny_folder)
    assert "sheet_unknown" in {problem.code for problem in reading.problems}
    assert "funds" not in reading.places


def test_a_table_that_is_a_link_does_not_lead_out_of_the_case(tmp_path, tiny_folder):
    outside = tmp_path / "outside.csv"
    (tiny_folder / "funds.csv").rename(outside)
    (tiny_folder / "funds.csv").symlink_to(outside)
    before = outside.read_bytes()
    book = template(tiny_folder)
    book["Sumber dana"]["B7"] = "APBD DIY"
    write_tables(tiny_folder, read(book, tmp_path, tiny_folder).changes, datetime(2026, 1, 1))
    assert outside.read_bytes() == before
    assert "APBD DIY" in (tiny_folder / "funds.csv").read_text(encoding="utf-8")


CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(datetime(1900, 3, 1), datetime(2200, 1, 1)),
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=8),
    st.sampled_from(["Rp", "Rp-", "1,5 M", "34.1", "P01 x", "#N/A", "=A1", "-", "%", "1.2.3", "9" * 400]),
)


@pytest.mark.usefixtures("read_here")  # sound files: what is in their cells is what may be odd
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_cells_are_read_or_told(tmp_path, tiny_folder, data):
    book = plain_book(tiny_tables())
    for _ in range(data.draw(st.integers(1, 5))):
        sheet = data.draw(st.sampled_from(book.worksheets))
        place = data.draw(st.integers(1, sheet.max_row)), data.draw(st.integers(1, sheet.max_column))
        sheet.cell(*place).value = data.draw(CELL)
    reading = read(book, tmp_path, tiny_folder)
    assert all(
        problem.cell for problem in reading.errors if problem.file.removesuffix(".csv") in reading.places
    )
    if not reading.errors:
        folder = write_case(tmp_path / "written", tiny_tables())
        write_tables(folder, reading.changes, datetime(2026, 1, 1))
        for name in (folder / "backup").glob("*/*"):
            name.unlink()
        (folder / "backup" / "2026-01-01-000000").rmdir()
        assert read_case(folder)[0] is not None
        for file in folder.glob("*.csv"):
            for row in csv.reader(io.StringIO(file.read_text(encoding="utf-8"))):
                assert not [cell for cell in row if cell.startswith(("=", "@"))]


@pytest.mark.usefixtures("read_here")  # so nothing but a refusal may come of them here either
def test_damaged_bytes_are_told_in_words(tmp_path, tiny_folder, file):
    data, codes = bytearray(file.read_bytes()), []
    for place in range(100, len(data), len(data) // 25):
        broken = bytearray(data)
        broken[place : place + 20] = b"\xff" * 20
        (tmp_path / "broken.xlsx").write_bytes(broken)
        try:
            read_workbook(tmp_path / "broken.xlsx", tiny_folder)
        except DataError as error:
            codes.append(error.problems[0].code)
    # Which bytes are hit depends on the day in the file: where they say how large a part is, it counts as too large.
    assert set(codes) <= {"workbook_broken", "not_a_workbook", "workbook_unsafe", "workbook_too_large"}
    assert codes
