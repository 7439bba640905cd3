"""One plan by several objectives: on paper, against trying every plan, and what is asked for wrongly."""

from __future__ import annotations

import pytest

from jspmodel.errors import DataError
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import hierarchical_plan, reference_point_plan, weighted_plan
from selection.postoptimal.several_objectives import RESOLUTION, better, on_paper, values_of_all
from selection.random_cases import random_case
from selection.small import make_scenario

BOTH = ["score", "gap_closed"]


def programs(plan):
    return [choice.program for choice in plan.choices]


def values(plan):
    return [outcome.value for outcome in plan.outcomes]


@pytest.mark.parametrize(
    ("losses", "chosen", "least"),
    [((), ["A"], 10), ((0.3,), ["D", "E"], 7), ((0.5,), ["B"], 5), ((1.0,), ["C"], 0)],
)
def test_hierarchical_on_paper(losses, chosen, least):
    """Ten points is the best. With a loss of 30 percent seven are enough, with 50 percent five."""
    told = []
    plan = hierarchical_plan(*on_paper(), BOTH, losses, progress=told.append)
    assert programs(plan) == chosen
    assert plan.proven
    first, second = plan.outcomes
    assert first.bound == pytest.approx(10, abs=RESOLUTION)
    assert first.least == pytest.approx(least, abs=RESOLUTION)
    assert second.bound == pytest.approx(second.value, abs=RESOLUTION)
    assert (second.asked, second.least) == ((), None)
    assert told[-1] == 1.0
    assert (plan.enter, plan.leave) == ((), ()) if chosen == ["C"] else (tuple(chosen), ("C",))


def test_what_costs_may_grow_by_its_loss():
    """Nothing is the least cost, of which any part is nothing; 15 percent closed cost one billion at least."""
    case, scenario, plan = on_paper()
    assert programs(hierarchical_plan(case, scenario, plan, ["cost", "gap_closed"], [1.0])) == []
    # C closes 50. At least 30 percent of that is 15: E, for one billion.
    told = hierarchical_plan(case, scenario, plan, ["gap_closed", "cost"], [0.7])
    assert programs(told) == ["E"]
    assert values(told) == pytest.approx([15, 1])
    # Then the cost may grow by all of it, to two billion, and the score be the best there is: A closes too little.
    told = hierarchical_plan(case, scenario, plan, ["gap_closed", "cost", "score"], [0.7, 1.0])
    assert programs(told) == ["D", "E"]
    assert values(told) == pytest.approx([23, 2, 7])


def test_weighted_on_paper():
    """Normalised by 1 to 10 points and 10 to 50 percent: A has 0.6, D and E 0.6 * 6 / 9 + 0.4 * 13 / 40 = 0.53."""
    plan = weighted_plan(*on_paper(), BOTH, [3, 2])
    assert programs(plan) == ["A"]
    assert plan.achieved == pytest.approx(0.6, abs=1e-4)
    assert plan.bound == pytest.approx(0.6, abs=1e-4)
    assert plan.proven
    assert plan.weights_scaled
    assert [outcome.asked for outcome in plan.outcomes] == [pytest.approx((0.6,)), pytest.approx((0.4,))]
    assert plan.payoff.nadir == pytest.approx((1, 10), abs=RESOLUTION)
    assert [outcome.bound for outcome in plan.outcomes] == pytest.approx([10, 50], abs=RESOLUTION)
    other = weighted_plan(*on_paper(), BOTH, [0.4, 0.6])
    assert programs(other) == ["C"]
    assert not other.weights_scaled


def test_no_weights_reach_what_is_unsupported():
    chosen = [
        programs(weighted_plan(*on_paper(), BOTH, [w, 1 - w])) for w in (0.1, 0.3, 0.49, 0.51, 0.7, 0.9)
    ]
    assert chosen == [["C"]] * 3 + [["A"]] * 3


def test_the_reference_point_on_paper():
    """From 1 to 10 points and from 10 to 50 percent B is 4 / 9 and 15 / 40 of the way; D and E are 6 / 9 and 13 / 40."""
    plan = reference_point_plan(*on_paper(), BOTH, [10, 50])
    assert programs(plan) == ["B"]
    assert plan.achieved == pytest.approx(15 / 40, abs=1e-4)
    assert plan.proven
    assert plan.outcomes[1].asked == pytest.approx((50, 10), abs=RESOLUTION)
    # With 20 percent enough B is (25 - 20) / 30 = 0.17 of the way, D and E (23 - 20) / 30 = 0.1, C is below 0.
    # With 30 percent aspired to, and 3 points enough: D and E 4 / 7 and 3 / 10, B 2 / 7 and 5 / 10.
    plan = reference_point_plan(*on_paper(), BOTH, [10, 30], [3, 20])
    assert programs(plan) == ["D", "E"]
    assert plan.achieved == pytest.approx(0.3, abs=1e-4)


