"""``jspmodel check``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from jspmodel.batch import scenario_files
from jspmodel.case import Case
from jspmodel.commands.picture import coverage_table, missing
from jspmodel.commands.terminal import OUT, mendable
from jspmodel.errors import DataError, Problem, ScenarioError
from jspmodel.intake import check as check_scenario
from jspmodel.intake import load_scenario, read_case
from jspmodel.scenario import Language
from jspmodel.text.problems import listing
from jspmodel.text.wording import say


def check(target: str, language: Language) -> None:
    """Load a case and all its scenarios; say what is wrong or odd.

    Parameters
    ----------
    target : str
        Folder of the case.
    language : {"id", "en"}
    """
    with mendable(language):
        case, problems = read_case(target)
        if case is None:
            raise DataError("", problems)
        files = scenario_files(target)
        problems += _scenario_problems(case, files)
    warnings = [problem for problem in problems if problem.warning]
    if warnings:
        OUT.print(say("cli.check_warnings", language, count=len(warnings)))
        OUT.print(escape(listing(warnings, language)))
    if len(case.issues):
        OUT.print(coverage_table(case, language))
    if lacking := missing(case, language):
        OUT.print("\n  - ".join([say("picture.title", language), *map(escape, lacking)]), soft_wrap=True)
    OUT.print(
        say(
            "cli.check_done",
            language,
            case=escape(case.name),
            regions=len(case.regions),
            issues=len(case.issues),
            programs=len(case.programs),
            funds=len(case.funds),
            scenarios=len(files),
        )
    )


def _scenario_problems(case: Case, files: Sequence[Path]) -> tuple[Problem, ...]:
    """Return the warnings of all scenarios, each once; raise with every error if there is one."""
    found: dict[str, Problem] = {}
    errors: list[Problem] = []
    for file in files:
        try:
            problems = check_scenario(case, load_scenario(file))
        except ScenarioError as error:
            errors += error.problems
        else:
            found |= {repr(problem): problem for problem in problems}
    errors += [problem for problem in found.values() if not problem.warning]
    if errors:
        raise ScenarioError("", errors)
    return tuple(found.values())
