"""What follows from columns that are taken, and that it is as it was where they are given back, by hand."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from jspmodel.solver.matrix import NO_SIDE, ColumnMap
from jspmodel.solver.partial_solution import PartialSolution
from jspmodel.solver.structure import Structure
from solver.test_funding_cuts import matrix_of

X, Y, Z, FOLLOWS, GAIN = range(5)
"""Three programmes, what as much as half of X and half of Y lets be, and ten times that as a gain."""
NOWHERE = np.zeros(0, dtype=np.int64)


def partial():
    """X and Z may not both be taken; what follows is at most a half for each of X and Y."""
    rows = [
        ({FOLLOWS: 2, X: -1, Y: -1}, -inf, 0),
        ({GAIN: 1, FOLLOWS: -10}, -inf, 0),
        ({X: 1, Z: 1}, -inf, 1),
    ]
    matrix = matrix_of(rows, 5, 3, cost=[0, 0, 0, 0, 1])
    column_map = ColumnMap(
        start=np.arange(3),
        program=np.arange(3),
        join=NOWHERE,
        parent=NOWHERE,
        member=NOWHERE,
        chooses=NOWHERE.astype(bool),
        owner=np.array([0, 1, 2, -1, -1]),
        places=np.full((5, 2), -1),
        side=NO_SIDE,
    )
    return PartialSolution(Structure(matrix, column_map), np.zeros(5))


@pytest.mark.parametrize("order", [(X, Y), (Y, X)])
def test_what_follows_grows_step_by_step(order):
    made = partial()
    for count, column in enumerate(order, 1):
        assert made.take(np.array([column]))
        assert made.values[FOLLOWS] == count / 2
        assert made.completed()[GAIN] == 5 * count


def test_what_is_not_allowed_leaves_all_as_it_was():
    made = partial()
    assert made.take(np.array([X]))
    before = made.values.copy()
    assert not made.take(np.array([Z]))
    assert not made.take(np.array([Y, Z]))
    assert (made.values == before).all()
    assert made.completed()[GAIN] == 5
    assert made.take(np.array([Y]))
    assert made.completed()[[X, Y, Z, FOLLOWS, GAIN]].tolist() == [1, 1, 0, 1, 10]
