"""Template, import, no change: whatever stands in the tables, and whichever program saved the file."""

import csv
import io
import shutil
import subprocess
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jspmodel.intake import shipped
from jspmodel.text import visible
from jspmodel.workbook import read_workbook, write_template
from tiny import tiny_tables, write_case
from workbook.books import plain_book, read, template


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_shipped_case_comes_back_without_a_change(tmp_path, language):
    folder, file = shipped("data") / "diy", tmp_path / "diy.xlsx"
    write_template(folder, file, language)
    reading = read_workbook(file, folder)
    assert (reading.changes, reading.errors) == ((), ())
    assert len(reading.places) >= 25


def test_a_change_of_each_table_is_seen(tmp_path, tiny_folder):
    """Guards the tests above: a reader that reads nothing would pass them."""
    book = template(tiny_folder, whole=True)
    for name in ("Daerah", "Usulan program", "Biaya program", "Pagu indikatif"):
        book[name].delete_rows(7)
    changes = read(book, tmp_path, tiny_folder).changes
    assert {change.table: len(change.removed) for change in changes} == {
        "regions": 1,
        "programs": 1,
        "program_costs": 1,
        "fund_budgets": 1,
    }


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12).filter(
    lambda text: visible(text).strip()[:1] not in {"=", "@", "+", "-"}
)


@settings(max_examples=15)
@given(name=TEXT, source=TEXT, code=TEXT, amount=st.floats(0, 1e7), effect=st.floats(0, 1))
@example(name="", source="", code="\x1b", amount=0.0, effect=0.0)  # was written raw into the sheet of lists
def test_any_text_and_any_number_come_back(name, source, code, amount, effect):
    tables = tiny_tables()
    tables["regions"] = _csv([["region", "name", "kind"], ["34.01", name, source], [code, "Barat", ""]])
    tables["program_costs"] += f"P03,34.01,build,1,{amount!r}\n"
    tables["program_effects"] += f"P03,waste,{effect!r},,,\n"
    with tempfile.TemporaryDirectory() as place:
        folder = write_case(Path(place) / "tiny", tables)
        write_template(folder, Path(place) / "tiny.xlsx", "id")
        assert read_workbook(Path(place) / "tiny.xlsx", folder).changes == ()


def _csv(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def test_codes_and_names_that_could_be_mixed_up_come_back(tmp_path):
    tables = tiny_tables()
    tables["regions"] = "region,name\nA,B C\nA B,C\n34.01,\n34.10,34.01\n"
    tables["program_regions"] = "program,region\nP01,A\nP01,A B\nP02,34.01\nP02,34.10\n"
    folder = write_case(tmp_path / "odd", tables)
    write_template(folder, tmp_path / "odd.xlsx", "id")
    assert read_workbook(tmp_path / "odd.xlsx", folder).changes == ()


def test_a_case_that_is_wrong_can_be_mended_in_a_workbook(tmp_path):
    tables = tiny_tables()
    tables["funds"] = tables["funds"].replace("APBD provinsi,", "APBD provinsi,99")
    tables["fund_budgets"] = tables["fund_budgets"].replace("2027,4", "2027,empat")
    folder = write_case(tmp_path / "wrong", tables)
    book = template(folder)
    assert (book["Sumber dana"]["D7"].value, book["Pagu indikatif"]["C7"].value) == ("99", "empat")
    book["Sumber dana"]["D7"] = None
    book["Pagu indikatif"]["C7"] = 4
    reading = read(book, tmp_path, folder)
    assert not reading.errors
    assert {change.table for change in reading.changes} == {"funds", "fund_budgets"}


def test_a_workbook_of_plain_text_cells_says_the_same(tmp_path, tiny_folder):
    assert read(plain_book(tiny_tables()), tmp_path, tiny_folder).changes == ()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_saves_comes_back_with_its_lists(tmp_path, tiny_folder):
    book = template(tiny_folder, whole=True)
    book["Daerah"]["A9"], book["Daerah"]["B9"] = "34.71", "Kota"
    book.save(tmp_path / "kota.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", "lo", "kota.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    office = openpyxl.load_workbook(tmp_path / "lo" / "kota.xlsx", data_only=True)
    (change,) = read_workbook(tmp_path / "lo" / "kota.xlsx", tiny_folder).changes
    assert (change.table, [row.key for row in change.added], change.changed) == ("regions", [("34.71",)], ())
    assert [cell.value for cell in office["Daftar"]["A"][:5]] == [
        "regions",
        3,
        "34.01 Timur",
        "34.10 Barat",
        "34.71 Kota",
    ]
    lists = {
        rule.formula1
        for rule in office["Biaya program"].data_validations.dataValidation
        if rule.type == "list"
    }
    assert {"list_programs", "list_regions", "list_program_costs_kind"} <= lists
