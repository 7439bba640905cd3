"""The budget frontier: steps worked out on paper, plans as good as those of single calls, monotone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from jspmodel import measure
from jspmodel.errors import InfeasibleError, ScenarioError
from jspmodel.selection import select_programs
from jspmodel.selection.parametric import Frontier, FrontierPoint, budget_frontier, state_parametric_model
from jspmodel.solver import ONE_THREAD, Benders
from selection.random_cases import best_by_trying, random_case
from selection.small import make_scenario, one_place, rows


def three(**tables):
    """0.3 for 6, 0.2 for 4, 0.2 for 5 with Rp 10 billion; phi is steep up to 0.4, then 0.75."""
    return one_place([("X", 0.3, 6), ("Y", 0.2, 4), ("Z", 0.2, 5)], budget=10, **tables)


def test_steps_by_hand():
    frontier = budget_frontier(three(), make_scenario(), 16, workers=1)  # 0, 1, ... 15 billion
    # Y from 4, X from 6, Y and Z from 9, X and Y from 10 (0.4 + 0.1 * 0.75), all from 15.
    expected = [0] * 4 + [20] * 2 + [30] * 3 + [40] + [47.5] * 5 + [62.5]
    assert frontier.table["budget"].tolist() == pytest.approx(list(range(16)))
    assert frontier.table["objective"].tolist() == pytest.approx(expected)
    assert frontier.table["bound"].tolist() == pytest.approx(expected, abs=2e-4)
    assert frontier.table["gap"].max() < 1e-4
    assert frontier.table["selected"].tolist() == [0] * 4 + [1] * 5 + [2] * 6 + [3]
    at_9 = frontier.plans[np.isclose(frontier.plans["scale"], 0.9)]
    assert at_9["program"].tolist() == ["Y", "Z"]
    assert at_9["regions"].tolist() == ["A", "A"]


def test_part_of_the_range_and_progress():
    told = []
    frontier = budget_frontier(
        three(), make_scenario(), 2, least=0.4, most=0.6, workers=1, progress=told.append
    )
    assert frontier.table["objective"].tolist() == pytest.approx([20, 30])
    assert told[-1] == 1.0


def two_places():
    """A and B alike: X brings A 0.4 for 4, Y brings B 0.25 for 4, Z brings both 0.1 for 2."""
    places = [("X", "A"), ("Y", "B"), ("Z", "A"), ("Z", "B")]
    return one_place(
        [("X", 0.4, 4), ("Y", 0.25, 4), ("Z", 0.1, 2)],
        budget=10,
        regions=rows("region name", ("A", "Alfa"), ("B", "Beta")),
        issue_regions=rows("issue region severity", ("w", "A", 1.0), ("w", "B", 1.0)),
        program_regions=rows("program region", *places),
    )


def test_a_floor_by_hand():
    """With 2: Z, 10 each. With 4 X alone, Y alone leave one at 0. With 6 X and Z bring A 47.5 and B 10, Y and Z
    A 10 and B 35: less than half of 28.75 and 22.5; but Y and Z without B bring 10 and 25. With 8 X and Y: 40
    and 25. With 10 all: 47.5 and 35."""
    scenario = make_scenario(equity={"mode": "floor", "floor": 0.5})
    frontier = budget_frontier(two_places(), scenario, 6, most=1.0, workers=1)
    assert frontier.floor == 0.5
    assert frontier.table["objective"].tolist() == pytest.approx([0, 10, 10, 17.5, 32.5, 41.25])
    free = budget_frontier(two_places(), make_scenario(), 6, most=1.0, workers=1)
    assert free.floor is None
    assert free.table["objective"].tolist() == pytest.approx([0, 10, 20, 28.75, 32.5, 41.25])


def test_a_floor_found_without_a_plan_before():
    scenario = make_scenario(equity={"mode": "floor", "floor": 0.5})
    first = budget_frontier(two_places(), scenario, 2, least=0.6, most=0.8, workers=1).points[0]
    assert first.objective == pytest.approx(17.5)
    assert first.bound == pytest.approx(17.5, abs=2e-4)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("objective", ["gap_closed", "score"])
def test_as_good_as_trying_every_plan(seed, objective):
    case = random_case(seed, programs=2)
    scenario = make_scenario(objective=objective)
    frontier = budget_frontier(case, scenario, 4, workers=1)
    for point in frontier.points:
        best = best_by_trying(case, make_scenario(objective=objective, budget_scale=point.scale))
        assert point.objective == pytest.approx(best, abs=2e-4)
        assert best - 1e-9 <= point.bound <= best + 4e-4


@pytest.mark.parametrize("seed", range(3))
def test_monotone_and_in_the_budget(seed):
    case = random_case(seed, programs=8, regions="ABC", years=(2027, 2028, 2029), budget=12)
    scenario = make_scenario(equity={"mode": "floor", "floor": 0.3})
    before = case.fund_budgets.copy(), scenario.model_dump()
    frontier = budget_frontier(case, scenario, 7, workers=1)
    assert frontier.points[-1].objective > 0
    for less, more in pairwise(frontier.points):
        assert less.objective <= more.objective
        assert less.bound <= more.bound + 1e-9
    judge, years = measure.Measure(case, scenario), measure.horizon(case, scenario)
    for point in frontier.points:
        impact = judge.impact(point.choices)
        assert point.objective == pytest.approx(impact.total)
        assert point.objective <= point.bound
        assert impact.by_region.min() >= 0.3 * impact.total - 1e-5
        spent = sum(measure.yearly_costs(case, choice, years) for choice in point.choices)
        assert np.max(spent) <= 12 * point.scale + 1e-6
    assert case.fund_budgets.equals(before[0])
    assert scenario.model_dump() == before[1]


def test_one_worker_or_two():
    case = random_case(4, programs=8, regions="ABC", years=(2027, 2028, 2029), budget=12)
    one, two = (budget_frontier(case, make_scenario(), 6, workers=workers) for workers in (1, 2))
    assert one.points == two.points


def test_no_plan_where_a_lock_is_not_affordable():
    frontier = budget_frontier(three(), make_scenario(locked_in=["X"]), 4, workers=1)  # 0, 5, 10, 15 billion
    assert [point.choices is None for point in frontier.points] == [True, True, False, False]
    assert [point.bound for point in frontier.points[:2]] == [-np.inf, -np.inf]
    assert np.isnan(frontier.points[0].objective)
    assert frontier.points[0].gap is None
    assert frontier.table["selected"].isna().tolist() == [True, True, False, False]
    assert frontier.table["objective"].tolist()[2:] == pytest.approx([47.5, 62.5])


def test_what_is_not_valid():
    for wrong in ({"points": 1}, {"most": 0.0}, {"least": 2.0}, {"least": -0.1}):
        with pytest.raises(ValueError, match="points must be"):
            budget_frontier(three(), make_scenario(), **wrong)
    with pytest.raises(ScenarioError, match="max_min"):
        budget_frontier(three(), make_scenario(equity={"mode": "max_min"}))
    with pytest.raises(InfeasibleError):
        budget_frontier(three(), make_scenario(locked_in=["X"], locked_out=["X"]))


def test_gaps():
    points = [FrontierPoint(1, 1, (), worth, bound, 1e-4) for worth, bound in ((20, 21), (0, 1e-4), (0, 5))]
    assert [point.gap for point in points] == [0.05, 0, None]
    table = Frontier((*points, FrontierPoint(1, 1, None, np.nan, 5)), None).table
    assert table["gap"].isna().tolist() == [False, False, True, True]
    assert table["gap"].dtype == float
    assert Frontier((), None).table.empty


def test_a_plan_not_found_is_not_one_that_there_cannot_be():
    told = [FrontierPoint(0.8, 1, None, np.nan, bound).finding for bound in (34.07, np.inf, -np.inf)]
    assert told == ["not_found", "not_found", "none"]


def test_the_price_of_money_grows_with_the_budget_and_is_no_gap():
    """X costs 6 and there are 4.5 at most: bounds are the price of money alone, 1.5e-4 at the last point."""
    frontier = budget_frontier(one_place([("X", 0.3, 6)], budget=3), make_scenario(), points=6, workers=1)
    assert frontier.table["bound"].max() > 1.2e-4
    assert frontier.table["gap"].tolist() == [0.0] * 6


def test_a_plan_that_is_known_stands_at_its_own_budget_and_above(monkeypatch):
    """X and Y for 10 are worth 47.5 (by hand, above); whatever is sought here finds nothing. For 9 X is left of it."""
    plan = select_programs(three(), make_scenario()).choices
    assert {choice.program for choice in plan} == {"X", "Y"}
    parametric = "jspmodel.selection.parametric.frontier_search"
    monkeypatch.setattr(f"{parametric}.solve_small", lambda *_: (None, np.inf))
    monkeypatch.setattr(f"{parametric}.any_plan", lambda *_: None)
    for search in ("search_near", "search_around"):
        monkeypatch.setattr(f"{parametric}.Reoptimiser.{search}", lambda *_, **__: None)
    found = budget_frontier(three(), make_scenario(), 3, least=0.9, most=1.1, known=plan[::-1], workers=1)
    assert found.table["objective"].tolist() == pytest.approx([30, 47.5, 47.5])
    assert [choice.program for choice in found.points[1].choices] == ["X", "Y"]


def test_searches_above_its_budget_begin_with_the_known_plan(monkeypatch):
    """Of X and Y (47.5) X is left for 9 (30): so the first search around a plan is around X, the last around both."""
    known, seen = select_programs(three(), make_scenario()).choices, []
    parametric = "jspmodel.selection.parametric.frontier_search"
    monkeypatch.setattr(f"{parametric}.solve_small", lambda *_: (None, np.inf))
    monkeypatch.setattr(f"{parametric}.Reoptimiser.search_near", lambda *_, **__: None)
    monkeypatch.setattr(
        f"{parametric}.Reoptimiser.search_around", lambda _, at, plan, draw: seen.append(plan)
    )
    budget_frontier(three(), make_scenario(), 3, least=0.9, most=1.1, known=known, workers=1)
    model = state_parametric_model(three(), make_scenario())
    cost = Benders(model.at(1.1), model.column_map.side, ONE_THREAD).matrix.cost
    assert [cost @ seen[0], cost @ seen[-1]] == pytest.approx([30, 47.5], abs=1e-3)


def test_a_better_plan_than_the_known_one_is_kept():
    known = select_programs(three(), make_scenario(locked_out=["X", "Y"])).choices
    assert [choice.program for choice in known] == ["Z"]
    found = budget_frontier(three(), make_scenario(), 3, least=0.9, most=1.1, known=known, workers=1)
    assert found.table["objective"].tolist() == pytest.approx([40, 47.5, 47.5])
