"""A restriction of the model, searched by branch and bound for a plan better than the best."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf
from types import MappingProxyType

import numpy as np

from jspmodel.solver.effort import work_of
from jspmodel.solver.highs import PRESOLVED, Settings, maximise
from jspmodel.solver.matrix import Array, Restriction, restrict
from jspmodel.solver.neighbourhoods import Neighbourhood
from jspmodel.solver.result import SearchResult
from jspmodel.solver.state import EXACT, SearchState

AGAIN = 20
"""So often a restriction is searched again because its best plan could not be paid."""
ASKED = 100
"""Iterations that a search counts beside its own: one that presolve answers is not for nothing."""


def solve_sub_mip(
    state: SearchState,
    neighbourhood: Neighbourhood,
    gap: float | None = None,
    *,
    nodes: int | None = None,
    settings: Settings = MappingProxyType({}),
    bounded: Callable[[float], None] | None = None,
) -> SearchResult:
    """Search a restriction of the model for a better plan, which the state takes over.

    For plans alone that is ``Reformulation.searched``, for bounds its ``matrix``.

    Parameters
    ----------
    state : SearchState
    neighbourhood : Neighbourhood
    gap : float, optional
        Within which the restriction's solution is good enough; by default a fifth of what is asked.
    nodes : int, optional
        Of branch and bound, at most.
    settings : mapping of str to object
        Options of HiGHS, such as ``WITHOUT_HEURISTICS``.
    bounded : callable, optional
        Called with what bounds the restriction.

    Returns
    -------
    SearchResult
        Of the last search, its values being of the restriction.
    """
    gap = state.gap / 5 if gap is None else gap
    for _ in range(AGAIN):
        matrix = state.model.searched if bounded is None else state.model.matrix
        restriction = restrict(matrix, *neighbourhood)
        base = state.model.matrix.worth(restriction.base)
        callbacks = _Callbacks(state, restriction, bounded, limited=nodes is not None)
        result = maximise(
            restriction.matrix,
            state.options,
            gap,
            callbacks.better(),
            nodes=nodes,
            settings={**PRESOLVED, **settings} if bounded is None else settings,
            seconds=state.effort.seconds,
            on_solution=callbacks.found.append,
            on_step=callbacks.on_step,
        )
        state.effort.spend(result.work + work_of(ASKED, restriction.matrix.entries))
        if result.values is not None:
            callbacks.found.append(result.values)
        callbacks.try_found()
        if not callbacks.unpaid or state.over:
            break
    return replace(result, objective=base + result.objective, bound=base + result.bound)


class _Callbacks:
    """What a search of a restriction finds, and what it is told while it runs.

    Parameters
    ----------
    state : SearchState
    restriction : Restriction
    bounded : callable, optional
        Called with what bounds the restriction.
    limited : bool
        Whether it ends anyhow: then it goes on beyond the effort that is left until there is a plan.

    Attributes
    ----------
    found : list of array
        Solutions of the restriction that were not looked at yet.
    unpaid : bool
        Whether a better solution could not be paid: the restriction must be searched again, with cuts.
    """

    def __init__(
        self,
        state: SearchState,
        restriction: Restriction,
        bounded: Callable[[float], None] | None,
        *,
        limited: bool,
    ) -> None:
        self._state, self._restriction, self._bounded, self._limited = state, restriction, bounded, limited
        self._base = state.model.matrix.worth(restriction.base)
        self._known = -inf
        self.found: list[Array] = []
        self.unpaid = False

    def better(self) -> Array | None:
        """Return the best solution as one of the restriction, if the restriction has it."""
        state, restriction = self._state, self._restriction
        self._known = state.objective
        if state.plan is None:
            return None
        known = restriction.project(state.plan)
        return known if np.allclose(restriction.expand(known), state.plan, atol=EXACT) else None

    def try_found(self) -> None:
        """Keep what was found, the best of it first."""
        for values in reversed(self.found):
            self.unpaid = not self._try(values) or self.unpaid
        self.found.clear()

    def _try(self, values: Array) -> bool:
        bounds = self._bounded is not None
        return self._state.try_plan(self._restriction.expand(values), bounds=bounds)

    def on_step(self, work: float, bound: float) -> Array | bool:
        """Return a better solution from elsewhere, or whether to go on."""
        state = self._state
        state.receive(work)
        before = state.objective
        self.try_found()
        if state.objective > before:
            self._known = state.objective
        if self._bounded is not None:
            self._bounded(self._base + bound)
        enough = state.over or state.effort.left <= work
        if self.unpaid or (enough and (state.plan is not None or not self._limited)):
            return False
        known = self.better() if state.objective > self._known else None
        return True if known is None else known
