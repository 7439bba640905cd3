"""Seek a good plan and prove how good: restricted searches for the plan, a bound from the whole.

Branching on everything at once takes long. Where the relaxation is quick, a plan is sought first near it:
what starts there as a whole starts, what does not start there at all does not, and coalitions are as there.
Then the years or the coalitions of the best plan are fixed in turn, the rest being free, and the search with
nothing fixed starts from that plan and proves the bound. (Kernel search: Angelelli, Mansini and Speranza
2010; searching near a plan: Fischetti and Lodi 2003.)

Where the relaxation is large, it is solved nearly, decided step by step until a small search is left
(diving), and the plan is bettered a few programmes at a time, or a few regions, each of which has budgets to
fill (large neighbourhood search: Shaw 1998; choosing where plan and relaxation differ: Danna, Rothberg and Le
Pape 2005). The bound is that of the relaxation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np

from jspmodel.solver import parts
from jspmodel.solver.clock import Clock
from jspmodel.solver.dive import dive
from jspmodel.solver.highs import LARGE, Options, Solved, Status, Watch, maximise, relax
from jspmodel.solver.matrix import Array, Flags, Layout, Matrix, Places, restrict
from jspmodel.solver.parts import Held

NEAR, PART, WHOLE, AGAIN = 0.25, 0.2, 0.5, 0.2
"""Shares of the time: near the relaxation, one part fixed, nothing fixed, nothing fixed but a bound known."""
DIVE, DIVED = 0.4, 0.1
"""Shares of the time for a dive and for what it leaves open; searches around its plan better it faster."""
WIDE = 0.05
"""Part in the relaxation from which a region joins where rounding at a half leaves a floor out of reach."""
EXACT = 1e-6
"""Difference from the bound that counts as none."""
FILL = 0.05
"""Share of the time that is kept for filling the plan up."""
AROUND, FREED, FINE = 0.08, 300, 5e-4
"""Share of the time, undecided columns and gap of a search around a plan."""
SLIGHT = 1e-4
"""Share of the objective that a column may cost and still be useful."""
PATIENCE = 25
"""So many searches around a plan that find nothing end them."""
BRIEF = 3.0
"""Seconds after which the search of the whole, which proves more, should begin."""
COARSE, SHARP = 1e-3, 1e-4
"""Tolerances of the first and the last relaxation of a large model."""

Better = Callable[[Array, float], None]
"""Called with the values and the objective of each better plan."""


@dataclass
class _Kind:
    """One kind of search around a plan, and how many undecided columns it can do with."""

    held: Callable[[np.random.Generator, int], Held]
    size: int = FREED


class Search:
    """A search on one matrix.

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
        Told of each better plan.
    bound : float, optional
        A bound that is known already.

    Attributes
    ----------
    best : array or None
        The best solution so far.
    objective : float
        What it is worth.
    stopped : bool
        Whether the clock stopped a part of the search: then another run may find another plan.
    bound : float
        No solution is worth more.
    status : str
        Of the search that proved the bound.
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
    ) -> None:
        self._matrix, self._layout, self._options = matrix, layout, options
        self._watch, self._better = watch, better
        self._seconds, self._gap, self._clock = seconds, gap, Clock(seconds)
        self._prove = AGAIN if bound < inf else WHOLE
        self._guess = relax(matrix, options, seconds, COARSE)
        self.best: Array | None = None
        self.objective = -inf
        self.stopped = False
        self.bound = min(bound, self._guess.bound)
        self.status: Status = "infeasible" if self._guess.infeasible else "optimal"

    def run(self, start: Array | None = None, hint: Array | None = None) -> None:
        """Seek.

        Parameters
        ----------
        start : array, optional
            A solution that is known already.
        hint : array, optional
            What would be a solution but for the bounds of some columns.
        """
        if self.status == "infeasible":
            return
        if start is not None:
            self._take(start, float(self._matrix.cost @ start))
        if self._matrix.entries > LARGE:
            self._run_large(hint)
        else:
            self._run_small(hint)
        if self.best is not None and not self.proven:
            self._try(parts.filled(self._layout, self.best), 1.0, keep=0.0)

    @property
    def proven(self) -> bool:
        """Whether the best solution is within the gap asked for."""
        if self.best is None:
            return False
        return self.bound - self.objective <= self._gap * abs(self.objective) + EXACT

    def _run_small(self, hint: Array | None) -> None:
        self._try(parts.near(self._layout, self._guess.values), NEAR)
        if self.best is None:
            self._try(parts.near(self._layout, self._guess.values, WIDE), NEAR)
        known = self.best if hint is None else hint
        if known is not None:
            self._try(parts.years(self._layout, known), min(PART, BRIEF / max(self._seconds, BRIEF)))
        if not self.proven:
            self._prove_whole(1.0 if self.best is None else self._prove)
        self._improve()

    def _prove_whole(self, share: float) -> None:
        nothing = parts.nothing(len(self._matrix.cost))
        whole = self._try(nothing, share, self._gap, self._watch)
        self.bound, self.status = min(self.bound, whole.bound), whole.status

    def _improve(self) -> None:
        """Fix coalitions and years in turn until neither helps, the gap is proven or the time is out."""
        helped = True
        while helped and self.best is not None and not self.proven and self._time_left():
            before = self.objective
            self._try(parts.coalitions(self._layout, self.best, self._guess.values), PART)
            self._try(parts.years(self._layout, self.best), PART)
            helped = self.objective > before + EXACT

    def _run_large(self, hint: Array | None) -> None:
        self._tell()
        if hint is not None:
            self._try(parts.years(self._layout, hint), PART)
        clock = Clock(min(DIVE * self._seconds, self._clock.left))
        fixed = dive(self._matrix, self._layout, self._guess, self._options, clock, self.objective)
        self._try((fixed, np.arange(len(fixed))), DIVED)
        if self.best is None:
            self._begin_with_nothing()
        if self.best is None:
            self._try(parts.near(self._layout, self._guess.values, WIDE), 1.0)
        if not self.proven:
            self._sharpen()
        self._better_around()

    def _begin_with_nothing(self) -> None:
        """Take the plan that carries out nothing, where no rule demands more: it can be bettered."""
        nothing = np.zeros(len(self._matrix.cost))
        if self._matrix.allows(nothing) and self._matrix.keeps(nothing):
            self._take(nothing, 0.0)

    def _sharpen(self) -> None:
        """Solve the relaxation more exactly."""
        self._guess = relax(self._matrix, self._options, min(PART * self._seconds, self._clock.left), SHARP)
        self.bound = min(self.bound, self._guess.bound)
        self._tell()

    def _better_around(self) -> None:
        """Free some programmes, then what some regions take part in, and so on in turn."""
        draw = np.random.default_rng(self._options.seed)
        kinds = [_Kind(self._some_programs)]
        if (self._layout.places >= 0).any():
            kinds.append(_Kind(self._some_regions))
        failed = 0
        while self.best is not None and not self.proven and failed < PATIENCE and self._time_left():
            kind, before = kinds[0], self.objective
            found = self._try(kind.held(draw, kind.size), AROUND, FINE)
            kind.size = max(kind.size * 7 // 10, 30) if found.status == "clock" else kind.size * 6 // 5
            failed = 0 if self.objective > before + EXACT else failed + 1
            kinds.reverse()

    def _some_programs(self, draw: np.random.Generator, size: int) -> Held:
        columns = np.concatenate([self._layout.start, self._layout.join])
        freed = self._drawn(draw, columns, self._layout.owner, size)
        return parts.around_programs(self._layout, self._known, freed, self._useful)

    def _some_regions(self, draw: np.random.Generator, size: int) -> Held:
        layout = self._layout
        columns = layout.join[self._known[layout.start[layout.parent]] > 0.5]
        freed = self._drawn(draw, columns, layout.places[:, 0], size)
        return parts.around_regions(layout, self._known, freed, self._useful)

    def _drawn(self, draw: np.random.Generator, columns: Places, owners: Places, size: int) -> Flags:
        """Draw owners of some columns, rather those in which plan and relaxation differ."""
        owner, owned = owners[columns], owners.max() + 1
        counts = np.bincount(owner, self._useful[columns], owned)
        apart = np.bincount(owner, np.abs(self._known - self._guess.values)[columns], owned) + 0.1
        order = draw.choice(len(counts), len(counts), replace=False, p=apart / apart.sum())
        freed = np.zeros(len(counts), dtype=bool)
        freed[order[np.cumsum(counts[order]) <= max(size, counts.max())]] = True
        return freed

    @property
    def _known(self) -> Array:
        assert self.best is not None  # noqa: S101
        return self.best

    @property
    def _useful(self) -> Flags:
        """What the plan or the relaxation uses, or could use at little cost."""
        guess = self._guess
        cheap = guess.worths > -SLIGHT * abs(self.bound)
        return (guess.values > 1e-3) | cheap | (self._known > 0.5)

    def _time_left(self) -> bool:
        left = self._clock.left > 2 * FILL * self._seconds
        self.stopped = self.stopped or not left
        return left

    def _try(
        self,
        held: Held,
        share: float,
        gap: float | None = None,
        watch: Watch | None = None,
        keep: float = FILL,
    ) -> Solved:
        """Search a part of the model for a better solution."""
        part = restrict(self._matrix, *held)
        seconds = min(share * self._seconds, self._clock.left - keep * self._seconds)
        known = None if self.best is None else part.inside(self.best)
        base = float(self._matrix.cost @ part.base)

        def found(values: Array) -> None:
            self._take(part.whole(values), base + float(part.matrix.cost @ values))

        gap = self._gap / 5 if gap is None else gap
        answer = maximise(part.matrix, self._options, seconds, gap, known, watch, found)
        self.stopped = self.stopped or answer.status == "clock"
        if answer.values is not None:
            found(answer.values)
        return answer

    def _take(self, plan: Array, objective: float) -> None:
        if objective > self.objective:
            self.best, self.objective = plan, objective
            if self._better:
                self._better(plan, objective)

    def _tell(self) -> None:
        if self._watch:
            self._watch(self.objective, self.bound)
