"""A maximisation as arrays, and parts of it in which some columns are fixed or follow others."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from jspmodel.reproducible import dot

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NOISE = 1e-6
"""By how much values of columns, or sums of rows, may miss their bounds."""
BROKEN = 1e-6
"""By how much, beside 1 or what a row adds up to, fixed columns may miss its bounds: noise of the solver."""
NOT_FIXED = np.nan
"""Stands for a column that is not fixed."""


@dataclass(frozen=True, eq=False)
class Matrix:
    """Maximise cost x over lower <= x <= upper, row_lower <= rows x <= row_upper, x whole where ``integer``.

    Attributes
    ----------
    cost, lower, upper : array, shape (columns,)
    row_lower, row_upper : array, shape (rows,)
    rows : sparse array, shape (rows, columns)
    integer : array of bool, shape (columns,)
    """

    cost: Array
    lower: Array
    upper: Array
    row_lower: Array
    row_upper: Array
    rows: sparse.csr_array
    integer: Flags

    @property
    def entries(self) -> int:
        """How many coefficients are not 0: what a solver's work grows with."""
        return int(self.rows.nnz)

    def worth(self, values: Array) -> float:
        """Return what values of all columns are worth: cost x."""
        return float(dot(self.cost, values))

    def rows_hold(self, values: Array) -> bool:
        """Return whether values of all columns keep all rows, but for the solver's noise."""
        sums = self.rows @ values
        return bool(((sums >= self.row_lower - NOISE) & (sums <= self.row_upper + NOISE)).all())

    def bounds_hold(self, fixed: Array) -> bool:
        """Return whether what is fixed lies within the bounds of its columns, but for the solver's noise."""
        return not ((fixed < self.lower - NOISE) | (fixed > self.upper + NOISE)).any()

    def bounded(self) -> Matrix:
        """Return the matrix with an upper bound on each column that a row of positive coefficients bounds.

        A whole column gets a whole bound: HiGHS 1.15.1 calls some models infeasible that have a
        fraction there.
        """
        rows = self.rows
        counts = np.diff(rows.indptr)
        owner = np.repeat(np.arange(len(counts)), counts)
        low = self.lower[rows.indices]
        useful = np.isfinite(self.row_upper)
        useful[owner[(rows.data < 0) | (low < 0)]] = False
        entry = useful[owner] & (rows.data > 0)
        upper = self.upper.copy()
        most = self.row_upper[owner[entry]] / rows.data[entry]
        np.minimum.at(upper, rows.indices[entry], most)
        upper[self.integer] = np.floor(upper[self.integer] + BROKEN)
        return replace(self, upper=upper)


@dataclass(frozen=True, eq=False)
class Side:
    """Columns that are worth nothing, not whole, and only show that rows can be kept: payments.

    Attributes
    ----------
    columns : array of int, shape (side,)
    kind : array of int, shape (side,)
        The number of the class of a column.
    row_kind : array of int, shape (rows,)
        The number of the class of a row that has such columns. Added up, the rows of a class have all columns
        of a class with one factor, or none.
    """

    columns: Places
    kind: Places
    row_kind: Places

    def with_rows(self, count: int) -> Side:
        """Return the same for a matrix with more rows, which have no such columns."""
        return replace(self, row_kind=np.append(self.row_kind, np.full(count, -1)))


@dataclass(frozen=True, eq=False)
class ColumnMap:
    """Which columns decide what.

    Attributes
    ----------
    start : array of int, shape (starts,)
        Columns: a programme starts in a year.
    program : array of int, shape (starts,)
        The number of its programme.
    join : array of int, shape (joins,)
        Columns: a region takes part in a programme that starts in a year.
    parent : array of int, shape (joins,)
        The place in ``start`` of the start that it goes with.
    member : array of int, shape (joins,)
        The number of its programme and region.
    chooses : array of bool, shape (joins,)
        Whether the region may also stay away where the programme starts.
    owner : array of int, shape (columns,)
        The number of the programme that a column belongs to; -1 for none.
    places : array of int, shape (columns, 2)
        The numbers of the regions that a column of a programme concerns; -1 for none.
    side : Side
    """

    start: Places
    program: Places
    join: Places
    parent: Places
    member: Places
    chooses: Flags
    owner: Places
    places: Places
    side: Side

    def among(self, kept: Places, more: int) -> ColumnMap:
        """Return the column map of a matrix with some columns, none at the side, and more at its end."""
        place = np.full(len(self.owner), -1)
        place[kept] = np.arange(len(kept))
        return replace(
            self,
            start=place[self.start],
            join=place[self.join],
            owner=np.append(self.owner[kept], np.full(more, -1)),
            places=np.concatenate([self.places[kept], np.full((more, 2), -1)]),
            side=NO_SIDE,
        )


