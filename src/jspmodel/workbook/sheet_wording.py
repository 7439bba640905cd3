"""Problems of a workbook as the people who filled it in know things: sheets, headings, their own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from jspmodel.case import TABLES
from jspmodel.errors import Problem
from jspmodel.intake import schema
from jspmodel.text import listing, say, words
from jspmodel.workbook.choice_labels import choice_words

if TYPE_CHECKING:
    from jspmodel.scenario import Language
    from jspmodel.workbook.reading import Reading

_NUMBERS = ("billions", "decimal", "plain")
"""Values of problems of any table that people are told to write: a sheet wants the mark of their language."""


def problem_list(reading: Reading, language: Language) -> str:
    """Return what is wrong with a workbook as a list in words: sheet, cell, what mends it.

    Parameters
    ----------
    reading : Reading
    language : {"id", "en"}

    Returns
    -------
    str
    """
    shown = [_as_shown(problem, reading, language) for problem in reading.problems]
    return _in_sheets(listing(shown, language), reading, language)


def describe_problem(problem: Problem, reading: Reading, language: Language) -> str:
    """Return a problem in words, without its place.

    Parameters
    ----------
    problem : Problem
    reading : Reading
    language : {"id", "en"}

    Returns
    -------
    str
    """
    text = words(_as_shown(problem, reading, language), language)
    before = say("problem.listing_cell", language, cell=problem.cell) + ": "
    return _in_sheets(text.removeprefix(before), reading, language)


def problem_rows(reading: Reading, language: Language) -> list[tuple[Problem, tuple[str, str, str, str]]]:
    """Return what is wrong with a workbook as a table: how bad it is, sheet, cell, what mends it.

    Parameters
    ----------
    reading : Reading
    language : {"id", "en"}

    Returns
    -------
    list of (Problem, row)
        Errors before warnings; the headings are ``workbook.problems_*``.
    """
    ordered = sorted(reading.problems, key=lambda problem: problem.warning)
    return [(problem, _row(problem, reading, language)) for problem in ordered]


def _row(problem: Problem, reading: Reading, language: Language) -> tuple[str, str, str, str]:
    kind = say(f"workbook.problems_{'warning' if problem.warning else 'error'}", language)
    said = describe_problem(problem, reading, language)
    return kind, sheet_of(problem, reading), problem.cell, said


def sheet_of(problem: Problem, reading: Reading) -> str:
    """Return the name of the sheet where a problem is; its file where the workbook does not show it."""
    place = reading.places.get(problem.file.removesuffix(".csv"))
    return place.name if place else problem.file


def _as_shown(problem: Problem, reading: Reading, language: Language) -> Problem:
    table = problem.file.removesuffix(".csv")
    if table not in reading.places:
        return problem
    fields = {field["name"]: field for field in schema(table)["fields"]}
    title = "title" if language == "id" else "title_en"
    columns = [fields.get(column, {}).get(title, column) for column in problem.column.split(", ")]
    values = {key: _number(value) if key in _NUMBERS else value for key, value in problem.values.items()}
    if problem.code == "not_in_list":
        values |= _choices(values, fields[problem.column], language)
    return replace(problem, column=", ".join(columns), values=values)


def _number(value: object) -> object:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return value


def _choices(values: Mapping[str, Any], field: Mapping[str, Any], language: Language) -> dict[str, str]:
    known = choice_words(field["name"], field["constraints"]["enum"], language)
    return {"choices": ", ".join(known.values()), "nearest": known.get(values["nearest"], "")}


def _in_sheets(text: str, reading: Reading, language: Language) -> str:
    """Name sheets and headings where a text names files and columns of tables that the workbook holds."""

    def sheet_words(match: re.Match[str]) -> str:
        place = reading.places.get(match[1])
        return say("workbook.the_sheet", language, sheet=place.name) if place else match[0]

    return re.sub(r"\b([a-z_]+)\.csv\b", sheet_words, _with_headings(text, reading, language))


def _with_headings(text: str, reading: Reading, language: Language) -> str:
    """Name headings for columns: of the table before them, or of one title wherever they stand."""
    title = "title" if language == "id" else "title_en"
    titles = {
        (table, field["name"]): field[title]
        for table in reading.places
        if table in TABLES
        for field in schema(table)["fields"]
    }

    def heading(match: re.Match[str]) -> str:
        table, column = match[1], match[3]
        told = {name for (of, key), name in titles.items() if key == column and table in {None, of}}
        return match[0] if len(told) != 1 else f'{match[0].removesuffix(column)}"{told.pop()}"'

    return re.sub(r"(?:\b([a-z_]+)\.csv \()?\b(kolom|column) ([a-z_]+)\b", heading, text)
