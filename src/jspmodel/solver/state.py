"""What every search on a matrix shares: the model as it is searched, the best plan, bounds, one attempt."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from math import inf

import numpy as np

from jspmodel.solver.coalitions import Coalitions
from jspmodel.solver.effort import Effort, work_of
from jspmodel.solver.highs import (
    LARGE,
    WITHOUT_HEURISTICS,
    Options,
    Relaxed,
    Solved,
    Status,
    maximise,
    relax,
)
from jspmodel.solver.incumbent import Incumbent
from jspmodel.solver.matrix import NO_SIDE, Array, Layout, Matrix, Part, Places, restrict, with_rows
from jspmodel.solver.parts import Held
from jspmodel.solver.projection import Projection

EXACT = 1e-6
"""Difference from the bound that counts as none."""
COARSE = 1e-3
"""Tolerance of the first relaxation of a large model."""
AGAIN = 20
"""So often a part is searched again because its best plan could not be paid."""

ASKED = 100
"""Iterations that a search counts beside its own: one that presolve answers is not for nothing."""

Told = Callable[[Array | None, float, float], None]
"""Called with a better plan in all columns (None: the same), the best objective and the bound."""


class State:
    """A model as it is searched, and how far the search is.

    Up to ``LARGE`` coefficients, payments are left out (see ``Projection``) and coalitions listed (see
    ``Coalitions``): the arrays inside are of those columns. Larger models are searched as they are stated.

    Parameters
    ----------
    matrix : Matrix
        With finite bounds of columns.
    layout : Layout
    options : Options
    effort : Effort
    gap : float
        Share of the objective within which a solution counts as optimal.
    told : callable, optional

    Attributes
    ----------
    matrix : Matrix
        What is searched: it takes in cuts on the way.
    layout : Layout
        Of the original's columns, without payments where they are left out.
    program : array of int, shape (columns,)
        The programme of each column of ``matrix``; -1 for none.
    guess : Relaxed
        The relaxation that the search goes by.
    large : bool
    status : str
        ``infeasible`` if it is proven that there is no solution.
    plan : array or None
        The best solution, in the columns of ``matrix``.
    best : array or None
        The best solution, in all columns.
    """

    def __init__(
        self,
        matrix: Matrix,
        layout: Layout,
        options: Options,
        effort: Effort,
        gap: float,
        told: Told | None = None,
    ) -> None:
        self.options, self.effort, self.gap, self._told = options, effort, gap, told
        self.incumbent = Incumbent()
        self.plan: Array | None = None
        self.large = matrix.entries > LARGE
        relaxed = relax(matrix, options, COARSE, effort.seconds)
        self.status: Status = "infeasible" if relaxed.infeasible else "optimal"
        effort.spend(relaxed.work)
        self._projection = Projection(matrix, NO_SIDE if self.large else layout.side, options)
        self._coalitions: Coalitions | None = None
        self.layout, self.matrix, self.guess, self.program = layout, matrix, relaxed, layout.owner
        self.lower("relaxation", relaxed.bound)
        if not self.large and not relaxed.infeasible:
            self._restate(layout, relaxed)

    def _restate(self, layout: Layout, relaxed: Relaxed) -> None:
        """Leave payments out, list coalitions, and relax what is searched then."""
        self._projection.learn(relaxed.duals)
        self.layout = layout.among(self._projection.kept, self._projection.sums)
        self._coalitions = Coalitions(self._projection.matrix, self.layout)
        self.matrix, self.program = self._coalitions.matrix, self._coalitions.program
        self._stated = len(self._projection.matrix.row_lower)
        self.guess = relax(self.matrix, self.options, seconds=self.effort.seconds)
        self.effort.spend(self.guess.work)
        if self.guess.infeasible:
            self.status = "infeasible"
        self.lower("relaxation", self.guess.bound)

    @property
    def objective(self) -> float:
        """What the best solution is worth; ``-inf`` if there is none."""
        return self.incumbent.objective

    @property
    def best(self) -> Array | None:
        """The best solution, in all columns."""
        return self.incumbent.plan

    @property
    def bound(self) -> float:
        """No solution is worth more."""
        return self.incumbent.bound

    @property
    def proven(self) -> bool:
        """Whether the best solution is within the gap asked for."""
        return self.incumbent.proven(self.gap, EXACT)

    def known(self, values: Array) -> Array:
        """Return a solution of the whole in the columns of ``matrix``."""
        inside = self._projection.inside(values)
        return inside if self._coalitions is None else self._coalitions.inside(inside)

    def attempt(
        self, held: Held, gap: float | None = None, *, nodes: int | None = None, heuristics: bool = True
    ) -> Solved:
        """Search a part of the model for a better solution.

        Parameters
        ----------
        held : Held
        gap : float, optional
            Within which the part's solution is good enough; by default a fifth of what is asked.
        nodes : int, optional
            Of branch and bound, at most.
        heuristics : bool
            Whether HiGHS looks for solutions beside the tree.

        Returns
        -------
        Solved
            Of the last search, its values being of the part.
        """
        gap = self.gap / 5 if gap is None else gap
        for _ in range(AGAIN):
            part = restrict(self.matrix, *held)
            known, base = self._inside(part), float(self.matrix.cost @ part.base)
            plans: list[Array] = []
            answer = maximise(
                part.matrix,
                self.options,
                gap,
                known,
                nodes=nodes,
                settings={} if heuristics else WITHOUT_HEURISTICS,
                seconds=self.effort.seconds,
                found=plans.append,
            )
            self.effort.spend(answer.work + work_of(ASKED, part.matrix.entries))
            plans += [] if answer.values is None else [answer.values]
            rows = len(self.matrix.row_lower)
            best = max((self._take(part.whole(values)) for values in reversed(plans)), default=-inf)
            if best <= self.objective + EXACT or len(self.matrix.row_lower) == rows or self.effort.over:
                break
        return Solved(answer.status, answer.values, base + answer.objective, base + answer.bound, answer.work)

    def _inside(self, part: Part) -> Array | None:
        """Return the best solution as one of a part, if the part has it."""
        if self.plan is None:
            return None
        known = part.inside(self.plan)
        return known if np.allclose(part.whole(known), self.plan, atol=EXACT) else None

    def _take(self, values: Array) -> float:
        """Keep a solution if it is the best so far and can be paid; return what it is worth."""
        objective = float(self.matrix.cost @ values)
        if objective > self.objective:
            self.take(values)
        return objective

    def take(self, values: Array) -> bool:
        """Keep a solution if it is the best so far and can be paid, else learn cuts; return whether."""
        whole = values if self._coalitions is None else self._coalitions.outside(values)
        settled = self._projection.settle(whole)
        if settled is None:
            self._learn()
            return False
        return self.offer(settled, values)

    def payable(self, values: Array) -> bool:
        """Return whether what is chosen can be paid."""
        whole = values if self._coalitions is None else self._coalitions.outside(values)
        return self._projection.settle(whole, learn=False) is not None

    def offer(self, settled: Array, values: Array | None = None) -> bool:
        """Keep a solution in all columns if it is the best so far."""
        objective = float(self._projection.cost @ settled)
        kept = self.incumbent.offer(settled, objective)
        if kept:
            self.status = "optimal"  # whoever said that there is no solution was wrong
            self.plan = self.known(settled) if values is None else values
            self.tell(settled)
        return kept

    def _learn(self) -> None:
        """Take over the cuts that say what cannot be paid."""
        if self._coalitions is not None:
            new = slice(self._stated, None)
            told = self._projection.matrix
            self._stated = len(told.row_lower)
            rows = (told.rows[new] @ self._coalitions.onto).tocsr()
            self.matrix = with_rows(self.matrix, rows, told.row_lower[new], told.row_upper[new])

    def lower(self, source: str, bound: float) -> None:
        """Take over a bound if it is lower and no plan contradicts it."""
        before = self.bound
        self.incumbent.lower(source, bound)
        if self.bound < before:
            self.tell(None)

    def tell(self, plan: Array | None) -> None:
        """Tell how far the search is."""
        if self._told:
            self._told(plan, self.objective, self.bound)

    def fork(self) -> State:
        """Return a search that goes on beside this one, from what is known now, and tells nobody."""
        other = copy(self)
        other._told, other.effort = None, copy(self.effort)
        other.incumbent = self.incumbent.fork()
        other._projection = self._projection.fork()
        return other

    def merge(self, others: list[State]) -> None:
        """Take over what searches beside this one found, in their order."""
        before = self.effort.left
        for other in others:
            self.effort.spend(before - other.effort.left)
            self.effort.stopped = self.effort.stopped or other.effort.stopped
            if other.best is not None and other.objective > self.objective:
                self.offer(other.best, other.plan)
        for other in others:
            self.incumbent.heed(other.incumbent)
        for other in others:
            for source, bound in other.incumbent.bounds().items():
                self.lower(source, bound)
            if other.status == "infeasible" and self.plan is None:
                self.status = "infeasible"

    def undecided(self) -> Places:
        """Return the whole columns in the order in which the relaxation would use them."""
        worth = np.where(self.guess.values > EXACT, 0.0, self.guess.worths)
        order = np.argsort(-worth, kind="stable")
        return order[self.matrix.whole[order]]