NO_SIDE = Side(*(np.zeros(0, dtype=np.int64) for _ in range(3)))
"""Nothing at the side."""


@dataclass(frozen=True, eq=False)
class Restriction:
    """A part of a matrix: the whole is ``base + onto @ part``.

    Attributes
    ----------
    matrix : Matrix
        Of the columns that are free.
    base : array, shape (columns of the whole,)
    onto : sparse array, shape (columns of the whole, columns of the part)
    """

    matrix: Matrix
    base: Array
    onto: sparse.csr_array

    def expand(self, values: Array) -> Array:
        """Return the values of all columns."""
        return self.base + self.onto @ values

    def project(self, values: Array) -> Array:
        """Return the part's values of a solution of the whole, which must agree with what is fixed."""
        columns = self.onto.tocoo()
        part = np.zeros(self.onto.shape[1])
        part[columns.col] = values[columns.row]
        return part


def with_rows(matrix: Matrix, rows: sparse.csr_array, low: Array, high: Array) -> Matrix:
    """Return the matrix with further rows at its end."""
    return replace(
        matrix,
        rows=sparse.vstack([matrix.rows, rows], format="csr"),
        row_lower=np.append(matrix.row_lower, low),
        row_upper=np.append(matrix.row_upper, high),
    )


def with_limits(matrix: Matrix, rows: sparse.csr_array, most: Array) -> Matrix:
    """Return the matrix with further rows at its end, which have no lower limit."""
    return with_rows(matrix, rows, np.full(len(most), -np.inf), most)


def with_some_rows(matrix: Matrix, places: Places) -> Matrix:
    """Return the matrix with these of its rows alone."""
    return replace(
        matrix,
        rows=matrix.rows[places].tocsr(),
        row_lower=matrix.row_lower[places],
        row_upper=matrix.row_upper[places],
    )


def with_columns(matrix: Matrix, columns: list[dict[int, float]], cost: float, upper: float) -> Matrix:
    """Return the matrix with more columns at its end, from 0 to a bound.

    Parameters
    ----------
    matrix : Matrix
    columns : list of dict of row to coefficient
    cost, upper : float
        Of each new column.

    Returns
    -------
    Matrix
    """
    count = len(columns)
    entries = [(row, place, factor) for place, column in enumerate(columns) for row, factor in column.items()]
    rows, places, factors = zip(*entries, strict=True) if entries else ((), (), ())
    more = sparse.csr_array((factors, (rows, places)), shape=(len(matrix.row_lower), count), dtype=float)
    return replace(
        matrix,
        cost=np.append(matrix.cost, np.full(count, cost)),
        lower=np.append(matrix.lower, np.zeros(count)),
        upper=np.append(matrix.upper, np.full(count, upper)),
        rows=sparse.hstack([matrix.rows, more], format="csr"),
        integer=np.append(matrix.integer, np.zeros(count, dtype=bool)),
    )


def restrict(matrix: Matrix, fixed: Array, follows: Places | None = None) -> Restriction:
    """Fix columns and tie columns to others.

    Parameters
    ----------
    matrix : Matrix
    fixed : array, shape (columns,)
        Values; ``FREE`` where a column is free.
    follows : array of int, shape (columns,), optional
        The column that a free column always equals; itself for most. Both have the same bounds.

    Returns
    -------
    Restriction
    """
    count = len(matrix.cost)
    leader = np.arange(count) if follows is None else follows
    value = np.where(np.isnan(fixed), fixed[leader], fixed)
    base = np.nan_to_num(value)
    free = np.flatnonzero(np.isnan(value))
    leaders, place = np.unique(leader[free], return_inverse=True)
    onto = sparse.csr_array((np.ones(len(free)), (free, place)), shape=(count, len(leaders)))
    rows = (matrix.rows @ onto).tocsr()
    taken = matrix.rows @ base
    slack = BROKEN * np.maximum(1.0, np.abs(taken))
    broken = (taken > matrix.row_upper + slack) | (taken < matrix.row_lower - slack)
    # A row of fixed columns alone says nothing any more, unless it is broken: then the part has no solution.
    used = np.flatnonzero((np.diff(rows.indptr) > 0) | broken)
    taken = taken[used]
    inner = Matrix(
        cost=onto.T @ matrix.cost,
        lower=matrix.lower[leaders],
        upper=matrix.upper[leaders],
        row_lower=matrix.row_lower[used] - taken,
        row_upper=matrix.row_upper[used] - taken,
        rows=rows[used],
        integer=matrix.integer[leaders],
    )
    return Restriction(inner, base, onto)
