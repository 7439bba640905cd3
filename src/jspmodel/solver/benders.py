"""Payments left out of a search: what they rule out becomes cuts on what is left (Benders 1962)."""

from __future__ import annotations

from copy import copy

import highspy
import numpy as np
from scipy import sparse

from jspmodel.reproducible import dot
from jspmodel.solver.components import row_components
from jspmodel.solver.highs import SCALE, Options, new_highs, state_relaxed
from jspmodel.solver.matrix import NOISE, Array, Flags, Matrix, Places, Side, with_rows

SLIGHT = 1e-9
"""Coefficients of a cut that count as none, its largest being 1."""


class Benders:
    r"""A matrix without its side columns, which are worth nothing and only show that rows can be kept.

    With x the columns that are kept and z those at the side, 0 <= z <= u, the rows that have some of z are
    low <= A x + P z <= high. Whatever the multipliers y, cut to the signs that the rows allow, each solution
    keeps

        (y A) x <= sum_i max(y[i] low[i], y[i] high[i]) - sum_j min(0, (y P)[j]) u[j].

    Such cuts stand for the rows. Those of the multipliers of the relaxation keep its bound as it is; where an
    x cannot be settled, the multipliers of least violation exclude it. From the beginning there are sums:
    side columns of one class are added up to one column, rows of one class to one row.

    Parameters
    ----------
    matrix : Matrix
        With finite bounds of columns.
    side : Side
    options : Options

    Attributes
    ----------
    cost : array
        Of all columns of the whole.
    matrix : Matrix
        The columns that are kept, then the sums; the rows that have no others, the sums, and the cuts so far.
    kept : array of int
        Its first columns, by their places in the whole.
    sums : int
        How many columns it has beside those.
    rows : array of int
        Its first rows, by their places in the whole.
    sum_row : array of int, shape (rows at the side,)
        The row of ``matrix`` that each row of the whole with side columns is added up in.

    References
    ----------
    Benders (1962). Partitioning procedures for solving mixed-variables programming problems.
    """

    def __init__(self, matrix: Matrix, side: Side, options: Options) -> None:
        self._side = side.columns
        self._columns, self.cost = len(matrix.cost), matrix.cost
        self.kept = np.setdiff1d(np.arange(self._columns), self._side)
        touched = np.diff(matrix.rows[:, self._side].tocsr().indptr) > 0
        self._touched, self.rows = np.flatnonzero(touched), np.flatnonzero(~touched)
        self._onto = matrix.rows[touched][:, self.kept].tocsr()
        self._beside = matrix.rows[touched][:, self._side].tocsr()
        self._low, self._high = matrix.row_lower[touched], matrix.row_upper[touched]
        self._most = matrix.upper[self._side]
        self._group = row_components(self._beside)
        self._class = np.unique(side.kind, return_inverse=True)[1]
        self.sums = self._class.max(initial=-1) + 1
        kinds = side.row_kind[np.flatnonzero(touched)]  # by place, as a side of nothing names none
        self.sum_row = len(self.rows) + np.unique(kinds, return_inverse=True)[1]
        self.matrix = matrix
        if len(self._side):
            kept = _without(matrix, ~touched, self.kept)
            self.matrix = self._with_sums(kept, side.row_kind[touched])
        self._options = options
        self._begin()

    def _begin(self) -> None:
        self._highs = new_highs(self._options, highspy.kHighsInf)
        state_relaxed(self._highs, self._violation())

    def fork(self) -> Benders:
        """Return another one of the same cuts, for a search beside."""
        other = copy(self)
        other._begin()
        return other

    def _with_sums(self, kept: Matrix, row_kind: Places) -> Matrix:
        """Add the sums of side columns and of their rows."""
        kinds, place = np.unique(row_kind, return_inverse=True)
        add = sparse.csr_array(
            (np.ones(len(place)), (place, np.arange(len(place)))), shape=(len(kinds), len(place))
        )
        # A row of a kind has each side column of a class with the same factor, in one of the rows added up:
        # that of the first column, as a mean of all would carry rounding errors.
        first = np.unique(self._class, return_index=True)[1]
        beside = (add @ self._beside[:, first]).tocsr()
        none = sparse.csr_array((kept.rows.shape[0], self.sums))
        rows = sparse.block_array([[kept.rows, none], [add @ self._onto, beside]], format="csr")
        more = np.zeros(self.sums)
        return Matrix(
            cost=np.append(kept.cost, more),
            lower=np.append(kept.lower, more),
            upper=np.append(kept.upper, np.bincount(self._class, self._most, self.sums)),
            row_lower=np.append(kept.row_lower, add @ self._low),
            row_upper=np.append(kept.row_upper, add @ self._high),
            rows=rows,
            integer=np.append(kept.integer, more > 0),
        ).bounded()

    def project(self, values: Array) -> Array:
        """Return the values of the columns that are kept, and the sums, of a solution of the whole."""
        return np.append(values[self.kept], np.bincount(self._class, values[self._side], self.sums))

    def _violation(self) -> Matrix:
        """State the least by which the rows are violated."""
        over = sparse.eye_array(len(self._low), format="csr")[:, np.isfinite(self._high)]
        under = sparse.eye_array(len(self._low), format="csr")[:, np.isfinite(self._low)]
        slacks = over.shape[1] + under.shape[1]
        return Matrix(
            cost=np.append(np.zeros(len(self._side)), np.full(slacks, -1.0)),
            lower=np.zeros(len(self._side) + slacks),
            upper=np.append(self._most, np.full(slacks, np.inf)),
            row_lower=self._low,
            row_upper=self._high,
            rows=sparse.hstack([self._beside, -over, under], format="csr"),
            integer=np.zeros(len(self._side) + slacks, dtype=bool),
        )

    def add_cuts(self, duals: Array) -> bool:
        """Add the cuts of multipliers of all rows of the whole, one for rows that hang together.

        Returns
        -------
        bool
            Whether there were any.
        """
        return self._add(self._cuts(duals[self._touched]))

    def complete(self, values: Array, *, cut: bool = True) -> Array | None:
        """Return a solution of the whole; if there is none for these values, add cuts that exclude them.

        Parameters
        ----------
        values : array
            A solution of ``matrix``.
        cut : bool
            Whether to add cuts.

        Returns
        -------
        array, shape (columns of the whole,), or None
        """
        values = np.where(self.matrix.integer, np.round(values), values)[: len(self.kept)]
        whole = np.zeros(self._columns)
        whole[self.kept] = values
        if not len(self._side):
            return whole
        used = self._onto @ values
        rows = np.arange(len(used), dtype=np.int32)
        self._highs.changeRowsBounds(len(used), rows, self._low - used, self._high - used)  # type: ignore[attr-defined]
        self._highs.run()
        if self._highs.getInfo().objective_function_value <= NOISE * SCALE:
            whole[self._side] = np.array(self._highs.getSolution().col_value)[: len(self._side)]
            return whole
        if not cut:
            return None
        duals = -np.array(self._highs.getSolution().row_dual)
        self._add([(row, high) for row, high in self._cuts(duals) if dot(row, values) > high + NOISE])
        return None

    def missed(self, values: Array) -> float:
        """Return the least by which the rows at the side are violated, all together.

        Parameters
        ----------
        values : array
            A solution of ``matrix``.

        Returns
        -------
        float
        """
        if self.complete(values, cut=False) is not None:
            return 0.0
        return float(self._highs.getInfo().objective_function_value / SCALE)

    def violated(self, values: Array) -> list[Places]:
        """Return the rows at the side that cannot all be kept, by the multipliers of least violation.

        Parameters
        ----------
        values : array
            A solution of ``matrix``.

        Returns
        -------
        list of array of int
            Of each group of rows that hang together and cannot be kept, those that press, by their places
            among the rows at the side; none at all where all can be kept.
        """
        if self.complete(values, cut=False) is not None:
            return []
        pressing = np.abs(np.array(self._highs.getSolution().row_dual)) > NOISE * SCALE
        groups = np.unique(self._group[pressing])
        return [np.flatnonzero(pressing & (self._group == group)) for group in groups]

    def _cuts(self, duals: Array) -> list[tuple[Array, float]]:
        signed = np.where(np.isinf(self._low), np.maximum(duals, 0.0), duals)
        signed = np.where(np.isinf(self._high), np.minimum(signed, 0.0), signed)
        cuts = []
        for group in range(self._group.max(initial=-1) + 1):
            y = np.where(self._group == group, signed, 0.0)
            row, beside, used = self._onto.T @ y, self._beside.T @ y, y != 0
            largest = np.abs(row).max(initial=0.0)
            if largest > SLIGHT:
                side = np.where(y > 0, self._high, self._low)
                gone = beside < 0
                high = dot(side[used], y[used]) - dot(beside[gone], self._most[gone])
                cuts.append((np.where(np.abs(row) > SLIGHT * largest, row / largest, 0.0), high / largest))
        return cuts

    def _add(self, cuts: list[tuple[Array, float]]) -> bool:
        if cuts:
            rows = sparse.csr_array(np.array([np.append(row, np.zeros(self.sums)) for row, _ in cuts]))
            high = np.array([high for _, high in cuts])
            self.matrix = with_rows(self.matrix, rows, np.full(len(cuts), -np.inf), high)
        return bool(cuts)


def _without(matrix: Matrix, rows: Flags, columns: Places) -> Matrix:
    return Matrix(
        cost=matrix.cost[columns],
        lower=matrix.lower[columns],
        upper=matrix.upper[columns],
        row_lower=matrix.row_lower[rows],
        row_upper=matrix.row_upper[rows],
        rows=matrix.rows[rows][:, columns].tocsr(),
        integer=matrix.integer[columns],
    )
