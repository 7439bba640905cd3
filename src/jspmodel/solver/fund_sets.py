"""Rows about sets of funds that stand for payments in a search for plans: it is then three fifths as long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy

import numpy as np
from scipy import sparse

from jspmodel.solver.benders import Benders
from jspmodel.solver.coalition_columns import Coalitions
from jspmodel.solver.funding_cuts import Cuts, FundingCuts
from jspmodel.solver.matrix import NOISE, Array, Flags, Matrix, Places, with_limits, with_some_rows


class FundSets:
    r"""The sums of payments of a matrix replaced by rows about sets of funds.

    With y[j] the coalitions, whole, c[j] what they cost in a year, and m[j,F] what funds outside a set F may
    pay for j at most (``FundingCuts``: a fund its share, those of a region together its part), payments exist
    if and only if for every set F of funds that have budgets in the year

        sum_j max(0, c[j] - m[j,F]) y[j] <= sum of B[f], f in F.

    Proof: payments are a flow from a source to each coalition that is chosen (c[j]), on to each fund that may
    pay for it (its share), for funds of a region by way of a node that lets its part through, and from funds
    to the sink (B[f]); all costs are paid if the largest flow is the sum of costs, which is the least
    capacity of a cut (Ford and Fulkerson, "Maximal flow through a network", 1956). Let F be the funds on the
    side of the source. Their budgets are cut; of a coalition on that side what leads to other funds, m[j,F],
    of one on the other side c[j], so that the least cut with F takes min(c[j], m[j,F]) of each, and
    sum_j c[j] y[j] <= sum_{f in F} B[f] + sum_j min(c[j], m[j,F]) y[j] is the row.

    There are more sets than a model has room for, so some are taken: each fund, all of a year, those of a
    year above each price in a relaxation, whose rows together prove what it proves, and those that a solution
    without payments was found to break. What is missing lets a search find what cannot be paid, never less.

    Parameters
    ----------
    funding : FundingCuts
        Of the matrix; ``exact``.
    sums : int
        How many of the columns, the last, are sums.
    payments : Benders
        What the sums are sums of.
    coalitions : Coalitions
        By which the matrix restates that of the payments.
    """

    def __init__(self, funding: FundingCuts, sums: int, payments: Benders, coalitions: Coalitions) -> None:
        self._funding, self._sums = funding, sums
        self._budget = _budget_of(funding, payments, coalitions)
        self._sets: dict[bytes, Flags] = {}
        self._budgets: bytes | None = None
        self._stated: Cuts

    def fork(self) -> FundSets:
        """Return another one of the same sets, for a search beside."""
        other = copy(self)
        other._sets = self._sets.copy()
        return other

    def learn(self, other: FundSets) -> None:
        """Take over the sets of a search beside."""
        self._take(other._sets.values())

    def priced(self, duals: Array) -> None:
        """Take the sets of funds that multipliers of the matrix price at least so high.

        Parameters
        ----------
        duals : array, shape (rows,)
        """
        self._take(self._funding.sets(duals))

    def broken(self, matrix: Matrix, inside: Array, violated: Iterable[Places]) -> bool:
        """Take the sets of funds that cannot pay for a solution; return whether any is new.

        Parameters
        ----------
        matrix : Matrix
        inside : array, shape (columns,)
            The solution.
        violated : iterable of array of int
            Rows of payments that cannot all be kept (see ``Benders.violated``).

        Returns
        -------
        bool
        """
        sets = []
        for rows in violated:
            funds = np.zeros(len(self._funding.budgets), dtype=bool)
            numbers = self._budget[rows]
            funds[numbers[numbers >= 0]] = True
            sets.append(funds)
        return self._take([*sets, *self._nearly(matrix, inside, sets)])

    def _nearly(self, matrix: Matrix, inside: Array, sets: Sequence[Flags]) -> Flags:
        """Return sets with one fund more or less that cannot pay either: the next solution may break them."""
        if not sets:
            return np.zeros((0, len(self._funding.budgets)), dtype=bool)
        one = np.eye(len(self._funding.budgets), dtype=bool)
        near = np.concatenate([funds ^ one[self._funding.beside(funds)] for funds in sets])
        rows, most = self._funding.capacities(matrix, near)
        return near[rows @ inside - most > NOISE]

    def _take(self, sets: Iterable[Flags] | Flags) -> bool:
        before = len(self._sets)
        self._sets |= {funds.tobytes(): funds for funds in sets if funds.any()}
        return len(self._sets) > before

    def in_place_of_sums(self, matrix: Matrix) -> Matrix:
        """Return a matrix with rows about sets of funds in place of those that have sums of payments.

        Parameters
        ----------
        matrix : Matrix

        Returns
        -------
        Matrix
            Of the same columns: nothing depends on the sums any more.
        """
        first = len(matrix.cost) - self._sums
        plain = np.flatnonzero(np.diff(matrix.rows[:, first:].tocsr().indptr) == 0)
        return with_limits(with_some_rows(matrix, plain), *self._rows(matrix))

    def _rows(self, matrix: Matrix) -> Cuts:
        """Return the rows of all sets; those that are known at these budgets are not worked out again."""
        budgets = matrix.row_upper[self._funding.budgets].tobytes()
        if budgets != self._budgets:
            self._budgets = budgets
            self._stated = (sparse.csr_array((0, len(matrix.cost))), np.zeros(0))
        known, limits = self._stated
        new = list(self._sets.values())[len(limits) :]
        if new:
            rows, most = self._funding.capacities(matrix, np.array(new))
            self._stated = sparse.vstack([known, rows], format="csr"), np.append(limits, most)
        return self._stated


def _budget_of(funding: FundingCuts, payments: Benders, coalitions: Coalitions) -> Places:
    """Return the number of the budget that each row of payments is a part of; -1 for others."""
    number = np.full(len(coalitions.matrix.row_lower), -1)
    number[funding.budgets] = np.arange(len(funding.budgets))
    # A row with sums concerns no programme alone, so that it is among those that stay.
    return number[np.searchsorted(coalitions.rows, payments.sum_row)]
