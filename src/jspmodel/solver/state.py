"""How far a search is: the best plan and what bounds all plans, effort, and what others tell beside it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from copy import copy
from functools import partial

import numpy as np

from jspmodel.reproducible import dot
from jspmodel.solver.effort import Effort
from jspmodel.solver.exchange import ExchangeMessage, Participant
from jspmodel.solver.greedy import build_plan
from jspmodel.solver.highs import Options, RelaxationResult, bound_of, relax
from jspmodel.solver.incumbent import Incumbent
from jspmodel.solver.matrix import Array, ColumnMap, Matrix
from jspmodel.solver.progress import MonotoneProgress, ProgressCallback
from jspmodel.solver.reformulation import Reformulation
from jspmodel.solver.result import SearchResult, Status

EXACT = 1e-6
"""Difference from the bound that counts as none."""
COARSE = 1e-3
"""Tolerance of the first relaxation of a large model."""


class SearchState:
    """The state of a search: a model, its relaxation, the best plan, bounds and the effort that is left.

    Parameters
    ----------
    matrix : Matrix
        With finite bounds of columns.
    column_map : ColumnMap
    options : Options
    effort : Effort
    gap : float
        Share of the objective within which a solution counts as optimal.
    progress : callable, optional
    start : array, shape (columns,), optional
        A solution that is known already.

    Attributes
    ----------
    model : Reformulation
        What is searched.
    relaxation : RelaxationResult
        Of the model: the search goes by it.
    incumbent : Incumbent
        The best solution, in all columns, and bounds.
    plan : array or None
        The best solution, in the columns of the model.
    infeasible : bool
        Whether it is proven that there is no solution.
    ended : bool
        Whether a search beside this one says that there is no need to go on.
    participant : Participant or None
        Of the exchange with searches beside this one.
    """

    def __init__(
        self,
        matrix: Matrix,
        column_map: ColumnMap,
        options: Options,
        effort: Effort,
        gap: float,
        progress: ProgressCallback | None = None,
        start: Array | None = None,
    ) -> None:
        self.options, self.effort, self.gap = options, effort, gap
        self._progress = None if progress is None else MonotoneProgress(progress)
        self.participant: Participant | None = None
        self._time, self._allowed, self.ended, self.infeasible = 0.0, effort.left, False, False
        self.incumbent = Incumbent()
        self.plan: Array | None = None
        self.model = Reformulation(matrix, column_map, options)
        self.lower("columns", bound_of(matrix, np.zeros(len(matrix.row_lower)))[1])
        self.relaxation = self._relax_and_begin(start)
        if not self.model.large and not self.relaxation.infeasible:
            self._build(self.relaxation.values)
            self._reformulate()

    def _relax_and_begin(self, start: Array | None) -> RelaxationResult:
        """Relax the model; where two things may run at a time, a first plan is built meanwhile."""
        relaxing = partial(relax, self.model.matrix, self.options, COARSE, self.effort.seconds)
        if self.options.threads == 1:
            self._begin(start)
            return self._noted(relaxing())
        with ThreadPoolExecutor(1) as aside:
            relaxed = aside.submit(relaxing)
            self._begin(start)
        return self._noted(relaxed.result())

    def _begin(self, start: Array | None) -> None:
        """Take the plan that is known, and one that is built from nothing: one stands before any search."""
        matrix = self.model.matrix
        if start is not None and matrix.bounds_hold(start) and matrix.rows_hold(start):
            self.offer(start)
        self._build()

    def _build(self, relaxed: Array | None = None) -> None:
        """Take a plan that is built from nothing; with a relaxation in view half as far from the best."""
        plan, work = build_plan(self.model.matrix, self.model.column_map, relaxed)
        self.effort.spend(work)
        if plan is not None:
            self.offer(plan)

    def _noted(self, relaxed: RelaxationResult) -> RelaxationResult:
        """Take over what a relaxation proves."""
        self.effort.spend(relaxed.work)
        if relaxed.infeasible and self.plan is None:
            self.infeasible = True
        self.lower("relaxation", relaxed.bound)
        return relaxed

    def _reformulate(self) -> None:
        relaxations = self.model.reformulate(self.relaxation, self.effort.seconds)
        self.relaxation = [self._noted(relaxed) for relaxed in relaxations][-1]
        if self.best is not None:
            self.plan = self.model.project(self.best)

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

    @property
    def over(self) -> bool:
        """Whether nothing more may be begun."""
        return self.proven or self.ended or self.infeasible or self.effort.over

    @property
    def done(self) -> bool:
        """Whether there is a plan, and no need or no effort left to better it."""
        return self.plan is not None and self.over

    @property
    def result(self) -> SearchResult:
        """What the search brought so far."""
        stopped, dropped = self.effort.stopped, self.incumbent.dropped
        status: Status = "clock" if stopped else "limit"
        if self.infeasible or self.proven:
            status = "infeasible" if self.infeasible else "optimal"
        work = self._allowed - self.effort.left
        return SearchResult(status, self.best, self.objective, self.bound, work, stopped, dropped)

    def try_plan(self, values: Array, *, bounds: bool = False) -> bool:
        """Keep a solution of the model if it is the best so far and can be paid, else add cuts.

        Parameters
        ----------
        values : array
        bounds : bool
            Whether what bounds all plans needs the cuts.

        Returns
        -------
        bool
            False if it is better than all others and cannot be paid.
        """
        if self.model.matrix.worth(values) <= self.objective:
            return True
        completed = self.model.complete(values, bounds=bounds)
        if completed is None:
            return False
        self.offer(completed, values)
        return True

    def offer(self, solution: Array, values: Array | None = None) -> bool:
        """Keep a solution in all columns if it is the best so far."""
        kept = self._keep(solution, self.model.project(solution) if values is None else values)
        if kept and self.participant is not None:
            self.participant.send(ExchangeMessage(self._time, solution, self.plan))
        return kept

    def _keep(self, solution: Array, values: Array) -> bool:
        kept = self.incumbent.offer(solution, float(dot(self.model.cost, solution)))
        if kept:
            self.infeasible = False  # whoever said that there is no solution was wrong
            self.plan = values
            self.report(solution)
        return kept

    def lower(self, source: str, bound: float) -> None:
        """Take over a bound if it is lower and no plan contradicts it."""
        if self._bounded(source, bound) and self.participant is not None:
            self.participant.send(ExchangeMessage(self._time, source=source, bound=bound))

    def _bounded(self, source: str, bound: float) -> bool:
        before = self.bound
        self.incumbent.lower(source, bound)
        if self.bound < before:
            self.report(None)
        return self.bound < before

    def report(self, solution: Array | None) -> None:
        """Report how far the search is."""
        if self._progress:
            self._progress(solution, self.objective, self.bound)

    def receive(self, work: float = 0.0) -> None:
        """Take over what searches beside this one tell, this one being so far."""
        self._time = self.effort.spent + work
        if self.participant is None:
            return
        for message in self.participant.receive(self._time):
            self.ended = self.ended or message.over
            if message.best is not None and message.plan is not None:
                self._keep(message.best, message.plan)
            if message.source:
                self._bounded(message.source, message.bound)

    def end(self) -> None:
        """Tell searches beside this one that they need not go on."""
        self.ended = True
        if self.participant is not None:
            self.participant.send(ExchangeMessage(self._time, over=True))

    def fork(self) -> SearchState:
        """Return a search beside this one, from what is known now."""
        other = copy(self)
        other.effort, other._time = self.effort.fork(), 0.0
        other.incumbent, other.model = self.incumbent.fork(), self.model.fork()
        return other

    def merge(self, others: list[SearchState]) -> None:
        """Take over what searches beside this one found, in their order."""
        self.effort.spend(max(other.effort.spent for other in others))
        for other in others:
            self.model.learn(other.model)
            self.effort.stopped = self.effort.stopped or other.effort.stopped
            if other.best is not None and other.objective > self.objective:
                self.offer(other.best, other.plan)
        for other in others:
            self.incumbent.heed(other.incumbent)
        for other in others:
            for source, bound in other.incumbent.bounds().items():
                self.lower(source, bound)
            self.infeasible = self.infeasible or (other.infeasible and self.plan is None)
