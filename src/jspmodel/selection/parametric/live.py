"""A model that stays: stated once, asked again after changes of budgets, weights, locks or equity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any

import numpy as np
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import InfeasibleError, SolverError
from jspmodel.measure import computed_once
from jspmodel.plan import Choice, Plan
from jspmodel.proof import relative_gap
from jspmodel.scenario import Scenario
from jspmodel.selection.infeasibility import EXPLAIN, explained, hopeless_locks, refuse
from jspmodel.selection.inputs import Inputs, read_inputs
from jspmodel.selection.objectives import tie, worth_of
from jspmodel.selection.parametric.adjustable_model import AdjustableModel
from jspmodel.selection.search import SelectionResult, Stages, Watch
from jspmodel.solver import Effort, borrow_worker, effort_units


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
        self._model = AdjustableModel(case, scenario)

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
            Rp billion: replaces the amount in ``fund_budgets``, before ``budget_scale``; a fund that has no
            row for a year of the horizon has had nothing then.
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
            If a setting is not valid, or a budget is of no known fund, of a year that is not planned, or no
            amount.
        ScenarioError, InfeasibleError, SolverError
            As ``select_programs``.
        """
        scenario = _changed(self._scenario, changes)
        refuse(scenario)
        case = _with_budgets(self._case, scenario, budgets or {})
        inputs = read_inputs(case, scenario)
        hopeless_locks(inputs)
        if not self._model.adjust(inputs):
            self._model = AdjustableModel(case, scenario)
            self._model.adjust(inputs)
        outcome = self._search(inputs, progress)
        before, self._last = {choice.program for choice in self._last}, outcome.choices
        worth = worth_of(case, scenario)(outcome.choices)
        table = _table(case, outcome.choices, before)
        bound = max(outcome.bound, worth)
        gap = relative_gap(worth, bound, 2 * tie(inputs))
        return LivePlan(outcome.choices, worth, bound, gap, outcome.stopped, table)

    def _search(self, inputs: Inputs, progress: Watch | None) -> SelectionResult:
        scenario, stated = inputs.scenario, self._model
        limit = scenario.solver.time_limit or inf
        work = effort_units(scenario.solver.effort, stated.model.matrix.entries)
        effort = Effort(work, limit)
        formulation = replace(stated.formulation, inputs=inputs)
        with borrow_worker() as worker:
            worker.load(stated.model.matrix, stated.column_map, stated.model.options)
            judge = measure.Measure(inputs.case, scenario)
            stages = Stages(formulation, stated.model, stated.column_map, worker, judge, effort, progress)
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


def _changed(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    settings = scenario.model_dump()
    for key, value in changes.items():
        partial = key in {"solver", "equity", "collaboration"} and isinstance(value, Mapping)
        settings[key] = {**settings[key], **value} if partial else value
    return Scenario.model_validate(settings)


def _with_budgets(case: Case, scenario: Scenario, budgets: Mapping[tuple[str, int], float]) -> Case:
    """Return the case with other amounts; a fund that has no row for a year has had nothing then."""
    if not budgets:
        return case
    table = case.fund_budgets.copy()
    years, funds = measure.horizon(case, scenario), case.funds["fund"].tolist()
    fresh = []
    for (fund, year), amount in budgets.items():
        rows = (table["fund"] == fund) & (table["year"] == year)
        if not 0 <= amount < np.inf:
            raise ValueError(f"budgets: {amount} of {fund} in {year} is no amount: Rp billion, from 0 on")
        if not rows.any() and fund not in funds:
            raise ValueError(f"budgets: there is no fund {fund}; there are: {', '.join(funds)}")
        if not rows.any() and year not in years:
            raise ValueError(f"budgets: {year} is not planned; the years are {years[0]} to {years[-1]}")
        table.loc[rows, "amount"] = float(amount)
        if not rows.any():
            fresh.append({"fund": fund, "year": year, "amount": float(amount)})
    return replace(case, fund_budgets=measure.with_rows(table, fresh))


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
