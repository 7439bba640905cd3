"""Shapley parts from orders: textbook games, the axioms, intervals beside every choice of values, sampling."""

from itertools import combinations, product
from math import factorial

import numpy as np
import pytest

from jspmodel.comparison.shapley_parts import (
    Effect,
    Worth,
    difference,
    draw_orders,
    least_and_most,
    mixtures_on,
    passable,
    shapley_part,
    standard_error,
)

NONE = frozenset()


def subsets(count):
    return [frozenset(some) for size in range(count + 1) for some in combinations(range(count), size)]


def certain(values):
    return {mixture: Worth(value, value) for mixture, value in values.items()}


def by_formula(change, values, count):
    """The Shapley value by its weights |S|! (n - |S| - 1)! / n!, not by orders."""
    return sum(
        factorial(len(s))
        * factorial(count - len(s) - 1)
        / factorial(count)
        * (values[s | {change}] - values[s])
        for s in subsets(count)
        if change not in s
    )


def random_values(seed, count):
    draws = np.random.default_rng(seed)
    return {mixture: float(draws.integers(-20, 20)) for mixture in subsets(count)}


def parts(values, count):
    return [shapley_part(change, draw_orders(count, 8, 1), certain(values)).value for change in range(count)]


def test_the_glove_game_of_the_textbooks():
    """One has a left glove, two a right one, a pair is worth 1: 2/3, 1/6, 1/6."""
    values = {mixture: float(0 in mixture and len(mixture) > 1) for mixture in subsets(3)}
    assert parts(values, 3) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_all_orders_give_the_formula_and_parts_add_up(count):
    values = random_values(count, count)
    found = parts(values, count)
    assert found == pytest.approx([by_formula(change, values, count) for change in range(count)])
    assert sum(found) == pytest.approx(values[frozenset(range(count))] - values[NONE])


def test_changes_that_do_the_same_have_the_same_part_and_one_that_does_nothing_has_none():
    base = random_values(7, 2)
    # Change 2 does what change 0 does, but no more beside it; change 3 does nothing to any mix.
    values = {s: base[frozenset({0} if s & {0, 2} else ()) | (s & {1})] for s in subsets(4)}
    found = parts(values, 4)
    assert found[0] == pytest.approx(found[2])
    assert found[3] == 0.0
    least, most = least_and_most(3, draw_orders(4, 8, 1), certain(values))
    assert (least, most) == (Effect(0.0, 0.0, 0.0), Effect(0.0, 0.0, 0.0))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_intervals_are_those_of_every_choice_of_values(seed):
    """A linear function, and a least or most of differences, has its ends where each value is at one of its own."""
    draws, orders = np.random.default_rng(seed), draw_orders(3, 8, 1)
    lows = random_values(seed, 3)
    worths = {s: Worth(low, low + float(draws.integers(0, 6))) for s, low in lows.items()}
    corners = [
        dict(zip(worths, chosen, strict=True))
        for chosen in product(*((worth.value, worth.bound) for worth in worths.values()))
    ]
    for change in range(3):
        found = shapley_part(change, orders, worths)
        every = [by_formula(change, values, 3) for values in corners]
        assert (found.low, found.high) == pytest.approx((min(every), max(every)))
        assert found.value == pytest.approx(by_formula(change, lows, 3))
        turns = [
            [values[s | {change}] - values[s] for s in subsets(3) if change not in s] for values in corners
        ]
        least, most = least_and_most(change, orders, worths)
        assert (least.low, least.high) == (min(map(min, turns)), max(map(min, turns)))
        assert (most.low, most.high) == (min(map(max, turns)), max(map(max, turns)))
        assert (least.value, most.value) == (min(turns[0]), max(turns[0]))


def test_where_a_bound_is_missing_nothing_is_proven_but_of_what_does_without_it():
    worths = {
        NONE: Worth(1.0, 2.0),
        frozenset({0}): Worth(5.0, 5.5),
        frozenset({1}): Worth(0.0, None),
        frozenset({0, 1}): Worth(4.0, None),
    }
    assert shapley_part(0, draw_orders(2, 8, 1), worths) == Effect(4.0, None, None)
    assert difference(frozenset({0}), NONE, worths) == Effect(4.0, 3.0, 4.5)
    assert difference(NONE, NONE, worths) == Effect(0.0, 0.0, 0.0)


def test_orders_that_pass_through_an_unknown_mix_do_not_count():
    orders = draw_orders(3, 8, 1)
    known = certain({s: 0.0 for s in subsets(3) if s != {1}})
    assert set(passable(orders, known)) == {order for order in orders if order[0] != 1}


def test_all_orders_are_walked_where_there_are_no_more_than_asked_for():
    assert [len(draw_orders(count, 8, 1)) for count in (1, 2, 3, 4)] == [1, 2, 6, 24]
    assert len(set(draw_orders(5, 120, 1))) == 120
    assert mixtures_on(draw_orders(2, 8, 1)) == (NONE, frozenset({0}), frozenset({1}), frozenset({0, 1}))


def test_drawn_orders_come_with_their_reverse_and_by_the_seed_alone():
    orders = draw_orders(6, 8, 3)
    assert orders == draw_orders(6, 8, 3) != draw_orders(6, 8, 4)
    assert [order[::-1] for order in orders[::2]] == list(orders[1::2])
    assert all(sorted(order) == list(range(6)) for order in orders)
    assert len(draw_orders(6, 1, 3)) == 4  # two pairs, or there is no error to tell


def test_sampled_parts_add_up_and_are_right_on_average():
    values = random_values(5, 5)
    worths, seeds = certain(values), range(150)
    drawn = [draw_orders(5, 8, seed) for seed in seeds]
    for orders in drawn[:5]:
        total = sum(shapley_part(change, orders, worths).value for change in range(5))
        assert total == pytest.approx(values[frozenset(range(5))] - values[NONE])
    estimates = np.array([shapley_part(0, orders, worths).value for orders in drawn])
    error = estimates.std(ddof=1) / len(seeds) ** 0.5
    assert abs(estimates.mean() - by_formula(0, values, 5)) < 4 * error
    # The errors told are as large as the spread there is.
    told = np.array([standard_error(0, orders, worths) for orders in drawn])
    assert (told**2).mean() ** 0.5 == pytest.approx(estimates.std(ddof=1), rel=0.25)


def test_the_error_of_two_pairs_by_hand():
    """v(S) = |S| but 10 more with both 0 and 1. Whoever of the two comes last adds 11, so pairs give 0 a mean of 6."""
    values = {s: len(s) + 10.0 * ({0, 1} <= s) for s in subsets(5)}
    orders = ((0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (1, 0, 2, 3, 4), (4, 3, 2, 0, 1))
    assert standard_error(0, orders, certain(values)) == 0.0
    # 3 more for change 2 alone: as first it adds 4, as last 1, a mean of 2.5; as third 1 both times: |2.5 - 1| / 2.
    values = {s: len(s) + 3.0 * (s == {2}) for s in subsets(5)}
    orders = ((2, 0, 1, 3, 4), (4, 3, 1, 0, 2), (0, 1, 2, 3, 4), (4, 3, 2, 1, 0))
    assert standard_error(2, orders, certain(values)) == pytest.approx(0.75)
    some = certain({s: value for s, value in values.items() if s != {2}})
    assert standard_error(2, orders, some) is None  # one pair is left
