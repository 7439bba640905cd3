"""The first sheet of a template: how to fill it in, and what each sheet is for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from jspmodel.case import TABLES
from jspmodel.intake import schema
from jspmodel.measure import PLAN_TABLES
from jspmodel.scenario import Language
from jspmodel.text import LANGUAGES, say
from jspmodel.workbook.layout import sheet_name

_LETTERS = 58
"""About how many letters stand on a line."""
_FIRST = ("issues", "issue_regions", "program_regions", "program_effects")
"""What a first plan needs beside the tables that every case must have."""
_LAST = ("lists", "money", "codes")
_STEPS = {
    "tables": ("fill", "first", "short", *_LAST, "rows", "blank", "back"),
    "first": ("sheet", "fill", "values", "hidden", "short", *_LAST, "rows_first", "blank", "back"),
    "realisation": ("realised", "progress", "fill", "hidden", "money", "codes", "rows", "blank", "back"),
    "list": ("yellow", "fill", "hidden", "short", *_LAST, "rows", "blank", "back"),
}
"""What is said, by what the workbook is."""
_COUNTED = {"yellow", "realised"}
"""Steps that tell how many cells are yellow."""


@dataclass(frozen=True)
class Guided:
    """What a guide speaks of.

    Attributes
    ----------
    kind : {"tables", "first", "list", "realisation"}
        Whether the workbook is that of a case, of a first plan, made of a list, or asks what
        became of a plan.
    hidden : collection of str
        Tables whose sheets are hidden.
    asked : mapping of str to int
        By table, how many cells of new rows are yellow.
    """

    kind: str
    hidden: Collection[str]
    asked: Mapping[str, int]

    def texts(self, language: Language) -> list[str]:
        """Return the steps in words."""
        sheets = ", ".join(f"{sheet_name(table)} ({count})" for table, count in self.asked.items())
        return [
            say(f"workbook.guide_{step}", language, **({"sheets": sheets} if step in _COUNTED else {}))
            for step in _STEPS[self.kind]
            if (step != "values" or "indicators" not in self.hidden) and (step not in _COUNTED or sheets)
        ]


def add_guide(
    page: Any,
    looks: Mapping[str, Any],
    titles: Mapping[str, str],
    counts: Mapping[str, int],
    guided: Guided,
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
    guided : Guided
    """
    steps = {language: guided.texts(language) for language in LANGUAGES}
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
        for row, text in enumerate(steps[language], 2):
            page.write_string(row, place, text, style)
    for row, texts in enumerate(zip(*steps.values(), strict=True), 2):
        page.set_row(row, 16 * max(ceil(len(text) / _LETTERS) for text in texts))
        page.write_number(row, 0, row - 1, looks["hint"])
    _write_contents(page, looks, counts, len(steps["id"]) + 3, guided.hidden)


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
