"""Every problem of a case's tables, provoked once: code, file, row, column, and both wordings."""

from __future__ import annotations

import re

import pytest

from jspmodel.errors import DataError
from jspmodel.intake import load_case, read_case
from jspmodel.measure import missing_for_plan
from jspmodel.text import listing, words
from tiny import tiny_tables, write_case
from told import assert_worded, edited, found

# table, text to replace, by what, problem, row, column
CELLS = [
    ("funds", "apbd,APBD provinsi", "apbd,", "blank_cell", 2, "name_id"),
    ("program_costs", "P03,,build,0,2", "P03,,build,0,dua", "not_a_number", 7, "amount"),
    ("program_costs", "P03,,build,0,2", "P03,,build,0,NaN", "not_finite", 7, "amount"),
    ("program_costs", "P03,,build,0,2", "P03,,build,0,inf", "not_finite", 7, "amount"),
    ("program_costs", "P03,,build,0,2", "P03,,build,0,1e999", "not_finite", 7, "amount"),
    ("program_costs", "P03,,build,0,2", "P03,,build,0,-2", "negative", 7, "amount"),
    ("program_costs", "P03,,build,0,2", 'P03,,build,0,"2,5"', "decimal_comma", 7, "amount"),
    ("program_costs", "P03,,build,0,2", 'P03,,build,0,"1,250"', "ambiguous_number", 7, "amount"),
    ("program_costs", "P03,,build,0,2", "P03,,build,0,1.250.000", "thousands", 7, "amount"),
    ("program_costs", "P03,,build,0,2", "P03,,build,0,Rp 2", "currency", 7, "amount"),
    ("program_costs", "P03,,build,0,2", "P03,,build,0,2500000000", "money_in_rupiah", 7, "amount"),
    ("program_costs", "P03,,build,0,2", "P03,,build,0,20%", "percent_sign", 7, "amount"),
    ("program_effects", "0.2,0.1,0.3", "120%,0.1,", "out_of_range", 2, "effect"),
    ("program_costs", "P03,,build,0,2", "P03,,build,0,1.500.000.00", "digit_groups", 7, "amount"),
    ("program_costs", "P03,,build,0,2", "P03,,build,0,1.500.0000", "digit_groups", 7, "amount"),
    ("program_effects", "0.2,0.1,0.3", "1.2,0.1,", "out_of_range", 2, "effect"),
    ("programs", "living,2,joint", "living,1.5,joint", "not_whole", 3, "duration"),
    ("programs", "living,2,joint", "living,0,joint", "out_of_range", 3, "duration"),
    ("programs", "living,2,joint", "living,101,joint", "out_of_range", 3, "duration"),
    ("criteria", "Dampak,60", "Dampak,1e7", "out_of_range", 2, "weight"),
    ("programs", "1,joint,,ya", "1,joint,,barangkali", "not_yes_no", 2, "quick_win"),
    ("programs", "1,joint,,ya", "1,jiont,,ya", "not_in_list", 2, "scope"),
    ("program_costs", "P02,34.01,run", "P02,34.01,runs", "not_in_list", 6, "kind"),
    ("fund_budgets", "apbd,2028,4", "apbd,2027,4", "duplicate_key", 3, "fund, year"),
    ("program_costs", "P02,34.01,run", "P02,34.02,run", "unknown_code", 6, "region"),
    ("program_costs", "P01,34.10,build", "P01,34.1,build", "code_as_number", 3, "region"),
    ("program_costs", "P01,34.10,build", "P01,Oct-34,build", "code_as_date", 3, "region"),
    ("program_costs", "P01,34.10,build", "P01,3.41E+01,build", "code_as_power", 3, "region"),
    ("fund_budgets", "danais,2027,1", "danaiss,2027,1", "unknown_code", 5, "fund"),
]
ROWS = [
    ("programs", "P02,Pengolahan sampah", "P02,Pengolahan, sampah", "too_many_cells", 3, ""),
    ("programs", "P02,Pengolahan", 'P02,"Pengolahan', "broken_quotes", 3, ""),
]


