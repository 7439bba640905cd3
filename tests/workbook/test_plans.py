"""The plan as a workbook: every proposal with its reason, and who pays what."""

import openpyxl
import pytest

from jspmodel.intake import load
from jspmodel.scenario import Scenario
from jspmodel.selection import select_programs
from jspmodel.text import LANGUAGES
from jspmodel.workbook import write_plan
from small_decision import small_case, small_plan
from test_proof import PLANS, WORDS
from tiny import tiny_tables, write_case


@pytest.fixture
def rows(tmp_path):
    """The two sheets of the tiny case's plan, P02 kept out, as dictionaries by heading."""
    tables = tiny_tables()
    tables["issues"] = tables["issues"].replace("dimension\n", "dimension,objective\n", 1)
    tables["issues"] = tables["issues"].replace("Poverty,living", "Poverty,living,=Kemiskinan turun")
    tables["program_outputs"] = (
        "program,indicator,unit,target\nP01,Peserta pelatihan,orang,90\nP01,Lulusan,orang,80\n"
    )
    folder = write_case(tmp_path / "tiny", tables, "locked_out: [P02]\n")
    case, scenario = load(str(folder))
    plan = select_programs(case, scenario)
    write_plan(case, scenario, plan, tmp_path / "plan.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx", data_only=True)
    sheets = [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets[:2]]
    return plan, *([dict(zip(heads, row, strict=True)) for row in rest] for heads, *rest in sheets)


def test_each_proposal_stands_there_once_with_what_the_tables_say(rows):
    plan, proposals, _ = rows
    by_code = {row["Code"]: row for row in proposals}
    assert sorted(by_code) == ["P01", "P02", "P03"]
    training = by_code["P01"]
    assert training["Programme"] == "Pelatihan kerja"
    assert training["Regional priority (strategic issue)"] == "Poverty"
    assert training["Objective"] == "=Kemiskinan turun"
    assert training["Target of the activity"] == "Peserta pelatihan; Lulusan"
    assert training["Location"] == "all regions"
    assert (training["Budget (Rp billion)"], training["Taken up"]) == (3, "yes")
    assert training["First year"] == next(item.start for item in plan.selected if item.program == "P01")


def test_what_is_not_taken_says_why_and_where_it_was_asked_for(rows):
    waste = next(row for row in rows[1] if row["Code"] == "P02")
    assert (waste["Taken up"], waste["First year"], waste["Budget (Rp billion)"]) == ("no", None, None)
    assert waste["Volume"] == 12
    assert waste["Reason"]
    assert rows[1][-1] == waste


def test_payments_add_up_to_the_cost_of_the_plan(rows):
    plan, _, payments = rows
    assert sum(row["Budget (Rp billion)"] for row in payments) == pytest.approx(plan.cost)
    assert {row["Fund"] for row in payments} <= {"APBD provinsi", "Dana keistimewaan"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("how", PLANS)
def test_the_file_says_how_good_the_plan_is(how, language, tmp_path):
    write_plan(small_case(), Scenario(), small_plan(**PLANS[how]), tmp_path / "plan.xlsx", language)
    said = dict(openpyxl.load_workbook(tmp_path / "plan.xlsx").worksheets[-1].values)
    assert (
        WORDS[how][LANGUAGES.index(language)]
        in said[{"id": "Seberapa baik rencana ini", "en": "How good this plan is"}[language]]
    )
    gap = said[{"id": "Selisih terhadap batas terbaik", "en": "Optimality gap"}[language]]
    assert (gap == {"id": "belum terbukti", "en": "none proven"}[language]) == (how == "nothing")
