"""Own tables as people fill them in: names for codes, BPS codes, dates, percentages, totals, what is hidden."""

from datetime import date, datetime

import pytest

from jspmodel.workbook import read_workbook
from jspmodel.workbook.sheet_wording import problem_list
from tiny import tiny_tables, write_case
from workbook.books import plain_book, saved

SEMARANG = (
    "region,name,kind,population\n33.22,Kabupaten Semarang,kabupaten,300\n33.74,Kota Semarang,kota,100\n"
    "33.21,Kabupaten Demak,kabupaten,90\n"
)


def semarang():
    tables = {
        name: text.replace("34.01", "33.22").replace("34.10", "33.74") for name, text in tiny_tables().items()
    }
    return {**tables, "regions": SEMARANG}


def values(place, tables, rows, extra=None):
    """Import rows of indicator values into a case; return the new rows, and the errors."""
    folder = write_case(place / "case", tables)
    book = plain_book({"indicator_values": "indicator,region,year,value\n"})
    sheet = book["Capaian indikator"]
    for row in rows:
        sheet.append(row)
    if extra:
        extra(sheet)
    reading = read_workbook(saved(book, place), folder)
    change = next((one for one in reading.changes if one.table == "indicator_values"), None)
    return [row[:4] for row in change.rows] if change else [], reading


def codes(reading):
    return [(problem.code, problem.cell) for problem in reading.errors]


@pytest.mark.parametrize(
    "name",
    [
        "Kab. Semarang",
        "Kab Semarang",
        "kabupaten  semarang",
        "KAB.SEMARANG",
        "33.22",
        "33.22 Kab. Semarang",
        "Semarang Regency",
        "3322",  # the BPS code, the same as Kemendagri's
        3322,
    ],
)
def test_an_exact_name_of_one_region_is_as_good_as_its_code(tmp_path, name):
    found, reading = values(tmp_path, semarang(), [["poor", name, 2025, 6.3]])
    assert (codes(reading), found) == ([], [("poor", "33.22", "2025", "6.3")])


@pytest.mark.parametrize("name", ["Kota Semarang", "Kotamadya Semarang", "Kodya Semarang", "3374"])
def test_the_kind_decides(tmp_path, name):
    found, reading = values(tmp_path, semarang(), [["Penduduk miskin", name, 2025, 6.3]])
    assert (codes(reading), found) == ([], [("poor", "33.74", "2025", "6.3")])


def test_a_bare_name_of_two_regions_names_both(tmp_path):
    _, reading = values(tmp_path, semarang(), [["poor", "Semarang", 2025, 6.3], ["poor", "Demak", 2025, 6.3]])
    assert codes(reading) == [("which_code", "B2")]
    assert "33.22 Kabupaten Semarang; 33.74 Kota Semarang" in problem_list(reading, "id")


def test_a_region_of_that_name_outside_the_case_counts_too(tmp_path):
    tables = {
        **semarang(),
        "regions": SEMARANG.replace("33.74,Kota Semarang,kota", "33.73,Kota Salatiga,kota"),
    }
    tables = {name: text.replace("33.74", "33.73") for name, text in tables.items()}
    _, reading = values(
        tmp_path, tables, [["poor", "Semarang", 2025, 6.3], ["poor", "Kota Semarang", 2025, 6]]
    )
    assert codes(reading) == [("which_code", "B2"), ("unknown_code", "B3")]
    assert "Kabupaten Semarang?" not in problem_list(reading, "id")


def test_a_bps_code_of_another_region_is_never_corrected_by_spelling(tmp_path):
    aceh = "region,name,kind,population\n11.01,Kabupaten Aceh Selatan,kabupaten,300\n11.09,Kabupaten Simeulue,,100\n"
    tables = {
        name: text.replace("34.01", "11.01").replace("34.10", "11.09") for name, text in tiny_tables().items()
    }
    _, reading = values(tmp_path, {**tables, "regions": aceh}, [["poor", "1101", 2025, 19]])
    assert codes(reading) == [("code_of_bps", "B2")]
    assert "11.09 Kabupaten Simeulue; 11.01 Kabupaten Aceh Selatan" in problem_list(reading, "id")


