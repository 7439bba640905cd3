"""A model whose budgets, weights, locks and equity rule change without stating it anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from jspmodel.case import Case
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Choice
from jspmodel.scenario import Equity, Lock, Scenario
from jspmodel.selection.formulation import Model, formulate, read_column_map
from jspmodel.selection.inputs import Inputs, read_inputs
from jspmodel.selection.objectives import effects, maximised
from jspmodel.selection.rules import equity, fund_budgets, locked_in
from jspmodel.selection.search import kept, marked, thinned
from jspmodel.selection.variables import Rows, label
from jspmodel.solver import Array, Matrix

ADJUSTABLE = frozenset(
    {"budget_scale", "criteria_weights", "priority_issues", "year_weights", "locked_in", "locked_out"}
    | {"equity", "solver", "simulation", "two_stage", "language", "name", "title"}
)
"""Settings that the arrays can follow; a change of any other states the model anew."""


class AdjustableModel:
    """A model stated so wide that changes of ``ADJUSTABLE`` settings only change its numbers.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Attributes
    ----------
    inputs : Inputs
        With all that may be locked in or out.
    formulation : Formulation
    model : Model
        At the numbers of now.
    column_map : ColumnMap
    """

    def __init__(self, case: Case, scenario: Scenario) -> None:
        everything = read_inputs(case, scenario.model_copy(update={"locked_out": []}))
        locks = [Lock(program=p.code, regions=list(p.regions)) for p in everything.proposals.values()]
        equity = Equity(mode="floor") if COUNTS[scenario.objective].effects else Equity()
        wide = everything.scenario.model_copy(update={"locked_in": locks, "locked_out": [], "equity": equity})
        self.inputs = replace(everything, scenario=wide)
        self.formulation = formulate(self.inputs)
        self.model = Model(self.formulation, scenario.solver)
        self.column_map = read_column_map(self.formulation, self.model)
        self._lock_rows = [self.model.rows[name] for name, _ in self._rows(locked_in.locked_in, self.inputs)]
        self._matrix = self.model.matrix

    def _rows(self, family: Callable[..., Rows], inputs: Inputs) -> Rows:
        return family(self.formulation.variables, inputs)

    def adjust(self, inputs: Inputs) -> bool:
        """Take over the numbers of other inputs; return False if they need another model."""
        wide = replace(inputs, proposals={**self.inputs.proposals, **inputs.proposals})
        if not self._fits(wide):
            return False
        matrix = self._with_demands(self._matrix, inputs)
        for family in (
            fund_budgets.fund_budgets,
            fund_budgets.year_budgets,
            effects.delivered_effects,
            equity.worst_off,
        ):
            changed = self._with_rows(matrix, self._rows(family, wide))
            if changed is None:
                return False
            matrix = changed
        self.model.set_matrix(matrix)
        objective = maximised(self.formulation.variables, wide)
        self.formulation = replace(self.formulation, objective=objective)
        self.model.set_objective(objective)
        return True

    def _fits(self, wide: Inputs) -> bool:
        own, mine, theirs = self.inputs, self.inputs.scenario, wide.scenario
        settings = set(Scenario.model_fields) - ADJUSTABLE
        paid = {(fund, year) for _, fund, year in self.formulation.variables.pay}
        newly = {key for key, amount in wide.budgets.items() if amount > 0 and own.budgets.get(key, 0) <= 0}
        return (
            all(getattr(mine, key) == getattr(theirs, key) for key in settings)
            and wide.need.keys() == own.need.keys()
            and wide.gains.keys() == own.gains.keys()
            and not (newly - paid)
            # A row of money that is no longer spoken of would keep the amount that it was stated with.
            and paid <= wide.budgets.keys()
            and all(own.year_weights[t] > 0 for t, weight in wide.year_weights.items() if weight > 0)
        )

    def _with_rows(self, matrix: Matrix, rows: Rows) -> Matrix | None:
        """Write rows over those of the same name; None where one has other variables."""
        low, high, factors = matrix.row_lower.copy(), matrix.row_upper.copy(), matrix.rows.data.copy()
        for name, row in rows:
            place = self.model.rows[name]
            entries = slice(*matrix.rows.indptr[place : place + 2])
            if matrix.rows.indices[entries].tolist() != [self.model.columns[v.hash] for v in row]:
                return None
            factors[entries] = list(row.values())
            low[place] = -np.inf if row.getLb() is None else row.getLb()
            high[place] = np.inf if row.getUb() is None else row.getUb()
        new = matrix.rows.copy()
        new.data = factors
        return replace(matrix, row_lower=low, row_upper=high, rows=new)

    def _with_demands(self, matrix: Matrix, inputs: Inputs) -> Matrix:
        """Lock programmes in and out by bounds."""
        variables, columns = self.formulation.variables, self.model.columns
        row_lower, lower, upper = matrix.row_lower.copy(), matrix.lower.copy(), matrix.upper.copy()
        row_lower[self._lock_rows] = -np.inf
        for lock in inputs.scenario.locked_in:
            for name in _lock_names(lock):
                row_lower[self.model.rows[name]] = 1.0
            if lock.start is not None:
                lower[columns[variables.start[lock.program, lock.start].hash]] = 1.0
        out = [v for key, v in variables.start.items() if key[0] not in inputs.proposals]
        upper[[columns[v.hash] for v in out]] = 0.0
        return replace(matrix, row_lower=row_lower, lower=lower, upper=upper)

    def start(self, choices: tuple[Choice, ...]) -> Array | None:
        """Return a plan that keeps the rules of now, as near to the given one as its own parts allow."""
        if not choices:
            return None
        matrix, column_map, options = self.model.matrix, self.column_map, self.model.options
        variables = self.formulation.variables
        plan = marked(choices, variables.start, variables.join, column_map, len(matrix.cost))
        values = kept(matrix, column_map, plan, options)
        return thinned(matrix, column_map, plan, options) if values is None else values

    def bound(self) -> float:
        """Return the bound of the relaxation, which goes on from its last solution."""
        relaxed = self.model.relax()
        return relaxed.bound if relaxed.status == "optimal" else np.inf


def _lock_names(lock: Lock) -> Iterator[str]:
    yield label("locked_in", lock.program)
    yield from (label("locked_region", lock.program, region) for region in lock.regions)
