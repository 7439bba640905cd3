"""What is valid but futile is warned of: nothing to choose, nothing to gain, out of reach."""

from __future__ import annotations

import pytest

from intake.test_fit import judged
from jspmodel.intake import load_case, load_scenario
from jspmodel.intake.checks.cost_bounds import CostBounds
from tiny import tiny_tables, write_case


def changed(**texts):
    """The tiny tables with pieces of text replaced: table=(old, new)."""
    tables = tiny_tables()
    for table, (old, new) in texts.items():
        assert tables[table].count(old) == 1, (table, old)
        tables[table] = tables[table].replace(old, new)
    return tables


def warned(tmp_path, scenario="", **texts):
    problems = judged(tmp_path, scenario, changed(**texts))
    assert all(problem.warning for problem in problems)
    return [(problem.code, problem.file, problem.column, dict(problem.values)) for problem in problems]


def test_the_tiny_case_is_not_silly(tmp_path):
    assert warned(tmp_path) == []


def test_everything_locked(tmp_path):
    assert warned(tmp_path, "locked_in: [P01, P03]\nlocked_out: [P02]") == [
        ("all_locked", "baseline.yaml", "locked_in", {"count": 3})
    ]
    assert warned(tmp_path, "locked_in: [P01]\nlocked_out: [P02]") == []


def test_budgets_above_all_costs(tmp_path):
    # P01 costs 3 at most, P02 6 and 0.5 run in 2029 if it starts in 2027, P03 2: 11.5. By year: 2027 3 + 3 + 2,
    # so 8 are enough there (danais has 1); 2028 the same, and 2029 3 + 3 (P02 from 2028) + 2.
    poor = warned(
        tmp_path / "a",
        fund_budgets=("apbd,2027,4\napbd,2028,4\napbd,2029,4", "apbd,2027,7\napbd,2028,8\napbd,2029,7.9"),
    )
    assert poor == []
    rich = warned(
        tmp_path / "b",
        fund_budgets=("apbd,2027,4\napbd,2028,4\napbd,2029,4", "apbd,2027,7\napbd,2028,8\napbd,2029,8"),
    )
    values = {"budget": pytest.approx(24), "cost": pytest.approx(11.5)}
    assert rich == [("budgets_above_costs", "fund_budgets.csv", "amount", values)]


def test_no_effect_where_there_is_a_need(tmp_path):
    # Poverty has a gap in 34.01 only (0.5; 34.10 is at the target): P01 in 34.10 alone does nothing.
    texts = {
        "program_regions": ("P01,34.01,,,\n", ""),
        "program_costs": ("P01,34.01,build,0,2\n", ""),
    }
    assert warned(tmp_path / "a", **texts) == [
        ("no_effect", "program_effects.csv", "effect", {"programs": ["P01"]})
    ]
    # P03 has no effect, but P02 requires it.
    assert warned(tmp_path / "b", program_effects=("P03,poverty,,,,low\n", "")) == []
    # What does not count by the priorities is the planner's choice.
    assert warned(tmp_path / "c", "priority_issues: [waste]") == []


def test_no_score(tmp_path):
    programs = "program,name_id,duration,scope,score\nP01,A,1,joint,5\nP02,B,2,joint,\nP03,C,1,province,0\n"
    tables = {**tiny_tables(), "programs": programs}
    found = [(p.code, p.values) for p in judged(tmp_path, "objective: score", tables)]
    assert found == [("no_score", {"programs": ["P02"]})]  # P03 is required by P02


@pytest.mark.parametrize(
    "texts",
    [
        {"fund_rules": ("danais,P01,,0.5", "danais,,living,0\ndanais,P03,,0")},
        {"funds": ("danais,Dana keistimewaan,", "danais,Dana keistimewaan,34.71"), "regions": ("34.10,Barat,100", "34.10,Barat,100\n34.71,Kota,0")},
    ],
)  # fmt: skip
def test_a_fund_that_nothing_may_use(tmp_path, texts):
    found = [problem[:2] for problem in warned(tmp_path, **texts)]
    assert ("fund_pays_nothing", "fund_rules.csv") in found
    assert warned(tmp_path / "b", "locked_out: [P01]")[0][3] == {"fund": "danais"}


