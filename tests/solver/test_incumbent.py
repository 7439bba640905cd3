"""A bound below a plan in hand is no proof."""

from __future__ import annotations

from math import inf

import numpy as np

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
