"""What the page tells of a case that is chosen: what check tells, without names that only files have."""

import re

import pytest

from jspmodel.errors import Problem
from jspmodel.intake import load_scenario
from jspmodel.serve.case_findings import findings_told
from jspmodel.serve.plain_words import plain, plain_place, plain_problem
from jspmodel.serve.told import error_told
from jspmodel.text import LANGUAGES
from tiny import tiny_tables, write_case

FILE_NAMES = re.compile(r"\b[a-z]+_[a-z_]+\b|\.csv\b|\.yaml\b")


def rows(html):
    """Return the rows of all tables: their cells as text."""
    bodies = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)]
        for row in bodies
    ]


@pytest.fixture
def folder(tmp_path):
    """The tiny case, in which Barat has money of its own for 2027 alone and a scenario locks both ways."""
    tables = tiny_tables()
    tables["funds"] = "fund,name_id,holder,kind\napbd,Kas,,APBD\nkota,Kas Kota Barat,34.10,\n"
    tables["fund_budgets"] = "fund,year,amount\napbd,2027,4\napbd,2028,4\napbd,2029,4\nkota,2027,2\n"
    tables["fund_rules"] = "fund,program,dimension,max_share\n"
    return write_case(tmp_path / "tiny", tables, "locked_out: [P03]\n")


def test_questions_come_first_and_years_without_budget_are_named(folder):
    told = rows(findings_told(folder, "en"))
    (question,) = [row for row in told if "P03 Data terpadu" in row[-1]]
    assert question[:2] == ["Waiting for your answer", "Aturan sumber dana"]
    (years,) = [row for row in told if "yearly budgets" in row[-1]]
    assert years[:2] == ["Hangs on a default", "When"]
    assert "2 of 6" in years[-1]
    assert "(kota 2028–2029)" in years[-1]
    assert told.index(question) < told.index(years)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_of_a_file_is_told(folder, language):
    html = findings_told(folder, language)
    text = re.sub(r"<[^>]+>", " ", html)
    assert "P02" in text  # which requires what is locked out
    assert not FILE_NAMES.findall(text)


def test_what_was_told_with_its_cell_is_not_told_again(folder):
    known = {"regions_pay_province"}
    assert "P03 Data terpadu" not in findings_told(folder, "en", known)


def test_words_of_tables_stay_words(folder):
    file = folder / "programs.csv"
    text = file.read_text(encoding="utf-8").replace("Data terpadu", "<b>Data</b>")
    file.write_text(text, encoding="utf-8")
    assert "<b>Data</b>" not in findings_told(folder, "en")


def test_settings_and_tables_have_the_names_that_people_see():
    assert plain("Take P01 out of locked_out, or mend program_links.csv.", "en") == (
        'Take P01 out of "Must be out", or mend sheet "Hubungan program".'
    )
    problem = Problem("blank_cell", "fund_budgets.csv", 7, "amount")
    assert plain_problem(problem, "id") == "kolom Pagu: Sel ini wajib diisi."
    assert (plain_place(problem), plain_place(Problem("x", "less.yaml"))) == ("Pagu indikatif", "less")


def test_an_error_of_the_search_names_no_setting(tmp_path):
    folder = write_case(tmp_path / "tiny", tiny_tables(), "first_year: 2030\nlast_year: 2028\n")
    with pytest.raises(Exception) as error:  # noqa: PT011
        load_scenario(folder / "scenarios" / "baseline.yaml")
    assert not re.search("first_year|last_year", error_told(error.value, "id"))
