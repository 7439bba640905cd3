"""A plan worth nothing while more is not ruled out: nothing is proven, whoever asks."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from jspmodel.plan import Plan
from jspmodel.selection import select_programs
from jspmodel.selection.parametric import live_model, robustness
from jspmodel.selection.parametric.draws import Draws
from jspmodel.selection.search import equity_search
from jspmodel.solver.result import SearchResult
from selection.small import make_scenario, one_place

CASE = one_place([("X", 0.3, 1)], budget=1)


@pytest.fixture
def empty_handed(monkeypatch):
    """Let the search come back with the empty plan, and a bound of its own."""

    def come_back_with(bound):
        def search(_, request, *__):
            nothing = np.zeros(len(request.cost))
            return SearchResult("clock", nothing, 0.0, bound, stopped=True)

        monkeypatch.setattr(equity_search.Worker, "search", search)

    return come_back_with


def test_the_plan_says_so_in_json_and_is_not_optimal(empty_handed):
    empty_handed(30.0)
    plan = select_programs(CASE, make_scenario())
    assert (plan.objective, plan.gap, plan.status, plan.level) == (0.0, None, "feasible", "open")
    assert json.loads(plan.model_dump_json())["gap"] is None
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_a_bound_that_is_the_price_of_money_alone_is_a_proof(empty_handed):
    empty_handed(0.0)  # a search's bound is lower than the plan's by what the price may take: 1e-4
    plan = select_programs(CASE, make_scenario())
    assert plan.bound == pytest.approx(1e-4)
    assert (plan.objective, plan.gap, plan.status) == (0.0, 0.0, "optimal")
    assert plan.tolerance == pytest.approx(2e-4)


def test_the_live_model_says_so(empty_handed):
    model = live_model(CASE, make_scenario())
    empty_handed(30.0)
    assert model.solve().gap is None
    empty_handed(0.0)
    assert model.solve().gap == 0.0


@pytest.mark.parametrize(
    ("worth", "bound", "gap"), [(None, 30.0, None), (0.0, 30.0, None), (0.0, 1e-4, 0.0), (20.0, 21.0, 0.05)]
)
def test_a_draw_says_so(worth, bound, gap):
    draws = SimpleNamespace(
        _worth=np.nan if worth is None else worth,
        bound=bound,
        common=SimpleNamespace(model=SimpleNamespace(slack=1e-4)),
    )
    assert Draws.gap.fget(draws) == gap


def test_draws_worth_nothing_have_a_gap_of_0_where_that_is_proven():
    table = robustness(one_place([("X", 0.3, 6)], budget=3), make_scenario(), 2, workers=1).draws
    assert table["objective"].tolist() == table["gap"].tolist() == [0.0, 0.0]
