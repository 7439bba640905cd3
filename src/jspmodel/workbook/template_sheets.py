"""One table as a sheet of a template: headings, lists, limits, rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from babel.numbers import format_decimal
from xlsxwriter.utility import xl_range

from jspmodel.intake import Flaw, Sheet, normal_cell, schema
from jspmodel.text import say
from jspmodel.workbook.layout import FIRST_DATA_ROW, sheet_name
from jspmodel.workbook.lists import words_by_choice
from jspmodel.workbook.rules import (
    LEVELS,
    column_rule,
    has_choices,
    is_year,
    referenced,
    unit_of,
)
from jspmodel.workbook.styles import style_of

if TYPE_CHECKING:
    from jspmodel.scenario import Language

_SPARE = 1000
"""Rows below the data that lists and limits hold for."""
_NARROWEST, _WIDEST = 10, 46
_MEASURED = 200
"""Rows that decide how wide a column is."""

_A4 = 9
_MOST_ON_A_PAGE = 12
"""Columns that still can be read when they are printed side by side."""
_FIRST_YEAR = 1900
"""Before it a spreadsheet knows no dates."""

_ASKED = {
    "programs": ("dimension", "first_start"),
    "program_costs": ("amount",),
    "program_effects": ("level",),
}
"""Columns that a new row is asked for although they may stay blank."""

Value = str | float | date


@dataclass(frozen=True)
class Shown:
    """What is the same for every sheet of a template.

    Attributes
    ----------
    book : xlsxwriter.Workbook
    styles : mapping of str to xlsxwriter.format.Format
    labels : mapping of str to mapping of str to str
    lists : mapping of str to str
        Defined name of each list.
    language : {"id", "en"}
    """

    book: Any
    styles: Mapping[str, Any]
    labels: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, str]
    language: Language


def add_table(
    shown: Shown, table: str, sheet: Sheet | None, example: Mapping[str, Value], fresh: int = 0
) -> int:
    """Write a table as a sheet, and return how many of its cells are yellow.

    Parameters
    ----------
    shown : Shown
    table : str
    sheet : Sheet or None
        Its rows in the case; None: the case does not have it.
    example : mapping of str to str, float or date
        A row of another case, as a template shows it.
    fresh : int
        How many rows at the end are new; what they lack is yellow.

    Returns
    -------
    int
    """
    asked = 0
    page = shown.book.get_worksheet_by_name(sheet_name(table))
    fields = schema(table)["fields"]
    rows = [_row_values(row, sheet, shown) for row in sheet.rows] if sheet else []
    first, last = FIRST_DATA_ROW - 1, FIRST_DATA_ROW - 2 + len(rows)
    _write_head(page, table, example, shown)
    for place, field in enumerate(fields):
        cells = [row.get(field["name"], "") for row in rows]
        style = style_of(field["type"], is_year=is_year(field))
        page.set_column(place, place, _width(field, cells[:_MEASURED]), shown.styles[style])
        for row, cell in enumerate(cells, first):
            _write_cell(page, row, place, cell, shown.styles[style], shown.styles["quoted"])
            if row > last - fresh and cell == "" and _asked(table, field, shown):
                page.write_blank(row, place, None, shown.styles[f"asked_{style}"])
                asked += 1
        rule = column_rule(table, field, shown.lists, shown.language)
        page.data_validation(first, place, last + _SPARE, place, rule)
    page.freeze_panes(first, 1)
    page.set_landscape()
    page.set_paper(_A4)
    if len(fields) <= _MOST_ON_A_PAGE:
        page.fit_to_pages(1, 0)
    page.repeat_rows(first - 2, first - 1)
    page.autofilter(first - 1, 0, max(first, last), len(fields) - 1)
    page.ignore_errors({"number_stored_as_text": xl_range(0, 0, last + _SPARE, len(fields) - 1)})
    return asked


def example_row(shown: Shown, sheet: Sheet | None) -> dict[str, Value]:
    """Return the fullest row of a table, as a template shows it; nothing where there is none."""
    if sheet is None or not sheet.rows:
        return {}
    return _row_values(max(sheet.rows, key=lambda row: sum(map(bool, row))), sheet, shown)


def _write_head(page: Any, table: str, example: Mapping[str, Value], shown: Shown) -> None:
    description, looks = schema(table), shown.styles
    title = "title" if shown.language == "id" else "title_en"
    titles = {field["name"]: field[title] for field in description["fields"]}
    keys = ", ".join(titles[column] for column in description["primaryKey"])
    page.write_string(0, 0, f"{description['title']} · {description['title_en']}", looks["title"])
    page.write_string(1, 0, say("workbook.one_row", shown.language, keys=keys), looks["hint"])
    for place, field in enumerate(description["fields"]):
        needed = bool(field.get("constraints", {}).get("required"))
        text = _example_text(example.get(field["name"], ""), shown.language)
        if place == 0:
            text = say("workbook.example", shown.language, example=text)
        page.write_string(2, place, text, looks["example"])
        page.write_string(3, place, _unit_text(field, shown.language, needed=needed), looks["unit"])
        page.write_string(4, place, field["title"], looks["heading_required" if needed else "heading"])
        page.write_string(5, place, field["title_en"], looks["heading_english"])
    page.set_row(4, 32)
    page.set_row(5, 32)


def _example_text(value: Value, language: Language) -> str:
    if isinstance(value, float):
        text = format_decimal(value, format="0.######", locale=language)
        return str(text)
    return str(value)


def _unit_text(field: Mapping[str, Any], language: Language, *, needed: bool) -> str:
    duty = say("workbook.needed", language) if needed else ""
    return "; ".join(part for part in (duty, unit_of(field, language)) if part)


def _row_values(row: Sequence[str], sheet: Sheet, shown: Shown) -> dict[str, Value]:
    fields = {field["name"]: field for field in schema(sheet.table)["fields"]}
    return {
        column: _value(cell, sheet, fields[column], shown)
        for column, cell in zip(sheet.columns, row, strict=True)
    }


def _value(cell: str, sheet: Sheet, field: Mapping[str, Any], shown: Shown) -> Value:
    """Return what a sheet shows for a cell of a table; what is wrong stays as it is, to be mended there."""
    normal = normal_cell(cell, field, decimal_comma=sheet.decimal_comma)
    if isinstance(normal, Flaw) or not normal:
        return cell
    if field["type"] in {"integer", "number"}:
        return float(normal)
    if field["type"] == "date":
        day = date.fromisoformat(normal)
        return day if day.year >= _FIRST_YEAR else normal
    if has_choices(field):
        return words_by_choice(field, shown.language)[normal]
    if f"{sheet.table}.{field['name']}" == LEVELS:
        return shown.labels.get(LEVELS, {}).get(normal, normal)
    return shown.labels.get(referenced(sheet.table, field["name"]), {}).get(normal, normal)


def _asked(table: str, field: Mapping[str, Any], shown: Shown) -> bool:
    """Whether a new row is asked for a cell: needed, or wanted where the case has what it names."""
    if field.get("constraints", {}).get("required"):
        return True
    other = referenced(table, field["name"])
    return field["name"] in _ASKED.get(table, ()) and (not other or bool(shown.labels.get(other)))


def _write_cell(page: Any, row: int, place: int, value: Value, style: Any, quoted: Any) -> None:
    if isinstance(value, float):
        page.write_number(row, place, value, style)
    elif isinstance(value, date):
        page.write_datetime(row, place, datetime.combine(value, time()), style)
    elif value:
        page.write_string(row, place, value, quoted if value[0] in "=+-@" else style)


def _width(field: Mapping[str, Any], cells: Sequence[Value]) -> float:
    title = len(field["title"]) / 2 + 2, *(len(word) for word in field["title"].split())
    return min(max(_NARROWEST, *title, *(len(str(cell)) for cell in cells)) + 2, _WIDEST)
