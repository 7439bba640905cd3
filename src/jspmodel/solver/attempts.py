"""What every search on a matrix shares: the best plan so far, the bound, the clock, and one attempt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import inf

from jspmodel.solver.clock import Clock
from jspmodel.solver.cutting import Rows, root_cuts, with_rows
from jspmodel.solver.highs import LARGE, Options, Relaxed, Solved, Status, Watch, maximise, relax
from jspmodel.solver.matrix import NO_SIDE, Array, Layout, Matrix, restrict
from jspmodel.solver.parts import Held
from jspmodel.solver.projection import Projection

EXACT = 1e-6
"""Difference from the bound that counts as none."""
FILL = 0.05
"""Share of the time that is kept for filling the plan up."""
COARSE = 1e-3
"""Tolerance of the first relaxation of a large model."""
AGAIN = 20
"""So often a part is searched again because its best plan could not be paid."""

Better = Callable[[Array, float], None]
"""Called with the values and the objective of each better plan."""


@dataclass(frozen=True)
class _Asked:
    """How a part is searched; see ``attempt``."""

    options: Options
    seconds: float
    gap: float
    nodes: int | None = None
    whole: bool = False


class Attempts:
    """Attempts at a matrix, and the best of them.

    Below ``LARGE`` they are made without the side columns (see ``Projection``), from which each plan that is
    found takes what it lacks: inside, all arrays are of the columns that are kept.

    Parameters
    ----------
    matrix : Matrix
        With finite bounds of columns.
    layout : Layout
    options : Options
    seconds : float
    gap : float
        Share of the objective within which a solution counts as optimal.
    watch : callable, optional
        Told of the best objective and the bound.
    better : callable, optional
        Told of each better plan, with the values of all columns.
    bound : float, optional
        A bound that is known already.
    cuts : tuple, optional
        Cuts of ``matrix`` that are known already, and still hold.

    Attributes
    ----------
    cuts : tuple or None
        Those that were found or known.
    objective : float
        What the best solution is worth; ``-inf`` if there is none.
    stopped : bool
        Whether the clock stopped a part of the search: then another run may find another plan.
    known, bound : float
        No solution is worth more: what was known at first, and by now.
    status : str
        ``infeasible`` if there is no solution.
    guess : Relaxed
        The relaxation that attempts go by.
    plan : array or None
        The best solution, in the columns that are kept.
    best : array or None
        The best solution, in all columns.
    """

    def __init__(
        self,
        matrix: Matrix,
        layout: Layout,
        options: Options,
        seconds: float,
        gap: float,
        watch: Watch | None = None,
        better: Better | None = None,
        bound: float = inf,
        cuts: Rows | None = None,
    ) -> None:
        self.options, self.seconds, self.gap, self.clock = options, seconds, gap, Clock(seconds)
        self._watch, self._better, self.cuts = watch, better, cuts
        relaxed = relax(matrix, options, seconds, COARSE)
        self.large = matrix.entries > LARGE
        self._projection = Projection(matrix, NO_SIDE if self.large else layout.side, options)
        self.layout: Layout = layout
        self.guess: Relaxed = relaxed
        if not self.large:
            self._projection.learn(relaxed.duals)
            self.layout = layout.among(self._projection.kept, self._projection.sums)
            self.guess = relax(self.matrix, options, self.clock.left)
        self.plan: Array | None = None
        self.best: Array | None = None
        self.objective = -inf
        self.stopped = False
        self.known, self.bound = bound, min(bound, relaxed.bound)
        self.status: Status = "infeasible" if relaxed.infeasible else "optimal"

    @property
    def matrix(self) -> Matrix:
        """Return what is searched: it takes in cuts on the way."""
        return self._projection.matrix

    def inside(self, values: Array) -> Array:
        """Return a solution of the whole as one of ``matrix``."""
        return self._projection.inside(values)

    @property
    def proven(self) -> bool:
        """Whether the best solution is within the gap asked for."""
        if self.plan is None:
            return False
        return self.bound - self.objective <= self.gap * abs(self.objective) + EXACT

    def time_left(self) -> bool:
        """Whether there is time for another attempt; if not, the clock has stopped the search."""
        left = self.clock.left > 2 * FILL * self.seconds
        self.stopped = self.stopped or not left
        return left

    def attempt(
        self,
        held: Held,
        share: float,
        gap: float | None = None,
        *,
        nodes: int | None = None,
        whole: bool = False,
        keep: float = FILL,
    ) -> Solved:
        """Search a part of the model for a better solution.

        Parameters
        ----------
        held : Held
        share : float
            Of the time, at most; what is kept of it for the end is ``keep``.
        gap : float, optional
            Within which the part's solution is good enough; by default a fifth of what is asked.
        nodes : int, optional
            Of branch and bound, at most.
        whole : bool
            Whether the part is the whole: its bound is told, and it may use all threads.

        Returns
        -------
        Solved
            Of the last search, its values being of the part.
        """
        seconds = self._seconds(share, keep)
        gap = self.gap / 5 if gap is None else gap
        for _ in range(AGAIN):
            rows = len(self.matrix.row_lower)
            asked = _Asked(self.options, seconds.left, gap, nodes, whole)
            answer = self._once(held, asked, self.take)
            forbidden = answer.values is not None and answer.objective > self.objective + EXACT
            if not forbidden or len(self.matrix.row_lower) == rows or not seconds.left:
                break
        self.stopped = self.stopped or answer.status == "clock"
        return answer

    def attempts(self, parts: Sequence[Held], share: float) -> None:
        """Search several parts, each from the best solution as it is now, at once if there are threads.

        Parameters
        ----------
        parts : sequence of Held
        share : float
            Of the time, at most, for each.
        """
        alone = replace(self.options, threads=1)

        def search(held: Held) -> tuple[Solved, list[Array]]:
            plans: list[Array] = []
            asked = _Asked(alone, self._seconds(share, FILL).left, self.gap / 5)
            return self._once(held, asked, plans.append), plans

        with ThreadPoolExecutor(self.options.threads) as pool:
            answers = list(pool.map(search, parts))
        for answer, plans in answers:
            self.stopped = self.stopped or answer.status == "clock"
            for plan in reversed(plans):
                self.take(plan)

    def _seconds(self, share: float, keep: float) -> Clock:
        return Clock(min(share * self.seconds, self.clock.left - keep * self.seconds))

    def _once(self, held: Held, asked: _Asked, found: Callable[[Array], None]) -> Solved:
        part = restrict(self.matrix, *held)
        known = None if self.plan is None else part.inside(self.plan)
        base = float(self.matrix.cost @ part.base)

        def watch(_: float, bound: float) -> None:
            self.bound = min(self.bound, bound)
            self.tell()

        answer = maximise(
            part.matrix,
            asked.options,
            asked.seconds,
            asked.gap,
            known,
            watch if asked.whole else None,
            lambda values: found(part.whole(values)),
            nodes=asked.nodes,
            parallel=asked.whole,
        )
        if answer.values is not None:
            found(part.whole(answer.values))
        return Solved(answer.status, answer.values, base + answer.objective, base + answer.bound)

    def cut(self, share: float) -> None:
        """Add the cuts of the root node, unless some are known; look for a share of the time at most."""
        if self.cuts is None:
            seconds = min(share * self.seconds, self.clock.left)
            self.cuts, finished = root_cuts(self.matrix, self.options, seconds)
            self.stopped = self.stopped or not finished
        self._projection.matrix = with_rows(self.matrix, *self.cuts)

    def take(self, plan: Array) -> None:
        """Keep a solution if it is the best so far, and nothing at the side forbids it."""
        objective = float(self.matrix.cost @ plan)
        if objective <= self.objective:
            return
        settled = self._projection.settle(plan)
        if settled is not None:
            self.plan, self.best, self.objective = plan, settled, objective
            if self._better:
                self._better(settled, objective)

    def lower(self, bound: float) -> None:
        """Take over a bound if it is lower."""
        if bound < self.bound:
            self.bound = bound
            self.tell()

    def tell(self) -> None:
        """Tell how far the search is."""
        if self._watch:
            self._watch(self.objective, self.bound)