def test_a_list_of_regions_is_a_row_for_each_where_it_is_membership(tmp_path):
    tables = semarang()
    folder = write_case(tmp_path / "case", tables)
    book = plain_book({"program_regions": "program,region,volume\nP01,,\nP02,,12\n"})
    sheet = book["Daerah peserta"]
    sheet["B2"], sheet["B3"] = "Kab. Semarang, Demak dan Kota Semarang", "semua"
    reading = read_workbook(saved(book, tmp_path), folder)
    assert ("several_codes", "B3") in codes(reading)  # whose volume would it be?
    sheet["C3"] = None
    (change,) = read_workbook(saved(book, tmp_path), folder).changes
    rows = {row[:2] for row in change.rows}
    everywhere = {"33.21", "33.22", "33.74"}
    assert rows == {(program, region) for program in ("P01", "P02") for region in everywhere}


def test_a_list_of_regions_with_an_amount_is_a_question(tmp_path):
    _, reading = values(tmp_path, semarang(), [["poor", "Demak, Kota Semarang", 2025, 6.3]])
    assert codes(reading) == [("several_codes", "B2")]


def test_other_tables_know_their_names_too(tmp_path):
    folder = write_case(tmp_path / "case", tiny_tables())
    tables = tiny_tables()
    book = plain_book({"program_effects": tables["program_effects"], "fund_budgets": tables["fund_budgets"]})
    book["Dampak program"]["A2"], book["Dampak program"]["B2"] = "pelatihan KERJA", "Poverty"
    budgets = book["Pagu indikatif"]
    budgets["A2"], budgets["B2"] = "APBD provinsi", "TA 2027"
    reading = read_workbook(saved(book, tmp_path), folder)
    assert (reading.changes, codes(reading)) == ((), [])


@pytest.mark.parametrize("written", ["31 Desember 2027", "31.12.2027", "5/6/2027", "2027-06-05"])
def test_a_day_in_a_column_of_years_is_its_year(tmp_path, written):
    folder = write_case(tmp_path / "case", tiny_tables())
    book = plain_book({"fund_budgets": tiny_tables()["fund_budgets"]})
    book["Pagu indikatif"]["B2"] = written
    reading = read_workbook(saved(book, tmp_path), folder)
    assert (reading.changes, codes(reading)) == ((), [])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("31/12/2026", "2026-12-31"),
        ("31 Desember 2026", "2026-12-31"),
        ("Kamis, 31 Desember 2026", "2026-12-31"),
        ("31 Des 2026", "2026-12-31"),
        ("31 December 2026", "2026-12-31"),
        ("31-12-2026", "2026-12-31"),
        ("31.12.2026", "2026-12-31"),
        ("5.6.2026", "2026-06-05"),
        ("2026/12/31", "2026-12-31"),
        ("2026-12-31 10:30", "2026-12-31"),
        ("31/12/2026 pukul 10.30 WIB", "2026-12-31"),
        (46387, "2026-12-31"),
        ("46387", "2026-12-31"),
        (datetime(2026, 12, 31, 10, 30), "2026-12-31"),
        (date(2026, 12, 31), "2026-12-31"),
        ("05/06/2026", "which_day"),
        ("31/02/2026", "not_a_date"),
        ("Desember 2026", "not_a_date"),
        ("31-12-26", "not_a_date"),
    ],
)
def test_dates_that_people_write(tmp_path, written, day):
    folder = write_case(tmp_path / "case", tiny_tables())
    book = plain_book({"program_documents": "program,kind,due,done\nP01,A,,ya\n"})
    book["Dokumen program"]["C2"] = written
    reading = read_workbook(saved(book, tmp_path), folder)
    found = [row[2] for change in reading.changes for row in change.rows]
    assert (codes(reading) or [("", "")])[0][0] == (day if day[0] != "2" else "")
    assert reading.errors or found == [day]


