"""A bound below a plan in hand is no proof."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest

from jspmodel.solver.incumbent import Incumbent

PLAN = np.ones(2)


def test_the_lowest_bound_counts():
    best = Incumbent()
    assert best.bound == inf
    best.lower("relaxation", 34.8)
    best.lower("search", 34.4)
    best.lower("search", 34.6)
    assert best.bound == 34.4
    assert not best.proven(0.5, 0.0)
    assert best.offer(PLAN, 34.1)
    assert not best.offer(PLAN, 34.0)
    assert best.proven(0.01, 0.0)
    assert not best.proven(0.001, 0.0)


def test_a_bound_below_a_plan_is_dropped_and_its_source_not_believed_again():
    # The worst-off region was said to reach 31.278 at most; a plan reaches 33.333.
    best = Incumbent()
    best.lower("relaxation", 37.9)
    best.lower("search", 31.278)
    best.offer(PLAN, 33.333)
    assert (best.bound, best.dropped) == (37.9, 1)
    assert not best.lower("search", 35.0)
    assert best.bound == 37.9


def test_a_bound_told_below_a_plan_in_hand_is_dropped():
    best = Incumbent()
    best.offer(PLAN, 33.333)
    assert not best.lower("search", 31.278)
    assert (best.bound, best.dropped) == (inf, 1)


def test_noise_is_no_contradiction():
    best = Incumbent()
    best.lower("search", 33.333)
    best.offer(PLAN, 33.3331)
    assert (best.bound, best.dropped) == (33.333, 0)


def test_a_fork_goes_its_own_way():
    best = Incumbent()
    best.lower("search", 5.0)
    other = best.fork()
    other.offer(PLAN, 6.0)
    assert (best.bound, best.dropped, other.bound, other.dropped) == (5.0, 0, inf, 1)


def test_what_another_found_wrong_is_not_believed_here_either():
    best, other = Incumbent(), Incumbent()
    best.lower("search", 35.0)
    best.lower("relaxation", 37.9)
    other.offer(PLAN, 33.333)
    other.lower("search", 31.278)
    best.heed(other)
    assert (best.bound, best.dropped) == (37.9, 1)
    assert not best.lower("search", 34.0)


@pytest.mark.parametrize("plan_first", [True, False])
def test_whether_the_plan_or_the_bound_comes_first_makes_no_difference(plan_first):
    best = Incumbent()
    best.lower("relaxation", 37.9)
    for plan in (plan_first, not plan_first):
        if plan:
            best.offer(PLAN, 33.333)
        else:
            best.lower("search", 31.278)
    assert (best.bound, best.dropped, best.objective) == (37.9, 1, 33.333)
    assert not best.proven(0.1, 0.0)
    assert best.proven(0.14, 0.0)  # 37.9 / 33.333 = 1.137


def test_noise_is_a_share_of_the_bound():
    # 1e-5 of it: 0.4 of 40,000 is noise, 0.5 is not.
    for worth, dropped in ((40_000.39, 0), (40_000.5, 1)):
        best = Incumbent()
        best.lower("search", 40_000.0)
        best.offer(PLAN, worth)
        assert best.dropped == dropped


def test_what_is_no_number_bounds_nothing():
    best = Incumbent()
    assert not best.lower("columns", nan)
    assert best.bound == inf
    best.lower("relaxation", 9.0)
    assert not best.lower("relaxation", nan)
    assert best.bound == 9.0


def test_of_plans_worth_the_same_the_first_stays():
    """Else which plan is kept would hang on who tells it last."""
    best, other = Incumbent(), np.zeros(2)
    assert best.offer(PLAN, 5.0)
    assert not best.offer(other, 5.0)
    assert best.plan is PLAN


def test_bounds_that_are_believed_are_said_to_be_and_told():
    best = Incumbent()
    assert best.lower("relaxation", 34.0)
    assert best.lower("search", 33.5)
    assert best.lower("search", 36.0)  # believed, and known better
    assert best.bounds() == {"relaxation": 34.0, "search": 33.5}


@pytest.mark.parametrize(
    ("gap", "exact", "proven"),
    [(0.0, 1.0, True), (0.0, 0.5, False), (0.5, 0.0, True), (0.25, 0.5, True), (0.25, 0.25, False)],
)
def test_a_share_and_an_amount_together_prove(gap, exact, proven):
    """The bound is 3, the plan worth 2."""
    best = Incumbent()
    best.lower("relaxation", 3.0)
    best.offer(PLAN, 2.0)
    assert best.proven(gap, exact) == proven


@pytest.mark.parametrize(("gap", "proven"), [(0.1, True), (0.09, False)])
def test_a_share_of_what_is_worth_less_than_nothing_is_one_of_its_amount(gap, proven):
    """The bound is -9, the plan worth -10."""
    best = Incumbent()
    best.lower("relaxation", -9.0)
    best.offer(PLAN, -10.0)
    assert best.proven(gap, 0.0) == proven
