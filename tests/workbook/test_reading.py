"""Workbooks as planners leave them: much is let pass, and what is wrong is told with its cell."""

import re
import zipfile
from datetime import datetime

import pytest
from openpyxl.styles import numbers

from jspmodel.errors import DataError
from jspmodel.workbook import read_workbook
from jspmodel.workbook.sheet_wording import problem_list
from tiny import tiny_tables, write_case
from workbook.books import column, plain_book, read, saved, template, told


def warned(reading):
    return {problem.code for problem in reading.problems if problem.warning}


def test_what_nobody_sees_in_a_cell_changes_nothing(tmp_path, tiny_folder):
    book = plain_book(tiny_tables())
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = f"\u202e{cell.value}\u2066\u200b_x001B_"
    reading = read(book, tmp_path, tiny_folder)
    assert (reading.changes, reading.errors) == ((), ())


def test_another_order_blank_rows_and_additions_change_nothing(tmp_path, tiny_folder):
    book = plain_book(tiny_tables())
    sheet = book["Biaya program"]
    rows = list(sheet.iter_rows(values_only=True))
    sheet.delete_rows(1, sheet.max_row)
    sheet.append(["PEMERINTAH PROVINSI"])
    sheet.append(["Rencana biaya 2027-2029"])
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("A2:F2")
    sheet.append([])
    for number, (program, region, kind, offset, amount) in enumerate(rows):
        note = "Catatan kami" if number == 0 else "periksa"
        sheet.append([amount, note, kind, program, offset, region])
        sheet.append([])
    book.create_sheet("Catatan rapat")["A1"] = "=1+1"
    book.move_sheet("Biaya program", -5)
    reading = read(book, tmp_path, tiny_folder)
    assert (reading.changes, reading.errors) == ((), ())
    assert warned(reading) == {"sheet_unknown", "unknown_column"}


@pytest.mark.parametrize(
    "headings",
    [
        ["Sumber dana", "Tahun", "Pagu (miliar rupiah)"],
        ["FUND *", " year ", "Budget"],
        ["fund", "year", "amount"],
    ],
)
def test_headings_of_either_language_or_of_the_csv_file(tmp_path, tiny_folder, headings):
    book = plain_book(tiny_tables())
    for place, text in enumerate(headings, 1):
        book["Pagu indikatif"].cell(1, place).value = text
    book["Pagu indikatif"].title = "fund_budgets"
    reading = read(book, tmp_path, tiny_folder)
    assert (reading.changes, reading.errors) == ((), ())


def test_a_heading_that_was_changed_is_found_by_its_other_language(tmp_path, tiny_folder):
    book = template(tiny_folder)
    book["Biaya program"]["E5"] = "Anggaran kami"
    assert read(book, tmp_path, tiny_folder).changes == ()


def test_a_code_may_stand_alone_or_with_a_name_old_or_new(tmp_path, tiny_folder):
    book = template(tiny_folder)
    regions, costs = book["Daerah"], book["Biaya program"]
    regions["B7"] = "Timur Raya"
    costs["B7"], costs["B11"] = "34.01", "34.01 Timur Raya"
    (change,) = read(book, tmp_path, tiny_folder).changes
    assert [(cell.key, cell.before, cell.after) for cell in change.changed] == [
        (("34.01",), "Timur", "Timur Raya")
    ]


def test_years_money_and_numbers_as_people_write_them(tmp_path, tiny_folder):
    book = template(tiny_folder)
    budgets, regions = book["Pagu indikatif"], book["Daerah"]
    budgets["B7"] = datetime(2027, 1, 1)
    budgets["B8"].number_format = numbers.FORMAT_DATE_YYYYMMDD2
    budgets["C8"] = "Rp4.500.000.000"
    budgets["C9"] = "1.500,5"
    regions[column(regions, "Penduduk") + "7"] = "1.125.571"
    reading = read(book, tmp_path, tiny_folder)
    assert not reading.errors
    cells = [(cell.key, cell.after) for change in reading.changes for cell in change.changed]
    assert cells == [(("34.01",), "1125571"), (("apbd", "2028"), "4.5"), (("apbd", "2029"), "1500.5")]


