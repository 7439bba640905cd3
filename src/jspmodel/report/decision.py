"""All that a report tells, computed once: a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd

from jspmodel.case import Case
from jspmodel.collaboration import Accounts, collaboration_graph, payer_accounts
from jspmodel.figures import BudgetStep, Figures, budget_steps, figures, lost_without
from jspmodel.intake import load, tell_shipped
from jspmodel.issues import rank_issues
from jspmodel.measure import computed_once, missing_for_plan
from jspmodel.plan import Plan
from jspmodel.realisation import with_decided
from jspmodel.runs import (
    NOT_ANALYSED,
    Kept,
    Sensitivity,
    check_codes,
    find_explanation,
    find_plan,
    find_prices,
    find_sensitivity,
    load_recorded,
    read_explanation,
    read_record,
    read_run_plan,
    read_sensitivity,
    recorded_scenario,
    require_same_inputs,
)
from jspmodel.scenario import Scenario
from jspmodel.simulation import (
    Expected,
    Futures,
    Outcome,
    Punctuality,
    punctuality,
    simulate,
    simulate_futures,
)

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Explanation


@dataclass(frozen=True, eq=False, repr=False)
class Decision:
    """One case under one scenario, from its issues to the plan's effect.

    Attributes
    ----------
    case : Case
    scenario : Scenario
    ranking : DataFrame
        As ``rank_issues`` returns it.
    graph : networkx.Graph
        As ``collaboration_graph`` returns it.
    plan : Plan
    outcome : Outcome
    record : dict
        ``run.json`` of the run that computed the plan; empty where it was computed here.
    sensitivity : Sensitivity
        What was computed beyond the plan; empty where nobody asked.
    key : str
        Under which the plan is kept, as in ``run.json``; empty: it is not.
    explanation : Explanation or None
        Why the plan is as it is; None where the run was not asked to find out.
    """

    case: Case
    scenario: Scenario
    ranking: pd.DataFrame
    graph: nx.Graph[str]
    plan: Plan
    outcome: Outcome
    record: dict[str, Any] = field(default_factory=dict)
    sensitivity: Sensitivity = NOT_ANALYSED
    key: str = ""
    explanation: Explanation | None = None

    def __repr__(self) -> str:
        """Return what was decided, on one line."""
        return f"Decision({self.case!r}, {self.scenario!r}, {self.plan!r})"

    def _repr_html_(self) -> str:
        return self.case._repr_html_() + self.scenario._repr_html_() + self.plan._repr_html_()

    @cached_property
    def figures(self) -> Figures:
        """What the plan comes to."""
        return figures(self.case, self.scenario, self.plan)

    @cached_property
    def futures(self) -> Futures:
        """What the plan comes to in the simulated futures."""
        return simulate_futures(self.case, self.scenario, self.plan)

    @cached_property
    def punctuality(self) -> dict[str, Punctuality]:
        """How likely each programme of the plan keeps to its years in the simulated futures."""
        return punctuality(self.case, self.scenario, self.plan)

    @cached_property
    def prerequisites(self) -> tuple[tuple[str, str], ...]:
        """Programmes of the plan, each with a programme of the plan that it requires."""
        chosen = {item.program for item in self.plan.selected}
        links = self.case.program_links
        pairs = zip(links["program"], links["other"], links["kind"], strict=True)
        return tuple((p, o) for p, o, kind in pairs if kind == "requires" and {p, o} <= chosen)

    @cached_property
    def losses(self) -> dict[str, pd.DataFrame]:
        """What the plan loses without each of its programmes: percentage points, issues by regions."""
        chosen = [item.program for item in self.plan.selected]
        return lost_without(self.case, self.scenario, self.plan.choices, chosen)

    @cached_property
    def expected(self) -> Expected:
        """What the plan is expected to close of the area's gap, in percent."""
        return self.futures.expected

    @cached_property
    def accounts(self) -> Accounts:
        """What the plan takes from whom, and on whom it falls."""
        return payer_accounts(self.case, self.scenario, self.plan)

    @cached_property
    def steps(self) -> dict[int, BudgetStep]:
        """The steps of the frontier by percent of the budgets; empty without a frontier."""
        found = self.sensitivity.frontier
        if found is None:
            return {}
        return {step.percent: step for step in budget_steps(self.case, self.scenario, self.plan, found)}

    @cached_property
    def entering(self) -> dict[str, int]:
        """The smallest rise of the budgets, in percent of today's, at which each programme enters."""
        larger = [
            (percent, step) for percent, step in sorted(self.steps.items(), reverse=True) if percent > 100
        ]
        return {program: percent for percent, step in larger for program in step.enters}

    @cached_property
    def why(self) -> Explanation:
        """Why the plan is as it is: as the run has it, kept, or found out now, which takes some minutes."""
        if self.explanation is not None:
            return self.explanation
        return find_explanation(self.case, self.scenario, self.plan, Kept(self.key, self.case.name))

    @cached_property
    def prices(self) -> pd.DataFrame | None:
        """Shadow prices as ``shadow_prices`` returns them, kept or computed now; None: not found in time."""
        if self.sensitivity.prices is not None:
            return self.sensitivity.prices
        return find_prices(self.case, self.scenario, self.plan, Kept(self.key, self.case.name))


