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
_FIRST, _REST = ("unread", "asked", "answer"), ("other", "certainty")
"""Groups of warnings: what may change the plan, and what is folded away."""


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
    first = tuple(_warned(found, language, _FIRST, known))
    rest = (*_warned(found, language, _REST, known), *_hanging(found, language))
    if not first and not rest:
        return ""
    headings = tuple(say(f"serve.finding_{key}", language) for key in ("meaning", "place", "what"))
    tables = [
        Captioned(say(f"serve.findings_{name}", language), Table(headings, rows, (False,) * 3), kind)
        for name, rows, kind in (("first", first, "cards"), ("rest", rest, "cards folded"))
    ]
    title = say("serve.findings", language, count=len(first) + len(rest))
    return render_finding(title, language, tables=tables).html


def _warned(
    found: Findings, language: Language, groups: Collection[str], known: Collection[str]
) -> Iterator[_Row]:
    for name, problems in found.warnings:
        meaning = say(f"check.{name}", language).rstrip(":")
        for problem in problems if name in groups else ():
            if problem.code not in known:
                yield meaning, plain_place(problem), plain_problem(problem, language)


def _hanging(found: Findings, language: Language) -> Iterator[_Row]:
    meaning = say("serve.finding_default", language)
    for item in found.defaults:
        answer = say(f"check.answer_{item.answer}", language)
        yield meaning, answer, plain(item.words(language), language)
