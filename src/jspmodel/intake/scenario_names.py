"""Names that a scenario gives in place of codes: regions, programmes, funds, issues, criteria, rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, TypeVar

from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.intake.case_names import CaseNames
from jspmodel.scenario import Lock, Scenario

Value = TypeVar("Value")


def coded_scenario(case: Case, scenario: Scenario) -> tuple[Scenario, list[Problem]]:
    """Return a scenario with codes where it has names that only one row of its table has.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    Scenario
        The same one where it has codes alone; what is no name, or that of several, stays as it is.
    list of Problem
        Keys that stand twice, once by code and once by name.
    """
    names = CaseNames(case)
    problems: list[Problem] = []

    def code(table: str, text: str) -> str:
        return names.find(table, text) or text

    def by_code(key: str, table: str, values: Mapping[str, Value]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for text, value in values.items():
            if (meant := code(table, text)) in found:
                told = {"value": text, "code": meant}
                problems.append(Problem("setting_named_twice", f"{scenario.name}.yaml", None, key, told))
            found[meant] = value
        return found

    program, region = partial(code, "programs"), partial(code, "regions")
    issues, funds = scenario.priority_issues, scenario.budget_scale.funds
    changed: dict[str, Any] = {
        "criteria_weights": by_code("criteria_weights", "criteria", scenario.criteria_weights),
        "locked_in": [
            _coded(lock, program(lock.program), map(region, lock.regions)) for lock in scenario.locked_in
        ],
        "locked_out": list(map(program, scenario.locked_out)),
    }
    if scenario.spending_rules is not None:
        changed["spending_rules"] = [code("spending_rules", rule) for rule in scenario.spending_rules]
    if isinstance(issues, list):
        changed["priority_issues"] = [code("issues", issue) for issue in issues]
    if (scaled := by_code("budget_scale.funds", "funds", funds)) != funds:
        changed["budget_scale"] = scenario.budget_scale.model_copy(update={"funds": scaled})
    said = scenario.replan.unspent_funds
    if (named := by_code("replan.unspent_funds", "funds", said)) != said:
        changed["replan"] = scenario.replan.model_copy(update={"unspent_funds": named})
    futures = [
        future.model_copy(update={"funds": by_code("two_stage.futures.funds", "funds", future.funds)})
        for future in scenario.two_stage.futures
    ]
    if futures != scenario.two_stage.futures:
        changed["two_stage"] = scenario.two_stage.model_copy(update={"futures": futures})
    changes = {key: value for key, value in changed.items() if value != getattr(scenario, key)}
    return (scenario.model_copy(update=changes) if changes else scenario), problems


def _coded(lock: Lock, program: str, regions: Iterable[str]) -> Lock:
    return lock.model_copy(update={"program": program, "regions": list(dict.fromkeys(regions))})
