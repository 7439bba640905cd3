"""Problems in the words of who has a workbook before them: sheets, headings, settings; no names of files."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from jspmodel.case import TABLES
from jspmodel.errors import Problem
from jspmodel.intake import schema
from jspmodel.scenario import Language
from jspmodel.text import all_wording, say, words

_NAMES = re.compile(r"\b[a-z]+(?:[_.][a-z0-9]+)+\b")
_SETTING = "serve.setting_"
_NOT_WRITTEN = ("not_writable", "not_writable_folder", "disk_full")
"""Problems whose mend, another place, whoever sees the page cannot choose."""


def plain_problem(problem: Problem, language: Language) -> str:
    """Return a problem of tables or settings without names that only files have.

    Parameters
    ----------
    problem : Problem
    language : {"id", "en"}

    Returns
    -------
    str
        A row of a file is left out: in a workbook it is another; so is where this session has its files.
    """
    if problem.code in _NOT_WRITTEN:
        return say("serve.not_written", language)
    table = problem.file.removesuffix(".csv")
    fields = {field["name"]: field for field in schema(table)["fields"]} if table in TABLES else {}
    title = "title" if language == "id" else "title_en"
    columns = [fields.get(name, {}).get(title, name) for name in problem.column.split(", ")]
    row = None if fields else problem.row
    return plain(words(replace(problem, column=", ".join(columns), row=row), language), language)


def plain_place(problem: Problem) -> str:
    """Return the sheet of a problem, or the name of its scenario."""
    name, _, kind = problem.file.rpartition(".")
    if kind == "csv" and name in TABLES:
        return str(schema(name)["title"])
    return name if kind == "yaml" else problem.file


def plain(text: str, language: Language) -> str:
    """Return a text with sheets for tables, headings for columns, and what settings are called here.

    Examples
    --------
    >>> plain("Lower first_start in programs.csv.", "en")
    'Lower "Earliest start" in sheet "Usulan program".'
    """
    names = _names(language)
    return _NAMES.sub(lambda match: names.get(match[0], match[0]), text)


@cache
def _names(language: Language) -> dict[str, str]:
    title = "title" if language == "id" else "title_en"
    names = {
        key.removeprefix(_SETTING).replace("__", "."): f'"{said}"'
        for key, said in all_wording(language).items()
        if key.startswith(_SETTING)
    }
    for table in TABLES:
        sheet = say("workbook.the_sheet", language, sheet=schema(table)["title"])
        names |= {f"{table}.csv": sheet, table: sheet}
        names |= {field["name"]: f'"{field[title]}"' for field in schema(table)["fields"]}
    return names
