"""A model that stays: stated once, asked again after changes of budgets, weights, locks or equity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any

import numpy as np
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import InfeasibleError, SolverError
from jspmodel.measure import computed_once
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Choice, Plan
from jspmodel.proof import relative_gap
from jspmodel.scenario import Equity, Lock, Scenario
from jspmodel.selection.formulation import Model, formulate, read_layout
from jspmodel.selection.infeasibility import EXPLAIN, explained, hopeless_locks, refuse
from jspmodel.selection.inputs import Inputs, read_inputs
from jspmodel.selection.objectives import effects, maximised, tie, worth_of
from jspmodel.selection.rules import equity, fund_budgets, locked_in
from jspmodel.selection.search import SelectionResult, Stages, Watch, kept, marked, thinned
from jspmodel.selection.variables import Rows, label
from jspmodel.solver.effort import Effort, units
from jspmodel.solver.matrix import Array, Matrix
from jspmodel.solver.worker import borrow

TURNED = frozenset(
    {"budget_scale", "criteria_weights", "priority_issues", "year_weights", "locked_in", "locked_out"}
    | {"equity", "solver", "simulation", "language", "name", "title"}
)
"""Settings that the arrays can follow; a change of any other states the model anew."""


@dataclass(frozen=True, eq=False)
class LivePlan:
    """What a live model answers: a plan, and what is proven of it.

    Attributes
    ----------
    choices : tuple of Choice
        In table order.
    objective : float
        Impact in percent, or score points, by the measure.
    bound : float
        No plan is worth more.
    gap : float or None
        As that of a ``Plan``: None where nothing is proven.
    stopped : bool
        Whether the clock stopped the search: another call may find better.
    table : DataFrame
        One row a proposed programme, in table order: ``program``, ``selected``, ``start`` (blank if not
        selected), ``regions`` (codes joined by a blank), ``before`` (whether the plan of the call before had
        it).
    """

    choices: tuple[Choice, ...]
    objective: float
    bound: float
    gap: float | None
    stopped: bool
    table: pd.DataFrame


class LiveModel:
    """See ``live_model``."""

    def __init__(self, case: Case, scenario: Scenario, plan: Plan | None = None) -> None:
        self._case, self._scenario = case, scenario
        self._last: tuple[Choice, ...] = () if plan is None else plan.choices
        refuse(scenario)
        self._stated = _Stated(case, scenario)

    @computed_once()
    def solve(
        self,
        progress: Watch | None = None,
        *,
        budgets: Mapping[tuple[str, int], float] | None = None,
        **changes: Any,
    ) -> LivePlan:
        """Select programmes under the scenario of the model with some settings changed.

        A setting that a call does not name is that of the scenario, whatever the call before said. The search
        starts from the plan of the call before, or from what is left of it where it breaks a rule now.

        Parameters
        ----------
        progress : callable, optional
            Called with a ``Step`` now and then while the solver works.
        budgets : mapping of (fund, year) to float, optional
            Rp billion: replaces the amount in ``fund_budgets``, before ``budget_scale``.
        **changes
            Keys of a scenario, as in its file; of ``solver``, ``equity`` and ``collaboration`` also some keys
            alone, such as ``solver={"effort": "quick"}``.

        Returns
        -------
        LivePlan
            The same plan as ``select_programs`` gives for the changed case and scenario, within the gap.

        Raises
        ------
        ValueError
            If a setting is not valid, or a budget is of no known fund and year.
        ScenarioError, InfeasibleError, SolverError
            As ``select_programs``.
        """
        scenario = _changed(self._scenario, changes)
        refuse(scenario)
        case = _with_budgets(self._case, budgets or {})
        inputs = read_inputs(case, scenario)
        hopeless_locks(inputs)
        if not self._stated.follow(inputs):
            self._stated = _Stated(case, scenario)
            self._stated.follow(inputs)
        outcome = self._search(inputs, progress)
        before, self._last = {choice.program for choice in self._last}, outcome.choices
        worth = worth_of(case, scenario)(outcome.choices)
        table = _table(case, outcome.choices, before)
        bound = max(outcome.bound, worth)
        gap = relative_gap(worth, bound, 2 * tie(inputs))
        return LivePlan(outcome.choices, worth, bound, gap, outcome.stopped, table)

    def _search(self, inputs: Inputs, progress: Watch | None) -> SelectionResult:
        scenario, stated = inputs.scenario, self._stated
        limit = scenario.solver.time_limit or inf
        work = units(scenario.solver.effort, stated.model.matrix.entries)
        effort = Effort(work, limit)
        formulation = replace(stated.formulation, inputs=inputs)
        with borrow() as worker:
            worker.hold(stated.model.matrix, stated.layout, stated.model.options)
            judge = measure.Measure(inputs.case, scenario)
            stages = Stages(formulation, stated.model, stated.layout, worker, judge, effort, progress)
            stages.start, stages.bound = stated.start(self._last), stated.bound()
            try:
                return stages.run()
            except (InfeasibleError, SolverError) as error:
                raise explained(error, inputs, stages.floor, Effort(EXPLAIN * work, limit)) from error


def live_model(case: Case, scenario: Scenario, plan: Plan | None = None) -> LiveModel:
    """State the model of a scenario, to be asked again and again.

    Budgets, weights of criteria and years, locks and the equity rule may change from call to call: they only
    change numbers of the stated model. Any other setting may change too, but then the model is stated anew.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan, optional
        Known already: the first search starts from it, as if it were the answer to a call before.

    Returns
    -------
    LiveModel

    Raises
    ------
    ScenarioError
        If the scenario asks for rules that do not go together.

    Examples
    --------
    >>> import jspmodel as jsp
    >>> case, scenario = jsp.load("data/diy/scenarios/no-equity.yaml")
    >>> live = jsp.live_model(case, scenario)
    >>> plan = live.solve(budget_scale=0.8, locked_in=["P05"], solver={"gap": 0.05})
    >>> plan.gap < 0.05, "P05" in {choice.program for choice in plan.choices}
    (True, True)
    """
    return LiveModel(case, scenario, plan)


class _Stated:
    """A model stated so wide that the changes of ``TURNED`` only change its numbers."""

    def __init__(self, case: Case, scenario: Scenario) -> None:
        everything = read_inputs(case, scenario.model_copy(update={"locked_out": []}))
        locks = [Lock(program=p.code, regions=list(p.regions)) for p in everything.proposals.values()]
        equity = Equity(mode="floor") if COUNTS[scenario.objective].effects else Equity()
        wide = scenario.model_copy(update={"locked_in": locks, "locked_out": [], "equity": equity})
        self.inputs = replace(everything, scenario=wide)
        self.formulation = formulate(self.inputs)
        self.model = Model(self.formulation, scenario.solver)
        self.layout = read_layout(self.formulation, self.model)
        self._lock_rows = [self.model.rows[name] for name, _ in self._rows(locked_in.locked_in, self.inputs)]
        self._matrix = self.model.matrix

    def _rows(self, family: Callable[..., Rows], inputs: Inputs) -> Rows:
        return family(self.formulation.variables, inputs)

    def follow(self, inputs: Inputs) -> bool:
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
        settings = set(Scenario.model_fields) - TURNED
        paid = {(fund, year) for _, fund, year in self.formulation.variables.pay}
        newly = {key for key, amount in wide.budgets.items() if amount > 0 and own.budgets.get(key, 0) <= 0}
        return (
            all(getattr(mine, key) == getattr(theirs, key) for key in settings)
            and wide.need.keys() == own.need.keys()
            and wide.gains.keys() == own.gains.keys()
            and not (newly - paid)
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
        matrix, layout, options = self.model.matrix, self.layout, self.model.options
        plan = marked(choices, self.formulation.variables, layout, len(matrix.cost))
        values = kept(matrix, layout, plan, options)
        return thinned(matrix, layout, plan, options) if values is None else values

    def bound(self) -> float:
        """Return the bound of the relaxation, which goes on from its last solution."""
        relaxed = self.model.relax()
        return relaxed.bound if relaxed.status == "optimal" else np.inf


def _lock_names(lock: Lock) -> Iterator[str]:
    yield label("locked_in", lock.program)
    yield from (label("locked_region", lock.program, region) for region in lock.regions)


def _changed(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    settings = scenario.model_dump()
    for key, value in changes.items():
        partial = key in {"solver", "equity", "collaboration"} and isinstance(value, Mapping)
        settings[key] = {**settings[key], **value} if partial else value
    return Scenario.model_validate(settings)


def _with_budgets(case: Case, budgets: Mapping[tuple[str, int], float]) -> Case:
    if not budgets:
        return case
    table = case.fund_budgets.copy()
    for (fund, year), amount in budgets.items():
        rows = (table["fund"] == fund) & (table["year"] == year)
        if not rows.any() or not 0 <= amount < np.inf:
            raise ValueError(f"no such budget, or not an amount: {fund}, {year}, {amount}")
        table.loc[rows, "amount"] = float(amount)
    return replace(case, fund_budgets=table)


def _table(case: Case, choices: tuple[Choice, ...], before: set[str]) -> pd.DataFrame:
    codes = list(case.programs["program"])
    known = {choice.program: choice for choice in choices}
    starts = [known[code].start if code in known else None for code in codes]
    return pd.DataFrame(
        {
            "program": codes,
            "selected": [code in known for code in codes],
            "start": pd.array(starts, dtype="Int64"),
            "regions": [" ".join(known[code].regions) if code in known else "" for code in codes],
            "before": [code in before for code in codes],
        }
    )
