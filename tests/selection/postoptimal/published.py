"""A published case small enough that trying all 1,024 plans answers every question about its best one.

Ten projects of LOGOS (Idaho National Laboratory, Apache-2.0), test ``test_skp_scenarios.xml``; the answers are by
trying every subset.
"""

from __future__ import annotations

from itertools import combinations

from selection.knapsack import knapsack
from selection.small import make_scenario

VALUES = (18, 20, 17, 19, 25, 21, 27, 23, 25, 24)
COSTS = (1, 3, 7, 4, 8, 9, 6, 10, 2, 5)
BUDGET = 17
NUMBERS = range(1, 11)
BEST, BEST_SET = 114, (1, 2, 7, 9, 10)


def published(budget=BUDGET, values=VALUES, costs=COSTS):
    """The ten projects ``P1`` to ``P10`` under one budget of one year (Rp billion), each worth its score."""
    return knapsack("P", values, (costs,), (float(budget),))


def by_score(**settings):
    return make_scenario(objective="score", **settings)


def code(number):
    return f"P{number}"


def numbers(codes):
    """The numbers of programmes, from their codes or choices."""
    return tuple(sorted(int(str(getattr(one, "program", one))[1:]) for one in codes))


def every_set(values=VALUES, costs=COSTS):
    """All subsets with what they are worth and cost."""
    return [
        (chosen, sum(values[k - 1] for k in chosen), sum(costs[k - 1] for k in chosen))
        for size in range(len(values) + 1)
        for chosen in combinations(NUMBERS, size)
    ]
