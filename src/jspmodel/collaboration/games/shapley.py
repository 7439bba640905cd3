"""The Shapley value: the average of what each player adds to the cost, over all orders of joining."""

from __future__ import annotations

from collections.abc import Mapping
from math import comb
from typing import Any

import numpy as np

from jspmodel.collaboration.games.coalition_masks import Array, Members, sums
from jspmodel.collaboration.games.game import CostGame, Player, read_game
from jspmodel.reproducible import dot

MOST_EXACT = 12
"""Players up to whom the Shapley value is exact and the nucleolus looks at all coalitions at once."""


class Shares(dict[Player, float]):
    """What each player pays.

    Attributes
    ----------
    standard_error : dict of player to float
        Of a share that was sampled; 0 where it is exact.
    """

    def __init__(self, game: CostGame, shares: Array, errors: Array | None = None) -> None:
        super().__init__(zip(game.players, (shares + 0.0).tolist(), strict=True))  # no -0.0
        of = np.zeros(len(shares)) if errors is None else errors
        self.standard_error: dict[Player, float] = dict(zip(game.players, of.tolist(), strict=True))


def shapley(game: Mapping[Any, float], samples: int = 4000, seed: int = 1) -> Shares:
    r"""Return the Shapley value of a cost game.

    .. math:: x_i = \sum_{S \not\ni i} \frac{\lvert S \rvert ! \, (n - \lvert S \rvert - 1)!}{n!}
        \bigl( c(S \cup i) - c(S) \bigr)

    :math:`x_i` is the share of player *i* of *n*, :math:`c(S)` the cost of coalition *S*. It is exact up to
    12 players. Beyond, it is the mean over orders of joining drawn at random (Castro, Gomez and Tejada 2009),
    each with its reverse, which narrows the error. Shares add up to the cost of all in every case.

    Parameters
    ----------
    game : mapping of coalition (frozenset or tuple of players) to cost, or CostGame
    samples : int
        Orders drawn where there are more than 12 players, in pairs of an order and its reverse.
    seed : int
        Of the draws.

    Returns
    -------
    Shares
        In the unit of the costs, with ``standard_error``.

    Raises
    ------
    DataError
        If the game is empty, lacks a coalition, or has a cost that is negative or no number.

    References
    ----------
    Shapley, L. S. (1953), "A value for n-person games".

    Examples
    --------
    >>> shapley({("A",): 6, ("B",): 4, ("A", "B"): 8})
    {'A': 5.0, 'B': 3.0}
    """
    known = read_game(game)
    if len(known.players) <= MOST_EXACT:
        return Shares(known, _exact(known))
    shares, errors = _sampled(known, max(2, samples // 2), seed)
    return Shares(known, shares, errors)


def _exact(game: CostGame) -> Array:
    count = len(game.players)
    size = sums(np.ones(count)).astype(int)
    weight = np.array([1 / (count * comb(count - 1, k)) for k in range(count)] + [0.0])[size]
    numbers, shares = np.arange(len(game) + 1), np.zeros(count)
    for k in range(count):
        without = numbers[numbers >> k & 1 == 0]
        shares[k] = dot(weight[without], game.table[without | 1 << k] - game.table[without])
    return shares


def _sampled(game: CostGame, pairs: int, seed: int) -> tuple[Array, Array]:
    draws, count = np.random.default_rng(seed), len(game.players)
    total, squares = np.zeros(count), np.zeros(count)
    for _ in range(pairs):
        order = draws.permutation(count)
        mean = (_added(game, order) + _added(game, order[::-1])) / 2
        total += mean
        squares += mean**2
    spread = np.maximum(squares / pairs - (total / pairs) ** 2, 0.0)
    return total / pairs, np.sqrt(spread / (pairs - 1))


def _added(game: CostGame, order: Any) -> Array:
    """Return what each player adds to the cost when players join in an order."""
    joined: Members = np.tri(len(order), dtype=bool)
    coalitions = np.empty_like(joined)
    coalitions[:, order] = joined
    added = np.empty(len(order))
    added[order] = np.diff(game.costs(coalitions), prepend=0.0)
    return added
