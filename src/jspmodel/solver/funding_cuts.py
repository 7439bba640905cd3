"""Rows that whole plans keep and the relaxation does not: what coalitions must take from some funds.

A relaxation spreads a programme over half a coalition, so that a fund that could never pay for it pays for a
half. The rows here follow from the model's own, by rules that hold by construction (see ``FundingCuts``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from jspmodel.reproducible import dot
from jspmodel.solver.components import components
from jspmodel.solver.highs import RelaxationResult
from jspmodel.solver.matrix import Array, Flags, Matrix, Places
from jspmodel.solver.mixed_integer_rounding import VIOLATED, rounded_rows

NEAR = 0.05
"""Part of its right-hand side that a row may have left for it to be rounded."""
DIGITS = 3
"""Prices are told apart to so many digits."""
Cuts = tuple[sparse.csr_array, Array]
"""Rows, and what they are at most."""
NO_MONEY = np.zeros(0, dtype=np.int64)
"""No money beside the budgets."""


@dataclass(frozen=True, eq=False)
class _Limit:
    """A row: sums <= amount @ columns; not ``whole`` where others than money are in it too.

    ``money`` flags what pays with the sums.
    """

    sums: Places
    columns: Places
    amount: Array
    money: Array
    whole: bool


@dataclass(frozen=True, eq=False)
class _Cost:
    """What columns cost in a year, and the sums that may pay: some in groups that a region's part limits.

    ``money`` flags what may pay beside the budgets, or raise those of the sums.
    """

    sums: Places
    columns: Places
    cost: Array
    most: Array
    groups: tuple[tuple[Places, Array], ...]
    single: Places
    money: Array


class FundingCuts:
    r"""What funds pay for coalitions, in a matrix with one column a coalition and sums of payments.

    With y[j] the coalitions (at most one a programme), c[j] their cost in a year, B[f] the budgets, and the
    sums z of what funds pay: a row says z <= sum_j a[j] y[j] (a fund's share, a region's part, or all costs).

    *Linked*: as z <= B too and y is whole, z <= sum_j min(a[j], B) y[j].

    *Needs*: funds outside F can pay for j at most the sum of min(a[j,f], B[f]), those of a region together no
    more than its part; what is left of c[j] must come from F: sum_j rest[j,F] y[j] <= sum of B[f], f in F.

    *Rounded*: of rows of needs that are nearly or just broken; see ``rounded_rows``.

    All of them hold for smaller budgets too, and whatever the effects.

    Where there is money m[k] beside the budgets (that raises one, or pays for costs itself), what funds pay
    with it can be taken away again from some coalitions, so that the rest is paid as without: each row then
    holds with as much more on its right-hand side, all that there is for the year (in a linked row: for the
    budgets of its sums); a rounded row with s / (d (1 - f)).

    Parameters
    ----------
    matrix : Matrix
        First the coalitions, last the sums.
    program : array of int, shape (coalitions,)
        The programme of each coalition.
    sums : int
        How many sums there are.
    money : array of int, shape (money,), optional
        Columns from 0 on, not whole: of coefficient -1 in the row of a budget, which they raise, or 1 in that
        of costs, of which they pay a part.

    Attributes
    ----------
    budgets : array of int
        The rows of budgets.
    exact : bool
        Whether all rows with sums are read, and there is no money beside: then ``capacities`` say all that
        they say of whole values.
    """

    def __init__(self, matrix: Matrix, program: Places, sums: int, money: Places = NO_MONEY) -> None:
        self._program, self._listed = program, len(program)
        self._columns = len(matrix.cost)
        first, rows = self._columns - sums, matrix.rows
        counts = np.diff(rows.indptr)
        row = np.repeat(np.arange(len(counts)), counts)
        is_sum, is_money = rows.indices >= first, np.isin(rows.indices, money)
        self._money = sparse.csr_array(
            (np.ones(len(money)), (np.arange(len(money)), money)), shape=(len(money), self._columns)
        )
        some = np.bincount(row[is_sum], minlength=len(counts))
        # Only what limits a plain sum of payments is a budget; a row with other coefficients is none.
        own = (is_sum & (rows.data == 1.0)) | (is_money & (rows.data == -1.0))
        plain = np.bincount(row[own], minlength=len(counts))
        upper = np.isinf(matrix.row_lower) & np.isfinite(matrix.row_upper) & (matrix.row_upper >= 0)
        alone = _first_of_each(rows, first, (some > 0) & (plain == counts) & upper)
        self.budgets = np.flatnonzero(alone)
        self._fund = np.full(self._columns, -1)
        place = np.full(len(counts), -1)
        place[self.budgets] = np.arange(len(self.budgets))
        own = is_sum & alone[row]
        self._fund[rows.indices[own]] = place[row[own]]
        self._raises = abs((rows[self.budgets] @ self._money.T).toarray())
        other = is_sum & ((self._fund[rows.indices] < 0) | ~np.isclose(rows.data, 1.0))
        only = np.bincount(row[other], minlength=len(counts)) == 0  # sums of budgets, one for one
        paid = (some > 0) & ~alone & (matrix.row_upper == 0) & only
        self._costs, limits = self._read(matrix, np.flatnonzero(paid), first)
        paying = np.reshape([cost.money for cost in self._costs], (len(self._costs), len(money)))
        self._paying = sparse.csr_array(paying)
        whole = sum(limit.whole for limit in limits)
        # A row with a sum that has no budget is not read, so that sums need not be looked at.
        self.exact = whole == int(((some > 0) & ~alone).sum()) and not len(money)
        self._linked = self._links(limits)
        self._raised = sparse.csr_array(self._linked[0] @ self._raised_of_sums()) @ self._money
        self._years = self._year_of_funds()
        self._known_at, self._known = b"", dict[bytes, tuple[Array, Array]]()

    def _read(self, matrix: Matrix, places: Places, first: int) -> tuple[list[_Cost], list[_Limit]]:
        costs: list[_Limit] = []
        limits: list[_Limit] = []
        count = self._money.shape[0]
        number = np.full(self._columns, -1)
        number[self._money.indices] = np.arange(count)
        for place in places.tolist():
            entries = slice(*matrix.rows.indptr[place : place + 2])
            columns, factors = matrix.rows.indices[entries].astype(np.int64), matrix.rows.data[entries]
            sums, listed = columns >= first, columns < self._listed
            of_money = number[columns]
            whole = bool((sums | listed | (of_money >= 0)).all())
            pays = np.bincount(of_money[of_money >= 0], minlength=count).astype(float)
            one = _Limit(columns[sums], columns[listed], -factors[listed], pays, whole)
            (costs if matrix.row_lower[place] == 0 else limits).append(one)
        of: dict[int, list[_Limit]] = {}
        for limit in limits:
            of.setdefault(int(limit.sums[0]), []).append(limit)
        own = [[limit for k in cost.sums.tolist() for limit in of.get(k, [])] for cost in costs]
        money = [np.maximum(one.money, self._raises[self._fund[one.sums]].max(axis=0)) for one in costs]
        return [_cost(*one) for one in zip(costs, own, money, strict=True)], [*costs, *limits]

    def _links(self, limits: list[_Limit]) -> tuple[sparse.csr_array, sparse.csr_array]:
        """Return which sums, and what of the coalitions: for all sums of a row, and for each alone."""
        some = [
            (sums, one.columns, one.amount)
            for one in limits
            if one.whole
            for sums in ([one.sums] if len(one.sums) == 1 else [one.sums, *one.sums[:, None]])
        ]
        left = [np.ones(len(sums)) for sums, _, _ in some]
        return (
            _stacked([sums for sums, _, _ in some], left, self._columns),
            _stacked([columns for _, columns, _ in some], [amount for *_, amount in some], self._columns),
        )

    def _raised_of_sums(self) -> Array:
        """Return what raises the budget of each column that is a sum; nothing for others."""
        none = np.zeros((1, self._money.shape[0]))
        return np.concatenate([self._raises, none])[self._fund]

    def _year_of_funds(self) -> Places:
        """Return a number for each budget: those that pay for the same costs have the same."""
        pairs = [(self._fund[c.sums[0]], fund) for c in self._costs for fund in self._fund[c.sums]]
        one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        return components(len(self.budgets), one, other)

    def cuts(self, matrix: Matrix, relaxed: RelaxationResult) -> Cuts:
        """Return rows that all solutions keep and the relaxation breaks.

        Parameters
        ----------
        matrix : Matrix
            At the budgets of now; rows may have been added at its end.
        relaxed : RelaxationResult
            Of it.

        Returns
        -------
        tuple of (sparse array, array)
            Rows, and what they are at most.
        """
        linked = self._broken_links(matrix, relaxed.values)
        needs, most, money = self._needs(matrix, self.sets(relaxed.duals))
        y, spare = relaxed.values[: self._listed], dot(money, self._money @ relaxed.values)
        short = dot(needs, y) - spare - most
        rows, limits, beside = [needs[short > VIOLATED]], [most[short > VIOLATED]], [money[short > VIOLATED]]
        for place in np.flatnonzero(short > -NEAR * most):
            found = rounded_rows(needs[place], float(most[place]), y, self._program, float(spare[place]))
            for row, limit, widened in found:
                rows.append(row[None, :])
                limits.append(np.array([limit]))
                beside.append(widened * money[place][None, :])
        more = sparse.csr_array(np.concatenate(rows))
        more.resize(more.shape[0], self._columns)
        more = more - sparse.csr_array(np.concatenate(beside)) @ self._money
        return (
            sparse.vstack([linked, more], format="csr"),
            np.concatenate([np.zeros(linked.shape[0]), *limits]),
        )

    def _broken_links(self, matrix: Matrix, values: Array) -> sparse.csr_array:
        """Return the rows z - min(a, B) y <= 0 that are broken."""
        sums, amounts = self._linked
        budget = np.append(matrix.row_upper[self.budgets], 0.0)[self._fund]
        least = amounts.copy()
        least.data = np.minimum(amounts.data, np.repeat(sums @ budget, np.diff(amounts.indptr)))
        rows = sums - least - self._raised
        return rows[rows @ values > VIOLATED].tocsr()

    def sets(self, duals: Array) -> Flags:
        """Return sets of funds: each alone, all of a year, and those of a year above each price.

        Parameters
        ----------
        duals : array, shape (rows,)
            Multipliers of the rows of the matrix.

        Returns
        -------
        array of bool, shape (sets, budgets)
        """
        prices = duals[self.budgets]
        sets = {(fund,) for fund in range(len(self.budgets))}
        for year in np.unique(self._years):
            inside = np.flatnonzero(self._years == year)
            price = np.round(prices[inside], DIGITS)
            sets |= {tuple(inside[price >= least].tolist()) for least in np.append(price, 0.0)}
        flags = np.zeros((len(sets), len(self.budgets)), dtype=bool)
        for place, some in enumerate(sorted(sets)):
            flags[place, list(some)] = True
        return flags

    def _needs(self, matrix: Matrix, sets: Flags) -> tuple[Array, Array, Array]:
        """Return what coalitions must take from each set of funds, what these have, and money beside.

        Most sets are those of the last relaxation: what is known of them at the same budgets is kept.
        """
        budget = matrix.row_upper[self.budgets]
        at, keys = budget.tobytes(), [some.tobytes() for some in sets]
        known = self._known if at == self._known_at else {}
        new = [place for place, key in enumerate(keys) if key not in known]
        if new:
            known.update(zip((keys[k] for k in new), self._needed(budget, sets[new]), strict=True))
        rows = [known[key] for key in keys]
        self._known_at, self._known = at, dict(zip(keys, rows, strict=True))
        needs = np.reshape([need for need, _ in rows], (len(sets), self._listed))
        taken = np.reshape([some for _, some in rows], (len(sets), len(self._costs)))
        money = (sparse.csr_array(taken) @ self._paying).toarray() > 0
        return needs, dot(sets, budget), np.maximum(dot(sets, self._raises), money)

    def _needed(self, budget: Array, sets: Flags) -> Iterator[tuple[Array, Array]]:
        """Yield for each set of funds what coalitions must take from it, and for which costs any must."""
        needs = np.zeros((len(sets), self._listed))
        taken = np.zeros((len(sets), len(self._costs)))
        for place, cost in enumerate(self._costs):
            rest = self._rest(cost, sets, np.minimum(cost.most, budget[self._fund[cost.sums]][:, None]))
            needs[:, cost.columns] += rest
            taken[:, place] = rest.any(axis=1)
        yield from zip(needs, taken, strict=True)

    def beside(self, funds: Flags) -> Places:
        """Return the budgets of the years of some."""
        return np.flatnonzero(np.isin(self._years, self._years[funds]))

    def capacities(self, matrix: Matrix, sets: Flags) -> Cuts:
        """Return the rows of needs of sets of funds.

        Parameters
        ----------
        matrix : Matrix
            At the budgets of now.
        sets : array of bool, shape (sets, budgets)

        Returns
        -------
        tuple of (sparse array, array)
            Rows, and what they are at most: all of them together, of all sets, are kept by those whole values
            alone that can be paid, where the matrix is ``exact``.
        """
        budget, needs = matrix.row_upper[self.budgets], np.zeros((len(sets), self._listed))
        for cost in self._costs:
            fund = self._fund[cost.sums]
            some = np.flatnonzero(sets[:, fund].any(axis=1))
            rest = self._rest(cost, sets[some], np.minimum(cost.most, budget[fund][:, None]))
            needs[some[:, None], cost.columns] += rest
        rows = sparse.csr_array(needs)
        rows.resize(rows.shape[0], self._columns)
        return rows, dot(sets, budget)

    def _rest(self, cost: _Cost, sets: Flags, most: Array) -> Array:
        """Return what coalitions must take from each set of funds of what they cost in a year."""
        outside = ~sets[:, self._fund[cost.sums]]
        paid = dot(outside[:, cost.single], most[cost.single])
        for inside, own in cost.groups:
            paid += np.minimum(own, dot(outside[:, inside], most[inside]))
        return np.maximum(cost.cost - paid, 0.0)


def _first_of_each(rows: sparse.csr_array, first: int, alone: Flags) -> Flags:
    """Return which of some rows limit sums that none before them does: a sum has one budget."""
    taken: set[int] = set()
    budgets = np.zeros_like(alone)
    for row in np.flatnonzero(alone).tolist():
        columns = rows.indices[slice(*rows.indptr[row : row + 2])]
        sums = set(columns[columns >= first].tolist())
        budgets[row] = taken.isdisjoint(sums)
        taken |= sums
    return budgets


def _cost(cost: _Limit, limits: list[_Limit], money: Array) -> _Cost:
    """Put together what limits the sums that may pay for a cost."""
    most = np.tile(cost.amount, (len(cost.sums), 1))
    groups, single = [], np.ones(len(cost.sums), dtype=bool)
    for limit in limits:
        inside = np.flatnonzero(np.isin(cost.sums, limit.sums))
        if len(inside):
            own = np.zeros(max(cost.columns.max(initial=0), limit.columns.max(initial=0)) + 1)
            own[limit.columns] = limit.amount
            if len(limit.sums) == 1:
                most[inside[0]] = np.minimum(most[inside[0]], own[cost.columns])
            else:
                groups.append((inside, own[cost.columns]))
                single[inside] = False
    return _Cost(cost.sums, cost.columns, cost.amount, most, tuple(groups), np.flatnonzero(single), money)


def _stacked(places: list[Places], values: list[Array], columns: int) -> sparse.csr_array:
    ends = np.cumsum([0, *(len(some) for some in places)])
    flat = np.concatenate([*places, np.zeros(0, dtype=np.int64)])
    return sparse.csr_array(
        (np.concatenate([*values, np.zeros(0)]), flat, ends), shape=(len(places), columns)
    )
