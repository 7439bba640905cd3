"""The first sheet of a template: how to fill it in, and what each sheet is for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import ceil
from typing import Any

from jspmodel.case import TABLES
from jspmodel.intake import schema
from jspmodel.measure import PLAN_TABLES
from jspmodel.text import LANGUAGES, say
from jspmodel.workbook.layout import sheet_name

_LETTERS = 58
"""About how many letters stand on a line."""
_FIRST = ("issues", "issue_regions", "program_regions", "program_effects")
"""What a first plan needs beside the tables that every case must have."""
_STEPS = ("fill", "first", "short", "lists", "money", "codes", "rows", "blank", "back")
_FIRST_STEPS = ("sheet", "fill", "hidden", "short", "lists", "money", "codes", "rows_first", "blank", "back")


def add_guide(
    page: Any,
    looks: Mapping[str, Any],
    titles: Mapping[str, str],
    counts: Mapping[str, int],
    hidden: Collection[str] = (),
) -> None:
    """Write the first sheet, Indonesian and English side by side.

    Parameters
    ----------
    page : xlsxwriter.Worksheet
    looks : mapping of str to xlsxwriter.format.Format
    titles : mapping of str to str
        Title of the case by language.
    counts : mapping of str to int
        Rows of each table that the case has.
    hidden : collection of str
        Tables whose sheets are hidden, as in a workbook that opens on the sheet of a first plan.
    """
    steps = _FIRST_STEPS if hidden else _STEPS
    page.hide_gridlines(2)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for place, width in enumerate((4, 62, 62, 12, 14)):
        page.set_column(place, place, width, looks["plain"])
    for place, language in enumerate(LANGUAGES, 1):
        style = looks["wrapped" if language == "id" else "wrapped_english"]
        page.write_string(
            0, place, say("workbook.guide_title", language, case=titles[language]), looks["title"]
        )
        for row, step in enumerate(steps, 2):
            page.write_string(row, place, say(f"workbook.guide_{step}", language), style)
    for row, step in enumerate(steps, 2):
        lines = max(ceil(len(say(f"workbook.guide_{step}", language)) / _LETTERS) for language in LANGUAGES)
        page.set_row(row, 16 * lines)
        page.write_number(row, 0, row - 1, looks["hint"])
    _write_contents(page, looks, counts, len(steps) + 3, hidden)


def _write_contents(
    page: Any, looks: Mapping[str, Any], counts: Mapping[str, int], top: int, hidden: Collection[str]
) -> None:
    for place, key in enumerate(("sheet", "sheet", "rows", "needed")):
        heading = say(f"workbook.contents_{key}", "en" if place == 1 else "id")
        page.write_string(top, place + 1, heading, looks["heading"])
    for row, table in enumerate(TABLES, top + 1):
        name = sheet_name(table)
        needed = "needed" if table in PLAN_TABLES else "first_plan" if table in _FIRST else "not_needed"
        if table in hidden:  # no link leads to a sheet that is hidden
            page.write_string(row, 1, name, looks["plain"])
        else:
            page.write_url(row, 1, f"internal:'{name}'!A1", looks["link"], name)
        page.write_string(row, 2, schema(table)["title_en"], looks["plain"])
        page.write_number(row, 3, counts.get(table, 0), looks["whole"])
        page.write_string(row, 4, say(f"workbook.{needed}", "id"), looks["hint"])
