"""What a cost game is, and how one is read from a mapping that somebody brings."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations, compress, islice
from typing import Any

import numpy as np

from jspmodel.collaboration.games.coalition_masks import Array, Members, members, numbered, sums
from jspmodel.errors import DataError, Problem
from jspmodel.text import worded

Player = Hashable
Coalition = frozenset[Player]
MOST_TABULATED = 20
"""Up to so many players all coalitions are looked at: a million of them."""


class CostGame(Mapping[Coalition, float]):
    """A cost game whose costs are computed when asked for, so that there may be many players.

    Parameters
    ----------
    players : iterable of hashable
    cost : callable
        What a coalition (frozenset of players) pays on its own: a number, not negative.

    Examples
    --------
    >>> airport = CostGame("ABC", lambda coalition: max({"A": 1, "B": 2, "C": 4}[one] for one in coalition))
    >>> airport[frozenset("AB")], len(airport)
    (2.0, 7)
    """

    def __init__(self, players: Iterable[Player], cost: Callable[[Coalition], float]) -> None:
        self.players = tuple(players)
        self._cost = cost

    def __getitem__(self, coalition: Coalition) -> float:
        asked = frozenset(coalition)
        if not asked or not asked.issubset(self.players):
            raise KeyError(coalition)
        return float(self._cost(asked))

    def __iter__(self) -> Iterator[Coalition]:
        for size in range(1, len(self.players) + 1):
            yield from map(frozenset, combinations(self.players, size))

    def __len__(self) -> int:
        return int(2 ** len(self.players) - 1)

    def costs(self, coalitions: Members) -> Array:
        """Return what coalitions cost.

        Parameters
        ----------
        coalitions : array of bool, shape (coalitions, players)

        Returns
        -------
        array of shape (coalitions,)
            0 for nobody.

        Raises
        ------
        DataError
            If the game gives a negative cost or no number.
        """
        found = np.array([self._cost_of(row) for row in coalitions], dtype=float)
        bad = np.flatnonzero(~(np.isfinite(found) & (found >= 0)))
        refuse(_bad_cost(frozenset(compress(self.players, coalitions[k])), found[k]) for k in bad)
        return found

    def _cost_of(self, row: Iterable[bool]) -> float:
        coalition = frozenset(compress(self.players, row))
        return self[coalition] if coalition else 0.0

    @cached_property
    def table(self) -> Array:
        """Cost of every coalition by its number, shape (2 ** players,)."""
        return self.costs(members(np.arange(len(self) + 1), len(self.players)))

    def unhappiest(self, shares: Array, normals: Array) -> Members:
        """Return coalitions with the largest excess sum_{i in S} shares[i] - cost(S).

        Parameters
        ----------
        shares : array of shape (players,)
            Sum: the cost of the grand coalition.
        normals : array of shape (vectors, players)
            Where there are some, only coalitions that one of them is not orthogonal to count.

        Returns
        -------
        array of bool, shape (coalitions, players)
            The first has the largest excess of all (of equal ones the fewest members), some of the next
            follow; empty where no coalition counts.

        Raises
        ------
        DataError
            If there are too many players to look at all coalitions.
        """
        count = len(self.players)
        if count > MOST_TABULATED:
            refuse([Problem("game_too_large", values={"players": count, "most": MOST_TABULATED})])
        excess = sums(shares) - self.table
        excess -= 1e-10 * max(1.0, np.abs(excess).max()) * sums(np.ones(count))
        counts = np.ones(len(excess), dtype=bool)
        counts[[0, -1]] = False
        if len(normals):
            counts &= np.any([np.abs(sums(normal)) > 1e-8 for normal in normals], axis=0)
        allowed = np.flatnonzero(counts)
        most = min(2 * count, len(allowed))
        if not most:
            return members(allowed, count)
        # Where to cut, not who is before it: which of equals come first differs from processor to processor.
        least = -np.partition(-excess[allowed], most - 1)[most - 1]
        first = allowed[excess[allowed] >= least]
        return members(first[np.argsort(-excess[first], kind="stable")][:most], count)


class TabledGame(CostGame):
    """A cost game whose costs are all known.

    Parameters
    ----------
    players : iterable of hashable
    table : array of shape (2 ** players,)
        Cost by number of the coalition.
    """

    def __init__(self, players: Iterable[Player], table: Array) -> None:
        super().__init__(players, lambda coalition: float(table[self._number(coalition)]))
        self.__dict__["table"] = table

    def _number(self, coalition: Coalition) -> int:
        return sum(1 << k for k, player in enumerate(self.players) if player in coalition)

    def costs(self, coalitions: Members) -> Array:
        """Return what coalitions cost; see ``CostGame.costs``."""
        return np.asarray(self.table[numbered(coalitions)])


def read_game(game: Mapping[Any, float]) -> CostGame:
    """Return a game in the form that the solutions work on.

    Parameters
    ----------
    game : mapping of coalition (frozenset or tuple of players) to cost, or CostGame

    Returns
    -------
    CostGame
        Players in the order of their codes.

    Raises
    ------
    DataError
        Names all that is wrong: no players, a coalition that is missing, given twice or no coalition, a cost
        that is negative or no number.
    """
    if isinstance(game, CostGame):
        refuse([] if game.players else [Problem("game_empty")])
        return game
    problems, costs = _costs(game)
    players = sorted({player for coalition in costs for player in coalition}, key=str)
    problems += [] if players or problems else [Problem("game_empty")]
    missing = 2 ** len(players) - 1 - sum(1 for coalition in costs if coalition)
    if missing:
        problems.append(Problem("coalition_missing", values=_missing(players, costs, missing)))
    refuse(problems)
    everyone = CostGame(players, lambda coalition: costs[coalition])
    return TabledGame(players, everyone.table)


def _costs(game: Mapping[Any, float]) -> tuple[list[Problem], dict[Coalition, float]]:
    problems: list[Problem] = []
    costs: dict[Coalition, float] = {}
    for key, cost in game.items():
        coalition = frozenset(key) if isinstance(key, frozenset | tuple) else None
        if coalition is None:
            problems.append(Problem("coalition_key", values={"value": key}))
        elif coalition in costs:
            problems.append(Problem("coalition_twice", values={"coalition": _format_coalition(coalition)}))
        else:
            costs[coalition] = _number(cost)
            if not costs[coalition] >= 0 or np.isinf(costs[coalition]):
                problems.append(_bad_cost(coalition, cost))
    if costs.get(frozenset(), 0.0) > 0:
        problems.append(Problem("nobody_pays", values={"value": costs[frozenset()]}))
    return problems, costs


def _number(cost: object) -> float:
    try:
        return float(cost)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return float("nan")


def _bad_cost(coalition: Coalition, cost: object) -> Problem:
    values = {"coalition": _format_coalition(coalition), "value": cost}
    return Problem("cost_negative" if _number(cost) < 0 else "cost_unknown", values=values)


def _missing(players: list[Player], costs: Mapping[Coalition, float], count: int) -> dict[str, object]:
    every = CostGame(players, lambda coalition: costs[coalition])
    first = islice((coalition for coalition in every if coalition not in costs), 5)
    names = "; ".join(_format_coalition(coalition) for coalition in first)
    return {"coalitions": names + ("; …" if count > 5 else ""), "count": count}


def _format_coalition(coalition: Coalition) -> str:
    return "{" + ", ".join(sorted(map(str, coalition))) + "}"


def refuse(problems: Iterable[Problem]) -> None:
    """Raise a DataError that lists the problems, if there are any."""
    found = list(problems)
    if found:
        raise worded(DataError, found)