@pytest.mark.parametrize(("table", "old", "new", "code", "row", "column"), CELLS + ROWS)
def test_a_problem_is_found_where_it_is_and_nothing_else(tmp_path, table, old, new, code, row, column):
    folder = write_case(tmp_path / "tiny", edited(table, old, new))
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    case, problems = read_case(folder)
    assert case is None
    assert found(problems) == [(code, f"{table}.csv", row, column)]
    assert_worded(problems)
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == before


def test_the_valid_case_has_no_problem(tiny_folder):
    case, problems = read_case(tiny_folder)
    assert problems == ()
    assert case.programs["quick_win"].tolist() == [True, False, False]
    assert case.regions["region"].tolist() == ["34.01", "34.10"]
    assert case.program_costs["amount"].tolist() == [2, 1, 3, 3, 0.5, 2]
    assert case.fund_budgets["year"].tolist() == [2027, 2028, 2029, 2027]
    assert case.title == {"id": "tiny", "en": "tiny"}
    assert case.systems.empty


def test_the_nearest_code_is_named(tmp_path):
    folder = write_case(tmp_path / "tiny", edited("program_costs", "P01,34.10,build", "P01,34.1,build"))
    (problem,) = read_case(folder)[1]
    assert problem.values["nearest"] == "34.10 Barat"
    assert words(problem, "id").startswith('baris 3, kolom region: "34.1" terbaca sebagai angka')
    assert words(problem, "id").endswith("Maksud Anda 34.10 Barat?")


def test_a_name_in_place_of_a_code_is_understood(tmp_path):
    folder = write_case(tmp_path / "tiny", edited("program_costs", "P01,34.10,build", "P01,barat,build"))
    case, problems = read_case(folder)
    assert problems == ()
    assert case.program_costs["region"].tolist() == ["34.01", "34.10", "", "", "34.01", ""]


def test_every_problem_is_told_at_once(tmp_path):
    tables = edited("program_costs", "P03,,build,0,2", "P03,,build,0,-2\nP09,,build,0,1")
    tables["fund_budgets"] = tables["fund_budgets"].replace("apbd,2029,4", "apbd,2029,empat")
    tables["programs"] = tables["programs"].replace("duration", "lama")
    tables["regions"] = tables["regions"].replace("Barat,100", "Barat,")
    tables["funds"] = tables["funds"].replace("holder", "holdr")
    folder = write_case(tmp_path / "tiny", tables)
    with pytest.raises(DataError) as error:
        load_case(folder)
    assert found(error.value.problems) == [
        ("population_missing", "regions.csv", 3, "population"),
        ("unknown_column", "programs.csv", 1, "lama"),
        ("missing_column", "programs.csv", 1, "duration"),
        ("negative", "program_costs.csv", 7, "amount"),
        ("unknown_code", "program_costs.csv", 8, "program"),
        ("unknown_column", "funds.csv", 1, "holdr"),
        ("not_a_number", "fund_budgets.csv", 4, "amount"),
    ]
    message = str(error.value)
    assert message == listing(error.value.problems)
    assert message.count("\n  - ") == 7
    assert_worded(error.value.problems)


def test_a_wrong_cell_is_not_told_twice(tmp_path):
    tables = edited("program_effects", "waste,,,,high", "waste,banyak,,,")
    tables["program_costs"] = tables["program_costs"].replace("P02,,build,1,3", "P02,,build,satu,3")
    problems = read_case(write_case(tmp_path / "tiny", tables))[1]
    assert found(problems) == [
        ("not_a_number", "program_costs.csv", 5, "offset"),
        ("word_for_share", "program_effects.csv", 3, "effect"),
    ]


