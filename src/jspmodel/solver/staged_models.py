"""Models of several futures, searched as one: what is decided before the news is the same in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from jspmodel.solver import neighbourhoods
from jspmodel.solver.highs import (
    PLANS_ONLY,
    WITHOUT_HEURISTICS,
    RelaxationResult,
    new_highs,
    read_relaxed,
    state_relaxed,
)
from jspmodel.solver.matrix import NOISE, Array, Flags, Matrix, Places, restrict, with_limits, with_rows
from jspmodel.solver.nested_models import side_by_side
from jspmodel.solver.relaxed_search import ONE_THREAD, RelaxedModel, RelaxedSearch
from jspmodel.solver.reoptimisation import Reoptimiser
from jspmodel.solver.risk_aversion import RiskAversion, value_at_risk

MOST = 0.5
"""Units that a search around a plan takes at most, about."""


class StagedModels(RelaxedSearch):
    r"""The deterministic equivalent of a two-stage programme (Birge and Louveaux 2011, section 2.4).

    With x[d] the columns of the model of future d, c[d] what they are worth, pi[d] how likely it is and
    x[d] = x[e] in what is decided first (nonanticipativity), it is, times the number of futures,

        maximise (1 - w) sum_d pi[d] c[d] x[d] + w (eta - sum_d pi[d] short[d] / beta)
        subject to short[d] >= eta - c[d] x[d],  short[d] >= 0

    with w the weight of the tail beta (Rockafellar and Uryasev 2000). What is decided first is one column in
    place of a column a future. Plans are values of the columns of all originals, one after the other.

    Parameters
    ----------
    models : sequence of Reoptimiser
        Of the futures.
    at : sequence of RelaxedModel
        Of each.
    first : sequence of sparse array, shape (decisions, columns)
        The columns of each original that decide something first, in one order: a row for each.
    chances : array, shape (futures,)
    aim : RiskAversion
    guess : RelaxationResult, optional
        Of nearly the same models, where no bound is asked for: the relaxation takes longest.

    Attributes
    ----------
    at : RelaxedModel
        All of them, with the relaxation of the whole; rows that are added are in it.

    References
    ----------
    Birge and Louveaux (2011). Introduction to Stochastic Programming, 2nd edition.
    """

    def __init__(
        self,
        models: Sequence[Reoptimiser],
        at: Sequence[RelaxedModel],
        first: Sequence[sparse.csr_array],
        chances: Array,
        aim: RiskAversion,
        guess: RelaxationResult | None = None,
    ) -> None:
        self._models, self._chances, self._aim = models, chances, aim
        self._original = np.cumsum([rows.shape[1] for rows in first])[:-1]
        self._columns = np.cumsum([0, *(len(model.program) for model in models)])
        decided = [model.restated(rows) for model, rows in zip(models, first, strict=True)]
        self._follows, self._barred = _shared(decided, self._columns)
        wide = side_by_side([one.matrix for one in at], [1.0] * len(at))
        self._merged = restrict(wide, self._fixed(wide), self._follows)
        self._worth = self._worths(wide)
        places = self._merged.onto.tocoo()
        block = np.repeat(np.arange(len(models)), np.diff(self._columns))
        program, self._block = (np.full(self._merged.onto.shape[1], -1) for _ in range(2))
        program[places.col] = np.concatenate([model.program for model in models])[places.row]
        self._block[places.col] = np.where(np.isin(places.row, self._common), -1, block[places.row])
        self._tails = len(models) + 1 if aim.has_tail else 0
        none = np.full(self._tails, -1)
        super().__init__(np.append(program, none))
        self._block = np.append(self._block, none)
        matrix = self._with_tail(self._merged.matrix)
        plain = side_by_side([one.searched for one in at], [1.0] * len(at))
        searched = self._with_tail(restrict(plain, self._fixed(plain), self._follows).matrix)
        self.at = RelaxedModel(matrix, _relaxed(matrix) if guess is None else guess, searched)
        self.work += self.at.relaxed.work if guess is None else 0.0

    def _fixed(self, wide: Matrix) -> Array:
        fixed, _ = neighbourhoods.all_free(len(wide.cost))
        fixed[self._barred] = 0.0
        return fixed

    @property
    def _common(self) -> Places:
        """The columns of all futures that are one."""
        shared = self._follows != np.arange(len(self._follows))
        return np.flatnonzero(np.isin(self._follows, self._follows[shared]))

    def _worths(self, wide: Matrix) -> sparse.csr_array:
        """Return what columns are worth, a row a future."""
        count = len(self._models)
        future = np.repeat(np.arange(count), np.diff(self._columns))
        shape = (count, len(wide.cost))
        worth = sparse.csr_array((wide.cost, (future, np.arange(len(wide.cost)))), shape=shape)
        return (worth @ self._merged.onto).tocsr()

    def _with_tail(self, matrix: Matrix) -> Matrix:
        """Return the model with its aim, and the columns eta and short of its tail at the end."""
        aim, chances, count = self._aim, self._chances, len(self._chances)
        mean = count * (1 - aim.weight) * (self._worth.T @ chances)
        if not aim.has_tail:
            return replace(matrix, cost=mean)
        widest = np.maximum(np.abs(matrix.lower), np.abs(matrix.upper))
        most = float((np.abs(self._worth) @ widest).max())
        tail = np.append(1.0, -chances / aim.tail)
        none = sparse.csr_array((matrix.rows.shape[0], count + 1))
        wider = replace(
            matrix,
            cost=np.append(mean, count * aim.weight * tail),
            lower=np.concatenate([matrix.lower, [-most], np.zeros(count)]),
            upper=np.concatenate([matrix.upper, [most], np.full(count, 2 * most)]),
            rows=sparse.hstack([matrix.rows, none], format="csr"),
            integer=np.append(matrix.integer, np.zeros(count + 1, dtype=bool)),
        )
        one = sparse.csr_array(np.ones((count, 1)))
        short = sparse.hstack([-self._worth, one, -sparse.eye_array(count)], format="csr")
        wider = with_limits(wider, short, np.zeros(count))
        if aim.least == -np.inf:
            return wider
        least = np.append(np.zeros(len(mean)), tail)
        return with_rows(wider, sparse.csr_array(least[None, :]), np.array([aim.least]), np.array([np.inf]))

    def project(self, plan: Array) -> Array:
        """Return values of the originals' columns as values of the columns here."""
        parts = zip(self._models, self.split(plan), strict=True)
        inside = self._merged.project(np.concatenate([model.project(part) for model, part in parts]))
        if not self._tails:
            return inside
        worths = self._worth @ inside
        eta = value_at_risk(worths, self._chances, self._aim.tail)
        return np.concatenate([inside, [eta], np.maximum(0.0, eta - worths)])

    def expand(self, values: Array) -> Array:
        """Return values of the originals' columns."""
        wide = self._merged.expand(values[: len(values) - self._tails])
        parts = zip(self._models, np.split(wide, self._columns[1:-1]), strict=True)
        return np.concatenate([model.expand(part) for model, part in parts])

    def split(self, plan: Array) -> list[Array]:
        """Return the values of each original's columns."""
        return np.split(plan, self._original)

    def around(self, plan: Array, draw: np.random.Generator, freed: int, future: int | None) -> Array | None:
        """Search around a solution for a better one: free some programmes, hold all else.

        Parameters
        ----------
        plan : array
            A solution.
        draw : Generator
        freed : int
            How many programmes are freed, in the columns that could help.
        future : int or None
            The one in which they are freed, after the news; None: in all, and what is decided first.

        Returns
        -------
        array, or None
            A solution that is worth more.
        """
        inside, at = self.project(plan), self.at
        here: Flags = np.ones(len(inside), dtype=bool) if future is None else self._block == future
        fixed, follows = neighbourhoods.around(
            inside, at.matrix.integer & here, self._program, at.relaxed.values, self.useful(at), draw, freed
        )
        here[len(inside) - self._tails :] = True
        fixed[~here] = inside[~here]
        settings = {**PLANS_ONLY, **WITHOUT_HEURISTICS}
        found = self._search(
            at.searched, (fixed, follows), inside, settings, on_step=lambda done, _: done < MOST
        )
        return found.values if found.objective > at.matrix.worth(inside) + NOISE else None

    def limit(self, place: int, rows: sparse.csr_array, most: Array) -> None:
        """Add rows over the columns of one original, which have no lower limit.

        Parameters
        ----------
        place : int
            The number of the future.
        rows : sparse array, shape (rows, columns)
        most : array, shape (rows,)
        """
        own = self._models[place].restated(rows).tocoo()
        shape = (rows.shape[0], int(self._columns[-1]))
        wide = sparse.csr_array((own.data, (own.row, own.col + self._columns[place])), shape=shape)
        none = sparse.csr_array((rows.shape[0], self._tails))
        inside = sparse.hstack([wide @ self._merged.onto, none], format="csr")
        matrix, plain = (with_limits(one, inside, most) for one in (self.at.matrix, self.at.searched))
        self.at = replace(self.at, matrix=matrix, plain=plain)


