"""What every search on a matrix shares: the model as it is searched, the best plan, bounds, one attempt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import replace
from math import inf
from threading import Lock

import numpy as np

from jspmodel.proof import contradicts
from jspmodel.solver.benders import Benders
from jspmodel.solver.coalitions import Coalitions
from jspmodel.solver.cutting_planes import relax_with_cuts
from jspmodel.solver.effort import Effort, work_of
from jspmodel.solver.exchange import Exchange, Message, Participant
from jspmodel.solver.funding_cuts import FundingCuts
from jspmodel.solver.greedy import plans
from jspmodel.solver.highs import (
    LARGE,
    WITHOUT_HEURISTICS,
    Options,
    Relaxed,
    bound_of,
    maximise,
    minimised,
    new,
    relax,
)
from jspmodel.solver.incumbent import Incumbent
from jspmodel.solver.matrix import (
    NO_SIDE,
    Array,
    Layout,
    Matrix,
    Part,
    restrict,
    with_rows,
    with_some_rows,
)
from jspmodel.solver.neighbourhoods import Held
from jspmodel.solver.result import SearchResult, Status

BUILT = 3
"""Plans that are built of a model that is not large."""
EXACT = 1e-6
"""Difference from the bound that counts as none."""
COARSE = 1e-3
"""Tolerance of the first relaxation of a large model."""
AGAIN = 20
"""So often a part is searched again because its best plan could not be paid."""

ASKED = 100
"""Iterations that a search counts beside its own: one that presolve answers is not for nothing."""

SearchWatch = Callable[[Array | None, float, float], None]
"""Called with a better plan in all columns (None: the same), the best objective and the bound."""


class State:
    """A model as it is searched, and how far the search is.

    Up to ``LARGE`` coefficients, payments are left out (see ``Benders``) and coalitions listed (see
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
    start : array, shape (columns,), optional
        A solution that is known already.

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
    infeasible : bool
        Whether it is proven that there is no solution.
    plan : array or None
        The best solution, in the columns of ``matrix``.
    best : array or None
        The best solution, in all columns.
    ended : bool
        Whether a search beside this one says that there is no need to go on.
    """

    def __init__(
        self,
        matrix: Matrix,
        layout: Layout,
        options: Options,
        effort: Effort,
        gap: float,
        told: SearchWatch | None = None,
        start: Array | None = None,
    ) -> None:
        self.options, self.effort, self.gap = options, effort, gap
        self._told = None if told is None else MonotoneProgress(told)
        self._participant: Participant | None = None
        self._time, self.ended, self._allowed = 0.0, False, effort.left
        self.incumbent = Incumbent()
        self.plan: Array | None = None
        self.infeasible = False
        self.large = matrix.entries > LARGE
        self._benders = Benders(matrix, NO_SIDE if self.large else layout.side, options)
        self._coalitions: Coalitions | None = None
        self.layout, self.matrix, self.program = layout, matrix, layout.owner
        self.lower("columns", bound_of(matrix, np.zeros(len(matrix.row_lower)))[1])
        self._begin(start)
        self.guess = self._relaxed(matrix)
        if not self.large and not self.guess.infeasible:
            self._restate(layout, self.guess)

    def _begin(self, start: Array | None) -> None:
        """Take the plan that is known and those that are built from nothing: one stands before any search."""
        if start is not None and self.matrix.allows(start) and self.matrix.keeps(start):
            self.offer(start)
        for plan, work in plans(self.matrix, self.layout, 1 if self.large else BUILT):
            self.effort.spend(work)
            if plan is not None:
                self.offer(plan)

    def _relaxed(self, matrix: Matrix, tolerance: float = COARSE) -> Relaxed:
        """Solve a relaxation, which bounds all plans."""
        return self._noted(relax(matrix, self.options, tolerance, self.effort.seconds))

    def _noted(self, relaxed: Relaxed) -> Relaxed:
        self.effort.spend(relaxed.work)
        if relaxed.infeasible and self.plan is None:
            self.infeasible = True
        self.lower("relaxation", relaxed.bound)
        return relaxed

    def _restate(self, layout: Layout, relaxed: Relaxed) -> None:
        """Leave payments out, list coalitions, and relax what is searched then."""
        self._benders.learn(relaxed.duals)
        self.layout = layout.among(self._benders.kept, self._benders.sums)
        self._coalitions = Coalitions(self._benders.matrix, self.layout)
        self.matrix, self.program = self._coalitions.matrix, self._coalitions.program
        self._stated = len(self._benders.matrix.row_lower)
        self._strengthen(
            FundingCuts(self.matrix, self.program[: self._coalitions.listed], self._benders.sums)
        )
        if self.best is not None:
            self.plan = self.known(self.best)

    def _strengthen(self, funding: FundingCuts) -> None:
        """Relax what is searched, with rows that plans keep and it breaks, while they lower its bound."""
        highs, stated = new(self.options, self.effort.seconds), len(self.matrix.row_lower)
        highs.passModel(minimised(self.matrix))
        self.matrix, relaxations = relax_with_cuts(highs, self.matrix, funding)
        self.guess = [self._noted(relaxed) for relaxed in relaxations][-1]
        duals = self.guess.duals
        kept = np.flatnonzero((np.arange(len(duals)) < stated) | (duals != 0))
        self.matrix, self.guess = with_some_rows(self.matrix, kept), replace(self.guess, duals=duals[kept])

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
    def result(self) -> SearchResult:
        """What the search brought so far."""
        stopped = self.effort.stopped
        status: Status = "clock" if stopped else "limit"
        if self.infeasible or self.proven:
            status = "infeasible" if self.infeasible else "optimal"
        work = self._allowed - self.effort.left
        return SearchResult(
            status, self.best, self.objective, self.bound, work, stopped, self.incumbent.dropped
        )

    def known(self, values: Array) -> Array:
        """Return a solution of the whole in the columns of ``matrix``."""
        inside = self._benders.inside(values)
        return inside if self._coalitions is None else self._coalitions.inside(inside)

    def attempt(
        self,
        held: Held,
        gap: float | None = None,
        *,
        nodes: int | None = None,
        heuristics: bool = True,
        bounded: Callable[[float], None] | None = None,
    ) -> SearchResult:
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
        bounded : callable, optional
            Called with what bounds the part.

        Returns
        -------
        SearchResult
            Of the last search, its values being of the part.
        """
        gap = self.gap / 5 if gap is None else gap
        for _ in range(AGAIN):
            part = restrict(self.matrix, *held)
            base = float(self.matrix.cost @ part.base)
            talk = _Talk(self, part, bounded, limited=nodes is not None)
            answer = maximise(
                part.matrix,
                self.options,
                gap,
                talk.better(),
                nodes=nodes,
                settings={} if heuristics else WITHOUT_HEURISTICS,
                seconds=self.effort.seconds,
                found=talk.found.append,
                asked=talk.asked,
            )
            self.effort.spend(answer.work + work_of(ASKED, part.matrix.entries))
            if answer.values is not None:
                talk.found.append(answer.values)
            talk.settle()
            if not talk.unpaid or self.over:
                break
        return replace(answer, objective=base + answer.objective, bound=base + answer.bound)

    def receive(self, work: float = 0.0) -> None:
        """Take over what searches beside this one tell, this one being so far."""
        self._time = self.effort.spent + work
        if self._participant is None:
            return
        for message in self._participant.receive(self._time):
            self.ended = self.ended or message.over
            if message.best is not None and message.plan is not None:
                self._keep(message.best, message.plan)
            if message.source:
                self._bounded(message.source, message.bound)

    @property
    def over(self) -> bool:
        """Whether nothing more may be begun."""
        return self.proven or self.ended or self.infeasible or self.effort.over

    @property
    def done(self) -> bool:
        """Whether there is a plan, and no need or no effort left to better it."""
        return self.plan is not None and self.over

    def take(self, values: Array) -> bool:
        """Keep a solution if it is the best so far and can be paid, else learn cuts.

        Returns
        -------
        bool
            False if it is better than all others and cannot be paid.
        """
        if float(self.matrix.cost @ values) <= self.objective:
            return True
        whole = values if self._coalitions is None else self._coalitions.outside(values)
        settled = self._benders.settle(whole)
        if settled is None:
            self._learn()
            return False
        self.offer(settled, values)
        return True

    def offer(self, settled: Array, values: Array | None = None) -> bool:
        """Keep a solution in all columns if it is the best so far."""
        kept = self._keep(settled, self.known(settled) if values is None else values)
        if kept and self._participant is not None:
            self._participant.send(Message(self._time, settled, self.plan))
        return kept

    def _keep(self, settled: Array, values: Array) -> bool:
        kept = self.incumbent.offer(settled, float(self._benders.cost @ settled))
        if kept:
            self.infeasible = False  # whoever said that there is no solution was wrong
            self.plan = values
            self.tell(settled)
        return kept

    def _learn(self) -> None:
        """Take over the cuts that say what cannot be paid."""
        if self._coalitions is not None:
            new = slice(self._stated, None)
            told = self._benders.matrix
            self._stated = len(told.row_lower)
            rows = (told.rows[new] @ self._coalitions.onto).tocsr()
            self.matrix = with_rows(self.matrix, rows, told.row_lower[new], told.row_upper[new])

    def lower(self, source: str, bound: float) -> None:
        """Take over a bound if it is lower and no plan contradicts it."""
        if self._bounded(source, bound) and self._participant is not None:
            self._participant.send(Message(self._time, source=source, bound=bound))

    def _bounded(self, source: str, bound: float) -> bool:
        before = self.bound
        self.incumbent.lower(source, bound)
        if self.bound < before:
            self.tell(None)
        return self.bound < before

    def tell(self, plan: Array | None) -> None:
        """Tell how far the search is."""
        if self._told:
            self._told(plan, self.objective, self.bound)

    def beside(self, tasks: Sequence[Callable[[State], None]]) -> None:
        """Do tasks side by side, each from what is known now; the one that takes longest counts as effort.

        Parameters
        ----------
        tasks : sequence of callable
            Called with a search of their own. They hear of each other's plans and bounds; in the end this
            search takes over what they found, in their order.
        """
        forks, exchange = [self._fork() for _ in tasks], Exchange(len(tasks), self.options.threads)

        def run(party: int) -> None:
            with exchange.participant(party) as participant:
                forks[party]._participant = participant
                tasks[party](forks[party])

        with ThreadPoolExecutor(len(tasks)) as pool:
            list(pool.map(run, range(len(tasks))))
        self._merge(forks)

    def end(self) -> None:
        """Tell searches beside this one that they need not go on."""
        self.ended = True
        if self._participant is not None:
            self._participant.send(Message(self._time, over=True))

    def _fork(self) -> State:
        other = copy(self)
        other.effort, other._time = self.effort.fork(), 0.0
        other.incumbent = self.incumbent.fork()
        other._benders = self._benders.fork()
        return other

    def _merge(self, others: list[State]) -> None:
        """Take over what searches beside this one found, in their order."""
        self.effort.spend(max(other.effort.spent for other in others))
        for other in others:
            self.effort.stopped = self.effort.stopped or other.effort.stopped
            if other.best is not None and other.objective > self.objective:
                self.offer(other.best, other.plan)
        for other in others:
            self.incumbent.heed(other.incumbent)
        for other in others:
            for source, bound in other.incumbent.bounds().items():
                self.lower(source, bound)
            if other.infeasible and self.plan is None:
                self.infeasible = True


class _Talk:
    """What a search of a part finds, and what it is told while it runs.

    Parameters
    ----------
    state : State
    part : Part
    bounded : callable, optional
        Called with what bounds the part.
    limited : bool
        Whether it ends anyhow: then it goes on beyond the effort that is left until there is a plan.

    Attributes
    ----------
    found : list of array
        Solutions of the part that were not looked at yet.
    unpaid : bool
        Whether a better solution could not be paid: the part must be searched again, with cuts.
    """

    def __init__(
        self, state: State, part: Part, bounded: Callable[[float], None] | None, *, limited: bool
    ) -> None:
        self._state, self._part, self._bounded, self._limited = state, part, bounded, limited
        self._base = float(state.matrix.cost @ part.base)
        self._known = -inf
        self.found: list[Array] = []
        self.unpaid = False

    def better(self) -> Array | None:
        """Return the best solution as one of the part, if the part has it."""
        state, part = self._state, self._part
        self._known = state.objective
        if state.plan is None:
            return None
        known = part.inside(state.plan)
        return known if np.allclose(part.whole(known), state.plan, atol=EXACT) else None

    def settle(self) -> None:
        """Keep what was found, the best of it first."""
        for values in reversed(self.found):
            self.unpaid = not self._state.take(self._part.whole(values)) or self.unpaid
        self.found.clear()

    def asked(self, work: float, bound: float) -> Array | bool:
        """Return a better solution from elsewhere, or whether to go on."""
        state = self._state
        state.receive(work)
        before = state.objective
        self.settle()
        if state.objective > before:
            self._known = state.objective
        if self._bounded is not None:
            self._bounded(self._base + bound)
        enough = state.over or state.effort.left <= work
        if self.unpaid or (enough and (state.plan is not None or not self._limited)):
            return False
        known = self.better() if state.objective > self._known else None
        return True if known is None else known


class MonotoneProgress:
    """Tells of better plans and bounds, from whatever thread they come.

    Parameters
    ----------
    told : SearchWatch
    """

    def __init__(self, told: SearchWatch) -> None:
        self._told, self._lock = told, Lock()
        self._objective, self._bound = -inf, inf

    def __call__(self, plan: Array | None, objective: float, bound: float) -> None:
        """Tell what is better than all that was told."""
        with self._lock:
            better = objective > self._objective
            self._objective = max(objective, self._objective)
            wrong = contradicts(self._objective, self._bound)
            if not (better or wrong or bound < self._bound):
                return
            self._bound = bound if wrong else min(bound, self._bound)
            self._told(plan if better else None, self._objective, self._bound)
