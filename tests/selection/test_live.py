"""A live model answers as a fresh selection does, whatever was changed before."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from jspmodel.errors import InfeasibleError, ScenarioError
from jspmodel.scenario import Scenario
from jspmodel.selection import select_programs
from jspmodel.selection.parametric import adjustable_model, live_model
from selection.random_cases import random_case
from selection.small import EXACT, make_scenario, one_place, rows

STEPS = {"effort": "standard"}


def changes(draw, years):
    """Some changes at random, as a planner might make them one after the other."""
    possible = {
        "budget_scale": float(draw.choice([0.0, 0.5, 0.8, 1.4])),
        "year_weights": {year: float(draw.integers(1, 5)) for year in years},
        "locked_in": [{"program": "P1", "regions": ["A"]}] if draw.random() < 0.5 else ["P1"],
        "locked_out": [f"P{draw.integers(2, 4)}"],
        "equity": {"mode": str(draw.choice(["floor", "max_min", "off"])), "floor": 0.3},
        "min_quick_wins": 0,
        "collaboration": {"strength": float(draw.choice([0.1, 0.3]))},
    }
    names = draw.choice(list(possible), 2, replace=False)
    return {name: possible[name] for name in names}


@pytest.mark.parametrize("seed", range(4))
def test_the_same_as_a_fresh_selection(seed):
    years = (2027, 2028)
    case = random_case(seed, programs=4, regions="ABC", years=years)
    draw = np.random.default_rng(seed)
    model = live_model(case, make_scenario())
    for _ in range(4):
        asked = changes(draw, years)
        fresh = Scenario.model_validate({**EXACT, **asked})
        try:
            expected = select_programs(case, fresh)
        except InfeasibleError:
            with pytest.raises(InfeasibleError):
                model.solve(**asked)
            continue
        plan = model.solve(**asked)
        assert plan.objective == pytest.approx(expected.objective, abs=2e-4), asked
        assert plan.objective <= plan.bound + 1e-9
        assert plan.gap < 1e-4


def test_scores_too():
    case = random_case(5, programs=4, regions="AB")
    model = live_model(case, make_scenario(objective="score"))
    for scale in (1.0, 0.4, 1.5):
        fresh = select_programs(case, make_scenario(objective="score", budget_scale=scale))
        assert model.solve(budget_scale=scale).objective == pytest.approx(fresh.objective, abs=1e-4)


def three():
    """Worked out on paper: 0.3 for 6, 0.2 for 4, 0.2 for 5; impact is 100 times the sum (below 0.4)."""
    return one_place([("X", 0.3, 6), ("Y", 0.2, 4), ("Z", 0.2, 5)], budget=9)


def test_changes_by_hand():
    model = live_model(three(), make_scenario())
    assert model.solve().objective == pytest.approx(40)  # Y and Z for 9
    assert model.solve(budget_scale=0.7).objective == pytest.approx(30)  # X for 6 of 6.3
    assert model.solve(budgets={("f", 2027): 4.5}).objective == pytest.approx(20)  # Y
    # With Y locked out: X, or Z; the others stay as in the scenario again.
    assert model.solve(locked_out=["Y"]).objective == pytest.approx(30)
    assert model.solve(locked_in=["X"]).objective == pytest.approx(30)
    assert model.solve(budgets={("f", 2027): 11}, locked_in=["X"]).objective == pytest.approx(47.5)


def test_a_fund_without_a_row_for_a_year_has_had_nothing_then():
    """In 2027 f has 9 for Y and Z, as by hand above; 6 of it in 2028 pay for X too."""
    case = three()
    model = live_model(case, make_scenario(first_year=2027, last_year=2028))
    alone = [6.0, 0.0, 6.0]
    worth = [model.solve(budgets={("f", 2028): more}).objective for more in alone]
    last = model.solve().objective
    fresh = []
    for more in (6.0, 0.0):
        both = pd.concat(
            [case.fund_budgets, case.fund_budgets.assign(year=2028, amount=more)], ignore_index=True
        )
        known = replace(case, fund_budgets=both)
        fresh.append(select_programs(known, make_scenario()).objective)
    assert worth == pytest.approx([fresh[0], fresh[1], fresh[0]])
    assert last == pytest.approx(fresh[1])
    assert fresh[0] > fresh[1] + 1
    assert len(case.fund_budgets) == 1


def test_money_of_a_call_is_gone_in_the_next():
    """X is paid by f alone, which has nothing in 2028, where g has 9 that may pay for Y alone."""
    case = one_place(
        [("X", 0.3, 6), ("Y", 0.2, 4)],
        budget=0,
        funds=rows("fund name_id", ("f", "F"), ("g", "G")),
        fund_budgets=rows("fund year amount", ("f", 2027, 0.0), ("g", 2027, 0.0), ("g", 2028, 9.0)),
        fund_rules=rows("fund program dimension max_share", ("f", "X", "", 1.0), ("g", "Y", "", 1.0)),
    )
    model = live_model(case, make_scenario())
    asked = [{("f", 2028): 6.0}, None, {("f", 2028): 6.0}, {("f", 2028): 5.0}]
    found = [{choice.program for choice in model.solve(budgets=one).choices} for one in asked]
    assert found == [{"X", "Y"}, {"Y"}, {"X", "Y"}, {"Y"}]


def test_who_came_in():
    model = live_model(three(), make_scenario())
    model.solve()
    table = model.solve(budget_scale=0.7).table
    expected = pd.DataFrame(
        {
            "program": ["X", "Y", "Z"],
            "selected": [True, False, False],
            "start": pd.array([2027, None, None], dtype="Int64"),
            "regions": ["A", "", ""],
            "before": [False, True, True],
        }
    )
    pd.testing.assert_frame_equal(table, expected)


def test_the_model_is_stated_once(monkeypatch):
    case = random_case(1, programs=4, regions="ABC")
    model = live_model(case, make_scenario())
    monkeypatch.setattr(adjustable_model, "formulate", None)
    model.solve(budget_scale=0.5, locked_in=[], locked_out=["P0"], year_weights={2027: 1.0, 2028: 3.0})
    model.solve(equity={"mode": "floor", "floor": 0.2}, solver={"gap": 0.1})
    with pytest.raises(TypeError):
        model.solve(first_year=2028)


def test_progress_is_told_without_a_clock():
    case = random_case(7, programs=30, regions="ABCD", years=range(2027, 2031), budget=20)
    steps = []
    model = live_model(case, make_scenario())
    plan = model.solve(steps.append, solver={"effort": 0.01})
    assert not plan.stopped
    assert 0 < plan.objective < plan.bound < 100
    assert {step.stage for step in steps} == {"selection"}


def test_what_is_not_valid():
    model = live_model(three(), make_scenario())
    with pytest.raises(ValueError, match="2030 is not planned; the years are 2027 to 2027"):
        model.solve(budgets={("f", 2030): 4.5})
    with pytest.raises(ValueError, match="no fund h; there are: f"):
        model.solve(budgets={("h", 2027): 4.5})
    with pytest.raises(ValueError, match="-1 of f in 2027 is no amount"):
        model.solve(budgets={("f", 2027): -1})
    with pytest.raises(ValidationError, match="budget_scal"):
        model.solve(budget_scal=1.0)
    with pytest.raises(InfeasibleError):
        model.solve(locked_in=["X"], locked_out=["X"])
    with pytest.raises(InfeasibleError):
        model.solve(locked_in=["X"], budget_scale=0.5)
    with pytest.raises(ScenarioError):
        model.solve(objective="score", equity={"mode": "floor"})
    assert model.solve().objective == pytest.approx(40)  # still alive
