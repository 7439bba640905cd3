"""The nucleolus: the unhappiest coalition is as happy as can be, then the next, and so on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from jspmodel.collaboration.games.coalitions import Array, Members, everyone_and_nobody, members
from jspmodel.collaboration.games.game import CostGame, read_game, refuse
from jspmodel.collaboration.games.shapley import MOST_EXACT, Shares
from jspmodel.errors import Problem, SolverError

_TIGHT, _DUAL, _SPAN, _SLACK = 1e-8, 1e-7, 1e-8, 1e-10


def nucleolus(game: Mapping[Any, float]) -> Shares:
    """Return the nucleolus of a cost game: nobody pays more than alone; it is in the core if one is.

    Among the shares x with sum_i x[i] = c(N) and x[i] <= c(i) (imputations), those whose excesses
    e(S) = sum_{i in S} x[i] - c(S), sorted from the largest down, are lexicographically smallest. A
    sequence of linear programmes finds them (Kopelowitz 1967; Maschler, Peleg and Shapley 1979): minimise
    the largest excess e; coalitions with a positive dual have this excess in every optimum and are fixed
    there; go on with those that do not depend on the fixed ones until no freedom is left. Up to 12 players
    all coalitions are in the programmes; beyond, those that are violated are added until there is none.

    Parameters
    ----------
    game : mapping of coalition (frozenset or tuple of players) to cost, or CostGame
        At most 20 players, unless the game knows how to find its unhappiest coalition.

    Returns
    -------
    Shares
        In the unit of the costs.

    Raises
    ------
    DataError
        If the game is not valid (see ``shapley``), is too large, or all pay more together than each alone, so
        that there is no imputation.

    References
    ----------
    Schmeidler, D. (1969), "The nucleolus of a characteristic function game".

    Examples
    --------
    >>> shares = nucleolus({("A",): 6, ("B",): 4, ("A", "B"): 8})
    >>> {player: round(share, 6) for player, share in shares.items()}
    {'A': 5.0, 'B': 3.0}
    """
    known = read_game(game)
    count = len(known.players)
    singles, whole = known.costs(np.eye(count, dtype=bool)), known.costs(np.ones((1, count), dtype=bool))[0]
    scale = max(float(singles.max()), whole / count) or 1.0
    if whole > singles.sum() + _TIGHT * scale:
        refuse([Problem("no_imputation", values={"all": float(whole), "alone": float(singles.sum())})])
    levels = _Levels(known, scale, singles / scale, _first_rows(count), whole / scale)
    while levels.free():
        levels.descend()
    return Shares(known, levels.shares() * scale)


def _first_rows(count: int) -> Members:
    if count <= MOST_EXACT:
        return members(np.arange(1, 2**count - 1), count)
    ones = np.eye(count, dtype=bool)
    return np.concatenate([ones, ~ones])


class _Levels:
    """The state of the sequence: coalitions in play, and what is fixed already; costs over ``scale``."""

    def __init__(self, game: CostGame, scale: float, alone: Array, rows: Members, whole: float) -> None:
        self._game, self._scale, self._alone = game, scale, alone
        self._draws = np.random.default_rng(1)
        self._rows, self._costs = rows, game.costs(rows) / scale
        self._fixed, self._sums = np.ones((1, len(alone))), np.array([whole])

    def free(self) -> bool:
        return len(self._sums) < len(self._alone)

    def shares(self) -> Array:
        return np.linalg.solve(self._fixed, self._sums)

    def descend(self) -> None:
        """Find the next largest excess and fix the coalitions that have it in every optimum."""
        normals = self._normals()
        self._keep(np.any(np.abs(self._rows @ normals.T) > _SPAN, axis=1))
        found = self._solve()
        while self._violated(found, normals):
            found = self._solve()
        duals = -found.ineqlin.marginals
        for k in np.argsort(-duals, kind="stable"):
            if duals[k] > _DUAL:
                self._fix(self._rows[k], self._costs[k] + found.x[-1])

    def _normals(self) -> Array:
        """Two random vectors orthogonal to all that is fixed: any other coalition has a product with them."""
        _, _, basis = np.linalg.svd(self._fixed)
        null = basis[len(self._sums) :]
        drawn = self._draws.standard_normal((2, len(null))) @ null
        return np.asarray(drawn / np.abs(drawn).max(axis=1, keepdims=True))

    def _keep(self, which: Any) -> None:
        self._rows, self._costs = self._rows[which], self._costs[which]

    def _solve(self) -> Any:
        from scipy.optimize import linprog  # a second to import: only where it is used

        count = len(self._alone)
        found = linprog(
            np.append(np.zeros(count), 1.0),
            A_ub=np.column_stack([self._rows, -np.ones(len(self._rows))]),
            b_ub=self._costs,
            A_eq=np.column_stack([self._fixed, np.zeros(len(self._sums))]),
            b_eq=self._sums,
            bounds=[*((None, most + _SLACK) for most in self._alone), (None, None)],
            method="highs",
            options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
        )
        if found.status != 0:
            problem = Problem("solver_failed", values={"status": found.message})
            raise SolverError(found.message, [problem])
        return found

    def _violated(self, found: Any, normals: Array) -> bool:
        """Add the coalitions that are unhappier than those in play; return whether there are any."""
        if len(self._alone) <= MOST_EXACT:
            return False
        rows = self._game.unhappiest(found.x[:-1] * self._scale, normals)
        rows = rows[~everyone_and_nobody(rows)]
        costs = self._game.costs(rows) / self._scale
        worse = rows @ found.x[:-1] - costs > found.x[-1] + _TIGHT
        self._rows = np.concatenate([self._rows, rows[worse]])
        self._costs = np.concatenate([self._costs, costs[worse]])
        return bool(worse.any())

    def _fix(self, row: Any, total: float) -> None:
        more = np.vstack([self._fixed, row])
        if np.linalg.matrix_rank(more, tol=_SPAN) > len(self._sums):
            self._fixed, self._sums = more, np.append(self._sums, total)
