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


def test_what_need_not_be_whole_widens_a_rounded_row():
    """3 x + 3 y <= 5 + s: both fit with s = 1, and 5/6 of each needs none of it."""
    (row, most, widened), *_ = rounded_rows(
        np.array([3.0, 3.0]), 5.0, np.array([5 / 6, 5 / 6]), np.array([0, 1])
    )
    assert (row, widened) == (pytest.approx([1.0, 1.0]), pytest.approx(1.0))
    assert row.sum() <= most + widened * 1
    assert not rounded_rows(np.array([3.0, 3.0]), 5.0, np.array([5 / 6, 5 / 6]), np.array([0, 1]), spare=1.0)


@pytest.mark.parametrize("seed", range(30))
def test_no_solution_that_is_whole_but_for_the_rest_breaks_a_rounded_row(seed):
    """All whole solutions, each with as little of s as it needs, and with more."""
    draw, group = np.random.default_rng(seed), np.array([0, 0, 1, 1, 2])
    row, values = draw.integers(1, 9, 5).astype(float), draw.random(5) / 2
    spare = float(draw.random() / 4)
    limit = float(row @ values) - spare + draw.random() / 10
    rows = rounded_rows(row, limit, values, group, spare)
    for one in (np.array(bits, dtype=float) for bits in product((0, 1), repeat=5)):
        if np.bincount(group, one).max() <= 1:
            needed = max(0.0, float(row @ one) - limit)
            for s in (needed, needed + 0.3):
                assert all(cut @ one <= most + widened * s + 1e-9 for cut, most, widened in rows)
    assert all(cut @ values > most + widened * spare for cut, most, widened in rows)


def test_a_right_hand_side_that_noise_keeps_from_being_whole_is_not_rounded():
    """3 x + 3 y <= 3 less a billionth: either fits, and rounding down would exclude both."""
    values, group = np.array([0.5, 0.5]), np.array([0, 1])
    assert not rounded_rows(np.array([3.0, 3.0]), 3.0 - 1e-9, values, group)


@pytest.mark.parametrize(
    ("row", "values"), [([1.0, 2.0], [1.0, 0.5]), ([2.0, 1.0], [0.5, 1.0]), ([3.0, 6.0], [1.0, 0.5])]
)
def test_what_is_mostly_chosen_is_turned_round(row, values):
    """x + 2 y <= 2 is whole whatever divides it; 2 y - (1 - x) <= 1 halved and rounded is y <= 1 - x."""
    limit = max(row)
    (found, most, widened), *_ = rounded_rows(np.array(row), limit, np.array(values), np.array([0, 1]))
    assert found == pytest.approx([1.0, 1.0])
    assert most == pytest.approx(1.0, abs=2 * GIVEN)
    # A unit of s, of 2 y - (1 - x) <= 1 + s, is half a unit after the division, and f is a half.
    assert widened == pytest.approx(2 / limit)


def test_two_rows_at_most_are_taken_those_broken_most():
    """3 x + 5 y <= 7 with all of y and two thirds of x: one of both is x + 2 y <= 2."""
    rows = rounded_rows(np.array([3.0, 5.0]), 7.0, np.array([2 / 3, 1.0]), np.array([0, 1]))
    (row, most, _), *_ = rows
    assert len(rows) == 2
    assert row == pytest.approx([0.5, 1.0])
    assert most == pytest.approx(1.0, abs=2 * GIVEN)
