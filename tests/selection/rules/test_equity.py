"""All that is tested of the rule equity."""

from __future__ import annotations

import pytest

from jspmodel.errors import InfeasibleError, Problem, ScenarioError, SolverError
from jspmodel.selection import select_programs
from jspmodel.selection.infeasibility import explained, not_found
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.rules import equity
from jspmodel.solver.effort import Effort
from selection.rules.audited import Tampered, without
from selection.rules.clashes import clash, wide
from selection.rules.marks import clashing, on_paper
from selection.small import make_scenario, one_place, rows, starts, unequal

SETTINGS = {"equity": {"mode": "floor", "floor": 0.5}}
AUDITED_SETTINGS = {"equity": {"mode": "floor", "floor": 0.1}}
NO_REASON = "With a programme more, what it asks for is there as before, or more of it."
ROWS = {
    # In A, w is 0.5625 / 0.6375 of the needs: 100/3 times that is 29.4118 (22.0588 and 14.7059 at slopes 0.75
    # and 0.5), and j 3.92157 (2.94118). In B, w is all: 33.3333, 25, 16.6667.
    equity.worst_off: """
        worst_off(A): 3.92157 piece(j,A,2029,0) + 2.94118 piece(j,A,2029,1) + 29.4118 piece(w,A,2027,0) \
+ 22.0588 piece(w,A,2027,1) + 29.4118 piece(w,A,2028,0) + 22.0588 piece(w,A,2028,1) \
+ 14.7059 piece(w,A,2028,2) + 29.4118 piece(w,A,2029,0) + 22.0588 piece(w,A,2029,1) \
+ 14.7059 piece(w,A,2029,2) - worst() >= 0
        worst_off(B): 33.3333 piece(w,B,2027,0) + 25 piece(w,B,2027,1) + 33.3333 piece(w,B,2028,0) \
+ 25 piece(w,B,2028,1) + 16.6667 piece(w,B,2028,2) + 33.3333 piece(w,B,2029,0) + 25 piece(w,B,2029,1) \
+ 16.6667 piece(w,B,2029,2) - worst() >= 0
    """,
}
BAD = {
    "worst_off": [
        ({}, "equity: {mode: floor, floor: 1.5}", "setting_high", "equity.floor"),
        ({}, "objective: score\nequity: {mode: floor}", "equity_with_objective", "equity.mode"),
    ],
}  # fmt: skip
TAMPERED = Tampered(*without("Q", "S"), {"region": "B"}, 5)  # nothing reaches B
CLASHES = {}


@on_paper("worst_off")
@pytest.mark.parametrize("mode", ["floor", "max_min"])
def test_equity_and_its_price(mode):
    # Half of 52.5 is 26.25: B must reach it, so Y is in and A keeps one: 40. The price is 12.5.
    plan = select_programs(unequal(), make_scenario(equity={"mode": mode, "floor": 0.5}))
    assert "Y" in starts(plan)
    assert plan.objective == pytest.approx(40)
    assert plan.status == "optimal"
    assert {item.region: item.impact for item in plan.regions} == pytest.approx({"A": 40, "B": 40})
    assert plan.equity.without == pytest.approx(52.5)
    assert plan.equity.price == pytest.approx(12.5)
    assert plan.equity.floor == pytest.approx(26.25 if mode == "floor" else 40, abs=1e-5)


def test_a_floor_that_is_kept_anyway_costs_nothing():
    plan = select_programs(unequal(), make_scenario(equity={"mode": "floor", "floor": 0.0}))
    assert plan.objective == pytest.approx(52.5)
    assert plan.equity.price == 0


def test_a_region_without_need_is_not_asked():
    tables = {"issue_regions": rows("issue region severity", ("w", "A", 1.0), ("w", "B", 0.0))}
    plan = select_programs(unequal(**tables), make_scenario(equity={"mode": "floor", "floor": 1.0}))
    assert sorted(starts(plan)) == ["X", "Z"]
    assert {item.region: item.impact for item in plan.regions}["B"] is None


def test_a_floor_out_of_reach_is_named():
    # Nothing helps B.
    tables = {"program_regions": rows("program region", ("X", "A"), ("Y", "A"), ("Z", "A"))}
    with pytest.raises(InfeasibleError) as error:
        select_programs(unequal(**tables), make_scenario(equity={"mode": "floor", "floor": 0.5}))
    # Without the rule X and Y would close phi(0.8) = 70 percent of A's need, three quarters of all: 52.5. Half of
    # that is asked for in B, where nothing can be reached.
    said = {problem.code: problem.values for problem in error.value.problems}
    assert list(said) == ["clash_of_one", "clash_floor", "ways_alone", "way_floor"]
    assert said["clash_floor"] == {"region": "B (Beta)", "floor": 26.25, "reach": 0.0}
    assert said["way_floor"]["share"] == 0.0


def test_equity_does_not_go_with_scores():
    with pytest.raises(ScenarioError) as error:
        select_programs(unequal(), make_scenario(objective="score", equity={"mode": "floor"}))
    assert error.value.problems[0].code == "equity_with_objective"


@clashing("floor")
def test_an_equity_floor():
    # P closes 30 in A; nothing helps B, which is asked for 12.
    case = wide("scope", "joint", program_regions=rows("program region", ("P", "A")))
    rules, ways = clash(case, make_scenario(equity={"mode": "floor", "floor": 0.8}), 12.0)
    assert rules == {"floor B"}
    assert ways == pytest.approx({"floor B": 12})


def test_a_clash_before_the_floor_says_that_the_floor_comes_after():
    scenario = make_scenario(locked_in=["P", "Q"], equity={"mode": "floor", "floor": 0.5})
    with pytest.raises(InfeasibleError) as error:
        select_programs(one_place([("P", 0.3, 3), ("Q", 0.2, 3)], budget=4), scenario)
    assert error.value.problems[-1].code == "floor_comes_after"


def test_a_floor_that_can_be_kept_is_told_when_none_was_found_in_time():
    # Money for one: X closes 40 in A, Y 40 in B, Z 10 in both. Halves of X and Y would bring 20 to both, and 15 is
    # asked for (0.6 of 25), so only whole numbers clash; Z keeps 10, which is 0.4 of 25.
    tables = {
        "regions": rows("region name", ("A", "Alfa"), ("B", "Beta")),
        "issue_regions": rows("issue region severity", ("w", "A", 1.0), ("w", "B", 1.0)),
        "program_regions": rows("program region", ("X", "A"), ("Y", "B"), ("Z", "A"), ("Z", "B")),
    }
    case = one_place([("X", 0.4, 1), ("Y", 0.4, 1), ("Z", 0.1, 1)], budget=1, **tables)
    inputs = read_inputs(case, make_scenario(equity={"mode": "floor", "floor": 0.6}))
    late = not_found(inputs, ["whole"])
    told = explained(late, inputs, 15.0, Effort(1000)).problems
    assert [problem.code for problem in told] == ["no_plan_found", "way_floor"]
    assert told[1].values["share"] == pytest.approx(0.4)
    assert explained(late, inputs, None, Effort(1000)).problems == late.problems
    broken = SolverError("broken", [Problem("solver_failed", values={"status": "?"})])
    assert explained(broken, inputs, None, Effort(1000)) is broken
