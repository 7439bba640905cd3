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

from jspmodel.solver import neighbourhoods
from jspmodel.solver.diving import dive
from jspmodel.solver.highs import relax
from jspmodel.solver.matrix import Array, Flags, Places
from jspmodel.solver.neighbourhoods import Neighbourhood
from jspmodel.solver.state import EXACT, SearchState
from jspmodel.solver.sub_mip import solve_sub_mip

DIVED = 20
"""Nodes of the search for what a dive leaves open."""
FREED, AROUND, FINE = 300, 10, 5e-4
"""Undecided columns, nodes and gap of a search around a plan."""
SLIGHT = 1e-4
"""Share of the objective that a column may cost and still be useful."""
PATIENCE = 25
"""So many searches around a plan that find nothing end them."""
SHARP = 1e-4
"""Tolerance of the last relaxation."""


@dataclass
class _Kind:
    """One kind of search around a plan, and how many undecided columns it can do with."""

    neighbourhood: Callable[[Array, np.random.Generator, int], Neighbourhood]
    size: int = FREED


def search(state: SearchState, hint: Array | None) -> None:
    """Seek until the gap is proven, the effort is spent, or nothing is found any more.

    Parameters
    ----------
    state : SearchState
    hint : array, optional
        What would be a solution but for the bounds of some columns.
    """
    state.report(None)
    column_map = state.model.column_map
    if hint is not None and not state.done:
        solve_sub_mip(state, neighbourhoods.same_starts(column_map, hint), nodes=DIVED)
    fixed = dive(
        state.model.matrix, column_map, state.relaxation, state.options, state.effort, state.objective
    )
    if not state.done:
        solve_sub_mip(state, (fixed, np.arange(len(fixed))), nodes=DIVED)
    if state.plan is None:
        near = neighbourhoods.near_relaxation(column_map, state.relaxation.values, neighbourhoods.WIDE)
        solve_sub_mip(state, near, nodes=DIVED)
    if not state.done:
        _sharpen(state)
    _NeighbourhoodSearch(state).improve()
    if not state.done and state.plan is not None:
        solve_sub_mip(state, neighbourhoods.additions(column_map, state.plan), nodes=DIVED)


def _sharpen(state: SearchState) -> None:
    """Solve the relaxation more exactly."""
    state.relaxation = relax(state.model.matrix, state.options, SHARP, state.effort.seconds)
    state.effort.spend(state.relaxation.work)
    state.lower("relaxation", state.relaxation.bound)


class _NeighbourhoodSearch:
    """Searches around the best plan."""

    def __init__(self, state: SearchState) -> None:
        self._state, self._column_map = state, state.model.column_map
        self._draw = np.random.default_rng(state.options.seed)

    def improve(self) -> None:
        """Free some programmes, then what some regions take part in, and so on in turn."""
        state, column_map = self._state, self._column_map
        kinds = [_Kind(self._some_programs)]
        if (column_map.places >= 0).any():
            kinds.append(_Kind(self._some_regions))
        failed = 0
        while state.plan is not None and not state.proven and failed < PATIENCE and not state.effort.over:
            kind, before = kinds[0], state.objective
            found = solve_sub_mip(
                state, kind.neighbourhood(state.plan, self._draw, kind.size), FINE, nodes=AROUND
            )
            kind.size = max(kind.size * 7 // 10, 30) if found.status == "limit" else kind.size * 6 // 5
            failed = 0 if state.objective > before + EXACT else failed + 1
            kinds.reverse()

    def _some_programs(self, plan: Array, draw: np.random.Generator, size: int) -> Neighbourhood:
        columns = np.concatenate([self._column_map.start, self._column_map.join])
        useful = self._useful(plan)
        freed = self._drawn(plan, draw, columns, self._column_map.owner, size, useful)
        return neighbourhoods.around_programs(self._column_map, plan, freed, useful)

    def _some_regions(self, plan: Array, draw: np.random.Generator, size: int) -> Neighbourhood:
        column_map, useful = self._column_map, self._useful(plan)
        columns = column_map.join[plan[column_map.start[column_map.parent]] > 0.5]
        freed = self._drawn(plan, draw, columns, column_map.places[:, 0], size, useful)
        return neighbourhoods.around_regions(column_map, plan, freed, useful)

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
        apart = np.bincount(owner, np.abs(plan - self._state.relaxation.values)[columns], owned) + 0.1
        order = draw.choice(len(counts), len(counts), replace=False, p=apart / apart.sum())
        freed = np.zeros(len(counts), dtype=bool)
        freed[order[np.cumsum(counts[order]) <= max(size, counts.max())]] = True
        return freed

    def _useful(self, plan: Array) -> Flags:
        """Return what the plan or the relaxation uses, or could use at little cost."""
        relaxation = self._state.relaxation
        cheap = relaxation.reduced_costs > -SLIGHT * abs(self._state.bound)
        return (relaxation.values > 1e-3) | cheap | (plan > 0.5)
