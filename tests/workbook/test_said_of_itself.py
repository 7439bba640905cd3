"""A new case that is made of a workbook says of itself what the case did that the workbook was written from."""

from __future__ import annotations

import json
from datetime import datetime

import openpyxl
import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.intake import load_case
from jspmodel.serve.uploads import take_upload
from jspmodel.workbook import read_workbook, write_tables, write_template
from jspmodel.workbook.layout import own_sheets, sheet_name

SAID = {
    "title": "Kota kecil",
    "title_en": "A small city",
    "question": "Apa dulu?",
    "question_en": "What first?",
    "level": "city",
    "known_systems": 7,
    "contributors": [{"title": "Sari", "organization": "Bappeda"}],
    "carried_over": [{"fund": "apbd", "year": 2028, "amount": 0.1 + 0.2}],
}
NOW = datetime(2026, 12, 1)


@pytest.fixture
def case(tiny_folder):
    (tiny_folder / "datapackage.json").write_text(json.dumps({**SAID, "licenses": ["x"]}), encoding="utf-8")
    return tiny_folder


@pytest.fixture
def book(case, tmp_path):
    write_template(case, tmp_path / "book.xlsx", "id")
    return tmp_path / "book.xlsx"


def changed(book, change):
    opened = openpyxl.load_workbook(book)
    change(opened)
    opened.save(book)


def made(book, folder):
    reading = read_workbook(book, folder)
    assert not reading.errors
    write_tables(folder, reading.changes, NOW, reading.about)
    return load_case(folder)


def said_by(case):
    return case.title, case.question, case.level, case.known_systems, case.contributors, case.carried_over


def test_it_says_the_same(case, book, tmp_path):
    first, again = load_case(case), made(book, tmp_path / "new")
    assert said_by(again) == said_by(first)
    assert again.carried_over == {("apbd", 2028): 0.1 + 0.2}
    assert again.level == "city"
    package = json.loads((tmp_path / "new" / "datapackage.json").read_text(encoding="utf-8"))
    assert package == {"name": "new", **SAID}


def test_a_case_that_is_there_goes_on_saying_what_it_says(case, book):
    before = (case / "datapackage.json").read_bytes()
    changed(book, lambda opened: opened[sheet_name("regions")].__setitem__("B7", "Utara"))
    made(book, case)
    assert (case / "datapackage.json").read_bytes() == before


def test_a_case_of_other_regions_is_another_one(book, tmp_path):
    def other(opened):
        for sheet in opened.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and "34.10" in cell.value:
                        cell.value = cell.value.replace("34.10", "34.09")

    changed(book, other)
    again = made(book, tmp_path / "new")
    assert set(again.regions["region"]) == {"34.01", "34.09"}
    assert (again.level, again.carried_over) == ("province", {})
    assert not (tmp_path / "new" / "datapackage.json").exists()


@pytest.mark.parametrize(
    "text", ["about={", 'about={"level": "planet"}', "about=[1]", 'about={"title": 1e999}']
)
def test_what_no_template_says_is_left_aside(book, tmp_path, text):
    def other(opened):
        for sheet in opened.worksheets:
            if sheet.title in own_sheets("lists"):
                (cell,) = (
                    one for row in sheet.iter_rows() for one in row if str(one.value).startswith("about=")
                )
                cell.value = text

    changed(book, other)
    assert made(book, tmp_path / "new").level == "province"


def test_the_command_tells_it(book, tmp_path):
    words = ["import", str(book), str(tmp_path / "new"), "--yes", "--language", "en"]
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 0, answer.output
    assert "datapackage.json, as the case has it that the workbook was written from: title, " in answer.output
    assert load_case(tmp_path / "new").level == "city"


def test_a_workbook_that_is_uploaded_is_the_same_case(case, book, tmp_path):
    for name in ("uploads", "cases"):
        (tmp_path / "session" / name).mkdir(parents=True)
    upload = take_upload(book.read_bytes(), "kota.xlsx", tmp_path / "session", "id")
    assert said_by(load_case(upload.case)) == said_by(load_case(case))