@pytest.mark.parametrize(
    ("value", "number_format", "found"),
    [
        (0.105, "0.0%", "10.5"),
        ("10,5%", "General", "10.5"),
        ("10,5 persen", "General", "10.5"),
        (10.5, "0.0", "10.5"),
        (10.5, "0.0%", "shown_as_percent"),  # it shows 1050 %
    ],
)
def test_percentages_in_a_column_of_percent(tmp_path, value, number_format, found):
    def shown(sheet):
        sheet["D2"].number_format = number_format

    rows, reading = values(tmp_path, tiny_tables(), [["poor", "34.01", 2025, value]], shown)
    assert (codes(reading) or [row[3] for row in rows]) == ([found] if "." in found else [(found, "D2")])


def test_a_percentage_of_another_unit_is_a_question_without_wrong_advice(tmp_path):
    tables = tiny_tables()
    tables["indicators"] = tables["indicators"].replace("persen", "kg/orang")
    _, reading = values(tmp_path, tables, [["poor", "34.01", 2025, "3%"]])
    assert codes(reading) == [("percent_sign", "D2")]
    assert "0.15" not in problem_list(reading, "id")
    assert "0,15" not in problem_list(reading, "id")


def test_a_percentage_in_a_column_of_shares_and_one_of_percent(tmp_path):
    folder = write_case(tmp_path / "case", tiny_tables())
    book = plain_book(
        {
            "program_effects": "program,issue,effect,low,high,level\nP01,poverty,,,,\nP02,waste,,,,high\nP03,poverty,,,,low\n"
        }
    )
    sheet = book["Dampak program"]
    sheet["C2"], sheet["D2"], sheet["E2"] = "20%", "10 %", 0.3
    sheet["E2"].number_format = "0%"
    reading = read_workbook(saved(book, tmp_path), folder)
    assert (reading.changes, codes(reading)) == ((), [])  # as the case has it: 0.2, 0.1, 0.3


def test_totals_are_left_out_and_told(tmp_path):
    folder = write_case(tmp_path / "case", tiny_tables())
    book = plain_book({"fund_budgets": tiny_tables()["fund_budgets"]})
    book["Pagu indikatif"].append(["TOTAL", None, 13])
    reading = read_workbook(saved(book, tmp_path), folder)
    assert (reading.changes, codes(reading)) == ((), [])
    assert ("total_row", "A6") in [(problem.code, problem.cell) for problem in reading.problems]


def test_hidden_sheets_and_rows_are_told(tmp_path):
    folder = write_case(tmp_path / "case", tiny_tables())
    book = plain_book({name: tiny_tables()[name] for name in ("fund_budgets", "funds")})
    book["Sumber dana"]["B2"] = "Dana lain"
    book["Sumber dana"].sheet_state = "hidden"
    book["Pagu indikatif"].row_dimensions[3].hidden = True
    reading = read_workbook(saved(book, tmp_path), folder)
    assert [(problem.code, problem.file) for problem in reading.problems if problem.warning] == [
        ("rows_hidden", "Pagu indikatif"),
        ("sheet_hidden", "Sumber dana"),
    ]
    assert "baris 3" in problem_list(reading, "id")


def test_years_of_a_programme_with_their_unit(tmp_path):
    folder = write_case(tmp_path / "case", tiny_tables())
    book = plain_book({"programs": tiny_tables()["programs"]})
    sheet = book["Usulan program"]
    sheet["D2"], sheet["D3"], sheet["D4"] = "1 tahun", "24 bulan", "18 bulan"
    reading = read_workbook(saved(book, tmp_path), folder)
    assert codes(reading) == [("not_whole", "D4")]
