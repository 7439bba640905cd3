"""What many plans are worth under a model, at once."""

from __future__ import annotations

import numpy as np

from jspmodel.selection.parametric.parametric_model import ParametricModel
from jspmodel.solver import Array, Matrix


class Portfolios:
    """Values plans under models that differ in their effects only.

    Parameters
    ----------
    model : ParametricModel
    """

    def __init__(self, model: ParametricModel) -> None:
        self._model = model
        self._links = np.flatnonzero(model.rows("partners", "complements"))
        self._delivered = np.flatnonzero(model.rows("delivered"))
        self._worst = np.flatnonzero(model.rows("worst_off"))
        pieces = model.matrix.rows[self._delivered].tocoo()
        own = pieces.data > 0
        order = np.argsort(pieces.col[own], kind="stable")
        self._row, self._piece = pieces.row[own][order], pieces.col[own][order]
        width = model.matrix.upper[self._piece]
        # The pieces of one delivered effect follow one another, the steepest first.
        before = np.cumsum(width) - width
        first = np.r_[True, self._row[1:] != self._row[:-1]]
        self._width, self._before = width, before - np.maximum.accumulate(np.where(first, before, 0.0))

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
        values = self.linked(matrix, plans)
        rows = matrix.rows[self._delivered]
        effects = -(rows.multiply(rows < 0).tocsr() @ values.T).T
        values[:, self._piece] = np.clip(effects[:, self._row] - self._before, 0.0, self._width)
        gained = values[:, self._piece] @ matrix.cost[self._piece]
        if self._model.worst is None:
            return gained, np.ones(len(plans))
        values[:, self._model.worst] = 0.0
        least = (matrix.rows[self._worst] @ values.T).min(axis=0)
        return gained, np.divide(least, gained, out=np.ones_like(gained), where=gained > 0)

    def linked(self, matrix: Matrix, plans: Array) -> Array:
        """Return plans in which regions gain together, and complements add, wherever both are there.

        Parameters
        ----------
        matrix : Matrix
        plans : array, shape (plans, columns)
            Their starts and joins count.

        Returns
        -------
        array, shape (plans, columns)
        """
        values = plans.copy()
        rows = matrix.rows[self._links].tocoo()
        plus = rows.data > 0
        column = np.empty(rows.shape[0], dtype=np.int64)
        column[rows.row[plus]] = rows.col[plus]
        there = -(matrix.rows[self._links].multiply(matrix.rows[self._links] < 0).tocsr() @ values.T).T
        values[:, column] = 1.0
        for plan in range(len(values)):
            np.minimum.at(values[plan], column, there[plan])
        return values
