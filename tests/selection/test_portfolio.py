"""Many plans valued at once, as the measure values each."""

from __future__ import annotations

import numpy as np
import pytest

from jspmodel.measure import Measure
from jspmodel.selection.parametric.parametric_model import state_parametric_model
from jspmodel.selection.parametric.portfolio import Portfolios
from jspmodel.solver.highs import maximise
from jspmodel.solver.relaxed_search import ONE_THREAD
from selection.random_cases import random_case
from selection.small import make_scenario


@pytest.mark.parametrize("equity", [{"mode": "off"}, {"mode": "floor", "floor": 0.1}])
@pytest.mark.parametrize("seed", [3, 5, 6])
def test_plans_are_worth_what_the_measure_says(seed, equity):
    scenario = make_scenario(equity=equity)
    case = random_case(seed, programs=8, regions="ABC", years=(2027, 2028, 2029), budget=15)
    whole = state_parametric_model(case, scenario)
    alike = whole.unpaid(ONE_THREAD)
    draw, plans = np.random.default_rng(seed), []
    for _ in range(4):
        # Other objectives lead to other plans, most of them far from the best.
        cost = np.where(alike.matrix.integer, draw.normal(1.0, 2.0, len(alike.matrix.cost)), 0.0)
        matrix = type(alike.matrix)(**{**vars(alike.matrix), "cost": cost})
        plans.append(maximise(matrix, ONE_THREAD, 0.0).values)
    worth, least = Portfolios(alike).worth(alike.matrix, np.array(plans))
    judge = Measure(case, scenario)
    for plan, found, part in zip(plans, worth, least, strict=True):
        impact = judge.impact(alike.chosen(plan))
        assert found == pytest.approx(impact.total, abs=1e-6)
        if equity["mode"] == "floor" and impact.total > 0:
            assert part == pytest.approx(impact.by_region.min() / impact.total, abs=1e-6)


def test_without_payments_the_rows_keep_their_names_and_places():
    case = random_case(4, programs=6, regions="ABC", years=(2027, 2028), budget=15)
    whole = state_parametric_model(case, make_scenario(equity={"mode": "floor", "floor": 0.1}))
    lean = whole.unpaid(ONE_THREAD)
    assert len(lean.names) == len(lean.matrix.row_lower)
    assert not lean.rows("cost_paid", "fund_budget").any()
    assert set(lean.delivered.values()) == set(whole.delivered.values())
    for row, key in lean.delivered.items():
        assert lean.names[row].startswith("delivered(")
        (place,) = [k for k, other in whole.delivered.items() if other == key]
        assert lean.matrix.row_upper[row] == whole.matrix.row_upper[place]
        assert lean.names[row] == whole.names[place]
