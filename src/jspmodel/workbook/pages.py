"""Sheets that people read: one tidy table a sheet, whose text no spreadsheet takes for a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil, isnan
from textwrap import wrap
from typing import Any

from xlsxwriter.utility import xl_col_to_name


@dataclass(frozen=True)
class Formula:
    """A formula of ours: never made of a text from a table.

    Attributes
    ----------
    text : str
        Begins with ``=``; names cells and ranges only.
    value : float
        What it comes to, for programs that do not calculate.
    look : str
        How it is shown; empty: as its column.
    """

    text: str
    value: float
    look: str = ""


Value = str | float | date | Formula | None

_LINE, _TALLEST = 16, 400
"""Height of a line of text and of the tallest row, in points; Excel refuses more than 409."""
_ARROW = 2
"""Characters that a filter's button takes of a heading."""
_LONGEST = 32_000
"""Characters; Excel refuses more than 32,767 in a cell."""
_FORMULA = tuple("=+-@\t\r\n|")
_A3, _A4 = 8, 9
_WIDE = 200
"""Characters beyond which a sheet would be too small to read on A4."""
_DIGITS = 12
"""Decimals of what is computed with."""
_TEXTS = {"cell", "cell_date"}
"""Looks whose values stand at the left."""
_FIRST_DAY = date(1900, 3, 1)
"""Earlier days are other days in Excel, which counts a 29 February 1900."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Attributes
    ----------
    heading : str
        With the unit in brackets, where there is one.
    width : int
        In characters.
    look : {"cell", "cell_whole", "cell_year", "cell_money", "cell_number", "cell_figure",
        "cell_share", "cell_date"}
        How its values are shown.
    note : str
        What a reader should know of it, shown beside the heading.
    """

    heading: str
    width: int
    look: str = "cell"
    note: str = ""


@dataclass(frozen=True)
class Page:
    """A sheet with one table.

    Attributes
    ----------
    name : str
        Of the sheet; 31 characters at most.
    columns : sequence of Column
    rows : sequence of sequences
        One value a column: text, number, date, formula; None or NaN is blank.
    totals : int
        How many rows at the end are totals, which a filter leaves in place.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    totals: int = 0


def letter_of(place: int) -> str:
    """Return the letter of a column, counted from 0."""
    return str(xl_col_to_name(place))


def cells_of(page: str, place: int, rows: int) -> str:
    """Return the cells of a column of a sheet with a number of rows, as a formula names them.

    Examples
    --------
    >>> cells_of("Pendanaan", 6, 12)
    "'Pendanaan'!$G$2:$G$13"
    """
    letter = letter_of(place)
    name = page.replace("'", "''")
    return f"'{name}'!${letter}$2:${letter}${rows + 1}"


def write_page(book: Any, looks: Mapping[str, Any], page: Page) -> None:
    """Write a sheet: frozen headings, a filter, rows as tall as their text, as wide as a page of paper.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    looks : mapping of str to format
        As ``styles`` returns them.
    page : Page
    """
    sheet = book.add_worksheet(page.name)
    for place, column in enumerate(page.columns):
        sheet.set_column(place, place, column.width)
        heading = "heading" if column.look in _TEXTS else "heading_number"
        sheet.write_string(0, place, column.heading, looks[heading])
        if column.note:
            sheet.write_comment(0, place, column.note, {"x_scale": 3, "y_scale": 2})
    sheet.set_row(0, _LINE * max(2, *(len(wrap(one.heading, one.width - _ARROW)) for one in page.columns)))
    for number, row in enumerate(page.rows, 1):
        sheet.set_row(number, _height(row, page.columns))
        for place, (value, column) in enumerate(zip(row, page.columns, strict=True)):
            _write(sheet, (number, place), value, column.look, looks)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(page.rows) - page.totals, 1), len(page.columns) - 1)
    sheet.print_area(0, 0, max(len(page.rows), 1), len(page.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A3 if sum(column.width for column in page.columns) > _WIDE else _A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(sheet: Any, place: tuple[int, int], value: Value, look: str, looks: Mapping[str, Any]) -> None:
    if value is None or value == "" or isnan(_number(value)):
        sheet.write_blank(*place, None, looks["cell"])
    elif isinstance(value, Formula):
        sheet.write_formula(*place, value.text, looks[value.look or look], round(value.value, _DIGITS))
    elif isinstance(value, str):
        quoted = "cell_quoted" if value.startswith(_FORMULA) else "cell_text"
        sheet.write_string(*place, value[:_LONGEST], looks[quoted])
    elif isinstance(value, date):
        sheet.write_datetime(*place, datetime(value.year, value.month, value.day), looks[look])
    else:
        sheet.write_number(*place, round(float(value), _DIGITS if look == "cell_figure" else 6), looks[look])


def _number(value: Value) -> float:
    """Return what a number or a formula comes to; 0 for all else."""
    worth = value.value if isinstance(value, Formula) else value
    return float(worth) if isinstance(worth, int | float) else 0.0


def _height(row: Sequence[Value], columns: Sequence[Column]) -> int:
    texts = ((value, column) for value, column in zip(row, columns, strict=True) if isinstance(value, str))
    lines = (ceil(len(value) * 1.05 / column.width) for value, column in texts)
    return min(_TALLEST, _LINE * max(1, *lines))


def dated(iso: str) -> Value:
    """Return a day as a date, so that a spreadsheet can sort by it; what is none stays text.

    Examples
    --------
    >>> dated("2027-03-31"), dated("")
    (datetime.date(2027, 3, 31), '')
    """
    with suppress(ValueError):
        day = date.fromisoformat(iso)
        return day if day >= _FIRST_DAY else iso
    return iso
