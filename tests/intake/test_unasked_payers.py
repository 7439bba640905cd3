"""Who pays whose programme where no rule says: asked, with the programmes and how to answer; nothing is refused."""

import pytest

from jspmodel.intake import load_case, read_case, shipped
from jspmodel.measure import payers, restricted_funds
from jspmodel.text import words
from tiny import tiny_tables, write_case
from told import assert_worded

FUNDS = "fund,name_id,holder,kind\napbd,Kas provinsi,,APBD\nkota,Kas Kota Barat,34.10,\n"
BUDGETS = "fund,year,amount\napbd,2027,4\napbd,2028,4\napbd,2029,4\nkota,2027,2\nkota,2028,2\nkota,2029,2\n"
PROGRAMS = """program,name_id,dimension,duration,scope,authority
P01,Pelatihan kerja,living,1,joint,region
P02,Pengolahan sampah,living,2,joint,shared
P03,Data terpadu,living,1,province,province
"""
THEIRS = ("P16", "P17", "P19", "P24", "P40", "P44", "P48")
"""Programmes of DIY that are the regions' to run."""
BOTH = ["regions_pay_province", "province_pays_regions"]


def tables(**changed):
    """Return a case in which Barat has money of its own, P01 is the regions' to run and P03 the province's."""
    told = {"funds": FUNDS, "fund_budgets": BUDGETS, "programs": PROGRAMS}
    told["fund_rules"] = "fund,program,dimension,max_share\n"
    return tiny_tables() | told | changed


def asked(folder, **changed):
    """Return the questions of who pays, and make sure that they are no more than warnings that can be told."""
    case, problems = read_case(write_case(folder / "tiny", tables(**changed)))
    assert case is not None
    questions = [problem for problem in problems if "pay" in problem.code]
    assert_worded(questions)
    for problem in questions:
        assert (problem.file, problem.row, problem.warning) == ("fund_rules.csv", None, True)
    return questions


def test_both_ways_are_asked_with_programmes_and_the_lines_to_write(tmp_path):
    up, down = asked(tmp_path)
    assert [up.code, down.code] == BOTH
    assert (up.values["funds"], up.values["programs"]) == (["kota"], ["P03 Data terpadu"])
    assert (down.values["funds"], down.values["programs"]) == (["apbd"], ["P01 Pelatihan kerja"])
    assert "for example kota, programme P03, share 0. If they may" in words(up, "en")
    assert "misalnya apbd, program P01, porsi 0. Bila boleh" in words(down, "id")
    assert "satu baris porsi 1 tanpa program dan dimensi untuk tiap dana itu" in words(down, "id")


@pytest.mark.parametrize(
    ("answer", "may"),
    [
        ("kota,P03,,0\napbd,P01,,0\n", False),
        ("kota,,living,1\nkota,P03,,0\napbd,,living,1\napbd,P01,,0\n", False),
        ("kota,,living,1\napbd,,living,1\n", True),
        ("kota,,,1\napbd,,,1\n", True),
    ],
)
def test_the_answer_that_is_told_is_one_and_is_not_asked_again(tmp_path, answer, may):
    rules = "fund,program,dimension,max_share\n" + answer
    assert asked(tmp_path, fund_rules=rules) == []
    case = load_case(tmp_path / "tiny")
    assert restricted_funds(case) == ({"kota", "apbd"} if "living,1" in answer else set())
    paid = payers(case)
    assert ("kota" in paid["P03"], "apbd" in paid["P01"]) == (may, may)
    assert paid["P02"] == {"apbd": 1.0, "kota": 1.0}


def test_what_is_not_forbidden_is_still_asked(tmp_path):
    more = PROGRAMS + "P04,Portal warga,living,1,province,province\n"
    costs = tiny_tables()["program_costs"] + "P04,,build,0,1\n"
    rules = "fund,program,dimension,max_share\nkota,P03,,0\n"
    up, down = asked(tmp_path, programs=more, program_costs=costs, fund_rules=rules)
    assert (up.values["programs"], down.values["funds"]) == (["P04 Portal warga"], ["apbd"])
    everything = rules + "kota,,living,0\n"
    (down,) = asked(tmp_path, programs=more, program_costs=costs, fund_rules=everything)
    assert down.values["funds"] == ["apbd"]


def test_where_nobody_says_whose_a_programme_is_its_scope_does(tmp_path):
    programs = "\n".join(line.rpartition(",")[0] for line in PROGRAMS.splitlines()) + "\n"
    (up,) = asked(tmp_path, programs=programs)
    assert up.values["programs"] == ["P03 Data terpadu"]


def test_a_fund_of_others_is_not_the_budget_of_the_province(tmp_path):
    (up,) = asked(tmp_path, funds=FUNDS.replace(",,APBD", ",,CSR"))
    assert up.code == BOTH[0]
    named = FUNDS.replace("Kas provinsi,,APBD", "APBD Provinsi,,")
    assert [problem.code for problem in asked(tmp_path, funds=named)] == BOTH


def test_without_money_of_regions_there_is_nothing_to_ask(tmp_path):
    assert asked(tmp_path, funds=FUNDS.replace("34.10", "")) == []
    (down,) = asked(tmp_path, fund_budgets=BUDGETS.replace(",2\n", ",0\n"))
    assert down.values["funds"] == ["apbd"]


def test_a_region_is_asked_only_for_what_it_could_pay(tmp_path):
    """P01 costs something in Timur and Barat alone; where only Timur takes part, Barat has nothing to pay."""
    programs = PROGRAMS.replace("joint,region", "joint,province").replace(
        "province,province", "province,shared"
    )
    (up,) = asked(tmp_path, programs=programs)
    assert up.values["programs"] == ["P01 Pelatihan kerja"]
    places = tiny_tables()["program_regions"].replace("P01,34.10,,,\n", "")
    costs = tiny_tables()["program_costs"].replace("P01,34.10,build,0,1\n", "")
    assert asked(tmp_path, programs=programs, program_regions=places, program_costs=costs) == []
    shared = costs.replace("P01,34.01,build", "P01,,build")
    assert asked(tmp_path, programs=programs, program_regions=places, program_costs=shared) == []


def test_the_shipped_case_names_its_first_programme_among_those_that_regions_may_pay_for():
    _, problems = read_case(shipped("data") / "diy")
    (up, down) = [problem for problem in problems if "pay" in problem.code]
    assert up.values["funds"] == ["apbd-3401", "apbd-3402", "apbd-3403", "apbd-3404", "apbd-3471"]
    assert [told.split()[0] for told in up.values["programs"]] == ["P01", "P03", "P05", "P23", "P26", "P36"]
    assert down.values["funds"] == ["apbd-diy"]
    assert tuple(told.split()[0] for told in down.values["programs"]) == THEIRS
