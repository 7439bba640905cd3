"""A scenario against its case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from jspmodel.case import Case
from jspmodel.errors import DataError, JspError, Problem, ScenarioError
from jspmodel.intake.adopted_plan import standing_pair
from jspmodel.intake.cases import errors_of, read_case
from jspmodel.intake.checks import (
    adopted,
    area_types,
    chances,
    documents,
    never_reached,
    own_contributions,
    presolve,
    scenario_values,
    spending,
    staff,
    terms,
    two_stage,
)
from jspmodel.intake.locate import case_of, find_scenario, tell_shipped
from jspmodel.intake.scenario_names import coded_scenario
from jspmodel.intake.scenarios import load_scenario
from jspmodel.measure import computed_once, missing_for_plan
from jspmodel.realisation import standing_of, with_decided
from jspmodel.scenario import Scenario
from jspmodel.text import worded

FitCheck = Callable[[Case, Scenario], Iterator[Problem]]

SETTINGS: tuple[FitCheck, ...] = (
    scenario_values.check_years,
    scenario_values.check_codes,
    scenario_values.check_priorities,
    scenario_values.check_criteria,
    area_types.check_weighing,
    scenario_values.check_scaled,
    scenario_values.check_factors,
    scenario_values.check_levels,
    scenario_values.check_level_ranges,
    scenario_values.check_objective,
    scenario_values.check_locks,
    two_stage.two_stage_problems,
)
CHANCES: tuple[FitCheck, ...] = (
    chances.check_starts,
    chances.check_regions,
    chances.check_budget_years,
    chances.check_gaps,
    chances.check_need,
    never_reached.check_payable,
    never_reached.check_maturity,
    never_reached.check_requirements,
    presolve.check_choice,
    presolve.check_budgets,
    presolve.check_effects,
    presolve.check_funds,
    presolve.check_scales,
    spending.check_spending_contradictions,
    spending.check_spending_kept,
    documents.check_states,
    documents.check_in_time,
    documents.check_kinds,
    staff.check_staff_known,
    staff.check_staff_enough,
    two_stage.check_idle_settings,
    terms.check_terms_said,
    terms.check_terms_whole,
    own_contributions.check_cofunding_classes,
    own_contributions.check_own_money,
    chances.check_illustrative,
)
"""Judged only where the settings mean something."""
_WITHOUT_PLAN = {
    scenario_values.check_codes,
    scenario_values.check_priorities,
    scenario_values.check_criteria,
    area_types.check_weighing,
    chances.check_gaps,
    chances.check_illustrative,
}
"""Judged of a case that has no programmes, funds or budgets yet too."""


def check(case: Case, scenario: Scenario) -> tuple[Problem, ...]:
    """Return what is wrong or odd with a scenario in its case.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    tuple of Problem
        Errors, such as an unknown code, and warnings, such as a programme that cannot start in time.
    """
    planned = not missing_for_plan(case)
    problems = [*_horizon(case, scenario), *_overtaken(case, scenario)] if planned else []
    scenario = with_decided(case, scenario)
    with computed_once():
        if not problems:
            rules = SETTINGS if planned else tuple(rule for rule in SETTINGS if rule in _WITHOUT_PLAN)
            problems = [problem for rule in rules for problem in rule(case, scenario)]
        if not errors_of(problems):
            rules = CHANCES if planned else tuple(rule for rule in CHANCES if rule in _WITHOUT_PLAN)
            problems += [problem for rule in rules for problem in rule(case, scenario)]
    return tuple(problems)


def _horizon(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Years run forward and are within the range that the tables may have."""
    years = case.fund_budgets["year"]
    first = int(years.min()) if scenario.first_year is None else scenario.first_year
    last = int(years.max()) if scenario.last_year is None else scenario.last_year
    if not 1900 <= first <= last <= 2200:
        key = "last_year" if scenario.first_year is None else "first_year"
        yield scenario_values.setting_problem(scenario, "no_horizon", key, first=first, last=last)


def _overtaken(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that settings do not contradict what has happened to the plan that the case goes on with."""
    if standing := standing_of(case):
        yield from adopted.check_locks(replace(standing, scenario=scenario))


def judged_pair(case: Case, scenario: Scenario) -> tuple[Case, Scenario, tuple[Problem, ...]]:
    """Return a scenario with its case as stages take them, and what is wrong or odd with it.

    Parameters
    ----------
    case : Case
        As its tables were read.
    scenario : Scenario
        As its file was read.

    Returns
    -------
    Case
        Where the scenario goes on with an adopted plan, of what is left to decide.
    Scenario
        With codes where the file has names.
    tuple of Problem
        Errors and warnings, as ``check`` finds them.
    """
    coded, twice = coded_scenario(case, scenario)
    left, settings, found = standing_pair(case, coded)
    if errors_of(found):
        return case, coded, (*twice, *found)
    return left, settings, (*twice, *found, *check(left, settings))


def load(
    scenario: str | Path, changes: Mapping[str, object] | None = None, /, **more: object
) -> tuple[Case, Scenario]:
    """Return a scenario with the case that it belongs to.

    Parameters
    ----------
    scenario : str or Path
        A scenario file in the folder ``scenarios`` of a case, or the folder of a case (its baseline); looked
        for as ``find_input`` does. ``diy``, or another plain name of a case that jspmodel ships, means that
        one, which is said on stderr.
    changes : mapping of str to object, optional
        Settings that take the place of the file's, by dotted key, as ``load_scenario`` takes them.
    **more
        The same as keywords: ``budget_scale=0.9``.

    Returns
    -------
    Case
    Scenario
        With codes where the file has names.

    Raises
    ------
    DataError
        If the tables are not valid, or there is no such file.
    ScenarioError
        If the scenario is not valid, in itself or in its case.
    """
    case, settings_read, _ = load_with_warnings(scenario, {**(changes or {}), **more})
    tell_shipped(scenario)
    return case, settings_read


def load_with_warnings(
    scenario: str | Path, changes: Mapping[str, object]
) -> tuple[Case, Scenario, tuple[Problem, ...]]:
    """Return a scenario with the case that it belongs to, and what is valid but odd with it.

    Parameters
    ----------
    scenario, changes
        As ``load`` takes them.

    Returns
    -------
    Case
    Scenario
    tuple of Problem
        Warnings, as ``check`` finds them; where a plan lacks tables, also files that were not read.

    Raises
    ------
    DataError, ScenarioError
        As ``load`` raises.
    """
    file = find_scenario(scenario)
    folder = case_of(file)
    settings_read = load_scenario(file, changes)
    case, about_tables = read_case(folder)
    if case is None:
        raise worded(DataError, about_tables)
    case, settings_read, problems = judged_pair(case, settings_read)
    if errors := errors_of(problems):
        kind: type[JspError] = (
            ScenarioError if any(not error.file.endswith(".csv") for error in errors) else DataError
        )
        raise worded(kind, errors)
    unread = [found for found in about_tables if found.code == "unknown_file"]
    return case, settings_read, (*problems, *(unread if missing_for_plan(case) else ()))
