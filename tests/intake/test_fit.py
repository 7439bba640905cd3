"""A scenario against its case: what it may not name, and what is odd about it."""

from __future__ import annotations

import pytest

from jspmodel.errors import DataError, ScenarioError
from jspmodel.intake import check, load, load_case, load_scenario
from jspmodel.text import words
from tiny import tiny_tables, write_case


def judged(tmp_path, scenario, tables=None):
    folder = write_case(tmp_path / "tiny", tables or tiny_tables(), scenario)
    problems = check(load_case(folder), load_scenario(folder))
    for problem in problems:
        assert words(problem, "id") != words(problem, "en")
    return problems


def found(problems):
    return [(problem.code, problem.file, problem.column, problem.warning) for problem in problems]


@pytest.mark.parametrize(
    ("scenario", "code", "key"),
    [
        ("locked_out: [P9]", "unknown_code", "locked_out"),
        ("locked_in: [P9]", "unknown_code", "locked_in"),
        ("locked_in: [{program: P01, regions: [34.11]}]", "unknown_code", "locked_in.regions"),
        ("priority_issues: [poverti]", "unknown_code", "priority_issues"),
        ("criteria_weights: {urgensi: 1}", "unknown_code", "criteria_weights"),
        ("budget_scale: {funds: {apdb: 0.9}}", "unknown_code", "budget_scale.funds"),
        ("budget_scale: {years: {2072: 0.9}}", "year_outside", "budget_scale.years"),
        ("closed_years: [2072]", "year_outside", "closed_years"),
        ("year_weights: {2027: 1, 2072: 1}", "year_outside", "year_weights"),
        ("year_weights: {2027: 1, 2028: 0}\nfirst_year: 2028", "year_weights_zero", "year_weights"),
        ("first_year: 2030", "no_horizon", "first_year"),
        ("last_year: 2000", "no_horizon", "last_year"),
        ("priority_issues: []", "no_priorities", "priority_issues"),
        ("criteria_weights: {impact: 0, urgency: 0}", "criteria_zero", "criteria_weights"),
        ("objective: score\nequity: {mode: floor}", "equity_with_objective", "equity.mode"),
        ("locked_in: [P01, {program: P01, start: 2028}]", "locked_twice", "locked_in"),
        ("locked_in: [P01]\nlocked_out: [P01]", "locked_in_and_out", "locked_out"),
        ("locked_in: [{program: P02, start: 2029}]", "lock_cannot_start", "locked_in.start"),
        (
            "locked_in: [{program: P01, start: 2027}]\nclosed_years: [2027]",
            "lock_cannot_start",
            "locked_in.start",
        ),
    ],
)
def test_settings_that_mean_nothing_in_the_case(tmp_path, scenario, code, key):
    errors = [problem for problem in judged(tmp_path, scenario) if not problem.warning]
    assert found(errors) == [(code, "baseline.yaml", key, False)]
    with pytest.raises(ScenarioError) as error:
        load(tmp_path / "tiny")
    assert error.value.problems == tuple(errors)


def test_the_nearest_code_is_named_with_its_name(tmp_path):
    (problem,) = judged(tmp_path, "locked_in: [{program: P01, regions: [34.11]}]")
    assert problem.values["nearest"] == "34.10 Barat"


def test_a_region_that_a_locked_programme_does_not_have(tmp_path):
    tables = tiny_tables()
    tables["regions"] += "34.71,Kota,100\n"
    problems = judged(tmp_path, "locked_in: [{program: P01, regions: [34.71]}]", tables)
    assert found(problem for problem in problems if not problem.warning) == [
        ("locked_elsewhere", "baseline.yaml", "locked_in.regions", False)
    ]
    everywhere = judged(tmp_path, "locked_in: [{program: P03, regions: [34.71]}]", tables)
    assert not [problem for problem in everywhere if not problem.warning]


def test_a_level_without_a_value(tmp_path):
    (problem,) = judged(tmp_path, "effect_levels: {low: 0.1, hoch: 0.3}")
    assert (problem.code, problem.file, problem.column) == ("unknown_level", "program_effects.csv", "level")
    assert problem.values["programs"] == ["P02"]
    with pytest.raises(DataError):
        load(tmp_path / "tiny")


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        # P02 takes two years, so it must start in 2028: too early for its prerequisite.
        (
            "closed_years: [2027]\nfirst_year: 2028",
            [
                ("year_outside", "baseline.yaml", "closed_years"),
                ("never_ready", "program_links.csv", "other"),
            ],
        ),
        ("last_year: 2030", [("years_without_budget", "baseline.yaml", "last_year")]),
        ("priority_issues: 7", [("few_issues", "baseline.yaml", "priority_issues")]),
        ("objective: score", [("no_scores", "baseline.yaml", "objective")]),
        ("closed_years: [2027, 2028]", [("cannot_start", "programs.csv", "first_start")]),
        # P01 and P03 cost 5 in 2027, as much as there is.
        (
            "last_year: 2027",
            [
                ("cannot_start", "programs.csv", "first_start"),
                ("budgets_above_costs", "fund_budgets.csv", "amount"),
            ],
        ),
    ],
)
def test_settings_that_are_odd(tmp_path, scenario, expected):
    assert found(judged(tmp_path, scenario)) == [(*place, True) for place in expected]
    assert load(tmp_path / "tiny")[1].name == "baseline"


