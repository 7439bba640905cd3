"""Rules between rows and tables, each broken once."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from jspmodel.intake import checks, read_case, read_sheets
from jspmodel.intake.defaults import filled
from jspmodel.intake.validate import validate
from tiny import tiny_tables, write_case
from told import assert_worded, edited, found

# table, text to replace, by what, problem (behind its table, where that is another), row, column
RULES = [
    ("regions", "Barat,100", "Barat,", "population_missing", 3, "population"),
    ("borders", "34.01,34.10", "34.01,34.01", "border_with_itself", 2, "region_b"),
    ("issue_scores", "waste,urgency,2.5\n", "", "issues:not_scored", 3, "issue"),
    ("indicators", "lower,5,15", "lower,5,5", "worst_not_worse", 2, "worst"),
    ("indicators", "lower,5,15", "higher,5,15", "worst_not_worse", 2, "worst"),
    ("programs", "2,joint,10,", "2,joint,10,ya", "slow_quick_win", 3, "quick_win"),
    ("programs", "living,2,joint", "living,4,joint", "no_start_fits", 3, "first_start"),
    ("program_costs", "P02,,build,1,3", "P02,,build,3,3", "programs:no_start_fits", 3, "first_start"),
    ("program_regions", "8,6,9", "8,8.5,9", "range_reversed", 4, "volume"),
    ("program_regions", "8,6,9", ",9,6", "range_reversed", 4, "volume_high"),
    ("program_effects", "0.2,0.1,0.3", "0.2,0.1,0.15", "range_reversed", 2, "high"),
    ("program_effects", "waste,,,,high", "waste,0.2,,,high", "effect_and_level", 3, "level"),
    ("program_effects", "waste,,,,high", "waste,,,,", "effect_missing", 3, "effect"),
    ("program_links", "P02,P03,requires", "P02,P02,requires", "link_to_itself", 2, "other"),
    ("program_links", "P01,P03", "P03,P02,excludes,\nP01,P03", "requires_and_excludes", 2, "kind"),
    ("program_links", "P01,P03", "P03,P02,requires,\nP01,P03", "cycle", 2, "other"),
    ("program_costs", "P03,,build,0,2\n", "", "programs:no_cost", 4, "program"),
    ("program_regions", "P01,34.10,,,\n", "", "program_costs:cost_elsewhere", 3, "region"),
    ("program_costs", "P02,,build,1,3", "P02,,build,,3", "offset_missing", 5, "offset"),
    ("program_costs", "run,,0.5", "run,,0.5\nP02,34.01,run,1,0.5", "run_cost_again", 7, "offset"),
    ("fund_rules", "P01,,0.5", "P01,living,0.5", "rule_names_both", 2, "program, dimension"),
    ("fund_rules", "P01,,0.5", ",,0.5\ndanais,,,0.4", "duplicate_key", 3, "fund, program, dimension"),
]
WARNINGS = [
    ("criteria", "Dampak,60", "Dampak,55", "weights_sum", None, "weight"),
    ("regions", "region,name,population", "region,name,popluation", "unknown_column", 1, "popluation"),
    ("regions", "name,population\n34.01,Timur,", "name,\n34.01,Timur,", "column_without_heading", 1, ""),
    (
        "regions",
        "population\n34.01,Timur,300\n34.10,Barat,100",
        "population,maturity,maturity_scale\n34.01,Timur,300,2,SPBE\n34.10,Barat,100,2,GSCM",
        "mixed_scales",
        3,
        "maturity_scale",
    ),
    ("regions", "34.10,Barat", "34.10,TIMUR", "region_name_twice", 3, "name"),
    ("borders", "34.01,34.10", "34.01,34.10\n34.10,34.01", "border_twice", 3, ""),
    ("program_links", "complements,0.5", "complements,", "complement_without_value", 3, "value"),
    ("program_costs", "run,,0.5", "run,1,0.5", "offset_of_run", 6, "offset"),
    ("fund_budgets", "danais,2027,1\n", "", "funds:fund_without_budget", 3, "fund"),
    (
        "issues",
        "waste,Persampahan",
        "flood,Banjir,,living\nwaste,Persampahan",
        "issue_without_data",
        3,
        "issue",
    ),
]


@pytest.mark.parametrize(("table", "old", "new", "code", "row", "column"), RULES)
def test_a_broken_rule_is_told_where_it_is_and_nothing_else(tmp_path, table, old, new, code, row, column):
    folder = write_case(tmp_path / "tiny", edited(table, old, new))
    told_of, _, code = code.rpartition(":")
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    case, problems = read_case(folder)
    assert case is None
    assert found(problems) == [(code, f"{told_of or table}.csv", row, column)]
    assert_worded(problems)
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == before


@pytest.mark.parametrize(("table", "old", "new", "code", "row", "column"), WARNINGS)
def test_an_oddity_is_told_and_the_case_read(tmp_path, table, old, new, code, row, column):
    tables = edited(table, old, new)
    told_of, _, code = code.rpartition(":")
    if code == "issue_without_data":
        tables["issue_scores"] += "flood,impact,1\nflood,urgency,1\n"
    case, problems = read_case(write_case(tmp_path / "tiny", tables))
    assert case is not None
    assert all(problem.warning for problem in problems)
    assert found(problems) == [(code, f"{told_of or table}.csv", row, column)]
    assert_worded(problems)


def test_the_cycle_is_named(tmp_path):
    links = "program,other,kind\nP02,P03,requires\nP03,P01,requires\nP01,P02,requires\n"
    folder = write_case(tmp_path / "tiny", {**tiny_tables(), "program_links": links})
    (problem,) = read_case(folder)[1]
    around = problem.values["cycle"].split(" → ")
    assert around[0] == around[-1]
    steps = set(pairwise(around))
    assert steps == {("P02", "P03"), ("P03", "P01"), ("P01", "P02")}


def test_two_cycles_are_both_named(tmp_path):
    tables = tiny_tables()
    for code in ("P04", "P05"):
        tables["programs"] += f"{code},Lain,,1,province,,\n"
        tables["program_costs"] += f"{code},,build,0,1\n"
    tables["program_links"] = (
        "program,other,kind\nP01,P02,requires\nP02,P01,requires\nP04,P05,requires\nP05,P04,requires\n"
    )
    problems = read_case(write_case(tmp_path / "tiny", tables))[1]
    assert found(problems) == [
        ("cycle", "program_links.csv", 2, "other"),
        ("cycle", "program_links.csv", 4, "other"),
    ]


def test_a_window_that_runs_backwards(tmp_path):
    tables = tiny_tables()
    tables["programs"] = (
        "program,name_id,duration,scope,first_start,last_start\n"
        "P01,A,1,joint,2029,2027\nP02,B,1,joint,2024,2026\nP03,C,1,province,2029,\n"
    )
    problems = read_case(write_case(tmp_path / "tiny", tables))[1]
    assert found(problems) == [
        ("window_reversed", "programs.csv", 2, "last_start"),
        ("no_start_fits", "programs.csv", 3, "first_start"),
    ]
    assert_worded(problems)


def test_populations_may_all_be_missing_but_not_all_be_zero(tmp_path):
    none = edited("regions", "Timur,300\n34.10,Barat,100", "Timur,\n34.10,Barat,")
    assert read_case(write_case(tmp_path / "none", none))[1] == ()
    zero = edited("regions", "Timur,300\n34.10,Barat,100", "Timur,0\n34.10,Barat,0")
    problems = read_case(write_case(tmp_path / "zero", zero))[1]
    assert found(problems) == [("population_zero", "regions.csv", None, "population")]
    assert_worded(problems)


def test_weights_may_sum_to_one(tmp_path):
    tables = edited("criteria", "Dampak,60\nurgency,Kemendesakan,40", "Dampak,0.6\nurgency,Kemendesakan,0.4")
    assert read_case(write_case(tmp_path / "tiny", tables))[1] == ()


def with_spillovers(tmp_path, text):
    tables = {**tiny_tables(), "issue_spillovers": "issue,on_issue,value\n" + text}
    return read_case(write_case(tmp_path / "tiny", tables))


def test_spillovers_between_issues_that_die_out(tmp_path):
    case, problems = with_spillovers(tmp_path, "poverty,waste,0.9\nwaste,poverty,-0.9\n")
    assert problems == ()
    assert case.issue_spillovers["value"].tolist() == [0.9, -0.9]


def test_a_spillover_cycle_that_explodes(tmp_path):
    # 1 * 1 around: the spectral radius is 1.
    _, (problem,) = with_spillovers(tmp_path, "poverty,waste,1\nwaste,poverty,1\n")
    assert found([problem]) == [("spillover_explodes", "issue_spillovers.csv", None, "value")]
    assert problem.values == {"strength": 1.0, "issues": ["poverty", "waste"]}
    assert_worded([problem])


def test_a_spillover_of_an_issue_on_itself(tmp_path):
    _, (problem,) = with_spillovers(tmp_path, "waste,waste,0.5\n")
    assert found([problem]) == [("spillover_on_itself", "issue_spillovers.csv", 2, "on_issue")]
    assert_worded([problem])


def test_a_rule_finds_nothing_where_the_tables_that_it_judges_have_no_rows():
    """So it is not asked then."""
    sheets, _, _ = read_sheets(Path("data/diy"))
    draft = filled(validate(sheets)[0])
    for rule, judged, _ in checks.RULES:
        bare = {table: draft[table].iloc[:0] for table in judged}
        assert not [*rule(replace(draft, frames={**draft.frames, **bare}))], rule
