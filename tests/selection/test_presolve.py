"""Models of which HiGHS 1.16.0, left to itself, says too little: its presolve drops rows that bind."""

from __future__ import annotations

import pytest

from jspmodel.generate import Size, generate_case
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario
from jspmodel.selection import audit
from jspmodel.selection.formulation import Model, formulate, read_column_map
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.objectives import worth_of
from jspmodel.selection.search import pay
from jspmodel.solver import ONE_THREAD, kernel_search, maximise, sub_mip
from jspmodel.solver.effort import Effort
from jspmodel.solver.highs import PRESOLVED
from jspmodel.solver.state import SearchState

LOST = {
    "said to have no plan": (
        Size(4, 8, 3, 0.3),
        21,
        {"min_quick_wins": 1, "budget_scale": {"all": 0.6}},
        [("P0004", 2027, (1, 3)), ("P0008", 2027, (1, 2, 3, 4))],
    ),
    "said to have a worse best plan": (
        Size(4, 10, 3, 0.5),
        31,
        {
            "objective": "score",
            "no_new_systems": True,
            "diminishing_returns": [[1.0, 1.0]],
            "closed_years": [2028],
            "budget_scale": {"all": 0.6},
            "cofunding": False,
        },
        [("P0003", 2027, (1, 3, 4)), ("P0004", 2029, (1, 2, 3, 4)), ("P0007", 2029, (1, 3))],
    ),
}
"""Size, seed and settings of made-up cases, and a plan that keeps all rules: programme, start, regions."""


@pytest.mark.parametrize("kind", LOST)
def test_nothing_that_is_said_leaves_out_a_plan_that_keeps_the_rules(kind):
    size, seed, settings, plan = LOST[kind]
    case, scenario = generate_case(size, seed), Scenario.model_validate(settings)
    choices = [
        Choice(program=p, start=t, regions=tuple(f"R{r:04}" for r in regions)) for p, t, regions in plan
    ]
    formulation = formulate(read_inputs(case, scenario))
    model = Model(formulation, scenario.solver)
    assert audit(case, scenario, choices, pay(formulation, model, choices)).passed
    worth, noise = worth_of(case, scenario)(choices), 1e-3  # the price of money, and rows to a millionth
    for found in (
        maximise(model.matrix, ONE_THREAD, 0.0),
        maximise(model.matrix, ONE_THREAD, 0.0, settings=PRESOLVED),
        Model(formulation, scenario.solver).maximise(0.0),
    ):
        assert found.status == "optimal"
        assert min(found.objective, found.bound) >= worth - noise


def test_a_proof_is_not_presolved_and_a_search_for_plans_is(monkeypatch):
    asked = []

    def heard(matrix, options, gap, start=None, *, settings, **more):
        asked.append(settings.get("presolve", "off"))
        return maximise(matrix, options, gap, start, settings=settings, **more)

    monkeypatch.setattr(sub_mip, "maximise", heard)
    case, scenario = generate_case(Size(3, 12, 3, 0.3), 5), Scenario()
    formulation = formulate(read_inputs(case, scenario))
    model = Model(formulation, scenario.solver)
    column_map = read_column_map(formulation, model)
    state = SearchState(model.matrix, column_map, ONE_THREAD, Effort(1000), 0.0)
    kernel_search.kernel(state, 40, None)
    assert set(asked) == {"choose"}
    asked.clear()
    kernel_search.prove(state)
    assert asked == ["off"]
