"""The marked copy: what is wrong is red, says how to mend it, and is listed; their own file stays as it was."""

import hashlib

import openpyxl
import pytest

from jspmodel.workbook import mark_workbook, read_workbook
from tiny import tiny_tables, write_case
from workbook.books import saved, template

RED, YELLOW = "FFFF9B9B", "FFFFF2B3"


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """The tiny case, which these tests read."""
    return write_case(tmp_path_factory.mktemp("case") / "tiny", tiny_tables())


@pytest.fixture(scope="module")
def wrong(tmp_path_factory, case):
    """A workbook with three errors and a warning, in two sheets; these tests read it."""
    book = template(case)
    costs = book["Biaya program"]
    costs["E7"], costs["B8"], costs["J5"] = "1,5 M", "34.1", "Catatan"
    costs["H9"] = "=1+1"
    book["Pagu indikatif"]["C8"] = -4
    book.create_sheet("Rapat")["A1"] = "catatan kami"
    return saved(book, tmp_path_factory.mktemp("wrong"))


@pytest.fixture(scope="module")
def copy(wrong, case):
    """Its marked copy opened, and whether the workbook itself is as it was."""
    before = hashlib.sha256(wrong.read_bytes()).hexdigest()
    book = marked(wrong, case)
    return book, hashlib.sha256(wrong.read_bytes()).hexdigest() == before


def marked(file, folder, name="marked.xlsx"):
    reading = read_workbook(file, folder)
    mark_workbook(file, reading, file.with_name(name), "id")
    return openpyxl.load_workbook(file.with_name(name))


def test_cells_are_red_with_what_mends_them(copy):
    book, untouched = copy
    assert untouched
    red = {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == RED
    }
    assert red == {
        ("Biaya program", "E7"),
        ("Biaya program", "B8"),
        ("Biaya program", "H9"),
        ("Pagu indikatif", "C8"),
    }
    assert 'Tulis "1,5 miliar" bila miliar' in book["Biaya program"]["E7"].comment.text
    assert "34.10 Barat" in book["Biaya program"]["B8"].comment.text
    assert book["Biaya program"]["J6"].fill.fgColor.rgb == YELLOW
    assert book["Biaya program"]["E7"].value == "1,5 M"
    assert book["Rapat"]["A1"].value == "catatan kami"


def test_a_first_sheet_lists_every_problem_with_a_link(copy):
    book, _ = copy
    page = book.worksheets[0]
    assert (page.title, book.active.title) == ("Masalah", "Masalah")
    rows = {(row[1].value, row[2].value): row for row in page.iter_rows(min_row=2)}
    row = rows["Pagu indikatif", "C8"]
    assert row[2].hyperlink.location == "'Pagu indikatif'!C8"
    assert (row[0].value, row[3].value) == ("salah", '"-4" negatif. Tulis 0 atau lebih.')
    assert {cell for _, cell in rows} >= {"E7", "B8", "H9", "C8", "J6"}


def test_lists_and_limits_still_hold_in_the_copy(copy):
    rules = copy[0]["Biaya program"].data_validations.dataValidation
    assert {str(rule.formula1) for rule in rules if rule.type == "list"} >= {"list_programs", "list_regions"}
    assert [rule.formula2 for rule in rules if rule.type == "decimal"] == ["10000000"] * 2


def test_what_was_mended_in_the_copy_is_no_longer_marked(wrong, tiny_folder, tmp_path):
    book = marked(wrong, tiny_folder)
    book["Biaya program"]["E7"] = 1.5
    again = marked(saved(book, tmp_path, "mended.xlsx"), tiny_folder, "again.xlsx")
    assert again["Biaya program"]["E7"].comment is None
    assert again["Biaya program"]["E7"].fill.fgColor.rgb != RED
    assert again["Biaya program"]["B8"].fill.fgColor.rgb == RED
    assert again.sheetnames.count("Masalah") == 1


def test_a_problem_in_merged_cells_is_marked_at_their_first(tmp_path, tiny_folder):
    book = template(tiny_folder)
    book["Biaya program"].merge_cells("A7:A8")
    again = marked(saved(book, tmp_path), tiny_folder)
    assert again["Biaya program"]["A7"].fill.fgColor.rgb == RED
    assert "wajib diisi" in again["Biaya program"]["A7"].comment.text


def test_text_of_a_file_is_no_formula_in_the_list(tmp_path, tiny_folder):
    book = template(tiny_folder)
    book.create_sheet("=1+1")
    book["Pagu indikatif"]["C8"] = "x"
    again = marked(saved(book, tmp_path), tiny_folder)
    assert "f" not in {cell.data_type for row in again.worksheets[0].iter_rows() for cell in row}
