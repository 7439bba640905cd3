"""Relaxations and searches for many models that are nearly alike; no clock decides what they find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import highspy
import numpy as np
from scipy import sparse

from jspmodel.solver.benders import Benders
from jspmodel.solver.coalition_columns import Coalitions
from jspmodel.solver.cutting_planes import GAIN as LEAST_GAIN
from jspmodel.solver.cutting_planes import relax_with_cuts
from jspmodel.solver.fund_sets import FundSets
from jspmodel.solver.funding_cuts import NO_MONEY, FundingCuts
from jspmodel.solver.highs import (
    NO_RESTART,
    PLANS_ONLY,
    maximise,
    new_highs,
    relax,
    state_relaxed,
)
from jspmodel.solver.matrix import Array, ColumnMap, Matrix, Places, with_limits
from jspmodel.solver.relaxed_search import GAP, ONE_THREAD, RelaxedModel, RelaxedSearch

SMALL, PROOF = 100, 10_000
"""Whole columns up to which a model is searched whole, and the nodes of that search."""
THINNED = 3
"""So often a solution is thinned because what is left of it cannot be paid either."""
UNFAIR = 50
"""Unfair plans that are excluded at most."""


@dataclass(frozen=True, eq=False)
class _Basis:
    """From where a relaxation goes on: a basis, if there is one, and the rows that were added."""

    basis: highspy.HighsBasis | None
    rows: sparse.csr_array
    most: Array

    def with_rows(self, rows: sparse.csr_array, most: Array) -> _Basis:
        """Return the same with further rows, which do not press."""
        more = sparse.vstack([self.rows, rows], format="csr"), np.append(self.most, most)
        if self.basis is None:
            return _Basis(None, *more)
        basis = highspy.HighsBasis()
        basis.valid, basis.col_status = True, self.basis.col_status
        basis.row_status = [*self.basis.row_status, *[highspy.HighsBasisStatus.kBasic] * len(most)]
        return _Basis(basis, *more)


class Reoptimiser(RelaxedSearch):
    """Asks HiGHS about one model after another, each relaxation going on from the last, or from a first one.

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
    money : array of int, shape (money,), optional
        Columns of money beside the budgets (see ``FundingCuts``).
    payments : Benders, optional
        Of which the matrix is: plans are then sought without the sums (see ``FundSets``), so that what is
        found may have to be sought again (see ``cannot_be_paid``).
    """

    def __init__(
        self,
        matrix: Matrix,
        column_map: ColumnMap,
        sums: int,
        money: Places = NO_MONEY,
        payments: Benders | None = None,
    ) -> None:
        self._coalitions, self._sums = Coalitions(matrix, column_map), sums
        super().__init__(self._coalitions.program)
        self._payments = payments
        listed = self._program[: self._coalitions.listed]
        beside = self._coalitions.onto[money].indices.astype(np.int64)
        self._funding = FundingCuts(self._coalitions.restated(matrix), listed, sums, beside)
        self._sets = None
        if payments is not None and self._funding.exact:
            self._sets = FundSets(self._funding, sums, payments, self._coalitions)
        self._highs = new_highs(ONE_THREAD, highspy.kHighsInf)
        self._last = _Basis(None, sparse.csr_array((0, len(self._program))), np.zeros(0))
        self._first = dict[str, _Basis]()

    def relax(self, matrix: Matrix, like: str | None = None, gain: float = LEAST_GAIN) -> RelaxedModel:
        """Solve a relaxation, with rows that it breaks; its bound holds whatever the solver does.

        Parameters
        ----------
        matrix : Matrix
            The same columns and rows as before, other numbers, no larger budgets.
        like : str, optional
            A name: it goes on from the first relaxation of that name that has a solution, not from the last.
            Where each is a small change of that, it takes an eighth of the iterations.
        gain : float
            Share of the bound that a round of rows must gain for another one.

        Returns
        -------
        RelaxedModel
        """
        plain, highs = self._coalitions.restated(matrix), self._highs
        begun = self._last if like is None else self._first.get(like, self._last)
        stated = with_limits(plain, begun.rows, begun.most)
        state_relaxed(highs, stated)
        if begun.basis is not None:
            highs.setBasis(begun.basis)
        stated, relaxations = relax_with_cuts(highs, stated, self._funding, gain)
        self._last = self._pressing(stated, len(plain.row_lower), begun)
        if like is not None and not relaxations[-1].infeasible:
            self._first.setdefault(like, self._last)
        return RelaxedModel(with_limits(plain, self._last.rows, self._last.most), relaxations[-1])

    def searchable(self, at: RelaxedModel) -> RelaxedModel:
        """Return the same with what is searched for plans: without sums of payments where that is enough.

        Sets of funds that its multipliers price are kept, for the next too; as not every relaxation is
        followed by a search, it is asked for.
        """
        if self._sets is not None and not at.relaxed.infeasible:
            self._sets.priced(at.relaxed.duals)
        return self._without_sums(at)

    def _without_sums(self, at: RelaxedModel) -> RelaxedModel:
        return at if self._sets is None else replace(at, plain=self._sets.in_place_of_sums(at.matrix))

    def _searched(self, at: RelaxedModel) -> Matrix:
        """Return what is searched for plans, with all sets of funds that are known by now."""
        return at.searched if at.plain is None else self._without_sums(at).searched

    def cannot_be_paid(
        self, at: RelaxedModel, values: Array, payments: Benders | None = None
    ) -> RelaxedModel | None:
        """Return a model that a solution which cannot be paid does not keep, nor do the next ones.

        Parameters
        ----------
        at : RelaxedModel
        values : array, shape (columns,)
            Of the original.
        payments : Benders, optional
            At the budgets of now, where these are not those of the widest.

        Returns
        -------
        RelaxedModel, or None
            None where that is not known.
        """
        payments = payments or self._payments
        if self._sets is None or payments is None:
            return None
        new = self._sets.broken(at.matrix, self.project(values), payments.violated(values))
        now = self._without_sums(at)
        # A set that an earlier solution brought is no news, but the model may be older than that.
        return now if new or at.searched.rows.shape[0] < now.searched.rows.shape[0] else None

    def thin(self, at: RelaxedModel, values: Array, payments: Benders) -> Array | None:
        """Return the best that is left of a solution which cannot be paid, if programmes are given up.

        Parameters
        ----------
        at : RelaxedModel
        values : array, shape (columns,)
            Of the original.
        payments : Benders
            At the budgets of now.

        Returns
        -------
        array, shape (columns,), or None
            One that can be paid; None where none is found.
        """
        left, nothing = values, np.zeros(self._program.max(initial=-1) + 1, dtype=bool)
        for _ in range(THINNED):
            at = self.cannot_be_paid(at, left, payments) or at
            found = self.search_less(at, values, nothing)
            if found is None or payments.complete(found, cut=False) is not None:
                return found
            left = found
        return None

    def hold(self, at: RelaxedModel, plan: Array, rows: sparse.csr_array) -> RelaxedModel:
        """Return a model in which the columns of some rows are held as in a plan, relaxed.

        Parameters
        ----------
        at : RelaxedModel
        plan : array, shape (columns,)
            Of the original.
        rows : sparse array, shape (rows, columns)
            Over the columns of the original.

        Returns
        -------
        RelaxedModel
        """
        held = np.unique(self.restated(rows).indices)
        lower, upper = at.matrix.lower.copy(), at.matrix.upper.copy()
        lower[held] = upper[held] = np.round(self.project(plan)[held])
        matrix = replace(at.matrix, lower=lower, upper=upper)
        return self._without_sums(RelaxedModel(matrix, relax(matrix, ONE_THREAD)))

    def _pressing(self, matrix: Matrix, stated: int, begun: _Basis) -> _Basis:
        """Return the added rows that press on the relaxation; without the others its basis stays one."""
        basis = self._highs.getBasis()
        if not basis.valid:
            return begun
        status, free = basis.row_status, highspy.HighsBasisStatus.kBasic
        tight = [place for place in range(stated, len(status)) if status[place] != free]
        basis.row_status = [*status[:stated], *(status[place] for place in tight)]
        return _Basis(basis, matrix.rows[tight].tocsr(), matrix.row_upper[tight])

    def tighten(self, at: RelaxedModel, rows: sparse.csr_array, most: Array) -> RelaxedModel:
        """Return a model with further rows, which next ones have too; from the last if they press.

        Parameters
        ----------
        at : RelaxedModel
        rows : sparse array, shape (rows, columns)
            Over the columns of the original; they hold in each next model.
        most : array, shape (rows,)
            What they are at most.

        Returns
        -------
        RelaxedModel
            Its relaxation is still that without them.
        """
        inside = self.restated(rows)
        self._last = self._last.with_rows(inside, most)
        self._first = {like: one.with_rows(inside, most) for like, one in self._first.items()}
        return self._without_sums(replace(at, matrix=with_limits(at.matrix, inside, most)))

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

    def restated(self, rows: sparse.csr_array) -> sparse.csr_array:
        """Return rows over the original's columns as rows over those here."""
        return (rows @ self._coalitions.onto).tocsr()


def any_plan(matrix: Matrix) -> Array | None:
    """Search a model as it is stated for any solution."""
    return maximise(matrix, ONE_THREAD, GAP, nodes=1, settings=PLANS_ONLY).values


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
