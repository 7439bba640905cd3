"""The factor on all budgets as a column: the most worth of a budget, the least budget of a worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from jspmodel.plan import Choice
from jspmodel.selection.parametric import ParametricModel, PlanMeasure
from jspmodel.solver import (
    NOT_FIXED,
    ONE_THREAD,
    Array,
    Effort,
    Matrix,
    SearchResult,
    exclusion,
    maximise,
    restrict,
    with_columns,
    with_rows,
)

FREE = 1e-9
"""Part of the price of money below which what is left of it counts as nothing."""
SAME = 1e-6
"""Difference in worth, as a share of it (at least of 1), that counts as none."""
LEAST_WORK = 0.001
"""Units that a search counts at least, so that whoever asks again and again comes to an end."""


def same(worth: float) -> float:
    """Return by how much another plan may differ from a worth and count as worth the same."""
    return SAME * max(1.0, abs(worth))


@dataclass(frozen=True)
class ScaledPlan:
    """A plan, and the budgets that it needs.

    Attributes
    ----------
    needs : float
        The least factor on all budgets at which the plan can be paid.
    objective : float
        What it is worth, by the measure.
    choices : tuple of Choice
    """

    needs: float
    objective: float
    choices: tuple[Choice, ...]


class ScaledBudgets:
    r"""The model with the factor *s* on all budgets as a column, and what its plans are worth as a row.

    .. math:: \sum_p \text{pay}_{pft} - B_{ft} \, s \le C_{ft}, \qquad \sum_j c_j x_j \ge z

    :math:`C_{ft}` is what years past have left, :math:`c_j` what a column is worth, without the price of
    money. Plans that the measure finds unfair (an equity floor, see ``budget_frontier``) are excluded one by
    one, for good: whether a plan is fair does not hang on budgets.

    Parameters
    ----------
    common : ParametricModel
    most : float
        The largest factor.
    effort : Effort
        What all searches together may take.
    patience : float
        Units that one search may take.
    """

    def __init__(self, common: ParametricModel, most: float, effort: Effort, patience: float) -> None:
        self._common, self._effort, self._patience = common, effort, patience
        self._judge = PlanMeasure(common)
        stated = common.at(most)
        self._worth = np.append(_worth_of_columns(common), 0.0)
        budgets, fixed = np.flatnonzero(common.rows("fund_budget", "year_budget")), common.fixed_budgets
        scaled_part = common.matrix.row_upper[budgets] - fixed[budgets]
        amounts = {row: -amount for row, amount in zip(budgets.tolist(), scaled_part, strict=True)}
        high = stated.row_upper.copy()
        high[budgets] = fixed[budgets]
        scaled = with_columns(replace(stated, row_upper=high), [amounts], 0.0, most)
        self._row, worth = len(high), sparse.csr_array(self._worth[None, :])
        self._matrix = with_rows(scaled, worth, np.full(1, -np.inf), np.full(1, np.inf))

    def best(self, scale: float) -> tuple[ScaledPlan | None, float]:
        """Return the best plan found at a factor on all budgets, and what no plan there is worth more than.

        A bound of ``-inf``: it is proven that there is no plan.
        """
        return self._search(self._worth, (scale, scale), -np.inf)

    def cheapest(
        self, worth: float, least: float, most: float, program: str | None = None
    ) -> tuple[ScaledPlan | None, float]:
        """Return a plan worth so much (to ``same``) that needs the least budgets, and no less than which.

        Parameters
        ----------
        worth : float
        least, most : float
            Factors on all budgets between which it is sought.
        program : str, optional
            Must be in the plan.

        Returns
        -------
        ScaledPlan or None, float
            No such plan has a smaller factor than the second: infinite where there is none up to ``most``.
        """
        cost = np.zeros(len(self._worth))
        cost[-1] = -1.0
        plan, bound = self._search(cost, (least, most), worth - same(worth), program)
        return plan, max(least, -bound)

    def needs(self, choices: Sequence[Choice]) -> float:
        """Return the least factor at which a plan can be paid; infinite where it breaks a rule."""
        common, fixed = self._common, np.full(len(self._worth), NOT_FIXED)
        starts = {(choice.program, choice.start): choice.regions for choice in choices}
        joins = {(program, region, year) for (program, year), some in starts.items() for region in some}
        if not (starts.keys() <= set(common.start) and joins <= set(common.join)):
            return np.inf
        fixed[common.column_map.start] = [float(key in starts) for key in common.start]
        fixed[common.column_map.join] = [float(r in starts.get((p, year), ())) for p, r, year in common.join]
        cost = np.zeros(len(self._worth))
        cost[-1] = -1.0
        upper = self._matrix.upper.copy()
        upper[-1] = np.inf
        part = restrict(replace(self._matrix, cost=cost, upper=upper), fixed)
        result = maximise(part.matrix, ONE_THREAD, 0.0)
        return np.inf if result.values is None else max(0.0, -result.objective)

    def plan(self, choices: Sequence[Choice]) -> ScaledPlan:
        """Return a plan with what it needs and is worth (``-inf``: it is unfair)."""
        return ScaledPlan(self.needs(choices), self._judge.worth(choices), tuple(choices))

    def _search(
        self, cost: Array, scales: tuple[float, float], worth: float, program: str | None = None
    ) -> tuple[ScaledPlan | None, float]:
        while True:
            matrix = self._stated(cost, scales, worth, program)
            result = self._maximise(matrix)
            if result.values is None:
                return None, result.bound
            plan = self.plan(self._common.chosen(result.values[:-1]))
            if plan.objective > -np.inf:
                return plan, result.bound
            if self._effort.over:
                return None, result.bound
            self._exclude(result.values)

    def _maximise(self, matrix: Matrix) -> SearchResult:
        allowed = min(self._effort.left, self._patience)
        result = maximise(matrix, ONE_THREAD, 0.0, on_step=lambda work, _: work < allowed)
        self._effort.spend(max(result.work, LEAST_WORK))
        return result

    def _stated(self, cost: Array, scales: tuple[float, float], worth: float, program: str | None) -> Matrix:
        """Return the model between two scales, for plans worth so much, with a programme demanded."""
        stated = self._matrix
        lower, upper, low = stated.lower.copy(), stated.upper.copy(), stated.row_lower.copy()
        lower[-1], upper[-1] = scales
        low[self._row] = worth
        matrix = replace(stated, cost=cost, lower=lower, upper=upper, row_lower=low)
        if program is None:
            return matrix
        demand = _demand(self._common, program, len(matrix.cost))
        return with_rows(matrix, demand, np.ones(1), np.full(1, np.inf))

    def _exclude(self, values: Array) -> None:
        """Exclude a plan."""
        row, most = exclusion(self._common.column_map, values)
        self._matrix = with_rows(self._matrix, row, np.full(1, -np.inf), most)


def demanding(common: ParametricModel, program: str) -> ParametricModel:
    """Return the model with a programme that must be carried out, as its last row says."""
    demand = _demand(common, program, len(common.matrix.cost))
    return common.with_rows(demand, np.ones(1), np.full(1, np.inf), [f"demand({program})"])


def _demand(common: ParametricModel, program: str, columns: int) -> sparse.csr_array:
    """Return the row that asks for a programme, over so many columns, the first being those of the model."""
    row = np.zeros(columns)
    keys = zip(common.start, common.column_map.start, strict=True)
    row[[column for (code, _), column in keys if code == program]] = 1.0
    return sparse.csr_array(row[None, :])


def _worth_of_columns(common: ParametricModel) -> Array:
    """Return what columns are worth without the price of money.

    The model charges slack / money for each rupiah that a column costs; the rows ``year_budget`` have its
    costs.
    """
    money = common.money.at(1.0)
    if not money:
        return common.matrix.cost
    costs = common.matrix.rows[common.rows("year_budget")].sum(axis=0)
    worth = common.matrix.cost + common.slack / money * costs
    return np.where(np.abs(worth) < common.slack * FREE, 0.0, worth)
