"""The nucleolus: the unhappiest coalition is as happy as can be, then the next, and so on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from jspmodel.collaboration.games.coalition_masks import Array, Members, members
from jspmodel.collaboration.games.game import CostGame, read_game, refuse
from jspmodel.collaboration.games.shapley import MOST_EXACT, Shares
from jspmodel.errors import Problem, SolverError
from jspmodel.reproducible import dot

_TIGHT, _DUAL, _SPAN = 1e-8, 1e-7, 1e-8


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
    levels = _Levels(known, scale, singles / scale, max(0.0, float(singles.sum() - whole)) / scale)
    while levels.free():
        levels.descend()
    return Shares(known, levels.shares * scale)


def _first_rows(count: int) -> Members:
    if count <= MOST_EXACT:
        return members(np.arange(1, 2**count - 1), count)
    ones = np.eye(count, dtype=bool)
    return np.concatenate([ones, ~ones])


class _Levels:
    """The sequence of programmes: shares found so far, and the coalitions fixed there; all over ``scale``.

    Fixed coalitions are kept by moving only along the null space of their rows from the last optimum: with
    rows of equations instead, rounding can leave no solution.
    """

    def __init__(self, game: CostGame, scale: float, alone: Array, saved: float) -> None:
        self._game, self._scale, self._alone = game, scale, alone
        self._draws = np.random.default_rng(1)
        self._rows = _first_rows(len(alone))
        self._costs = game.costs(self._rows) / scale
        self._fixed, self._pivots = np.empty((0, len(alone))), np.empty(0, dtype=np.int64)
        self._fix(np.ones(len(alone)))
        self.shares = alone - saved / len(alone)

    def free(self) -> bool:
        return len(self._fixed) < len(self._alone)

    def descend(self) -> None:
        """Find the next largest excess and fix the coalitions that have it in every optimum."""
        moves = self._moves()
        normals = self._normals(moves)
        self._keep(np.any(np.abs(dot(self._rows, normals.T)) > _SPAN, axis=1))
        found = self._solve(moves)
        while self._violated(found, moves, normals):
            found = self._solve(moves)
        duals = -found.ineqlin.marginals[: len(self._rows)]
        for k in np.argsort(-duals, kind="stable"):
            if duals[k] > _DUAL:
                self._fix(self._rows[k])
        self.shares = self.shares + dot(found.x[:-1], moves)

    def _moves(self) -> Array:
        """Return a basis of the null space of what is fixed: each moves one share that is no pivot's."""
        moves = np.delete(np.eye(len(self._alone)), self._pivots, axis=0)
        moves[:, self._pivots] = -dot(moves, self._fixed.T)
        return moves

    def _normals(self, moves: Array) -> Array:
        """Two random vectors orthogonal to all that is fixed: any other coalition has a product with them."""
        drawn = dot(self._draws.standard_normal((2, len(moves))), moves)
        return np.asarray(drawn / np.abs(drawn).max(axis=1, keepdims=True))

    def _keep(self, which: Any) -> None:
        self._rows, self._costs = self._rows[which], self._costs[which]

    def _solve(self, moves: Array) -> Any:
        """Minimise the largest excess over moves from the last shares; the last variable is the excess."""
        from scipy.optimize import linprog  # a second to import: only where it is used

        rows = np.column_stack([dot(self._rows, moves.T), -np.ones(len(self._rows))])
        alone = np.column_stack([moves.T, np.zeros(len(self._alone))])
        found = linprog(
            np.append(np.zeros(len(moves)), 1.0),
            A_ub=np.vstack([rows, alone]),
            b_ub=np.append(
                self._costs - dot(self._rows, self.shares), np.maximum(self._alone - self.shares, 0.0)
            ),
            bounds=(None, None),
            method="highs",
            options={"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9},
        )
        if found.status != 0:
            problem = Problem("solver_failed", values={"status": found.message})
            raise SolverError(found.message, [problem])
        return found

    def _violated(self, found: Any, moves: Array, normals: Array) -> bool:
        """Add the coalitions that are unhappier than those in play; return whether there are any."""
        if len(self._alone) <= MOST_EXACT:
            return False
        shares = self.shares + dot(found.x[:-1], moves)
        rows = self._game.unhappiest(shares * self._scale, normals)
        costs = self._game.costs(rows) / self._scale
        worse = dot(rows, shares) - costs > found.x[-1] + _TIGHT
        self._rows = np.concatenate([self._rows, rows[worse]])
        self._costs = np.concatenate([self._costs, costs[worse]])
        return bool(worse.any())

    def _fix(self, row: Any) -> None:
        """Fix a coalition that does not depend on those that are, by Gauss-Jordan elimination.

        A decomposition of LAPACK would differ in its last digits from processor to processor.
        """
        rest = row - dot(row[self._pivots], self._fixed)
        pivot = int(np.abs(rest).argmax())
        if np.abs(rest[pivot]) > _SPAN:
            rest = rest / rest[pivot]
            self._fixed = np.vstack([self._fixed - np.outer(self._fixed[:, pivot], rest), rest])
            self._pivots = np.append(self._pivots, pivot)