def _relaxed(matrix: Matrix) -> RelaxationResult:
    """Solve a relaxation by the simplex method: also of many futures it is the faster one."""
    highs = new_highs(ONE_THREAD, np.inf)
    state_relaxed(highs, matrix)
    highs.run()
    return read_relaxed(highs, matrix)


def _shared(decided: Sequence[sparse.csr_array], columns: Places) -> tuple[Places, Places]:
    """Return the column of the first future that each column equals, and columns that some future lacks.

    A column that decides something first is known by all that it decides: a coalition by its start and the
    regions that join.
    """
    keys: list[dict[tuple[int, ...], int]] = []
    for rows, begin in zip(decided, columns[:-1].tolist(), strict=True):
        by_column = rows.tocsc()
        by_column.sort_indices()
        ends = by_column.indptr
        own = {
            tuple(by_column.indices[ends[k] : ends[k + 1]].tolist()): begin + k
            for k in np.flatnonzero(np.diff(ends)).tolist()
        }
        keys.append(own)
    everywhere = set(keys[0]).intersection(*keys[1:])
    follows = np.arange(columns[-1])
    for own in keys[1:]:
        for key in everywhere & own.keys():
            follows[own[key]] = keys[0][key]
    barred = [place for own in keys for key, place in own.items() if key not in everywhere]
    return follows, np.array(barred, dtype=np.int64)
