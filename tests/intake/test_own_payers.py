"""What a government pays of its own programmes: told where its rules leave one out, or it may pay a joint one alone."""

import pytest

from jspmodel.intake import read_case
from jspmodel.text import words
from tiny import tiny_tables, write_case
from told import assert_worded

FUNDS = "fund,name_id,holder,kind\napbd,Kas provinsi,,APBD\nkota,Kas Barat,34.10,APBD\n"
BUDGETS = "fund,year,amount\napbd,2027,4\nkota,2027,2\n"
PROGRAMS = """program,name_id,dimension,duration,scope,authority
P01,Pelatihan kerja,living,1,joint,region
P02,Pengolahan sampah,living,1,joint,shared
P03,Data terpadu,living,1,province,province
"""
REGIONS = "program,region\nP01,34.01\nP01,34.10\nP02,34.01\nP02,34.10\n"
OWN_PARTS = "program,region,kind,offset,amount\nP01,34.10,build,0,1\nP02,34.10,build,0,1\nP03,,build,0,2\n"
SHARED = "program,region,kind,offset,amount\nP01,,build,0,1\nP02,34.10,build,0,1\nP03,,build,0,2\n"
HEAD = "fund,program,dimension,max_share\n"


def told(folder, rules, costs=OWN_PARTS, regions=REGIONS):
    tables = tiny_tables() | {
        "funds": FUNDS,
        "fund_budgets": BUDGETS,
        "programs": PROGRAMS,
        "program_regions": regions,
        "program_costs": costs,
        "fund_rules": HEAD + rules,
    }
    for table in ("program_links", "program_outputs", "program_documents", "program_agencies"):
        tables.pop(table, None)
    case, problems = read_case(write_case(folder / "tiny", tables))
    assert case is not None
    assert_worded(problems)
    return {problem.code: problem for problem in problems if problem.warning}


@pytest.mark.parametrize(
    ("rules", "missed"),
    [
        ("kota,P01,,1\n", ["P02 Pengolahan sampah"]),
        ("kota,P01,,1\nkota,P02,,0\n", None),  # a share of 0 says that it is meant
        ("kota,,living,1\n", None),
        ("kota,P01,,1\nkota,,,0.5\n", None),  # a row that names neither names all
        ("kota,P01,,1\nkota,,,0\n", None),
        ("kota,P03,,1\n", None),  # a fund for others alone
        ("", None),
        ("apbd,P01,,1\napbd,P02,,1\n", None),  # of its own programmes the province names none
    ],
)
def test_a_region_whose_rules_leave_out_a_programme_of_its_own_is_asked(tmp_path, rules, missed):
    problem = told(tmp_path, rules).get("budget_leaves_out_own")
    assert (problem.values["programs"] if problem else None) == missed
    if problem:
        assert (problem.values["funds"], problem.values["fund"]) == (["kota"], "kota")
        assert "misalnya kota, program P02, porsi 1; bila memang tidak, porsi 0" in words(problem, "id")


def test_a_programme_of_the_province_that_came_in_later_is_asked_too(tmp_path):
    more = PROGRAMS + "P04,Portal,living,1,province,province\n"
    folder = tmp_path / "tiny"
    tables = tiny_tables() | {
        "funds": FUNDS,
        "fund_budgets": BUDGETS,
        "programs": more,
        "program_regions": REGIONS,
        "program_costs": OWN_PARTS + "P04,,build,0,1\n",
        "fund_rules": HEAD + "apbd,P03,,1\n",
    }
    for table in ("program_links", "program_outputs", "program_documents", "program_agencies"):
        tables.pop(table, None)
    _, problems = read_case(write_case(folder, tables))
    (problem,) = [problem for problem in problems if problem.code == "budget_leaves_out_own"]
    assert (problem.values["funds"], problem.values["programs"]) == (["apbd"], ["P04 Portal"])


@pytest.mark.parametrize(
    ("rules", "costs", "regions", "programs"),
    [
        ("", SHARED, REGIONS, ["P01 Pelatihan kerja"]),
        ("", OWN_PARTS, REGIONS, None),
        ("", SHARED, REGIONS.replace("P01,34.01\n", ""), None),  # one region alone takes part
        ("", SHARED, REGIONS.replace("P01,34.10\n", ""), None),
        ("kota,P01,,0.5\n", SHARED, REGIONS, None),
        ("kota,P01,,0\n", SHARED, REGIONS, None),
        ("kota,,,1\n", SHARED, REGIONS, None),  # the answer that is told
    ],
)
def test_a_joint_programme_that_one_region_may_pay_alone_is_told(tmp_path, rules, costs, regions, programs):
    problem = told(tmp_path, rules, costs, regions).get("one_region_pays_all")
    assert (problem.values["programs"] if problem else None) == programs
    if problem:
        assert (problem.file, problem.row, problem.values["funds"]) == ("program_costs.csv", 2, ["kota"])


def few(folder, rules, programs=6):
    """Return what is told of funds that pay for few of six programmes that cost something."""
    more = "".join(f"P{k:02},Lain {k},living,1,province,province\n" for k in range(4, programs + 1))
    costs = OWN_PARTS + "".join(f"P{k:02},,build,0,1\n" for k in range(4, programs + 1))
    tables = tiny_tables() | {
        "funds": FUNDS + "csr,Dana CSR,,CSR\n",
        "fund_budgets": BUDGETS + "csr,2027,1\n",
        "programs": PROGRAMS + more,
        "program_regions": REGIONS,
        "program_costs": costs,
        "fund_rules": "fund,program,dimension,max_share,source\n" + rules,
    }
    for table in ("program_links", "program_outputs", "program_documents", "program_agencies"):
        tables.pop(table, None)
    _, problems = read_case(write_case(folder / "tiny", tables))
    assert_worded(problems)
    return [
        funds for problem in problems if problem.code == "fund_pays_few" for funds in problem.values["funds"]
    ]


@pytest.mark.parametrize(
    ("rules", "funds"),
    [
        ("csr,P01,,0.5,\n", ["csr (P01 Pelatihan kerja)"]),
        ("csr,P01,,,\n", ["csr (P01 Pelatihan kerja)"]),  # blank: all of it
        ("csr,P01,,1,\nkota,P02,,1,\n", ["kota (P02 Pengolahan sampah)", "csr (P01 Pelatihan kerja)"]),
        ("csr,P01,,0.5,\ncsr,P02,,0.5,\n", []),  # two of six are not few
        ("csr,P01,,0,\n", []),  # forbids only that one
        ("csr,,,0.5,\n", []),
        ("csr,P01,,0.5,\ncsr,,,0,\n", []),  # says that these are all
        ("csr,,living,0.5,\n", []),
        ("csr,P01,,0.5,surat perusahaan\n", []),
        ("", []),
    ],
)
def test_a_fund_that_one_rule_takes_from_all_other_programmes_is_told_once(tmp_path, rules, funds):
    assert few(tmp_path, rules) == funds


def test_of_five_programmes_one_is_not_few(tmp_path):
    assert few(tmp_path, "csr,P01,,0.5,\n", programs=5) == []