def test_a_programme_that_can_never_be_paid(tmp_path):
    # P02 costs 3 shared in two years running, apbd has 4: 4.5 in the second year are 0.5 too much. The run cost of
    # 34.01 is not counted: min_regions is 1 and 34.10 has none.
    found = warned(tmp_path / "a", program_costs=("P02,,build,1,3", "P02,,build,1,4.5"))
    values = {"program": "P02", "short": pytest.approx(0.5)}
    assert found == [("never_payable", "program_costs.csv", "amount", values)]
    # P01: apbd has 4 a year, danais 1 in 2027 and bears at most half: 5.2 are 0.2 too much, in the best year.
    old = "P01,34.01,build,0,2\nP01,34.10,build,0,1"
    costs = {cost: old.replace(",2\n", f",{cost}\n").replace(",0,1", f",0,{cost}") for cost in (5.2, 5)}
    (found,) = warned(tmp_path / "b", program_costs=(old, costs[5.2]))
    assert found[3] == {"program": "P01", "short": pytest.approx(0.2)}
    assert warned(tmp_path / "c", program_costs=(old, costs[5])) == []


def test_the_least_and_the_most_that_a_programme_costs(tmp_path):
    # P01: 34.01 costs 2, 34.10 costs 1; one region is enough. P02 from 2027: 3, 3, and 0.5 run if 34.01 joins.
    folder = write_case(tmp_path / "tiny", tiny_tables())
    bills = CostBounds(load_case(folder), load_scenario(folder))
    assert bills.least()["P01"][0] == {2027: 1, 2028: 0, 2029: 0}
    assert bills.most()["P01"][0] == {2027: 3, 2028: 0, 2029: 0}
    assert bills.least()["P02"][0] == {2027: 3, 2028: 3, 2029: 0}
    assert bills.most()["P02"][0] == {2027: 3, 2028: 3, 2029: 0.5}
    assert len(bills.least()["P02"]) == 2


def test_maturity_out_of_reach(tmp_path):
    # P01 asks for 4. 34.01 stands at 2 and P03 raises by 1; 34.10 stands at 3, raised to 4.
    def tables(asked, least):
        programs = (
            "program,name_id,duration,scope,min_regions,required_maturity,raises_maturity\n"
            f"P01,A,1,joint,{least},{asked},\nP02,B,2,joint,1,,\nP03,C,1,province,,,1\n"
        )
        regions = "region,name,population,maturity\n34.01,Timur,300,2\n34.10,Barat,100,3\n"
        return {**tiny_tables(), "programs": programs, "regions": regions}

    assert judged(tmp_path / "a", "", tables(4, 1)) == ()
    (problem,) = judged(tmp_path / "b", "", tables(4, 2))
    assert problem.code == "never_mature"
    assert problem.values == {"program": "P01", "level": 4, "regions": ["34.01"]}
    needed = tables(4, 1)
    lines = needed["program_regions"].splitlines()
    marked = [f"{line},{'yes' if line.startswith('P01,34.01') else ''}" for line in lines[1:]]
    needed["program_regions"] = "\n".join([f"{lines[0]},mandatory", *marked]) + "\n"
    assert [problem.code for problem in judged(tmp_path / "d", "", needed)] == ["never_mature"]
    (problem,) = judged(tmp_path / "c", "", tables(5, 1))
    assert problem.values["regions"] == ["34.01", "34.10"]


def test_a_prerequisite_that_comes_too_late(tmp_path):
    # P02 takes two of the years 2027-2029; P03 must be over before, so it must start in 2027.
    found = [problem[0] for problem in warned(tmp_path / "a", "locked_out: [P03]")]
    assert found == ["never_ready"]
    assert warned(tmp_path / "b", "closed_years: [2027]")[0][3] == {"program": "P02", "other": "P03"}


def test_figures_in_different_units(tmp_path):
    found = warned(tmp_path / "a", program_costs=("P03,,build,0,2", "P03,,build,0,0.0000001"))
    assert found[0][:3] == ("figures_far_apart", "program_costs.csv", "amount")
    assert warned(tmp_path / "b", program_costs=("P03,,build,0,2", "P03,,build,0,0.000001")) == []
