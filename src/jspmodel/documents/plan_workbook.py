"""The plan of a run as a workbook: all that the report tells in tables, one tidy table a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from jspmodel.documents.limit_sheets import limit_pages
from jspmodel.documents.plain_text import plain
from jspmodel.documents.why_pages import explanation_pages
from jspmodel.measure import computed_once
from jspmodel.objective_kinds import COUNTS
from jspmodel.report import (
    Decision,
    advice,
    assumption_sentences,
    case_title,
    caution,
    headline,
    inputs_table,
    proof_table,
    repeat_command,
    scenario_title,
    versions_table,
)
from jspmodel.scenario import Language
from jspmodel.tables import CHANGE_COLUMNS, change_rows, explanation_answers
from jspmodel.text import proof_sentence, say
from jspmodel.workbook import Column, Page, Value, impact_note, plan_pages, write_pages

_ITEM, _SAID = 34, 120


@computed_once()
def write_workbook(decision: Decision, file: Path, language: Language) -> None:
    """Write a decision as a workbook.

    Parameters
    ----------
    decision : Decision
    file : Path
        Ends in ``.xlsx`` and is not there yet.
    language : {"id", "en"}
        Of headings and sentences; what the tables hold in one language stays as it is.

    Raises
    ------
    DataError
        If the file may not be written.
    """
    pages = [
        _facts("summary", _summary(decision, language), language),
        *plan_pages(decision.case, decision.scenario, decision.plan, language),
        *limit_pages(decision, language),
        _indicators(decision, language),
        _assumptions(decision, language),
        *_why(decision, language),
        _changes(decision, language),
        _facts("record", _record(decision, language), language),
    ]
    write_pages((page for page in pages if page.rows), file)


def _summary(decision: Decision, language: Language) -> Iterator[Sequence[str]]:
    told = decision.figures
    yield say("sheets.item_case", language), case_title(decision, language)
    yield say("sheets.item_scenario", language), scenario_title(decision, language)
    yield say("sheets.item_years", language), f"{told.first}–{told.last}"
    yield say("sheets.item_headline", language), headline(decision, language)
    for sentence in advice(decision, language):
        yield say("sheets.item_advice", language), plain(sentence)
    yield say("sheets.item_proof", language), proof_sentence(decision.plan, language)
    if decision.explanation is not None:
        for answer in explanation_answers(decision.case, decision.plan, decision.explanation, language):
            yield say("sheets.item_why", language), plain(answer.title)
    if warned := caution(decision, language):
        yield say("sheets.item_caution", language), warned
    if COUNTS[decision.plan.objective_kind].effects:
        yield say("sheets.item_impact", language), impact_note(decision.plan, language)
    yield say("sheets.item_units", language), say("sheets.units", language)


def _indicators(decision: Decision, language: Language) -> Page:
    case = decision.case
    issues, names, places = (case.names(table, language) for table in ("issues", "indicators", "regions"))
    units = dict(zip(case.indicators["indicator"], case.indicators["unit"], strict=True))
    keys, expected = ["indicator", "region", "year"], decision.futures.paths
    paths = expected[expected["region"] != ""].merge(
        decision.outcome.paths[[*keys, "with_plan"]], how="left", on=keys
    )
    rows: list[list[Value]] = [
        [row.indicator, names[row.indicator], issues[row.issue], row.region, places[row.region], row.year,
         units[row.indicator], row.without, row.low, row.median, row.high, row.with_plan, row.target]
        for row in paths.itertuples()
    ]  # fmt: skip
    columns = {
        "indicator_code": (12, "cell"),
        "indicator": (40, "cell"),
        "issue": (30, "cell"),
        "region_code": (12, "cell"),
        "region": (28, "cell"),
        "year": (10, "cell_year"),
        "unit": (22, "cell"),
        **dict.fromkeys(("without", "low", "expected", "high", "with_plan", "target"), (14, "cell_number")),
    }
    heads = [Column(say(f"sheets.column_{key}", language), *shown) for key, shown in columns.items()]
    return Page(say("sheets.indicators", language), heads, rows)


def _assumptions(decision: Decision, language: Language) -> Page:
    columns = [Column(say("sheets.column_assumption", language), _SAID)]
    rows = [[plain(sentence)] for sentence in assumption_sentences(decision, language)]
    return Page(say("sheets.assumptions", language), columns, rows)


def _record(decision: Decision, language: Language) -> Iterator[Sequence[str]]:
    yield from proof_table(decision.plan, language).rows
    for package, version in versions_table(decision.record, language).rows:
        yield say("sheets.item_version", language, package=package), version
    for file, digest in inputs_table(decision.record, language).rows:
        yield say("sheets.item_sha256", language, file=file), digest
    if command := repeat_command(decision.record):
        yield say("sheets.item_command", language), command


def _why(decision: Decision, language: Language) -> list[Page]:
    found = decision.explanation
    return [] if found is None else explanation_pages(decision.case, decision.plan, found, language)


def _changes(decision: Decision, language: Language) -> Page:
    """Return what is planned otherwise than it was adopted, and why; no rows where nothing was adopted."""
    widths = dict(zip(CHANGE_COLUMNS, (40, 34, 34, _SAID), strict=True))
    columns = [Column(say(f"realisation.column_{key}", language), width) for key, width in widths.items()]
    rows = change_rows(decision.case, decision.scenario, decision.plan, language)
    return Page(say("realisation.sheet", language), columns, [[*row] for row in rows])


def _facts(name: str, rows: Iterator[Sequence[str]], language: Language) -> Page:
    columns = [
        Column(say("sheets.column_item", language), _ITEM),
        Column(say("sheets.column_value", language), _SAID),
    ]
    return Page(say(f"sheets.{name}", language), columns, list(rows))
