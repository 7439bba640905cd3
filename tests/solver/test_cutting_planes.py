"""Rounds of rows that a relaxation breaks, by hand."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from scipy import sparse

from jspmodel.solver.cutting_planes import ROUNDS, relax_with_cuts
from jspmodel.solver.funding_cuts import FundingCuts
from jspmodel.solver.highs import new_highs, state_relaxed
from jspmodel.solver.relaxed_search import ONE_THREAD
from solver.test_funding_cuts import matrix_of
from solver.test_search import matrix


class Steps:
    """What says of x, which is at most 100, that it is less and less."""

    def __init__(self, *most):
        self.most = list(most)

    def cuts(self, stated, relaxed):
        some = [self.most.pop(0)] if self.most else []
        return sparse.csr_array(np.ones((len(some), 1))), np.array(some)


class Below(Steps):
    """The same of -x."""

    def cuts(self, stated, relaxed):
        rows, most = super().cuts(stated, relaxed)
        return -rows, -most


def relaxed(stated, funding, *gain):
    highs = new_highs(ONE_THREAD, inf)
    state_relaxed(highs, stated)
    return relax_with_cuts(highs, stated, funding, *gain)


@pytest.mark.parametrize(
    ("steps", "gain", "bounds"),
    [
        ((), 0.0, [100]),
        ((90, 80), 0.0, [100, 90, 80]),
        ((90, 80, 79.5, 70), 0.01, [100, 90, 80, 79.5]),  # a hundredth of it would be 0.795
        ((90, 80, 79, 70), 0.01, [100, 90, 80, 79, 70]),
        ((90, 90, 70), 1e-6, [100, 90, 90]),
        (range(99, 0, -1), 0.0, range(100, 99 - ROUNDS, -1)),
    ],
)
def test_rounds_go_on_while_they_gain(steps, gain, bounds):
    stated = matrix([1], [[1]], [200], upper=[100])
    made, rounds = relaxed(stated, Steps(*steps), gain)
    assert [one.bound for one in rounds] == pytest.approx(list(bounds))
    assert made.row_upper.tolist() == [200, *list(bounds)[1:]]
    assert made.rows.toarray().tolist() == [[1]] * len(bounds)


def test_what_is_worth_less_than_nothing_gains_too():
    """From -10 to -20, and by less than a hundredth then."""
    stated = matrix([-1], [[-1]], [-10], upper=[100])
    _, rounds = relaxed(stated, Below(20, 20.1, 30), 0.01)
    assert [one.bound for one in rounds] == pytest.approx([-10, -20, -20.1])


def test_rows_show_that_there_is_no_plan():
    """X or Y must be carried out, for 6 each, paid by a fund of their own that has 4: halves of both are paid."""
    rows = [
        ({0: -6, 2: 1}, 0, 0),
        ({1: -6, 3: 1}, 0, 0),
        ({2: 1}, -inf, 4),
        ({3: 1}, -inf, 4),
        ({0: 1, 1: 1}, 1, inf),
    ]
    stated = matrix_of(rows, 4, 2, cost=[1, 1, 0, 0])
    _, rounds = relaxed(stated, FundingCuts(stated, np.array([0, 1]), 2))
    assert [one.infeasible for one in rounds] == [False] * (len(rounds) - 1) + [True]
    assert rounds[0].bound == pytest.approx(4 / 3)
    assert rounds[-1].bound == -inf
