"""Relaxations and searches for many models that are nearly alike; no clock decides what they find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import highspy
import numpy as np
from scipy import sparse

from jspmodel.solver import neighbourhoods
from jspmodel.solver.coalition_columns import Coalitions
from jspmodel.solver.cutting_planes import relax_with_cuts
from jspmodel.solver.effort import work_of
from jspmodel.solver.funding_cuts import FundingCuts
from jspmodel.solver.highs import (
    WITHOUT_HEURISTICS,
    Options,
    RelaxationResult,
    Settings,
    StepCallback,
    maximise,
    minimised,
    new_highs,
)
from jspmodel.solver.matrix import Array, ColumnMap, Flags, Matrix, Places, restrict, with_limits
from jspmodel.solver.neighbourhoods import Neighbourhood
from jspmodel.solver.result import SearchResult

ONE_THREAD = Options(threads=1, seed=1)
GAP = 0.003
"""Share of the objective within which a search ends."""
NO_RESTART: Settings = {"mip_allow_restart": False}
"""A search of one node that starts again is longer, not better."""
SMALL, PROOF = 100, 10_000
"""Whole columns up to which a model is searched whole, and the nodes of that search."""
UNFAIR = 50
"""Unfair plans that are excluded at most."""
CHEAP = 0.004
"""Share of the bound that a column may cost by the relaxation to be free in a search around a plan."""
WIDE, LEAST = 2, 30
"""How many times what the relaxation uses a first plan is sought among; what counts as used at least."""
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
ROOT: Settings = {"mip_heuristic_run_rens": False, "mip_heuristic_run_rins": False}
"""From a plan, searches within the search take longer than what they find is worth."""


@dataclass(frozen=True, eq=False)
class RelaxedModel:
    """A model, restated, with the rows that were added to it, and its relaxation."""

    matrix: Matrix
    relaxed: RelaxationResult


class RelaxedSearch:
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

    def project(self, plan: Array) -> Array:
        """Return values of the original's columns as values of the columns here."""
        raise NotImplementedError

    def expand(self, values: Array) -> Array:
        """Return values of the original's columns."""
        raise NotImplementedError

    def useful(self, at: RelaxedModel) -> Flags:
        """Return the columns that cost little by the relaxation: those that could help."""
        return at.relaxed.reduced_costs >= -CHEAP * abs(at.relaxed.bound)

    def search_near(self, at: RelaxedModel, plan: Array | None) -> Array | None:
        """Search what relaxation and plan use; without a plan also what the relaxation would use next."""
        whole, used = at.matrix.integer, at.relaxed.values > neighbourhoods.INTEGRALITY_TOLERANCE
        order = neighbourhoods.by_reduced_cost(at.matrix, at.relaxed)
        free = at.matrix.lower > 0
        free[order[: (WIDE if plan is None else 1) * max(LEAST, int((used & whole).sum()))]] = True
        inside = None if plan is None else self.project(plan)
        if inside is not None:
            free |= inside > neighbourhoods.HALF
        settings = {} if inside is None else ROOT
        return self._solve(
            at.matrix, neighbourhoods.fixed_as_in(np.zeros(len(free)), whole & ~free), inside, settings
        )

    def search_around(self, at: RelaxedModel, plan: Array, draw: np.random.Generator) -> Array | None:
        """Free some programmes in the columns that could help, rather where plan and relaxation differ."""
        inside, guess = self.project(plan), at.relaxed.values
        neighbourhood = neighbourhoods.around(
            inside, at.matrix.integer, self._program, guess, self.useful(at), draw, FREED
        )
        return self._solve(at.matrix, neighbourhood, inside, WITHOUT_HEURISTICS, FEW)

    def search_beside(self, at: RelaxedModel, plan: Array, held: Flags, nodes: int) -> SearchResult:
        """Search with some programmes held as in a plan, all others free; bound what can be had so.

        Parameters
        ----------
        at : RelaxedModel
        plan : array, shape (columns,)
        held : array of bool, shape (programmes,)
        nodes : int

        Returns
        -------
        SearchResult
        """
        inside = self.project(plan)
        whole = at.matrix.integer & (self._program >= 0)
        part = neighbourhoods.fixed_as_in(inside, whole & held[self._program])
        return self._search(at.matrix, part, inside, NO_RESTART, nodes=nodes)

    def branch(self, at: RelaxedModel, plan: Array | None, work: float) -> SearchResult:
        """Bound all solutions by branch and bound, over what the relaxation does not show to be no better.

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
        worth = -np.inf if inside is None else float(at.matrix.cost @ inside)
        out = at.matrix.integer & (at.matrix.lower == 0) & (at.relaxed.reduced_costs < 0)
        out &= at.relaxed.bound + at.relaxed.reduced_costs <= worth
        if inside is not None:
            out &= inside < neighbourhoods.HALF
        part = neighbourhoods.fixed_as_in(np.zeros(len(out)), out)
        found = self._search(
            at.matrix,
            part,
            inside,
            FEW_HEURISTICS if inside is None else WITHOUT_HEURISTICS,
            on_step=lambda done, _: done < work,
        )
        return replace(found, bound=max(found.bound, worth))

    def recompute(self, at: RelaxedModel, plan: Array) -> Array | None:
        """Return a plan as a solution, what it brings about worked out again; None if it breaks a rule."""
        return self._solve(
            at.matrix,
            neighbourhoods.fixed_as_in(self.project(plan), at.matrix.integer),
            None,
            ROOT,
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
        settings = {**NO_RESTART, **settings}
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
        known = restriction.project(start) if start is not None and matrix.rows_hold(start) else None
        found = maximise(
            restriction.matrix, ONE_THREAD, gap, known, nodes=nodes, settings=settings, on_step=on_step
        )
        self.work += found.work + work_of(ASKED, restriction.matrix.entries)
        values = None if found.values is None else restriction.expand(found.values)
        kept = values is not None and matrix.rows_hold(values)
        base = float(matrix.cost @ restriction.base)
        return replace(
            found,
            values=self.expand(values) if values is not None and kept else None,
            objective=found.objective + base if kept else -np.inf,
            bound=found.bound + base,
        )


class Reoptimiser(RelaxedSearch):
    """Asks HiGHS about one model after another, each relaxation going on from the last.

    Models are searched as ``solver.coalition_columns`` restates them, with rows of ``solver.funding_cuts``:
    they hold in each next model too, as budgets must not grow from one to the next. Plans are values of the
    columns of the original.

    Parameters
    ----------
    matrix : Matrix
        Without payments, at the widest budgets.
    column_map : ColumnMap
        Of it.
    sums : int
        How many of its last columns are sums of payments.
    """

    def __init__(self, matrix: Matrix, column_map: ColumnMap, sums: int) -> None:
        self._coalitions = Coalitions(matrix, column_map)
        super().__init__(self._coalitions.program)
        listed = self._program[: self._coalitions.listed]
        self._funding = FundingCuts(self._coalitions.matrix, listed, sums)
        self._highs, self._basis = new_highs(ONE_THREAD, highspy.kHighsInf), highspy.HighsBasis()
        self._more = (sparse.csr_array((0, len(self._program))), np.zeros(0))

    def relax(self, matrix: Matrix) -> RelaxedModel:
        """Solve a relaxation, with rows that it breaks; its bound holds whatever the solver does.

        Parameters
        ----------
        matrix : Matrix
            The same columns and rows as before, other numbers, no larger budgets.

        Returns
        -------
        RelaxedModel
        """
        plain, highs = self._coalitions.restated(matrix), self._highs
        stated = with_limits(plain, *self._more)
        highs.passModel(minimised(stated))
        highs.setOptionValue("presolve", "off" if self._basis.valid else "choose")
        if self._basis.valid:
            highs.setBasis(self._basis)
        stated, relaxations = relax_with_cuts(highs, stated, self._funding)
        self._keep(stated, len(plain.row_lower))
        return RelaxedModel(with_limits(plain, *self._more), relaxations[-1])

    def _keep(self, matrix: Matrix, stated: int) -> None:
        """Keep the added rows that press on the relaxation; without the others its basis stays one."""
        basis = self._highs.getBasis()
        if basis.valid:
            status, free = basis.row_status, highspy.HighsBasisStatus.kBasic
            tight = [place for place in range(stated, len(status)) if status[place] != free]
            self._more = (matrix.rows[tight].tocsr(), matrix.row_upper[tight])
            basis.row_status = [*status[:stated], *(status[place] for place in tight)]
            self._basis = basis

    def project(self, plan: Array) -> Array:
        """Return values of the original's columns as values of the columns here."""
        return self._coalitions.project(plan)

    def expand(self, values: Array) -> Array:
        """Return values of the original's columns."""
        return self._coalitions.expand(values)

    @property
    def program(self) -> Places:
        """The number of the programme of each column of the model as it is searched; -1 for none."""
        return self._program

    def limited(self, at: RelaxedModel, rows: sparse.csr_array, most: Array) -> RelaxedModel:
        """Return a model with more rows over the original's columns; its relaxation is not solved again."""
        return replace(at, matrix=with_limits(at.matrix, self.restated(rows), most))

    def restated(self, rows: sparse.csr_array) -> sparse.csr_array:
        """Return rows over the original's columns as rows over those here."""
        return (rows @ self._coalitions.onto).tocsr()