def test_a_locked_programme_that_cannot_start_is_an_error(tmp_path):
    assert found(judged(tmp_path, "locked_in: [P02]\nclosed_years: [2027, 2028]")) == [
        ("cannot_start", "programs.csv", "first_start", False)
    ]


def test_a_programme_in_the_annual_plan_may_start_in_a_closed_year(tmp_path):
    tables = tiny_tables()
    text = tables["programs"].replace("quick_win\n", "quick_win,in_annual_plan\n")
    tables["programs"] = text.replace("joint,10,\n", "joint,10,,ya\n")
    assert "cannot_start" not in [p.code for p in judged(tmp_path, "closed_years: [2027, 2028]", tables)]


@pytest.mark.parametrize(
    ("table", "old", "new", "code", "column"),
    [
        (
            "programs",
            "P03,Data terpadu,,1,province,,",
            "P03,Data terpadu,,1,joint,,",
            "concerns_nobody",
            "program",
        ),
        ("programs", "2,joint,10,", "2,joint,12.5,", "too_little_volume", "min_volume"),
        ("program_regions", "P02,34.10,4,3,5", "P02,34.10,1,1,5", "too_little_volume", "min_volume"),
    ],
)
def test_programmes_that_can_never_be_selected_or_concern_nobody(tmp_path, table, old, new, code, column):
    tables = tiny_tables()
    assert old in tables[table]
    tables[table] = tables[table].replace(old, new)
    assert found(judged(tmp_path, "", tables)) == [(code, "programs.csv", column, True)]


def test_more_regions_needed_than_may_take_part(tmp_path):
    tables = tiny_tables()
    tables["programs"] = (
        "program,name_id,duration,scope,min_regions\nP01,A,1,joint,3\nP02,B,2,joint,2\nP03,C,1,province,\n"
    )
    assert found(judged(tmp_path, "", tables)) == [("too_few_regions", "programs.csv", "min_regions", True)]


def test_gaps_that_nobody_knows(tmp_path):
    tables = tiny_tables()
    tables["issue_regions"] = tables["issue_regions"].replace("waste,34.10,1\n", "")
    (problem,) = judged(tmp_path, "", tables)
    assert found([problem]) == [("gap_unknown", "issues.csv", "issue", True)]
    assert problem.values == {"issue": "waste", "regions": ["34.10"]}


@pytest.mark.parametrize("emptied", ["all at target", "no issues", "no regions"])
def test_nothing_to_close(tmp_path, emptied):
    tables = tiny_tables()
    tables["indicator_values"] = tables["indicator_values"].replace("2024,10", "2024,5")
    tables["issue_regions"] = "issue,region,severity\nwaste,34.01,0\nwaste,34.10,0\n"
    if emptied != "all at target":
        for table in (
            "borders",
            "criteria",
            "issue_scores",
            "indicators",
            "indicator_values",
            "issue_regions",
        ):
            del tables[table]
        del tables["program_effects"]
        del tables["issues"]
    if emptied == "no regions":
        del tables["regions"]
        del tables["program_regions"]
        tables["program_costs"] = "program,kind,offset,amount\nP01,build,0,1\nP02,build,0,1\nP03,build,0,1\n"
    errors = [problem for problem in judged(tmp_path, "", tables) if not problem.warning]
    assert found(errors) == [("no_need", "issues.csv", "", False)]
    assert not [problem for problem in judged(tmp_path, "objective: score", tables) if not problem.warning]


def test_illustrative_tables_are_counted(tmp_path):
    tables = tiny_tables()
    tables["funds"] = "fund,name_id,status\napbd,APBD,illustrative\ndanais,Dana,illustrative\n"
    tables["regions"] = (
        "region,name,population,status\n34.01,Timur,300,observed\n34.10,Barat,100,illustrative\n"
    )
    (problem,) = judged(tmp_path, "", tables)
    assert problem.warning
    assert problem.values == {"count": 1, "of": 2, "tables": ["funds.csv"]}


def test_load_takes_changes_as_mapping_and_as_keywords(tiny_folder):
    assert load(tiny_folder, {"solver.gap": 0.02})[1].solver.gap == 0.02
    assert load(tiny_folder, budget_scale=0.9)[1].budget_scale.all == 0.9
    with pytest.raises(ScenarioError) as error:
        load(tiny_folder, {"locked_out": "[P9]"})
    assert error.value.problems[0].code == "unknown_code"


def test_checks_leave_the_case_as_it_is(tiny_folder):
    case = load_case(tiny_folder)
    before = {name: table.copy() for name, table in case.tables().items()}
    check(case, load_scenario(tiny_folder))
    for name, table in case.tables().items():
        assert table.equals(before[name])


def test_a_level_outside_the_range_of_its_row(tmp_path):
    tables = tiny_tables()
    tables["program_effects"] = tables["program_effects"].replace("waste,,,,high", "waste,,0.1,0.2,high")
    (problem,) = judged(tmp_path, "effect_levels: {low: 0.05, high: 0.3}", tables)
    assert found([problem]) == [("level_outside_range", "program_effects.csv", "level", False)]
    assert problem.values["value"] == 0.3
    assert judged(tmp_path, "effect_levels: {low: 0.05, high: 0.2}", tables) == ()
