"""Models with more and more money, searched as one: what one carries out, each later one carries out too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from jspmodel.solver import neighbourhoods
from jspmodel.solver.highs import PLANS_ONLY, WITHOUT_HEURISTICS
from jspmodel.solver.matrix import NOISE, Array, Flags, Matrix, with_limits
from jspmodel.solver.relaxed_search import RelaxedModel, RelaxedSearch
from jspmodel.solver.reoptimisation import Reoptimiser

MOST = 0.5
"""Units that a search around a plan takes at most, about."""


class NestedModels(RelaxedSearch):
    r"""Several models side by side, with rows that keep what is carried out.

    With x[l] the columns of model l, c[l] what they are worth and A[p] the row that says whether programme p
    is carried out: maximise sum_l w[l] c[l] x[l] over the rows of each model and

        A[p] x[l] <= A[p] x[l+1]   for each p, l.

    The relaxations of the models side by side leave out these rows alone, so that they bound the whole. A
    search around a plan frees the same programmes in all models. Plans are values of the columns of all
    originals, one model after the other.

    Parameters
    ----------
    models : sequence of Reoptimiser
        By rising budgets.
    at : sequence of RelaxedModel
        Of each.
    carried : sequence of sparse array, shape (programmes, columns)
        The rows A over the original's columns of each.
    weights : sequence of float
        w, above 0.

    Attributes
    ----------
    at : RelaxedModel
        All of them; rows that are added are in it.
    """

    def __init__(
        self,
        models: Sequence[Reoptimiser],
        at: Sequence[RelaxedModel],
        carried: Sequence[sparse.csr_array],
        weights: Sequence[float],
    ) -> None:
        super().__init__(np.concatenate([model.program for model in models]))
        self._models = models
        self._original = np.cumsum([rows.shape[1] for rows in carried])[:-1]
        self._columns = np.cumsum([0, *(len(model.program) for model in models)])
        self._helps: Flags = np.concatenate(
            [model.useful(one) for model, one in zip(models, at, strict=True)]
        )
        relaxed = replace(
            at[0].relaxed,
            infeasible=any(one.relaxed.infeasible for one in at),
            values=np.concatenate([one.relaxed.values for one in at]),
            reduced_costs=np.concatenate(
                [w * one.relaxed.reduced_costs for w, one in zip(weights, at, strict=True)]
            ),
            bound=sum(w * one.relaxed.bound for w, one in zip(weights, at, strict=True)),
            duals=np.zeros(0),
        )
        whole = side_by_side([one.matrix for one in at], weights)
        self.at = RelaxedModel(whole, relaxed, side_by_side([one.searched for one in at], weights))
        rows = [model.restated(some) for model, some in zip(models, carried, strict=True)]
        for place in range(len(models) - 1):
            links = self._padded(rows[place], place) - self._padded(rows[place + 1], place + 1)
            self._add(links.tocsr(), np.zeros(links.shape[0]))

    def project(self, plan: Array) -> Array:
        """Return values of the originals' columns as values of the columns here."""
        parts = zip(self._models, self.split(plan), strict=True)
        return np.concatenate([model.project(part) for model, part in parts])

    def expand(self, values: Array) -> Array:
        """Return values of the originals' columns."""
        parts = zip(self._models, np.split(values, self._columns[1:-1]), strict=True)
        return np.concatenate([model.expand(part) for model, part in parts])

    def around(self, plan: Array, draw: np.random.Generator, places: range, freed: int) -> Array | None:
        """Search around a solution for a better one: free some programmes in some models, hold all else.

        Parameters
        ----------
        plan : array
            A solution.
        draw : Generator
        places : range
            The numbers of the models.
        freed : int
            How many programmes are freed, in the columns that could help, the same in each of the models.

        Returns
        -------
        array, or None
            A solution that is worth more.
        """
        inside, at = self.project(plan), self.at
        begin, end = self._columns[[places.start, places.stop]]
        here = np.zeros(len(inside), dtype=bool)
        here[begin:end] = True
        fixed, follows = neighbourhoods.around(
            inside, at.matrix.integer & here, self._program, at.relaxed.values, self._helps, draw, freed
        )
        fixed[~here] = inside[~here]
        settings, part = {**PLANS_ONLY, **WITHOUT_HEURISTICS}, (fixed, follows)
        found = self._search(at.searched, part, inside, settings, on_step=lambda done, _: done < MOST)
        return found.values if found.objective > at.matrix.worth(inside) + NOISE else None

    def split(self, plan: Array) -> list[Array]:
        """Return the values of each original's columns."""
        return np.split(plan, self._original)

    def limit(self, place: int, rows: sparse.csr_array, most: Array) -> None:
        """Add rows over the columns of one original, which have no lower limit.

        Parameters
        ----------
        place : int
            The number of the model.
        rows : sparse array, shape (rows, columns)
        most : array, shape (rows,)
        """
        self._add(self._padded(self._models[place].restated(rows), place), most)

    def _padded(self, rows: sparse.csr_array, place: int) -> sparse.csr_array:
        """Return rows over the columns of one model as rows over all."""
        wide = rows.tocoo()
        shape = (rows.shape[0], int(self._columns[-1]))
        return sparse.csr_array((wide.data, (wide.row, wide.col + self._columns[place])), shape=shape)

    def _add(self, rows: sparse.csr_array, most: Array) -> None:
        matrix, plain = (with_limits(one, rows, most) for one in (self.at.matrix, self.at.searched))
        self.at = replace(self.at, matrix=matrix, plain=plain)


def side_by_side(models: Sequence[Matrix], weights: Sequence[float]) -> Matrix:
    """Return models as one, each worth so many times what it is."""
    return Matrix(
        cost=np.concatenate([w * one.cost for w, one in zip(weights, models, strict=True)]),
        lower=np.concatenate([one.lower for one in models]),
        upper=np.concatenate([one.upper for one in models]),
        row_lower=np.concatenate([one.row_lower for one in models]),
        row_upper=np.concatenate([one.row_upper for one in models]),
        rows=sparse.block_diag([one.rows for one in models], format="csr"),
        integer=np.concatenate([one.integer for one in models]),
    )
