from __future__ import annotations

import pytest

from jspmodel.errors import InfeasibleError
from jspmodel.measure import computed_once
from jspmodel.selection import evaluate, select_programs
from jspmodel.selection.postoptimal import alternatives
from selection.brute_force import OBJECTIVES, SAME
from selection.postoptimal.published import BEST, by_score, every_set, numbers, published
from selection.random_cases import every_plan, ruled_case, ruled_scenario
from selection.small import make_scenario, one_place


@pytest.fixture(scope="module")
def solved():
    case, scenario = published(), by_score()
    return case, scenario, select_programs(case, scenario)


def test_all_plans_within_5_percent_of_the_published_best(solved):
    # By trying every subset: 114 with {1, 2, 7, 9, 10} and 109 with {1, 2, 4, 7, 9}, and no other.
    found = alternatives(*solved, within=0.05)
    assert [numbers(plan.choices) for plan in found.plans] == [(1, 2, 4, 7, 9)]
    (other,) = found.plans
    assert (other.objective, other.cost, other.distance) == (pytest.approx(109), pytest.approx(16), 2)
    assert (numbers(other.leave), numbers(other.enter)) == ((10,), (4,))
    assert found.complete
    assert found.most_distance == 2
    assert numbers(found.in_all) == (1, 2, 7, 9)
    assert numbers(found.in_none) == (3, 5, 6, 8)


@pytest.mark.parametrize("within", [0.1, 0.2, 0.3])
def test_no_plan_is_further_than_the_first(solved, within):
    near = [set(s) for s, worth, cost in every_set() if cost <= 17 and worth >= (1 - within) * BEST - 1e-9]
    plan = set(numbers(solved[2].choices))
    found = alternatives(*solved, within=within, count=2)
    assert found.plans[0].distance == found.most_distance == max(len(plan ^ one) for one in near)
    first, second = (set(numbers(one.choices)) for one in found.plans)
    apart = [len(plan ^ one) + len(first ^ one) for one in near if one not in (plan, first)]
    assert len(plan ^ second) + len(first ^ second) == max(apart)
    assert found.complete == (len(near) == 2)


def test_the_only_plan_as_good_has_no_alternative(solved):
    found = alternatives(*solved, within=0.0)
    assert (found.plans, found.complete, found.most_distance) == ((), True, 0)
    assert numbers(found.in_all) == numbers(solved[2].choices)


def test_plans_as_good_are_told_apart():
    # Two of three of the same kind can be paid: three plans, two of which are alternatives to the third.
    case = one_place([("A", 0.3, 2), ("B", 0.3, 2), ("C", 0.3, 2)], budget=4)
    scenario = make_scenario()
    plan = select_programs(case, scenario)
    found = alternatives(case, scenario, plan, within=0.0, count=5)
    assert sorted(len(one.choices) for one in found.plans) == [2, 2]
    assert (found.complete, found.most_distance) == (True, 2)
    assert (found.in_all, found.in_none) == ((), ())
    assert [one.impact for one in found.plans] == [(("A", pytest.approx(plan.objective)),)] * 2


@pytest.mark.parametrize(("objective", "mode"), OBJECTIVES)
@pytest.mark.parametrize("seed", [1, 4, 6, 9])
@computed_once()
def test_against_every_plan_there_is(seed, objective, mode):
    case = ruled_case(seed)
    scenario = ruled_scenario(seed, objective=objective, equity={"mode": mode, "floor": 0.4})
    try:
        plan = select_programs(case, scenario)
    except InfeasibleError:
        assert not every_plan(case, scenario) or mode != "off"
        return
    floor = plan.equity.floor if plan.equity else 0.0
    tried = [one for one in every_plan(case, scenario) if one.least >= floor - 1e-5 or mode == "off"]
    found = alternatives(case, scenario, plan, within=0.2, count=8)
    own = {choice.program for choice in plan.choices}
    near = {one.programs for one in tried if one.objective >= 0.8 * plan.objective - 1e-9}
    assert found.most_distance == max(len(own ^ one) for one in near)
    assert found.complete
    assert {frozenset(c.program for c in one.choices) for one in found.plans} == near - {frozenset(own)}
    for one in found.plans:
        assert one.objective >= 0.8 * plan.objective - SAME
        assert not evaluate(case, scenario, one.choices, plan).broken


@pytest.mark.parametrize("wrong", [{"within": -0.1}, {"within": 1.5}, {"count": 0}])
def test_what_cannot_be_asked(solved, wrong):
    with pytest.raises(ValueError, match="within"):
        alternatives(*solved, **wrong)
