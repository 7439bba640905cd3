"""Searches of parts of a model that is relaxed; no clock decides what they find."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace

import numpy as np

from jspmodel.solver import neighbourhoods
from jspmodel.solver.effort import work_of
from jspmodel.solver.highs import (
    NO_RESTART,
    PLANS_ONLY,
    WITHOUT_HEURISTICS,
    WITHOUT_SUB_MIPS,
    Options,
    RelaxationResult,
    Settings,
    StepCallback,
    maximise,
)
from jspmodel.solver.matrix import Array, Flags, Matrix, Places, restrict
from jspmodel.solver.neighbourhoods import Neighbourhood
from jspmodel.solver.result import SearchResult

ONE_THREAD = Options(threads=1, seed=1)
GAP = 0.003
"""Share of the objective within which a search ends."""
CHEAP = 0.004
"""Share of the bound that a column may cost by the relaxation to be free in a search around a plan."""
WIDE, LEAST = 2, 30
"""How many times what the relaxation uses a first plan is sought among; what counts as used at least."""
KERNEL = 45
"""Columns that the relaxation would use first, in a part of the model."""
KERNEL_ROOT: Settings = {**PLANS_ONLY, "mip_heuristic_run_rens": False}
"""Searches near the relaxation within that part take as long as all others, for little more."""
FREED, FEW = 5, 5
"""Programmes that a search around a plan leaves free, and its nodes."""
FEW_HEURISTICS: Settings = {
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_root_reduced_cost": False,
}
"""Searches within a search are not asked whether to go on, so one that is counted does without them."""
ASKED = 100
"""Iterations that a search counts beside its own: stating a part of the model is not for nothing."""
REACH = 0.33
"""Share of what is open between plan and relaxation that a proof may close: it seldom closes as much."""


@dataclass(frozen=True, eq=False)
class RelaxedModel:
    """A model, restated, with the rows that were added to it, and its relaxation.

    Attributes
    ----------
    matrix : Matrix
    relaxed : RelaxationResult
    plain : Matrix or None
        With rows about sets of funds in place of sums of payments: what is searched for plans, if there.
        Proofs have the sums, from which HiGHS takes better cuts.
    """

    matrix: Matrix
    relaxed: RelaxationResult
    plain: Matrix | None = None

    @property
    def searched(self) -> Matrix:
        """What is searched for plans."""
        return self.matrix if self.plain is None else self.plain


class RelaxedSearch(ABC):
    """Searches parts of a model that is relaxed; plans are values of the columns of the original.

    Parameters
    ----------
    program : array of int, shape (columns,)
        The number of the programme of each column of the model as it is searched; -1 for none.

    Attributes
    ----------
    work : float
        Units that the searches have taken so far.
    """

    def __init__(self, program: Places) -> None:
        self._program, self.work = program, 0.0

    @abstractmethod
    def project(self, plan: Array) -> Array:
        """Return values of the original's columns as values of the columns here."""

    @abstractmethod
    def expand(self, values: Array) -> Array:
        """Return values of the original's columns."""

    def _searched(self, at: RelaxedModel) -> Matrix:
        """Return what is searched for plans."""
        return at.searched

    def useful(self, at: RelaxedModel) -> Flags:
        """Return the columns that cost little by the relaxation: those that could help."""
        return at.relaxed.reduced_costs >= -CHEAP * abs(at.relaxed.bound)

    def search_near(self, at: RelaxedModel, plan: Array | None, *, wide: bool = False) -> Array | None:
        """Search what relaxation and plan use; without a plan, or widely, also what would be used next."""
        whole, used = at.matrix.integer, at.relaxed.values > neighbourhoods.INTEGRALITY_TOLERANCE
        order = neighbourhoods.by_reduced_cost(at.matrix, at.relaxed)
        free = at.matrix.lower > 0
        free[order[: (WIDE if wide or plan is None else 1) * max(LEAST, int((used & whole).sum()))]] = True
        inside = None if plan is None else self.project(plan)
        if inside is not None:
            free |= inside > neighbourhoods.HALF
        settings = {} if inside is None else WITHOUT_SUB_MIPS
        return self._solve(
            self._searched(at),
            neighbourhoods.fixed_as_in(np.zeros(len(free)), whole & ~free),
            inside,
            settings,
        )

    def search_kernel(self, at: RelaxedModel, plan: Array | None, work: float) -> SearchResult:
        """Search the columns that the relaxation would use first, and a plan's, with so much work, about.

        Parameters
        ----------
        at : RelaxedModel
            Its relaxation may be of another objective than its matrix.
        plan : array, shape (columns,), or None
        work : float
            Units.

        Returns
        -------
        SearchResult
            Its bound is that of the part.
        """
        order = neighbourhoods.by_reduced_cost(at.matrix, at.relaxed)
        free = at.matrix.lower > 0
        free[order[:KERNEL]] = True
        inside = None if plan is None else self.project(plan)
        if inside is not None:
            free |= inside > neighbourhoods.HALF
        part = neighbourhoods.fixed_as_in(np.zeros(len(free)), at.matrix.integer & ~free)
        return self._search(
            self._searched(at),
            part,
            inside,
            KERNEL_ROOT,
            gap=GAP,
            nodes=1,
            on_step=lambda done, _: done < work,
        )

    def search_around(self, at: RelaxedModel, plan: Array, draw: np.random.Generator) -> Array | None:
        """Free some programmes in the columns that could help, rather where plan and relaxation differ."""
        inside, guess = self.project(plan), at.relaxed.values
        neighbourhood = neighbourhoods.around(
            inside, at.matrix.integer, self._program, guess, self.useful(at), draw, FREED
        )
        return self._solve(self._searched(at), neighbourhood, inside, WITHOUT_HEURISTICS, FEW)

    def search_less(self, at: RelaxedModel, plan: Array, more: Flags) -> Array | None:
        """Search what a plan carries out, and some programmes: nothing else may come in.

        Parameters
        ----------
        at : RelaxedModel
        plan : array, shape (columns,)
        more : array of bool, shape (programmes,)

        Returns
        -------
        array, shape (columns,), or None
        """
        free = (self.project(plan) > neighbourhoods.HALF) | (at.matrix.lower > 0)
        free |= (self._program >= 0) & more[self._program]
        part = neighbourhoods.fixed_as_in(np.zeros(len(free)), at.matrix.integer & ~free)
        return self._solve(self._searched(at), part, None, {})

    def search_beside(
        self, at: RelaxedModel, plan: Array, held: Flags, nodes: int, work: float = np.inf
    ) -> SearchResult:
        """Search with some programmes held as in a plan, all others free; bound what can be had so.

        Parameters
        ----------
        at : RelaxedModel
        plan : array, shape (columns,)
        held : array of bool, shape (programmes,)
        nodes : int
        work : float
            Units, about.

        Returns
        -------
        SearchResult
        """
        inside = self.project(plan)
        whole = at.matrix.integer & (self._program >= 0)
        part = neighbourhoods.fixed_as_in(inside, whole & held[self._program])
        return self._search(
            self._searched(at), part, inside, NO_RESTART, nodes=nodes, on_step=lambda done, _: done < work
        )

    def branch(self, at: RelaxedModel, plan: Array | None, work: float) -> SearchResult:
        """Bound all solutions by branch and bound, over what the relaxation does not show to be no better.

        First for a bound between plan and relaxation, over the fewer columns that solutions above it can
        have; where that is reached, for a lower one over the rest.

        Parameters
        ----------
        at : RelaxedModel
        plan : array, shape (columns,), or None
            The best solution that is known.
        work : float
            Units, about.

        Returns
        -------
        SearchResult
            Its bound holds for every solution of the model, not only for those of the part that was searched.
        """
        inside = None if plan is None else self.project(plan)
        if inside is not None and not at.matrix.rows_hold(inside):
            inside = None
        worth = -np.inf if inside is None else at.matrix.worth(inside)
        target = at.relaxed.bound - REACH * (at.relaxed.bound - worth)
        first = self._branch(at, inside, target, work)
        if first.bound > target or first.work >= work or target <= worth:
            return first
        rest = self._branch(at, inside, worth, work - first.work)
        best = first if first.objective > rest.objective else rest
        return replace(best, bound=min(first.bound, rest.bound), work=first.work + rest.work)

    def _branch(self, at: RelaxedModel, inside: Array | None, target: float, work: float) -> SearchResult:
        """Bound all solutions, down to a target: columns that no solution above it has are left out."""
        out = at.matrix.integer & (at.matrix.lower == 0) & (at.relaxed.reduced_costs < 0)
        out &= at.relaxed.bound + at.relaxed.reduced_costs <= target
        if inside is not None:
            out &= inside < neighbourhoods.HALF
        found = self._search(
            at.matrix,
            neighbourhoods.fixed_as_in(np.zeros(len(out)), out),
            inside,
            FEW_HEURISTICS if inside is None else WITHOUT_HEURISTICS,
            on_step=lambda done, bound: done < work and bound > target,
        )
        return replace(found, bound=max(found.bound, target))

    def recompute(self, at: RelaxedModel, plan: Array) -> Array | None:
        """Return a plan as a solution, what it brings about worked out again; None if it breaks a rule."""
        return self._solve(
            at.matrix,
            neighbourhoods.fixed_as_in(self.project(plan), at.matrix.integer),
            None,
            WITHOUT_SUB_MIPS,
        )

    def _solve(
        self,
        matrix: Matrix,
        neighbourhood: Neighbourhood,
        start: Array | None,
        settings: Settings,
        nodes: int = 1,
    ) -> Array | None:
        """Search a part of the model; None if nothing is found."""
        settings = {**PLANS_ONLY, **settings}
        return self._search(matrix, neighbourhood, start, settings, gap=GAP, nodes=nodes).values

    def _search(
        self,
        matrix: Matrix,
        neighbourhood: Neighbourhood,
        start: Array | None,
        settings: Settings,
        *,
        gap: float = 0.0,
        nodes: int | None = None,
        on_step: StepCallback | None = None,
    ) -> SearchResult:
        """Search a part of the model; its values are those of the original, its bound that of the part."""
        if not matrix.bounds_hold(neighbourhood[0]):
            return SearchResult("infeasible", bound=-np.inf)
        restriction = restrict(matrix, *neighbourhood)
        base = matrix.worth(restriction.base)
        known = restriction.project(start) if start is not None and matrix.rows_hold(start) else None
        found = maximise(
            restriction.matrix,
            ONE_THREAD,
            gap,
            known,
            nodes=nodes,
            settings=settings,
            on_step=None if on_step is None else (lambda done, bound: on_step(done, base + bound)),
        )
        self.work += found.work + work_of(ASKED, restriction.matrix.entries)
        values = None if found.values is None else restriction.expand(found.values)
        kept = values is not None and matrix.rows_hold(values)
        return replace(
            found,
            values=self.expand(values) if values is not None and kept else None,
            objective=found.objective + base if kept else -np.inf,
            bound=found.bound + base,
        )