def test_a_misspelt_code_does_not_count_as_missing(tmp_path):
    folder = write_case(tmp_path / "tiny", edited("program_costs", "P03,,build", "P3,,build"))
    assert found(read_case(folder)[1]) == [("unknown_code", "program_costs.csv", 7, "program")]


def test_codes_that_lost_a_zero_where_they_are_defined(tmp_path):
    tables = {table: text.replace("34.10", "34.1") for table, text in tiny_tables().items()}
    case, problems = read_case(write_case(tmp_path / "tiny", tables))
    assert case is not None
    assert found(problems) == [("code_shape", "regions.csv", 3, "region")]
    assert problems[0].values["whole"] == "34.10"
    assert_worded(problems)


def test_codes_that_became_dates_where_they_are_defined(tmp_path):
    tables = {table: text.replace("P03", "03-Mar") for table, text in tiny_tables().items()}
    problems = read_case(write_case(tmp_path / "tiny", tables))[1]
    assert found(problems) == [("code_as_date", "programs.csv", 4, "program")]


def test_codes_of_a_table_that_is_not_there(tmp_path):
    tables = tiny_tables()
    del tables["dimensions"]
    problems = read_case(write_case(tmp_path / "tiny", tables))[1]
    assert found(problems) == [
        ("missing_reference", "issues.csv", None, "dimension"),
        ("missing_reference", "programs.csv", None, "dimension"),
    ]
    assert problems[0].values["codes"] == ["living"]
    assert_worded(problems)


def test_the_least_that_a_case_needs(tmp_path):
    tables = {
        "programs": "program,name_id,duration\nP1,Satu,1\n",
        "program_costs": "program,kind,offset,amount\nP1,build,0,1\n",
        "funds": "fund,name_id\nF,Dana\n",
        "fund_budgets": "fund,year,amount\nF,2027,1\n",
    }
    case, problems = read_case(write_case(tmp_path / "least", tables))
    assert problems == ()
    assert case.program_costs["region"].tolist() == [""]
    del tables["funds"]
    problems = read_case(write_case(tmp_path / "less", tables))[1]
    assert found(problems) == [
        ("missing_reference", "fund_budgets.csv", None, "fund"),
    ]
    assert_worded(problems)


def test_a_table_of_a_plan_without_rows_is_one_that_has_yet_to_come(tmp_path):
    tables = edited("fund_budgets", "apbd,2027,4\napbd,2028,4\napbd,2029,4\ndanais,2027,1\n", "")
    case, problems = read_case(write_case(tmp_path / "tiny", tables))
    assert [problem for problem in problems if not problem.warning] == []
    assert missing_for_plan(case) == ("fund_budgets",)


def test_dates(tmp_path):
    documents = "program,kind,due,done\nP01,SK,2027-02-28,ya\nP01,Izin,02/03/2027,\nP02,SK,2027-02-30,\n"
    problems = read_case(write_case(tmp_path / "tiny", {**tiny_tables(), "program_documents": documents}))[1]
    assert found(problems) == [
        ("which_day", "program_documents.csv", 3, "due"),
        ("not_a_date", "program_documents.csv", 4, "due"),
    ]
    assert_worded(problems)


def test_many_problems_take_little_time_and_few_words(tmp_path):
    rows = "".join(f"waste,impact,{rater},-1\n" for rater in range(20_000))
    scores = tiny_tables()["issue_scores"].splitlines()
    table = "\n".join(
        ["issue,criterion,rater,score", *(re.sub(",(?=[^,]*$)", ",,", line) for line in scores[1:])]
    )
    tables = {**tiny_tables(), "issue_scores": f"{table}\n{rows}"}
    problems = read_case(write_case(tmp_path / "tiny", tables))[1]
    assert [problem.row for problem in problems] == list(range(6, 20_006))
    assert {problem.code for problem in problems} == {"negative"}
    text = listing(problems, "en")
    assert text.count("\n") < 20
    assert "19990 more" in text
