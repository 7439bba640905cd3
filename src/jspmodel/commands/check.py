"""``jspmodel check``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.markup import escape
from rich.table import Table

from jspmodel.case import Case
from jspmodel.commands.console import ERR, OUT, filled, mendable, tell_place
from jspmodel.errors import DataError, Problem, ScenarioError
from jspmodel.figures import (
    Findings,
    by_importance,
    coverage,
    default_dependence,
    lacking_for_plan,
    missing,
    valid_for,
)
from jspmodel.intake import check as check_scenario
from jspmodel.intake import coded_scenario, load_scenario, read_case, scenario_files
from jspmodel.measure import computed_once
from jspmodel.scenario import Language, Scenario
from jspmodel.text import listing, say


def check(target: str, language: Language, html: Path | None = None) -> None:
    """Load a case and all its scenarios; say what is wrong or odd, what is missing, what hangs on defaults.

    Parameters
    ----------
    target : str
        Folder of the case.
    language : {"id", "en"}
    html : Path, optional
        Also write it as a page.
    """
    if html and html.exists():
        ERR.print(escape(say("check.page_there", language, file=html)), soft_wrap=True)
        raise typer.Exit(2)
    with mendable(language), computed_once():
        case, problems = read_case(target)
        if case is None:
            raise DataError("", problems)
        tell_place(case, language)
        files = scenario_files(target)
        problems += _scenario_problems(case, files)
        baseline = next((file for file in files if file.stem == "baseline"), files[0] if files else None)
        scenario = coded_scenario(case, load_scenario(baseline))[0] if baseline else Scenario()
    found = Findings(
        case,
        len(files),
        by_importance(problem for problem in problems if problem.warning),
        missing(case, language),
        valid_for(case, language),
        for_plan := lacking_for_plan(case, language),
        [] if for_plan else default_dependence(case, scenario, language),
    )
    _tell(found, language)
    if html:
        # Not sooner: a page needs much that checking does not.
        from jspmodel.pages import findings_page

        html.write_text(findings_page(found, language), encoding="utf-8")
        OUT.print(escape(say("check.page_at", language, file=html)), soft_wrap=True)


def _tell(found: Findings, language: Language) -> None:
    if found.warnings:
        count = sum(len(problems) for _, problems in found.warnings)
        OUT.print(say("cli.check_warnings", language, count=count))
    for name, problems in found.warnings:
        text = listing(problems, language).partition("\n")[2]
        OUT.print(escape(say(f"check.{name}", language) + "\n" + text), soft_wrap=True)
    if len(found.case.issues):
        OUT.print(filled(Table(), coverage(found.case, language)))
    if found.lacking:
        OUT.print(
            "\n  - ".join([say("picture.title", language), *map(escape, found.lacking)]), soft_wrap=True
        )
    if found.defaults:
        OUT.print(say("check.hanging", language) + ":")
        for item in found.defaults:
            answer = say(f"check.answer_{item.answer}", language)
            OUT.print(escape(f"  - {answer}: {item.words(language)}"), soft_wrap=True)
    if found.for_plan:
        valid = ", ".join(found.valid) or say("check.valid_nothing", language)
        OUT.print(escape(f"{say('check.valid_for', language)} {valid}"), soft_wrap=True)
        lines = [say("check.for_plan", language), *found.for_plan]
        OUT.print(escape("\n  - ".join(lines)), soft_wrap=True)
    name = escape(found.case.name)
    OUT.print(say("cli.check_done", language, case=name, **found.counts), soft_wrap=True)


def _scenario_problems(case: Case, files: Sequence[Path]) -> tuple[Problem, ...]:
    """Return the warnings of all scenarios, each once; raise with every error if there is one."""
    found: dict[str, Problem] = {}
    errors: list[Problem] = []
    for file in files:
        try:
            scenario, twice = coded_scenario(case, load_scenario(file))
            problems = (*twice, *check_scenario(case, scenario))
        except ScenarioError as error:
            errors += error.problems
        else:
            found |= {repr(problem): problem for problem in problems}
    errors += [problem for problem in found.values() if not problem.warning]
    if errors:
        raise ScenarioError("", errors)
    return tuple(found.values())
