"""The Shapley value over mixes of two inputs, where what a mix is worth is known as an interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import factorial, fsum, sqrt

import numpy as np

MOST_EXACT = 4
"""Changes up to which all orders are walked: 16 mixes."""

Mixture = frozenset[int]
"""Which changes are made, by their number; the others are not."""
Order = tuple[int, ...]


@dataclass(frozen=True)
class Worth:
    """What a mix is worth: its best plan is worth at least ``value``, that of the plan found.

    ``bound`` is what no plan of the mix exceeds; None where nothing is proven.
    """

    value: float
    bound: float | None


@dataclass(frozen=True)
class Effect:
    """What changes do to the worth of the best plan, in the unit of the objective.

    Attributes
    ----------
    value : float
        Between the plans found.
    low, high : float or None
        Between the best plans it is proven to be in [low, high]; None where nothing is proven.
    """

    value: float
    low: float | None
    high: float | None


def draw_orders(count: int, drawn: int, seed: int) -> tuple[Order, ...]:
    """Return the orders in which changes are made one after the other.

    Parameters
    ----------
    count : int
        Number of changes.
    drawn : int
        Orders to draw where there are more than ``MOST_EXACT`` changes, each with its reverse.
    seed : int
        Of the draws.

    Returns
    -------
    tuple of tuple of int
        All of them where there are few changes, or not more orders than are to be drawn; else pairs of an
        order and its reverse, at least two.
    """
    if count <= MOST_EXACT or drawn >= factorial(count):
        return tuple(permutations(range(count)))
    draws = np.random.default_rng(seed)
    firsts = [tuple(draws.permutation(count).tolist()) for _ in range(max(2, drawn // 2))]
    return tuple(order for first in firsts for order in (first, first[::-1]))


def mixtures_on(orders: Iterable[Order]) -> tuple[Mixture, ...]:
    """Return the mixes that orders pass through, both ends too, the fewest changes first."""
    found = {frozenset(order[:place]) for order in orders for place in range(len(order) + 1)}
    return tuple(sorted(found, key=lambda mixture: (len(mixture), sorted(mixture))))


def passable(orders: Iterable[Order], worths: Mapping[Mixture, Worth]) -> tuple[Order, ...]:
    """Return the orders that pass through mixes of known worth only."""
    return tuple(order for order in orders if all(mixture in worths for mixture in mixtures_on([order])))


def difference(after: Mixture, before: Mixture, worths: Mapping[Mixture, Worth]) -> Effect:
    """Return what one mix is worth more than another."""
    return _combined({after: 1, before: -1} if after != before else {}, 1, worths)


def shapley_part(change: int, orders: Sequence[Order], worths: Mapping[Mixture, Worth]) -> Effect:
    r"""Return the mean, over orders, of what a change does where its turn comes.

    .. math:: \phi_i = \frac{1}{\lvert \Pi \rvert} \sum_{\pi \in \Pi}
        \bigl( v(P_i^\pi \cup i) - v(P_i^\pi) \bigr) = \sum_S a_i(S) \, v(S)

    :math:`P_i^\pi` are the changes before *i* in the order :math:`\pi`, :math:`v(S)` what the mix of the
    changes *S* is worth. With all orders this is the Shapley value ("A value for n-person games", 1953). It
    is linear in the worths, each of which lies in an interval of its own, so it lies between the sums that
    take from each interval the end that makes them least and most; no narrower interval would be right.

    Parameters
    ----------
    change : int
    orders : sequence of tuple of int
        At least one; each passes through known mixes only.
    worths : mapping of mix to Worth

    Returns
    -------
    Effect
    """
    factors: Counter[Mixture] = Counter()
    for order in orders:
        before = frozenset(order[: order.index(change)])
        factors[before | {change}] += 1
        factors[before] -= 1
    return _combined(factors, len(orders), worths)


def least_and_most(
    change: int, orders: Sequence[Order], worths: Mapping[Mixture, Worth]
) -> tuple[Effect, Effect]:
    """Return the least and the most that a change does, whenever its turn comes.

    Parameters
    ----------
    change, orders, worths
        As ``shapley_part`` takes them.

    Returns
    -------
    least, most : Effect
        Intervals of the least and of the most. The mixes with the change and those without it are others, so
        all differences can be at their lower ends at once, and all at their upper ends: both are tight.
    """
    befores = dict.fromkeys(frozenset(order[: order.index(change)]) for order in orders)
    each = [difference(before | {change}, before, worths) for before in befores]
    return _extreme(each, least=True), _extreme(each, least=False)


def standard_error(change: int, orders: Sequence[Order], worths: Mapping[Mixture, Worth]) -> float | None:
    """Return the standard error of a part that was sampled, from the plans found.

    Parameters
    ----------
    change : int
    orders : sequence of tuple of int
        An order and its reverse by turns, as ``draw_orders`` draws them.
    worths : mapping of mix to Worth

    Returns
    -------
    float or None
        Of the mean over pairs; None where fewer than two pairs pass through known mixes only.
    """
    pairs = [pair for pair in zip(orders[::2], orders[1::2], strict=True) if len(passable(pair, worths)) == 2]
    if len(pairs) < 2:
        return None
    means = [shapley_part(change, pair, worths).value for pair in pairs]
    mean = fsum(means) / len(means)
    return sqrt(fsum((one - mean) ** 2 for one in means) / (len(means) - 1) / len(means))


def _extreme(effects: Sequence[Effect], *, least: bool) -> Effect:
    pick = min if least else max
    value = pick(effect.value for effect in effects)
    lows = [effect.low for effect in effects if effect.low is not None]
    highs = [effect.high for effect in effects if effect.high is not None]
    if len(lows) < len(effects):
        return Effect(value, None, None)
    return Effect(value, pick(lows), pick(highs))


def _combined(factors: Mapping[Mixture, int], parts: int, worths: Mapping[Mixture, Worth]) -> Effect:
    """Return the sum of worths times factors over the number of parts, as an interval."""
    used = [(factor, worths[mixture]) for mixture, factor in factors.items() if factor]
    value = fsum(factor * worth.value for factor, worth in used) / parts
    ends = [(factor * worth.value, factor * worth.bound) for factor, worth in used if worth.bound is not None]
    if len(ends) < len(used):
        return Effect(value, None, None)
    return Effect(value, fsum(map(min, ends)) / parts, fsum(map(max, ends)) / parts)
