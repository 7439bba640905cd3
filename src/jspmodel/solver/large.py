"""Search a model whose relaxation takes long: dive from it, then better the plan in its neighbourhoods.

The relaxation is solved nearly, decided step by step until a small search is left (diving), and the plan is
bettered a few programmes at a time, or a few regions, each of which has budgets to fill (large neighbourhood
search: Shaw 1998; choosing where plan and relaxation differ: Danna, Rothberg and Le Pape 2005). The bound is
that of the relaxation, until cuts better it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jspmodel.solver import parts
from jspmodel.solver.attempts import EXACT, Attempts
from jspmodel.solver.clock import Clock
from jspmodel.solver.dive import dive
from jspmodel.solver.highs import relax
from jspmodel.solver.matrix import Array, Flags, Places
from jspmodel.solver.parts import Held
from jspmodel.solver.root import Root

PART = 0.2
"""Share of the time for a search near a hint, and for the relaxation once more."""
DIVE, DIVED = 0.4, 0.1
"""Shares of the time for a dive and for what it leaves open; searches around its plan better it faster."""
AROUND, FREED, FINE = 0.08, 300, 5e-4
"""Share of the time, undecided columns and gap of a search around a plan."""
SLIGHT = 1e-4
"""Share of the objective that a column may cost and still be useful."""
PATIENCE = 25
"""So many searches around a plan that find nothing end them."""
SHARP = 1e-4
"""Tolerance of the last relaxation."""
VAST = 1_000_000
"""Coefficients above which cuts at the root, for which an exact relaxation is needed, take too long."""


@dataclass
class _Kind:
    """One kind of search around a plan, and how many undecided columns it can do with."""

    held: Callable[[Array, np.random.Generator, int], Held]
    size: int = FREED


def search_large(search: Attempts, hint: Array | None) -> None:
    """Seek.

    Parameters
    ----------
    search : Attempts
    hint : array, optional
        What would be a solution but for the bounds of some columns.
    """
    search.tell()
    if search.options.threads == 1 or search.matrix.entries > VAST:
        _seek(search, hint)
        return
    root = Root(
        search.matrix, search.layout, search.guess.duals, search.options, search.clock.left, search.lower
    )
    try:
        _seek(search, hint)
    finally:
        root.end()
        search.stopped = search.stopped or root.helped


def _seek(search: Attempts, hint: Array | None) -> None:
    layout = search.layout
    if hint is not None:
        search.attempt(parts.years(layout, hint), PART)
    clock = Clock(min(DIVE * search.seconds, search.clock.left))
    fixed = dive(search.matrix, layout, search.guess, search.options, clock, search.objective)
    search.attempt((fixed, np.arange(len(fixed))), DIVED)
    if search.plan is None:
        _begin_with_nothing(search)
    if search.plan is None:
        search.attempt(parts.near(layout, search.guess.values, parts.WIDE), 1.0)
    if not search.proven:
        _sharpen(search)
    _Around(search).better()


def _begin_with_nothing(search: Attempts) -> None:
    """Take the plan that carries out nothing, where no rule demands more: it can be bettered."""
    nothing = np.zeros(len(search.matrix.cost))
    if search.matrix.allows(nothing) and search.matrix.keeps(nothing):
        search.take(nothing)


def _sharpen(search: Attempts) -> None:
    """Solve the relaxation more exactly."""
    seconds = min(PART * search.seconds, search.clock.left)
    search.guess = relax(search.matrix, search.options, seconds, SHARP)
    search.lower(search.guess.bound)


class _Around:
    """Searches around the best plan."""

    def __init__(self, search: Attempts) -> None:
        self._search, self._layout = search, search.layout
        self._draw = np.random.default_rng(search.options.seed)

    def better(self) -> None:
        """Free some programmes, then what some regions take part in, and so on in turn."""
        search, layout = self._search, self._layout
        kinds = [_Kind(self._some_programs)]
        if (layout.places >= 0).any():
            kinds.append(_Kind(self._some_regions))
        failed = 0
        while search.plan is not None and not search.proven and failed < PATIENCE and search.time_left():
            kind, before = kinds[0], search.objective
            found = search.attempt(kind.held(search.plan, self._draw, kind.size), AROUND, FINE)
            kind.size = max(kind.size * 7 // 10, 30) if found.status == "clock" else kind.size * 6 // 5
            failed = 0 if search.objective > before + EXACT else failed + 1
            kinds.reverse()

    def _some_programs(self, plan: Array, draw: np.random.Generator, size: int) -> Held:
        columns = np.concatenate([self._layout.start, self._layout.join])
        useful = self._useful(plan)
        freed = self._drawn(plan, draw, columns, self._layout.owner, size, useful)
        return parts.around_programs(self._layout, plan, freed, useful)

    def _some_regions(self, plan: Array, draw: np.random.Generator, size: int) -> Held:
        layout, useful = self._layout, self._useful(plan)
        columns = layout.join[plan[layout.start[layout.parent]] > 0.5]
        freed = self._drawn(plan, draw, columns, layout.places[:, 0], size, useful)
        return parts.around_regions(layout, plan, freed, useful)

    def _drawn(
        self,
        plan: Array,
        draw: np.random.Generator,
        columns: Places,
        owners: Places,
        size: int,
        useful: Flags,
    ) -> Flags:
        """Draw owners of some columns, rather those in which plan and relaxation differ."""
        owner, owned = owners[columns], owners.max() + 1
        counts = np.bincount(owner, useful[columns], owned)
        apart = np.bincount(owner, np.abs(plan - self._search.guess.values)[columns], owned) + 0.1
        order = draw.choice(len(counts), len(counts), replace=False, p=apart / apart.sum())
        freed = np.zeros(len(counts), dtype=bool)
        freed[order[np.cumsum(counts[order]) <= max(size, counts.max())]] = True
        return freed

    def _useful(self, plan: Array) -> Flags:
        """Return what the plan or the relaxation uses, or could use at little cost."""
        guess = self._search.guess
        cheap = guess.worths > -SLIGHT * abs(self._search.bound)
        return (guess.values > 1e-3) | cheap | (plan > 0.5)
