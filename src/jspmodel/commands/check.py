"""``jspmodel check``."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.markup import escape
from rich.table import Table

from jspmodel.commands.console import ERR, OUT, filled, mendable, tell_place
from jspmodel.errors import DataError, Problem
from jspmodel.figures import Findings, case_findings, coverage
from jspmodel.scenario import Language
from jspmodel.text import listing, say, worded


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
    with mendable(language):
        if html and not html.parent.is_dir():
            values = {"folder": html.parent.as_posix()}
            raise worded(DataError, [Problem("no_such_folder", html.as_posix(), values=values)])
        found = case_findings(target, language, lambda case: tell_place(case, language))
    _tell(found, language)
    if html:
        # Not sooner: a page needs much that checking does not.
        from jspmodel.pages import findings_page
        from jspmodel.runs import write_atomically

        with mendable(language):
            write_atomically(html, findings_page(found, language))
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
