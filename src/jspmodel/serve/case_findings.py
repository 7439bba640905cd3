"""What there is to look at in a case before its plan is sought, as ``jspmodel check`` tells it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from jspmodel.figures import Findings, case_findings
from jspmodel.pages import Captioned, render_finding
from jspmodel.scenario import Language
from jspmodel.serve.plain_words import plain, plain_place, plain_problem
from jspmodel.text import Table, say

_Row = tuple[str, str, str]


def findings_told(folder: Path, language: Language, known: Collection[str] = ()) -> str:
    """Return as HTML what is odd in a case and its scenarios, what is asked, and what hangs on defaults.

    Parameters
    ----------
    folder : Path
        Of the case.
    language : {"id", "en"}
    known : collection of str
        Codes of problems that were told already, with their cells.

    Returns
    -------
    str
        Everything escaped; empty where there is nothing.

    Raises
    ------
    DataError, ScenarioError
        Where the case cannot be read.
    """
    found = case_findings(str(folder), language)
    rows = (*_warned(found, language, known), *_hanging(found, language))
    if not rows:
        return ""
    headings = tuple(say(f"serve.finding_{key}", language) for key in ("meaning", "place", "what"))
    title = say("serve.findings", language, count=len(rows))
    table = Table(headings, rows, (False,) * len(headings))
    return render_finding(title, language, tables=[Captioned(title, table, "cards")]).html


def _warned(found: Findings, language: Language, known: Collection[str]) -> Iterator[_Row]:
    for name, problems in found.warnings:
        meaning = say(f"check.{name}", language).rstrip(":")
        for problem in problems:
            if problem.code not in known:
                yield meaning, plain_place(problem), plain_problem(problem, language)


def _hanging(found: Findings, language: Language) -> Iterator[_Row]:
    meaning = say("serve.finding_default", language)
    for item in found.defaults:
        answer = say(f"check.answer_{item.answer}", language)
        yield meaning, answer, plain(item.words(language), language)
