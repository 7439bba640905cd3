"""Regions that must bear shares: what is found, proven and built beside every plan there is."""

from __future__ import annotations

from functools import cache

import pytest

from jspmodel.selection import evaluate, select_programs
from jspmodel.selection.parametric import budget_frontier
from jspmodel.selection.parametric.parametric_model import state_parametric_model
from jspmodel.selection.postoptimal import alternatives, certify
from jspmodel.selection.postoptimal.certificate import check_certificate
from selection.brute_force import SAME
from selection.cofunded_cases import cofunded_case, every_plan
from selection.small import make_scenario
from selection.test_fund_sets import stated

ON = make_scenario()


@cache
def tried(seed):
    """Every plan of a case that can be paid."""
    return tuple(every_plan(cofunded_case(seed), ON))


@pytest.mark.parametrize("large", [10**9, 0], ids=["reformulated", "as stated"])
@pytest.mark.parametrize("seed", range(14))
def test_the_best_plan_is_that_of_trying_every_plan(monkeypatch, seed, large):
    monkeypatch.setattr("jspmodel.solver.reformulation.LARGE", large)
    monkeypatch.setattr("jspmodel.solver.highs.LARGE", large)
    case = cofunded_case(seed)
    best = max(plan.objective for plan in tried(seed))
    plan = select_programs(case, ON)
    assert plan.audit.passed
    assert plan.objective == pytest.approx(best, abs=SAME)
    assert plan.bound >= best - 1e-6
    found = evaluate(case, ON, plan.choices)
    assert not found.broken
    assert not found.missing


@pytest.mark.parametrize("seed", [0, 3, 5, 8, 11])
def test_plans_nearly_as_good_are_those_that_can_be_paid(seed):
    case = cofunded_case(seed)
    plan = select_programs(case, ON)
    found = alternatives(case, ON, plan, within=0.2, count=8)
    own = frozenset(choice.program for choice in plan.choices)
    near = {
        frozenset(choice.program for choice in one.choices)
        for one in tried(seed)
        if one.objective >= 0.8 * plan.objective - 1e-9
    }
    assert found.complete
    assert {frozenset(c.program for c in one.choices) for one in found.plans} == near - {own}
    assert not any(evaluate(case, ON, one.choices, plan).broken for one in found.plans)


@pytest.mark.parametrize("seed", [1, 4, 7])
def test_the_frontier_is_that_of_trying_every_plan(seed):
    case = cofunded_case(seed)
    frontier = budget_frontier(case, ON, 3, least=0.5, most=1.5, workers=1)
    for scale, point in zip((0.5, 1.0, 1.5), frontier.points, strict=True):
        best = max(plan.objective for plan in every_plan(case, make_scenario(budget_scale=scale)))
        assert (point.objective, point.bound) == (pytest.approx(best, abs=SAME),) * 2


@pytest.mark.parametrize("seed", [2, 6, 9, 12])
def test_a_stranger_proves_the_plan_from_the_tables(seed, tmp_path):
    case = cofunded_case(seed)
    plan = select_programs(case, ON)
    certificate = certify(case, ON, plan)
    best = max(one.objective for one in tried(seed))
    assert certificate.bound >= best - 1e-6
    check_certificate.check(certificate.write(tmp_path / "c"))


def test_sets_of_funds_do_not_say_all_where_a_share_is_asked_for():
    common = state_parametric_model(cofunded_case(0), ON)
    *_, funding = stated(common, common.at(1.0))
    assert not funding.exact
