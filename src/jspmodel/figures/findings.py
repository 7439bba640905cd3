"""What there is to tell of a sound case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem, ScenarioError
from jspmodel.figures.case_readiness import lacking_for_plan, valid_for
from jspmodel.figures.data_overview import missing
from jspmodel.figures.default_dependence import DefaultDependence, default_dependence
from jspmodel.figures.warning_order import by_importance
from jspmodel.intake import judged_pair, load_scenario, read_case, scenario_files
from jspmodel.measure import computed_once
from jspmodel.scenario import Language, Scenario


@dataclass(frozen=True)
class Findings:
    """What is told of a sound case.

    Attributes
    ----------
    case : Case
    scenarios : int
    warnings : list of (str, list of Problem)
        By importance.
    lacking : list of str
        To get further.
    valid : list of str
        What it is valid for without a plan.
    for_plan : list of str
        What a plan still lacks; nothing where programmes can be selected.
    defaults : list of DefaultDependence
    """

    case: Case
    scenarios: int
    warnings: list[tuple[str, list[Problem]]]
    lacking: list[str]
    valid: list[str]
    for_plan: list[str]
    defaults: list[DefaultDependence]

    @property
    def counts(self) -> dict[str, object]:
        """How much there is of what."""
        tables = ("regions", "issues", "programs", "funds")
        return {"scenarios": self.scenarios, **{name: len(getattr(self.case, name)) for name in tables}}


def case_findings(
    target: str, language: Language, on_case: Callable[[Case], None] = lambda case: None
) -> Findings:
    """Read a case and all its scenarios, and return what there is to tell of them.

    Parameters
    ----------
    target : str
        Folder of the case.
    language : {"id", "en"}
        Of what is told in words already.
    on_case : callable, optional
        Given the case as soon as its tables are known to be valid.

    Returns
    -------
    Findings

    Raises
    ------
    DataError, ScenarioError
        With every problem, where the tables or a scenario are not valid.
    """
    with computed_once():
        case, problems = read_case(target)
        if case is None:
            raise DataError("", problems)
        on_case(case)
        files = scenario_files(target)
        problems += _of_scenarios(case, files)
        baseline = next((file for file in files if file.stem == "baseline"), files[0] if files else None)
        left, scenario, _ = judged_pair(case, load_scenario(baseline)) if baseline else (case, Scenario(), ())
        for_plan = lacking_for_plan(case, language)
        return Findings(
            case,
            len(files),
            by_importance(problem for problem in problems if problem.warning),
            missing(case, language),
            valid_for(case, language),
            for_plan,
            [] if for_plan else default_dependence(left, scenario, language),
        )


def _of_scenarios(case: Case, files: Sequence[Path]) -> tuple[Problem, ...]:
    """Return the warnings of all scenarios, each once; raise with every error if there is one."""
    found: dict[str, Problem] = {}
    errors: list[Problem] = []
    for file in files:
        try:
            *_, problems = judged_pair(case, load_scenario(file))
        except ScenarioError as error:
            errors += error.problems
        else:
            found |= {repr(problem): problem for problem in problems}
    errors += [problem for problem in found.values() if not problem.warning]
    if errors:
        raise ScenarioError("", errors)
    return tuple(found.values())