def any_plan(matrix: Matrix) -> Array | None:
    """Search a model as it is stated for any solution."""
    return maximise(matrix, ONE_THREAD, GAP, nodes=1, settings=NO_RESTART).values


def solve_small(
    matrix: Matrix, column_map: ColumnMap, fair: Callable[[Array], bool]
) -> tuple[Array | None, float]:
    """Search a small model whole; return a fair solution, if one is found, and a bound on fair ones.

    Solutions that the measure finds unfair are excluded one by one. A model that is not small is not
    searched: its bound is infinite.
    """
    if matrix.integer.sum() > SMALL:
        return None, np.inf
    bound = np.inf
    for _ in range(UNFAIR):
        result = maximise(matrix, ONE_THREAD, 0.0, nodes=PROOF, settings=NO_RESTART)
        bound = result.bound
        if result.values is None or fair(result.values):
            return result.values, bound
        matrix = _without(matrix, column_map, result.values)
    return None, bound


def _without(matrix: Matrix, column_map: ColumnMap, plan: Array) -> Matrix:
    return with_limits(matrix, *exclusion(column_map, plan))


def exclusion(column_map: ColumnMap, plan: Array) -> tuple[sparse.csr_array, Array]:
    """Return a row, and what it is at most, that excludes a plan: something of it is not there, or more is.

    Parameters
    ----------
    column_map : ColumnMap
    plan : array, shape (columns,)

    Returns
    -------
    sparse array of shape (1, columns), array of shape (1,)
    """
    decides = np.concatenate([column_map.start, column_map.join])
    carried = np.round(plan[decides]) == 1
    row = np.zeros(len(plan))
    row[decides] = np.where(carried, 1.0, -1.0)
    return sparse.csr_array(row[None, :]), np.array([carried.sum() - 1.0])
