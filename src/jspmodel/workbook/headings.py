"""Where the headings of a sheet stand, and which column of the table each of them names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from xlsxwriter.utility import xl_rowcol_to_cell

from jspmodel.errors import Problem
from jspmodel.intake import nearest_word, required_columns, schema, unreadable_file
from jspmodel.workbook.amounts import is_money
from jspmodel.workbook.grids import Grid
from jspmodel.workbook.layout import column_of, known_headings, plain_heading
from jspmodel.workbook.money_units import SCALES, MoneyUnit, combined, heading_unit, stated_unit

_FEW = 3
"""A row with fewer cells than this is a title or a remark."""
_SEARCHED = 40
"""Filled rows from the top among which the headings are looked for."""


@dataclass(frozen=True)
class Headings:
    """The headings of a sheet.

    Attributes
    ----------
    last : int
        Index of their last row among the filled rows of the sheet.
    row : int
        The same row as a spreadsheet counts.
    places : mapping of str to int
        Place of each column of the table that is there, from 0.
    units : mapping of str to MoneyUnit
        Of each column of money whose heading, or what stands above it, names another than billions of rupiah.
    problems : tuple of Problem
    """

    last: int
    row: int
    places: Mapping[str, int]
    units: Mapping[str, MoneyUnit]
    problems: tuple[Problem, ...]


def find_headings(grid: Grid) -> Headings:
    """Find the headings of a sheet, in one row or in two languages below each other.

    Parameters
    ----------
    grid : Grid

    Returns
    -------
    Headings

    Raises
    ------
    DataError
        If no heading is known.
    """
    texts = [[_text(cell.value) for cell in cells] for _, cells in grid.rows[:_SEARCHED]]
    first, last = heading_rows(texts, grid.table)
    if first < 0:
        expected = ", ".join(required_columns(grid.table))
        raise unreadable_file("no_headings", f"{grid.table}.csv", expected=expected)
    places: dict[str, int] = {}
    for row in texts[first : last + 1]:
        for place, text in enumerate(row):
            column = column_of(text, grid.table)
            if column and place not in places.values():
                places.setdefault(column, place)
    number = grid.rows[last][0]
    problems = tuple(_problems(grid.table, number, texts[first : last + 1], places))
    return Headings(last, number, places, _units(grid.table, texts, (first, last), places), problems)


def heading_rows(rows: Sequence[Sequence[str]], table: str) -> tuple[int, int]:
    """Return which rows hold the headings of a table.

    Parameters
    ----------
    rows : sequence of sequence of str
        The first rows of a sheet.
    table : str

    Returns
    -------
    tuple of int
        The first and the last of the rows around the best one that each show at least half as many known
        headings, counted from 0; (-1, -1) where no row shows any.

    Examples
    --------
    >>> rows = [["Pagu 2027"], ["Sumber dana", "Tahun"], ["Fund", "Year"], ["apbd", "2027"]]
    >>> heading_rows(rows, "fund_budgets")
    (1, 2)
    """
    counts = [len({column_of(cell, table) for cell in row if cell} - {""}) for row in rows]
    best = max(counts, default=0)
    if not best:
        return -1, -1
    first = last = counts.index(best)
    while last + 1 < len(counts) and counts[last + 1] * 2 >= best:
        last += 1
    while first > 0 and counts[first - 1] * 2 >= best:
        first -= 1
    return first, last


def _units(
    table: str, texts: Sequence[Sequence[str]], rows: tuple[int, int], places: Mapping[str, int]
) -> dict[str, MoneyUnit]:
    """Return the unit of each column of money: of its heading, of the cell above it, of a line above all."""
    first, last = rows
    known = known_headings(table)
    lines = [text for row in texts[:first] if len(filled := [*filter(None, row)]) < _FEW for text in filled]
    above = combined(map(stated_unit, lines))
    found = {}
    for field in schema(table)["fields"]:
        place = places.get(field["name"])
        if place is None or not is_money(field):
            continue
        words = [row[place] for row in texts[first : last + 1] if place < len(row)]
        over = texts[first - 1][place] if first and place < len(texts[first - 1]) else ""
        own = combined(heading_unit(word) for word in words if plain_heading(word) not in known)
        unit = combined((own, heading_unit(re.sub(r".*;", "", over)))) or above
        if unit and not unit.is_scaled and above:
            unit = combined((unit, above))
        if unit and unit.scale != SCALES["miliar"]:  # that of the tables, whatever a heading says
            found[field["name"]] = unit
    return found


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _problems(
    table: str, number: int, rows: Sequence[Sequence[str]], places: Mapping[str, int]
) -> Iterator[Problem]:
    file = f"{table}.csv"
    for column in _twice(table, rows):
        yield Problem("duplicate_column", file, number, column)
    left = [field["title"] for field in schema(table)["fields"] if field["name"] not in places]
    for place, words in enumerate(zip_longest(*rows, fillvalue="")):
        text = next(filter(None, words), "")
        if text and place not in places.values() and not any(column_of(word, table) for word in words):
            cell = xl_rowcol_to_cell(number - 1, place)
            near = {"nearest": nearest_word(text, left)}
            yield Problem("unknown_column", file, number, text, near, warning=True, cell=cell)
    for column in required_columns(table):
        if column not in places:
            found = ", ".join(text for text in rows[-1] if text)
            yield Problem("missing_column", file, number, column, {"found": found})


def _twice(table: str, rows: Sequence[Sequence[str]]) -> list[str]:
    columns = (Counter(column_of(text, table) for text in row if text) for row in rows)
    counts = Counter[str]()
    for row in columns:
        counts |= row
    return [column for column, count in counts.items() if column and count > 1]
