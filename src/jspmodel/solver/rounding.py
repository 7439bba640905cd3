"""A plan before any search: columns are taken one after the other as long as they go together."""

from __future__ import annotations

import numpy as np

from jspmodel.solver import parts
from jspmodel.solver.matrix import NOISE, Flags, Places
from jspmodel.solver.state import EXACT, State

TRIED = 300
"""Columns that the relaxation does not use and that are tried at most, the nearest to being used first."""


def round_to_plan(state: State) -> None:
    """Take what rules demand, then what the relaxation uses, then what it would use next, while it fits.

    Whether a column fits is seen by the rows that hold whole columns, the others being at their best, and by
    paying for all that is taken. What is taken is worked out as a plan in the end.

    Parameters
    ----------
    state : State
    """
    taken = _Taken(state)
    for row in np.flatnonzero(taken.lacks()).tolist():
        taken.first_of(taken.helpers(row), row)
    taken.all_of(taken.order)
    if not taken.lacks().any():
        state.attempt(parts.as_in(taken.values, state.matrix.whole), 0.0, nodes=1)


class _Taken:
    """Whole columns that are taken so far."""

    def __init__(self, state: State) -> None:
        self._state, matrix = state, state.matrix
        self._columns = matrix.rows.tocsc()
        self.values = np.where(matrix.whole, np.maximum(matrix.lower, 0.0), 0.0)
        # Columns that are not whole are where they help most: each row is looked at by itself.
        part = np.where(matrix.whole, 0.0, matrix.upper)
        least = matrix.rows.minimum(0) @ part
        most = matrix.rows.maximum(0) @ part
        self._high, self._low = matrix.row_upper - least, matrix.row_lower - most
        self._sums = matrix.rows @ self.values
        order, values = state.undecided(), state.guess.values
        self._by_use = order[np.argsort(-values[order], kind="stable")]
        used = self._by_use[values[self._by_use] > EXACT]
        self.order = np.concatenate([used, order[values[order] <= EXACT][:TRIED]])

    def lacks(self) -> Flags:
        """Return the rows that ask for more than is taken."""
        return np.asarray(self._sums < self._low - NOISE)

    def helpers(self, row: int) -> Places:
        """Return what a row that asks for more would be helped by, in order."""
        rows = self._state.matrix.rows
        entries = slice(*rows.indptr[row : row + 2])
        helps = rows.indices[entries][rows.data[entries] > 0]
        return self._by_use[np.isin(self._by_use, helps)]

    def first_of(self, columns: Places, row: int) -> None:
        """Take columns until a row is kept."""
        for column in columns.tolist():
            if self._sums[row] >= self._low[row] - NOISE:
                return
            self._take(column)

    def all_of(self, columns: Places) -> None:
        """Take columns again and again while one fits: what it requires may come after it."""
        while sum(self._take(column) for column in columns.tolist()):
            continue

    def _take(self, column: int) -> bool:
        if self.values[column] > 0.5 or self._state.matrix.upper[column] < 0.5:
            return False
        entries = slice(*self._columns.indptr[column : column + 2])
        rows, factors = self._columns.indices[entries], self._columns.data[entries]
        after = self._sums[rows] + factors
        if ((after > self._high[rows] + NOISE) & (factors > 0)).any():
            return False
        if ((after < self._low[rows] - NOISE) & (factors < 0)).any():
            return False
        self.values[column] = 1.0
        if not self._state.payable(self.values):
            self.values[column] = 0.0
            return False
        self._sums[rows] = after
        return True
