"""What many plans are worth under a model, at once."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from jspmodel.reproducible import dot
from jspmodel.selection.parametric.parametric_model import ParametricModel
from jspmodel.solver import INTEGRALITY_TOLERANCE, Array, Matrix


class Portfolios:
    """Values plans under models that differ in their effects only.

    What does not differ is worked out once: there are thousands of draws.

    Parameters
    ----------
    model : ParametricModel
    """

    def __init__(self, model: ParametricModel) -> None:
        self._model = model
        self._read_links()
        self._read_pieces()
        self._worst = model.matrix.rows[np.flatnonzero(model.rows("worst_off"))]

    def _read_links(self) -> None:
        """Say what a column may be, besides 1: what the rest of each of its rows comes to."""
        rows = self._model.matrix.rows[np.flatnonzero(self._model.rows("partners", "complements"))].tocoo()
        own = rows.data > 0
        column = np.empty(rows.shape[0], dtype=np.int64)
        column[rows.row[own]] = rows.col[own]
        order = np.argsort(column, kind="stable")
        self._linked, self._first = np.unique(column[order], return_index=True)
        rest = (-rows.data[~own], (rows.row[~own], rows.col[~own]))
        self._rest = sparse.csr_array(rest, shape=rows.shape)[order]

    def _read_pieces(self) -> None:
        """Say which pieces a delivered effect fills one after the other, and where the rows have effects."""
        rows, delivered = self._model.matrix.rows, np.flatnonzero(self._model.rows("delivered"))
        places = (np.arange(rows.nnz), rows.indices, rows.indptr)
        entries = sparse.csr_array(places, shape=rows.shape)[delivered].tocoo()
        own = rows.data[entries.data] > 0
        order = np.argsort(entries.col[own], kind="stable")
        self._row, self._piece = entries.row[own][order], entries.col[own][order]
        width = self._model.matrix.upper[self._piece]
        # The pieces of one delivered effect follow one another, the steepest first.
        before = np.cumsum(width) - width
        first = np.r_[True, self._row[1:] != self._row[:-1]]
        self._width, self._before = width, before - np.maximum.accumulate(np.where(first, before, 0.0))
        self._entries, self._at = entries.data[~own], (entries.row[~own], entries.col[~own])
        self._shape = entries.shape

    def fair_worth(self, matrix: Matrix, plans: Array) -> Array:
        """Return what plans are worth; -inf where a region falls below the floor.

        Parameters
        ----------
        matrix : Matrix
        plans : array, shape (plans, columns)

        Returns
        -------
        array, shape (plans,)
        """
        worth, least = self.worth(matrix, plans)
        return np.where(least >= (self._model.floor or 0.0) - INTEGRALITY_TOLERANCE, worth, -np.inf)

    def worth(self, matrix: Matrix, plans: Array) -> tuple[Array, Array]:
        """Return what plans are worth, and the impact of the worst-off region as a part of it.

        Parameters
        ----------
        matrix : Matrix
            Without cuts.
        plans : array, shape (plans, columns)
            Their starts and joins count; what they bring about is worked out anew.

        Returns
        -------
        two arrays, shape (plans,)
            The second is 1 where there is no equity rule, or nothing to share.
        """
        values = self.linked(plans)
        carried = sparse.csr_array((-matrix.rows.data[self._entries], self._at), shape=self._shape)
        effects = (carried @ values.T).T
        values[:, self._piece] = np.clip(effects[:, self._row] - self._before, 0.0, self._width)
        gained = dot(values[:, self._piece], matrix.cost[self._piece])
        if self._model.worst is None:
            return gained, np.ones(len(plans))
        values[:, self._model.worst] = 0.0
        least = (self._worst @ values.T).min(axis=0)
        return gained, np.divide(least, gained, out=np.ones_like(gained), where=gained > 0)

    def linked(self, plans: Array) -> Array:
        """Return plans in which regions gain together, and complements add, wherever both are there.

        Parameters
        ----------
        plans : array, shape (plans, columns)
            Their starts and joins count.

        Returns
        -------
        array, shape (plans, columns)
        """
        values = plans.copy()
        if len(self._linked):
            rest = np.minimum.reduceat(self._rest @ values.T, self._first, axis=0)
            values[:, self._linked] = np.minimum(rest, 1.0).T
        return values
