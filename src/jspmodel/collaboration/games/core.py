"""The core: shares that no coalition has a reason to leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from jspmodel.collaboration.games.coalition_masks import Array
from jspmodel.collaboration.games.game import CostGame, Player, read_game, refuse
from jspmodel.errors import Problem
from jspmodel.reproducible import dot

TOLERANCE = 1e-7


@dataclass(frozen=True)
class Objection:
    """The coalition that would save most, or lose least, by leaving.

    Attributes
    ----------
    coalition : tuple of players
        In the order of the game; empty where there is but one player.
    gain : float
        What it pays less on its own than its shares, in the unit of the costs; at most 0: nobody gains.
    """

    coalition: tuple[Player, ...]
    gain: float


def in_core(game: Mapping[Any, float], shares: Mapping[Any, float]) -> bool:
    """Return whether shares are in the core: they add up to the cost of all, and nobody gains by leaving.

    sum_i share[i] = c(N), and sum_{i in S} share[i] <= c(S) for every coalition S (Gillies 1959), beside
    1e-7 of the cost of all.

    Parameters
    ----------
    game : mapping of coalition (frozenset or tuple of players) to cost, or CostGame
    shares : mapping of player to float

    Returns
    -------
    bool

    Raises
    ------
    DataError
        If the game is not valid (see ``shapley``), a share is missing or no number, or there are more than 20
        players in a game of no known structure.

    Examples
    --------
    >>> in_core({("A",): 6, ("B",): 4, ("A", "B"): 8}, {"A": 3.5, "B": 4.5})
    False
    """
    known = read_game(game)
    paid = _paid(known, shares)
    whole = float(known.costs(np.ones((1, len(paid)), dtype=bool))[0])
    slack = TOLERANCE * max(1.0, whole)
    return abs(paid.sum() - whole) <= slack and _objection(known, paid).gain <= slack


def objection(game: Mapping[Any, float], shares: Mapping[Any, float]) -> Objection:
    """Return which coalition would rather leave, and what it would save.

    Parameters
    ----------
    game : mapping of coalition (frozenset or tuple of players) to cost, or CostGame
    shares : mapping of player to float

    Returns
    -------
    Objection
        The largest excess sum_{i in S} share[i] - c(S); of equal ones that of the fewest members.

    Raises
    ------
    DataError
        As ``in_core``.
    """
    known = read_game(game)
    return _objection(known, _paid(known, shares))


def _objection(game: CostGame, paid: Array) -> Objection:
    first = game.unhappiest(paid, np.empty((0, len(paid))))[:1]
    if not len(first):
        return Objection((), 0.0)
    gain = float((dot(first, paid) - game.costs(first))[0])
    return Objection(
        tuple(player for player, is_in in zip(game.players, first[0], strict=True) if is_in), gain
    )


def _paid(game: CostGame, shares: Mapping[Any, float]) -> Array:
    missing = [player for player in game.players if not np.isfinite(shares.get(player, np.nan))]
    refuse([Problem("shares_missing", values={"players": missing})] if missing else [])
    return np.array([shares[player] for player in game.players], dtype=float)
