"""States the model of a plan with money as variables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from jspmodel.case import Case
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import SHARED, Inputs, Proposal, read_inputs
from jspmodel.selection.parametric import ParametricModel, state_model_of_plan
from jspmodel.selection.postoptimal.counterfactuals.money_model import MoneyModel, Place
from jspmodel.selection.rules import RULES
from jspmodel.selection.variables import label
from jspmodel.solver import Array, ColumnMap, Matrix, with_columns

DUST = 1e-12
"""What is left of a coefficient that was taken away again."""
_Rows = dict[str, tuple[Array, float, float]]
"""Coefficients of all columns, and what they add up to at least and at most, by name."""


def state_money_model(case: Case, scenario: Scenario, plan: Plan, programs: Sequence[str]) -> MoneyModel:
    """State the model of a plan with money as variables.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both: each region with a need reaches the floor of its equity rule.
    programs : sequence of str
        Those that may be asked about.

    Returns
    -------
    MoneyModel

    Raises
    ------
    ScenarioError
        If the scenario asks for rules that do not go together.
    InfeasibleError
        If a programme that is locked in cannot be carried out whatever else is done.
    """
    model, inputs = state_model_of_plan(case, scenario, plan), read_inputs(case, scenario)
    return _Statement(model, inputs, plan, programs).stated()


class _Statement:
    """Adds the columns of money, then rows that say what they are and what is asked."""

    def __init__(self, model: ParametricModel, inputs: Inputs, plan: Plan, programs: Sequence[str]) -> None:
        self._model, self._inputs, self._plan = model, inputs, plan
        self._row = {name: place for place, name in enumerate(model.names)}
        self._asked = [inputs.proposals[code] for code in programs if code in inputs.proposals]
        self._start = dict(zip(model.start, model.column_map.start.tolist(), strict=True))
        self._join = dict(zip(model.join, model.column_map.join.tolist(), strict=True))
        self._columns: list[dict[int, float]] = []

    def stated(self) -> MoneyModel:
        """Return the model."""
        more = {
            (fund, year): self._add({row: -1.0, **self._of_year(year)})
            for fund, year in self._inputs.budgets
            if (row := self._row.get(label("fund_budget", fund, year))) is not None
        }
        relief = {p.code: {("", t): self._add(self._off(p, t)) for t in self._due(p)} for p in self._asked}
        worth = self._worth()
        rows = {**self._carried_out(), **self._own_costs(relief), label("worth"): (worth, -np.inf, np.inf)}
        place = {name: len(self._model.names) + k for k, name in enumerate(rows)}
        carried = {p.code: place[label("carried_out", p.code)] for p in self._asked}
        return MoneyModel(self._plan, self._with(rows), worth, more, relief, carried, place[label("worth")])

    def _add(self, column: dict[int, float]) -> int:
        """Add a column; return its place."""
        self._columns.append(column)
        return len(self._model.matrix.cost) + len(self._columns) - 1

    def _of_year(self, year: int) -> dict[int, float]:
        """Return what raises the budgets of a year together, in the row that repeats them."""
        row = self._row.get(label("year_budget", year))
        return {} if row is None else {row: -1.0}

    def _due(self, p: Proposal) -> list[int]:
        """Return the years in which a programme may cost something."""
        return [t for t in self._inputs.years if label("cost_paid", p.code, t) in self._row]

    def _off(self, p: Proposal, year: int) -> dict[int, float]:
        """Return the coefficients of what is taken off the costs that funds must pay in a year."""
        counting = [rule.counts(self._inputs, p, year) for rule in RULES if rule.counts]
        saved = {self._row[one.row]: -one.factor for rule in counting for one in rule if one.by_cost}
        return {self._row[label("cost_paid", p.code, year)]: 1.0, **self._of_year(year), **saved}

    def _chosen(self, p: Proposal, region: str, start: int) -> int:
        return self._join[p.code, region, start] if region else self._start[p.code, start]

    def _whole(self, factors: Mapping[int, float]) -> Array:
        """Return coefficients of all columns."""
        row = np.zeros(len(self._model.matrix.cost) + len(self._columns))
        row[list(factors)] = list(factors.values())
        return row

    def _carried_out(self) -> _Rows:
        """Say whether a programme is carried out: sum_t start[o,t]."""
        starts = {p.code: {self._start[p.code, s]: 1.0 for s in p.starts} for p in self._asked}
        return {label("carried_out", code): (self._whole(row), 0.0, 1.0) for code, row in starts.items()}

    def _own_costs(self, relief: Mapping[str, Mapping[Place, int]]) -> _Rows:
        """Relieve no more than a programme costs; that follows from its payments, which may be left out."""
        return {
            label("own_cost", p.code, year): (self._whole({column: 1.0, **self._cost(p, year)}), -np.inf, 0.0)
            for p in self._asked
            for (_, year), column in relief[p.code].items()
        }

    def _cost(self, p: Proposal, year: int) -> dict[int, float]:
        """Return the coefficients of what a programme costs in a year, with the sign turned."""
        parts = ((region, s) for region in (SHARED, *p.regions) for s in p.starts)
        return {self._chosen(p, r, s): -due for r, s in parts if (due := p.due(r, s, year)) > 0}

    def _worth(self) -> Array:
        """Return what columns add to the worth: the objective of the model without its price of money."""
        model, money = self._model, sum(self._inputs.budgets.values())
        price = model.slack / money if money else 0.0
        worth = np.append(model.matrix.cost, np.zeros(len(self._columns)))
        for p in self._inputs.proposals.values():
            for s in p.starts:
                for region in (SHARED, *p.regions):
                    due = sum(p.due(region, s, year) for year in self._inputs.years)
                    worth[self._chosen(p, region, s)] += price * due
        return np.where(np.abs(worth) < DUST, 0.0, worth)

    def _with(self, rows: _Rows) -> ParametricModel:
        """Return the model with the columns, then the rows, at its end."""
        model = self._model
        wider = replace(
            model,
            matrix=with_columns(self._roomy(), self._columns, 0.0, self._inputs.all_costs),
            column_map=_widened(model.column_map, len(self._columns)),
            slack=0.0,
        )
        whole, low, high = (np.array(part) for part in zip(*rows.values(), strict=True))
        stated = wider.with_rows(sparse.csr_array(whole), low, high, [*rows])
        return replace(stated, matrix=stated.matrix.bounded())

    def _roomy(self) -> Matrix:
        """Return the model with payments up to what a programme costs in a year, whatever the budgets."""
        matrix, map_ = self._model.matrix, self._model.column_map
        most = np.array([self._dearest(self._inputs.proposals[code]) for code in self._model.programs])
        upper, pays = matrix.upper.copy(), map_.side.columns
        upper[pays] = most[map_.owner[pays]]
        return replace(matrix, upper=upper)

    def _dearest(self, p: Proposal) -> float:
        """Return what a programme costs in a year at most."""
        regions, years = (SHARED, *p.regions), self._inputs.years
        return max((sum(p.due(r, s, t) for r in regions) for s in p.starts for t in years), default=0.0)


def _widened(column_map: ColumnMap, columns: int) -> ColumnMap:
    """Return the same with columns of no programme at the end."""
    return replace(
        column_map,
        owner=np.append(column_map.owner, np.full(columns, -1)),
        places=np.concatenate([column_map.places, np.full((columns, 2), -1)]),
    )
