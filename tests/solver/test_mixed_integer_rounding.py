"""Rounded rows by hand, and tried on all whole solutions."""

from itertools import product

import numpy as np
import pytest

from jspmodel.solver.mixed_integer_rounding import GIVEN, rounded_rows


def test_two_that_do_not_fit_together():
    """3 x + 3 y <= 5 leaves room for one of them, and the relaxation for 5/6 of each."""
    (row, most, _), *_ = rounded_rows(np.array([3.0, 3.0]), 5.0, np.array([5 / 6, 5 / 6]), np.array([0, 1]))
    assert row == pytest.approx([1.0, 1.0])
    assert most == pytest.approx(1.0, abs=2 * GIVEN)


def test_a_row_that_is_kept_in_whole_numbers_gives_none():
    assert not rounded_rows(np.array([3.0, 2.0]), 5.0, np.array([1.0, 1.0]), np.array([0, 1]))


@pytest.mark.parametrize("seed", range(30))
def test_no_whole_solution_breaks_a_rounded_row(seed):
    """At most one column of each of three groups, all of them tried."""
    draw, group = np.random.default_rng(seed), np.array([0, 0, 1, 1, 2])
    row, values = draw.integers(1, 9, 5).astype(float), draw.random(5) / 2
    limit = float(row @ values) + draw.random() / 10
    rows = rounded_rows(row, limit, values, group)
    solutions = [np.array(one, dtype=float) for one in product((0, 1), repeat=5)]
    for one in solutions:
        if np.bincount(group, one).max() <= 1 and row @ one <= limit:
            assert all(cut @ one <= most for cut, most, _ in rows)
    assert all(cut @ values > most for cut, most, _ in rows)
