"""The picture of a case as a page with the look of the report."""

from __future__ import annotations

from dataclasses import dataclass

from jspmodel.case import Case
from jspmodel.figures import Findings, coverage, data_coverage, statuses
from jspmodel.pages.finding import Captioned
from jspmodel.pages.html import fragment
from jspmodel.pages.standalone_page import standalone_html
from jspmodel.scenario import Language
from jspmodel.text import Table, say, words


@dataclass(frozen=True)
class _Part:
    anchor: str
    heading: str
    sentences: list[str]
    tables: list[Captioned]


def findings_page(found: Findings, language: Language) -> str:
    """Return the findings as a page; whatever the tables hold is escaped.

    Parameters
    ----------
    found : Findings
    language : {"id", "en"}

    Returns
    -------
    str
        One document that loads nothing from anywhere.
    """
    title = say("check.page_title", language, title=found.case.title.get(language, found.case.name))
    sentences = [say("check.page_counts", language, **found.counts), say("check.page_sound", language)]
    if found.for_plan:
        valid = ", ".join(found.valid) or say("check.valid_nothing", language)
        sentences.append(f"{say('check.valid_for', language)} {valid}")
    parts = [
        _part("warnings", _warned(found, language), "no_warnings", [], language),
        *([_part("for_plan", found.for_plan, "", [], language)] if found.for_plan else []),
        _part("missing", found.lacking, "nothing_missing", [], language),
        _part("hanging", [], "nothing_hanging", _hanging(found, language), language),
        _part("coverage", [], "", _known(found.case, language), language),
        _part("status", [], "", [_captioned("status", statuses(found.case, language), language)], language),
    ]
    body = fragment("at_glance", title, language, sentences=sentences, parts=parts).html
    return standalone_html(
        title, body, language, sections=tuple((f"#{part.anchor}", part.heading) for part in parts)
    )


def _part(name: str, sentences: list[str], none: str, tables: list[Captioned], language: Language) -> _Part:
    filled = [item for item in tables if item.table.rows]
    if none and not sentences and not filled:
        sentences = [say(f"check.{none}", language)]
    return _Part(name, say(f"check.{name}", language), sentences, filled)


def _warned(found: Findings, language: Language) -> list[str]:
    return [
        " ".join(filter(None, (say(f"check.{name}", language), problem.file, words(problem, language))))
        for name, problems in found.warnings
        for problem in problems
    ]


def _hanging(found: Findings, language: Language) -> list[Captioned]:
    rows = tuple(
        (say(f"check.answer_{item.answer}", language), item.words(language)) for item in found.defaults
    )
    columns = tuple(say(f"check.column_{key}", language) for key in ("answer", "default"))
    return [_captioned("hanging", Table(columns, rows, (False, False)), language, "cards")]


def _known(case: Case, language: Language) -> list[Captioned]:
    return [
        _captioned("coverage", coverage(case, language), language),
        _captioned("where", data_coverage(case, language), language, "wide"),
    ]


def _captioned(name: str, table: Table, language: Language, kind: str = "") -> Captioned:
    return Captioned(say(f"check.{name}", language), table, kind)