def decide(
    scenario_file: str, run: str = "", changes: Mapping[str, object] | None = None, *, thorough: bool = False
) -> Decision:
    """Compute a decision, or open one that is known already.

    A plan is sought once: whoever asks for the same scenario again, in this notebook, another one or by
    ``jspmodel run``, is given the same plan (``docs/architecture.md``, One stored plan).

    Parameters
    ----------
    scenario_file : str
        Scenario file, or folder of a case (its baseline). Not used where ``run`` is given.
    run : str
        Folder of a finished run; empty: compute.
    changes : mapping of str to object, optional
        Scenario settings to change, by dotted key, such as ``{"budget_scale": 0.9}``.
    thorough : bool
        Whether to compute also what the report tells beyond the plan; a run has done so already.

    Returns
    -------
    Decision

    Raises
    ------
    DataError, ScenarioError
        If the tables or the scenario are not valid.
    InfeasibleError
        If no plan keeps all rules.
    SolverError
        If no plan was found in time.
    RunError
        If ``run`` is no finished run, or its input has changed since.
    """
    if run:
        return _opened(Path(run))
    case, scenario, record = load_recorded(scenario_file, changes)
    tell_shipped(scenario_file)
    kept = Kept(record["key"], case.name)
    plan = find_plan(case, scenario, kept)
    sensitivity = find_sensitivity(case, scenario, plan, kept) if thorough else NOT_ANALYSED
    return assemble(case, scenario, plan, sensitivity=sensitivity, key=kept.key)


def possible_plan(scenario_file: str, run: str = "") -> Plan | None:
    """Return the plan of a scenario as ``decide`` has it, None where the case has no tables for one yet.

    Parameters
    ----------
    scenario_file, run : str
        As ``decide`` takes them.

    Returns
    -------
    Plan or None

    Raises
    ------
    DataError, ScenarioError, InfeasibleError, SolverError, RunError
        As ``decide`` raises them.
    """
    if not run and missing_for_plan(load(scenario_file)[0]):
        return None
    return decide(scenario_file, run).plan


@computed_once()
def assemble(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    record: dict[str, Any] | None = None,
    sensitivity: Sensitivity = NOT_ANALYSED,
    key: str = "",
    explanation: Explanation | None = None,
) -> Decision:
    """Put a decision together around a plan.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
    record : dict, optional
        The run's record.
    sensitivity : Sensitivity
    key : str
    explanation : Explanation, optional
        As ``Decision`` has them.

    Returns
    -------
    Decision
    """
    scenario = with_decided(case, scenario)
    return Decision(
        case=case,
        scenario=scenario,
        ranking=rank_issues(case, scenario),
        graph=collaboration_graph(case, scenario),
        plan=plan,
        outcome=simulate(case, scenario, plan),
        record=record or {},
        sensitivity=sensitivity,
        key=key,
        explanation=explanation,
    )


def _opened(folder: Path) -> Decision:
    record = read_record(folder)
    case, scenario = load(recorded_scenario(record), record["changes"])
    require_same_inputs(record, case)
    plan = read_run_plan(folder, record["outputs"])
    check_codes(plan, case, folder)
    known = read_sensitivity(folder), str(record["key"]), read_explanation(folder)
    return assemble(case, scenario, plan, record, *known)
