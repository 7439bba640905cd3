"""An adopted plan that a scenario goes on with: where it stands, and what is left to decide."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem
from jspmodel.file_names import is_file_name
from jspmodel.intake.cases import errors_of
from jspmodel.intake.checks import adopted as rules
from jspmodel.intake.checks.scenario_values import setting_problem
from jspmodel.intake.nearest import nearest_word
from jspmodel.intake.plan_files import load_plan
from jspmodel.measure import missing_for_plan
from jspmodel.plan import Plan
from jspmodel.realisation import Standing, left_to_decide
from jspmodel.scenario import Scenario
from jspmodel.text import worded

ADOPTED_FOLDER = "adopted"
"""Name of the folder of a case that holds its adopted plans."""


def adopted_file(folder: Path, name: str) -> Path:
    """Return the file of an adopted plan of a case."""
    return folder / ADOPTED_FOLDER / f"{name}.json"


def require_adoptable(case: Case, plan: Plan, file: Path) -> None:
    """Refuse a plan that its case could not go on with: of another case, or with what is no longer there.

    Parameters
    ----------
    case : Case
        As its tables were read.
    plan : Plan
        To be adopted.
    file : Path
        Where it is.

    Raises
    ------
    DataError
        With everything that the case lacks.
    """
    problems = rules.check_adopted(Standing(case, Scenario(), plan))
    told = [replace(problem, file=file.as_posix(), column="") for problem in problems]
    if told:
        raise worded(DataError, told)


def standing_pair(case: Case, scenario: Scenario) -> tuple[Case, Scenario, tuple[Problem, ...]]:
    """Return what is left to decide of a scenario that goes on with an adopted plan.

    Parameters
    ----------
    case : Case
        As its tables were read.
    scenario : Scenario
        With codes.

    Returns
    -------
    Case
    Scenario
        Both as given where the scenario goes on with no plan, or something is wrong.
    tuple of Problem
        Errors and warnings.
    """
    replan = scenario.replan
    if not replan.adopted:
        unused = replan.through is not None or replan.unspent is not None or bool(replan.unspent_funds)
        return (
            case,
            scenario,
            (setting_problem(scenario, "adopted_unsaid", "replan.adopted"),) if unused else (),
        )
    if missing_for_plan(case):
        return case, scenario, ()
    if replan.through is None:
        return case, scenario, (setting_problem(scenario, "through_unsaid", "replan.through"),)
    plan = _adopted(case, scenario)
    if isinstance(plan, Problem):
        return case, scenario, (plan,)
    return stand(case, scenario, plan)


def stand(case: Case, scenario: Scenario, adopted: Plan) -> tuple[Case, Scenario, tuple[Problem, ...]]:
    """Return what is left to decide, of an adopted plan in memory; ``standing_pair`` says the rest."""
    standing = Standing(case, scenario, adopted)
    problems = (*rules.check_adopted(standing), *rules.check_years(standing))
    if not errors_of(problems):
        problems = tuple(problem for rule in rules.CHECKS for problem in rule(standing))
    if errors_of(problems):
        return case, scenario, problems
    return *left_to_decide(standing), problems


def replanned(case: Case, scenario: Scenario, adopted: Plan) -> tuple[Case, Scenario]:
    """Return what is left to decide of an adopted plan, as ``load`` does for files.

    Parameters
    ----------
    case : Case
        With ``realisation``.
    scenario : Scenario
        With ``replan``; ``adopted`` there is the name that the plan is told by.
    adopted : Plan

    Returns
    -------
    Case
    Scenario

    Raises
    ------
    DataError
        With everything that is wrong, or not said.
    """
    found, settings, problems = stand(case, scenario, adopted)
    if errors := errors_of(problems):
        raise worded(DataError, errors)
    return found, settings


def _adopted(case: Case, scenario: Scenario) -> Plan | Problem:
    name = scenario.replan.adopted
    folder = Path("data", case.name) if case.folder is None else case.folder
    file = adopted_file(folder, name)
    if not is_file_name(name) or not file.is_file():
        there = sorted(found.stem for found in file.parent.glob("*.json")) if is_file_name(name) else []
        values = {"value": name, "folder": ADOPTED_FOLDER, "nearest": nearest_word(name, there)}
        return Problem("no_adopted_plan", f"{scenario.name}.yaml", None, "replan.adopted", values)
    try:
        return load_plan(file)
    except DataError as error:
        return error.problems[0]
