"""CSV files and tables in memory take what people write by the same functions as workbooks."""

import csv
from pathlib import Path

import pytest

from jspmodel.errors import DataError
from jspmodel.intake import read_case
from jspmodel.intake.official_regions import official_regions, region_of_bps
from jspmodel.intake.regencies import region_codes, region_rows
from jspmodel.intake.region_names import RegionNames
from jspmodel.intake.schemas import schema
from jspmodel.intake.typed_cells import Flaw, normal_cell
from tiny import tiny_tables, write_case
from told import edited, found

OFFICIAL = {row["region"]: row["name"] for row in region_rows(region_codes())}


def cell(table, column, text, *, decimal_comma=False):
    field = next(item for item in schema(table)["fields"] if item["name"] == column)
    normal = normal_cell(text, field, decimal_comma=decimal_comma)
    return normal.code if isinstance(normal, Flaw) else normal


@pytest.mark.parametrize(
    ("table", "column", "text", "normal"),
    [
        ("funds", "growth_low", "3%", "3"),
        ("fund_rules", "max_share", "3%", "0.03"),
        ("fund_rules", "max_share", "12.5 persen", "0.125"),
        ("issue_spillovers", "value", "-20%", "-0.20"),
        ("program_costs", "amount", "3%", "percent_sign"),
        ("fund_budgets", "year", "TA 2027", "2027"),
        ("fund_budgets", "year", "Tahun Anggaran 2027", "2027"),
        ("fund_budgets", "year", "T.A. 2027", "2027"),
        ("programs", "first_start", "31 Desember 2027", "2027"),
        ("programs", "first_start", "05/06/2027", "2027"),
        ("programs", "first_start", "46387", "day_for_year"),
        ("programs", "duration", "31 Desember 2027", "not_a_number"),
        ("programs", "duration", "2 tahun", "2"),
        ("programs", "duration", "36 bulan", "3"),
        ("programs", "duration", "2 km", "not_a_number"),
        ("regions", "population", "1200 jiwa", "1200"),
        ("issue_regions", "severity", "tinggi", "word_for_share"),
        ("issue_regions", "severity", "nan", "not_finite"),
        ("program_costs", "amount", "1.500.000.000.00", "digit_groups"),
        ("program_costs", "amount", "1.500.000.000,00", "thousands"),
        ("program_costs", "amount", "1,500,00", "digit_groups"),
        ("program_costs", "amount", "15.00.000", "digit_groups"),
        ("program_documents", "due", "31 Desember 2026", "2026-12-31"),
        ("program_documents", "due", "12/11/2026", "which_day"),
    ],
)
def test_cells(table, column, text, normal):
    assert cell(table, column, text) == normal


def test_a_percentage_with_a_decimal_comma():
    assert cell("fund_rules", "max_share", "12,5%", decimal_comma=True) == "0.125"


def test_percentages_of_an_indicator_in_percent(tmp_path):
    case, problems = read_case(
        write_case(tmp_path / "tiny", edited("indicator_values", "2024,10", "2024,10.5%"))
    )
    assert problems == ()
    assert case.indicator_values["value"].tolist() == [10.5, 5]


def test_names_stand_for_codes_in_csv(tmp_path):
    tables = edited("program_costs", "P01,34.10,build", "Pelatihan kerja,Barat,build")
    tables["fund_budgets"] = tables["fund_budgets"].replace("apbd,2027", "APBD provinsi,2027")
    case, problems = read_case(write_case(tmp_path / "tiny", tables))
    assert problems == ()
    assert case.program_costs["program"].tolist()[1] == "P01"
    assert case.fund_budgets["fund"].tolist()[0] == "apbd"


def test_a_name_of_two_rows_is_a_question(tmp_path):
    tables = edited("program_costs", "P01,34.10,build", "Data terpadu,34.10,build")
    tables["programs"] = tables["programs"].replace("Pelatihan kerja", "Data terpadu")
    problems = read_case(write_case(tmp_path / "tiny", tables))[1]
    assert ("which_code", "program_costs.csv", 3, "program") in found(problems)


def test_a_total_is_left_out_of_a_csv_file(tmp_path):
    tables = tiny_tables()
    tables["fund_budgets"] += "TOTAL,,13\n"
    case, problems = read_case(write_case(tmp_path / "tiny", tables))
    assert len(case.fund_budgets) == 4
    assert [problem.code for problem in problems] == ["total_row"]
    assert problems[0].warning


def test_every_region_of_the_country_is_known_by_its_name_and_kind():
    names = RegionNames(OFFICIAL)
    assert len(OFFICIAL) == 514
    assert [code for code, name in OFFICIAL.items() if names.meaning(name).codes != (code,)] == []
    short = {code: name.replace("Kabupaten ", "KAB. ").upper() for code, name in OFFICIAL.items()}
    assert [code for code, name in short.items() if names.meaning(name).codes != (code,)] == []


def test_every_other_name_is_that_of_one_region():
    names = RegionNames(OFFICIAL)
    others = {other: code for code, (_, _, every) in official_regions().items() for other in every}
    assert sum(len(every) for _, _, every in official_regions().values()) == len(others)
    assert [other for other, code in others.items() if names.meaning(other).codes != (code,)] == []


def test_bps_codes_that_are_another_region_are_in_doubt():
    """199 of 514 differ from the Kemendagri code; those that are another's code mean two regions."""
    table = Path(__file__).parents[2] / "src/jspmodel/intake/bps_regions.csv"
    bps = {
        row["region"]: row["bps"] for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    }
    assert sum(code != f"{own[:2]}.{own[2:]}" for code, own in bps.items()) == 199
    names = RegionNames(OFFICIAL)
    for code, own in bps.items():
        dotted = f"{own[:2]}.{own[2:]}"
        meaning = names.meaning(own)
        assert region_of_bps(own) == code
        assert meaning.codes == ((code,) if dotted == code or dotted not in OFFICIAL else ())
        assert bool(meaning.choices) == (meaning.codes == ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Toba Samosir", "12.12"),
        ("Sitaro", "71.09"),
        ("Kab. Kukar", "64.02"),
        ("OKU", "16.01"),
        ("OKU Timur", "16.08"),
        ("Mamuju Utara", "76.01"),
        ("Pangkajene Kepulauan", "73.10"),
        ("S I A K", "14.08"),
        ("Labuhan Batu", "12.10"),
        ("Kep. Mentawai", "13.09"),
        ("KAB. ADM. KEP. SERIBU", "31.01"),
        ("Kota Baru", "63.02"),
    ],
)
def test_names_as_bps_and_others_write_them(text, code):
    assert RegionNames(OFFICIAL).meaning(text).codes == (code,)


def test_a_province_is_all_its_regions():
    east = [row["region"] for row in region_rows(["64"])]
    assert len(east) == 10
    assert all(code.startswith("64.") for code in east)
    assert [row["region"] for row in region_rows(["Kaltim"])] == east
    assert [row["region"] for row in region_rows(["Kab. Bantul", "kota yogyakarta"])] == ["34.02", "34.71"]


@pytest.mark.parametrize(
    ("text", "code"), [("1101", "code_of_bps"), ("Semarang", "which_code"), ("Jambi", "which_code")]
)
def test_what_may_be_two_regions_is_asked_when_a_case_is_made(text, code):
    with pytest.raises(DataError) as caught:
        region_rows([text])
    assert [problem.code for problem in caught.value.problems] == [code]