def test_every_problem_is_told_with_its_cell(tmp_path, tiny_folder):
    book = template(tiny_folder)
    costs, programs = book["Biaya program"], book["Usulan program"]
    costs["E7"], costs["B8"], costs["C9"] = "1,5 M", "34.1", "bangun"
    costs["E11"], costs["A12"] = "=E7*2", "P3 Data terpad"
    programs[column(programs, "Lama pelaksanaan") + "8"] = None
    reading = read(book, tmp_path, tiny_folder)
    assert told(reading) == [
        ("blank_cell", column(programs, "Lama pelaksanaan") + "8", "programs"),
        ("which_million", "E7", "program_costs"),
        ("code_as_number", "B8", "program_costs"),
        ("not_in_list", "C9", "program_costs"),
        ("formula_not_calculated", "E11", "program_costs"),
        ("unknown_code", "A12", "program_costs"),
    ]
    text = problem_list(reading, "id")
    for part in (
        'lembar "Biaya program"',
        "sel E7",
        'Tulis "1,5 miliar" bila miliar, "1,5 juta" bila juta',
        "Maksud Anda 34.10 Barat?",
        "pembangunan, operasional",
        "Maksud Anda P03 Data terpadu?",
    ):
        assert part in text
    assert ".csv" not in text


def test_a_formula_that_was_calculated_is_its_value(tmp_path, tiny_folder):
    """openpyxl keeps no values of formulas, so the file is changed as a spreadsheet program would leave it."""
    book = template(tiny_folder)
    book["Biaya program"]["E7"] = "=1+4"
    with (
        zipfile.ZipFile(saved(book, tmp_path)) as archive,
        zipfile.ZipFile(tmp_path / "calc.xlsx", "w") as other,
    ):
        for name in archive.namelist():
            other.writestr(name, re.sub(rb"(<f>1\+4</f>)<v( ?/>|></v>)", rb"\1<v>5</v>", archive.read(name)))
    (change,) = read_workbook(tmp_path / "calc.xlsx", tiny_folder).changes
    assert [(cell.column, cell.before, cell.after) for cell in change.changed] == [("amount", "2", "5")]


def test_an_error_of_a_formula_is_no_text(tmp_path, tiny_folder):
    book = template(tiny_folder)
    book["Usulan program"]["B7"] = "#REF!"
    assert told(read(book, tmp_path, tiny_folder)) == [("formula_error", "B7", "programs")]


def test_rules_between_tables_are_judged_as_for_csv(tmp_path, tiny_folder):
    book = template(tiny_folder)
    book["Biaya program"].delete_rows(12)
    (problem,) = read(book, tmp_path, tiny_folder).errors
    assert (problem.code, problem.cell) == ("no_cost", "A9")
    assert "P03" in str(problem.values)


def test_a_sheet_that_is_gone_leaves_its_table_alone(tmp_path, tiny_folder):
    book = template(tiny_folder)
    del book["Biaya program"], book["Pagu indikatif"]
    reading = read(book, tmp_path, tiny_folder)
    assert (reading.changes, reading.errors) == ((), ())


def test_two_sheets_of_one_table_are_an_error(tmp_path, tiny_folder):
    book = template(tiny_folder)
    book.create_sheet("funds")["A1"] = "fund"
    assert [code for code, _, _ in told(read(book, tmp_path, tiny_folder))] == ["sheet_twice"]


def test_a_required_column_that_is_gone_and_one_that_is_there_twice(tmp_path, tiny_folder):
    book = plain_book(tiny_tables())
    book["Pagu indikatif"]["C1"] = "Catatan"
    book["Sumber dana"]["D1"] = "Fund code"
    codes = [code for code, _, _ in told(read(book, tmp_path, tiny_folder))]
    assert codes == ["duplicate_column", "missing_column"]