def test_less_can_be_aspired_to():
    """One billion aspired to and two enough, 50 percent aspired to and 10 enough: E is 5 / 40, C 0, nothing below."""
    plan = reference_point_plan(*on_paper(), ["cost", "gap_closed"], [1, 50], [2, 10])
    assert programs(plan) == ["E"]
    assert plan.achieved == pytest.approx(5 / 40, abs=1e-4)


NAMES = ["gap_closed", "worst_off", "cost"]


@pytest.mark.parametrize("seed", range(5))
def test_hierarchical_against_every_plan(seed):
    case, scenario = random_case(seed), make_scenario()
    losses = [0.2, 0.4]
    told = hierarchical_plan(case, scenario, select_programs(case, scenario), NAMES, losses)
    left = values_of_all(case, scenario, NAMES)
    for k, name in enumerate(NAMES):
        best = max((point[k] for point in left), key=lambda value: better(name, value, 0))
        assert better(name, told.outcomes[k].bound, best) >= -RESOLUTION
        assert better(name, told.outcomes[k].bound, best) <= RESOLUTION
        if k < 2:
            least = best * (1 - losses[k])
            assert told.outcomes[k].least == pytest.approx(least, abs=RESOLUTION)
            left = [point for point in left if point[k] >= least - RESOLUTION / 2]
        else:
            assert told.outcomes[k].value == pytest.approx(best, abs=RESOLUTION)
    assert told.proven


def normalised(point, high, low):
    return [
        better(name, value, r) / better(name, a, r)
        for name, value, a, r in zip(NAMES, point, high, low, strict=True)
    ]


@pytest.mark.parametrize("seed", [2, 3, 4, 6, 7])
def test_weighted_and_reference_point_against_every_plan(seed):
    case, scenario = random_case(seed), make_scenario()
    plan, weights = select_programs(case, scenario), [0.5, 0.2, 0.3]
    told = weighted_plan(case, scenario, plan, NAMES, weights)
    ideal, nadir, every = told.payoff.ideal, told.payoff.nadir, values_of_all(case, scenario, NAMES)
    for name, value, column in zip(NAMES, ideal, zip(*every, strict=True), strict=True):
        assert value == pytest.approx(max(column, key=lambda one: better(name, one, 0)), abs=RESOLUTION)
    best = max(sum(w * u for w, u in zip(weights, normalised(p, ideal, nadir), strict=True)) for p in every)
    assert told.achieved == pytest.approx(best, abs=1e-4)
    assert told.bound >= best - 1e-6
    near = reference_point_plan(case, scenario, plan, NAMES, ideal)
    best = max(min(u) + 1e-3 * sum(u) for u in (normalised(p, ideal, nadir) for p in every))
    mine = normalised(values(near), ideal, nadir)
    assert min(mine) + 1e-3 * sum(mine) == pytest.approx(best, abs=1e-4)
    assert near.achieved == pytest.approx(min(mine), abs=1e-6)
    assert near.proven


@pytest.mark.parametrize(
    ("choose", "given", "codes"),
    [
        (hierarchical_plan, ([0.1, 0.2],), ["losses_count"]),
        (hierarchical_plan, ([1.2],), ["loss_no_share"]),
        (hierarchical_plan, ([-0.1],), ["loss_no_share"]),
        (hierarchical_plan, ([float("nan")],), ["loss_no_share"]),
        (weighted_plan, ([1.0],), ["weights_count"]),
        (weighted_plan, ([0.0, -1.0],), ["weight_not_positive", "weight_not_positive"]),
        (weighted_plan, ([1e308, 1e308],), ["level_too_large", "level_too_large"]),
        (weighted_plan, ([float("inf"), float("nan")],), ["weight_not_positive", "level_too_large"]),
        (reference_point_plan, ([1e308, float("inf")],), ["level_too_large", "level_too_large"]),
        (reference_point_plan, ([1.0, 50.0], [-1e8, 0.0]), ["level_too_large"]),
        (reference_point_plan, ([1.0], [1.0, 2.0, 3.0]), ["aspirations_count", "reservations_count"]),
        (reference_point_plan, ([2.0, 50.0], [5.0, 60.0]), ["aspiration_no_better", "aspiration_no_better"]),
    ],
)
def test_what_is_asked_for_wrongly_is_told_at_once(choose, given, codes):
    with pytest.raises(DataError) as told:
        choose(*on_paper(), BOTH, *given)
    assert [problem.code for problem in told.value.problems] == codes
    assert str(told.value)


def test_the_largest_level_that_may_be_asked_for():
    """Both objectives are as far from it as can be told apart: the plan is one of the front all the same."""
    near = reference_point_plan(*on_paper(), BOTH, [1e7, 1e7])
    assert sorted(choice.program for choice in near.choices) in (["A"], ["B"], ["C"], ["D", "E"])
