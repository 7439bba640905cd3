"""A matrix that is given further columns and rows, some at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from scipy import sparse

from jspmodel.solver import Array, Matrix, Places


class Extension:
    """Collects columns and rows, then puts them behind those of a matrix.

    Parameters
    ----------
    matrix : Matrix

    Attributes
    ----------
    width : int
        Columns so far.
    """

    def __init__(self, matrix: Matrix) -> None:
        self._matrix, self.width, self._height = matrix, len(matrix.cost), 0
        nowhere, nothing = np.zeros(0, dtype=np.int64), np.zeros(0)
        self._columns: list[tuple[Array, Array, bool]] = []
        self._limits: list[tuple[Array, Array]] = [(nothing, nothing)]
        self._entries: list[tuple[Places, Places, Array]] = [(nowhere, nowhere, nothing)]

    def columns(self, lower: Array, upper: Array, *, integer: bool = False) -> Places:
        """Add columns that are worth nothing; return their places.

        Parameters
        ----------
        lower, upper : array, shape (columns,)
        integer : bool

        Returns
        -------
        array of int, shape (columns,)
        """
        first, self.width = self.width, self.width + len(lower)
        self._columns.append((lower, upper, integer))
        return np.arange(first, self.width)

    def column(self, lower: float, upper: float, *, integer: bool = False) -> int:
        """Add a column that is worth nothing; return its place."""
        return int(self.columns(np.array([lower]), np.array([upper]), integer=integer)[0])

    def rows(self, row: Places, column: Places, factor: Array, lower: Array, upper: Array) -> None:
        """Add rows.

        Parameters
        ----------
        row, column : array of int, shape (entries,)
            The number of the row among those added, and the place of the column; a pair may come more than
            once: its factors add up.
        factor : array, shape (entries,)
        lower, upper : array, shape (rows,)
        """
        self._entries.append((row + self._height, column, factor))
        self._limits.append((lower, upper))
        self._height += len(lower)

    def row(self, terms: Mapping[int, float], lower: float = -np.inf, upper: float = np.inf) -> None:
        """Add a row, given as column to factor."""
        column, factor = np.array([*terms], dtype=np.int64), np.array([*terms.values()], dtype=float)
        self.rows(np.zeros_like(column), column, factor, np.array([lower]), np.array([upper]))

    def matrix(self) -> Matrix:
        """Return the whole; what was added is worth nothing."""
        stated, new = self._matrix, self.width - len(self._matrix.cost)
        row, column, factor = (np.concatenate(parts) for parts in zip(*self._entries, strict=True))
        more = sparse.csr_array((factor, (row, column)), shape=(self._height, self.width))
        wider = sparse.csr_array((stated.rows.shape[0], new))
        before = sparse.hstack([stated.rows, wider], format="csr")
        low, high = zip(*self._limits, strict=True)
        return replace(
            stated,
            cost=np.append(stated.cost, np.zeros(new)),
            lower=np.concatenate([stated.lower, *(low for low, _, _ in self._columns)]),
            upper=np.concatenate([stated.upper, *(high for _, high, _ in self._columns)]),
            row_lower=np.concatenate([stated.row_lower, *low]),
            row_upper=np.concatenate([stated.row_upper, *high]),
            rows=sparse.vstack([before, more], format="csr"),
            integer=np.concatenate(
                [stated.integer, *(np.full(len(low), whole) for low, _, whole in self._columns)]
            ),
        )