def test_a_new_case_may_begin_without_what_a_plan_needs(tmp_path):
    names = ("regions", "borders", "dimensions", "issues", "indicators", "indicator_values")
    reading = read(plain_book({name: tiny_tables()[name] for name in names}), tmp_path, tmp_path / "new")
    assert told(reading) == []
    assert {change.table for change in reading.changes} == {*names}


def test_a_sheet_without_rows_does_not_empty_a_table_that_a_plan_needs(tmp_path, tiny_folder):
    book = plain_book(tiny_tables())
    book["Biaya program"].delete_rows(2, 20)
    assert told(read(book, tmp_path, tiny_folder)) == [("empty_table", "A1", "program_costs")]


def test_a_sheet_without_known_headings_is_an_error(tmp_path, tiny_folder):
    book = plain_book(tiny_tables())
    book["Biaya program"].delete_rows(1)
    assert told(read(book, tmp_path, tiny_folder))[0][::2] == ("no_headings", "program_costs")


def test_a_workbook_without_a_known_sheet_is_refused(tmp_path, tiny_folder):
    book = plain_book({"funds": "fund\napbd\n"})
    book["Sumber dana"].title = "Lembar1"
    with pytest.raises(DataError) as caught:
        read(book, tmp_path, tiny_folder)
    assert [problem.code for problem in caught.value.problems] == ["no_sheets"]


def test_a_new_table_is_written_with_the_columns_that_are_filled_in(tmp_path):
    tables = tiny_tables()
    del tables["fund_rules"]
    folder = write_case(tmp_path / "small", tables)
    book = template(folder, "id", "Aturan sumber dana")
    rules = book["Aturan sumber dana"]
    rules["A7"], rules["B7"], rules["D7"] = "danais", "P01 Pelatihan kerja", "0,5"
    (change,) = read(book, tmp_path, folder).changes
    assert change.columns == ("fund", "program", "max_share")
    assert change.rows == (("danais", "P01", "0.5"),)


def test_a_word_for_a_level_is_the_level(tmp_path, tiny_folder):
    book = template(tiny_folder)
    effects = book["Dampak program"]
    effects[f"{column(effects, 'Tingkat dampak')}9"] = "Tinggi"
    (change,) = read_workbook(saved(book, tmp_path), tiny_folder).changes
    assert [(cell.column, cell.before, cell.after) for cell in change.changed] == [("level", "low", "high")]


def test_a_level_of_the_cases_own_stays(tmp_path):
    tables = tiny_tables()
    tables["program_effects"] = tables["program_effects"].replace(",low", ",tinggi")
    folder = write_case(tmp_path / "own", tables)
    assert not read_workbook(saved(template(folder), tmp_path), folder).changes


def test_a_rule_of_a_fund_may_leave_programme_and_dimension_blank_once(tmp_path, tiny_folder):
    """danais has a rule for P01; a second row names neither, and so holds for all others."""
    book = plain_book(tiny_tables())
    sheet = book["Aturan sumber dana"]
    sheet.append(["danais", None, None, "50%"])
    reading = read_workbook(saved(book, tmp_path), tiny_folder)
    assert not reading.errors
    (change,) = reading.changes
    (row,) = change.added
    assert (change.table, row.key, float(row.cells["max_share"])) == ("fund_rules", ("danais", "", ""), 0.5)
    sheet.append(["danais", None, None, 0.2])
    (problem,) = read_workbook(saved(book, tmp_path), tiny_folder).errors
    assert (problem.code, problem.cell) == ("duplicate_key", "A4")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "id",
            'di kolom "Tingkat dampak", atau jenis program di lembar "Usulan program" (kolom "Jenis program")',
        ),
        ("en", 'in the column "Level of effect"'),
    ],
)
def test_messages_name_headings_for_columns(tmp_path, tiny_folder, language, told):
    book = plain_book(tiny_tables())
    book["Dampak program"]["F3"] = None
    reading = read_workbook(saved(book, tmp_path), tiny_folder)
    assert [problem.code for problem in reading.errors] == ["effect_missing"]
    assert told in problem_list(reading, language)
