"""The sheets of a workbook as rows of cells, each sheet with the table that it holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jspmodel.case import TABLES
from jspmodel.errors import Problem
from jspmodel.intake import nearest_word, unreadable_file
from jspmodel.measure import PLAN_TABLES
from jspmodel.text import LANGUAGES
from jspmodel.workbook.book import Book, BookSheet, Rows
from jspmodel.workbook.book_door import read_book, unused_parts
from jspmodel.workbook.hidden import hidden_problems
from jspmodel.workbook.layout import own_sheets, sheet_name, table_of
from jspmodel.workbook.plan_columns import sheet_title


@dataclass(frozen=True)
class Grid:
    """A sheet that holds a table.

    Attributes
    ----------
    name : str
        Of the sheet.
    table : str
    rows : list of tuple
        Row of the sheet, as a spreadsheet counts, and its cells; blank rows left out.
    """

    name: str
    table: str
    rows: Rows


def read_grids(path: Path) -> tuple[list[Grid], list[Problem]]:
    """Read the sheets of a workbook that hold tables.

    Parameters
    ----------
    path : Path

    Returns
    -------
    list of Grid
    list of Problem
        About the workbook and its sheets: parts that are not used, sheets that are not known, two for one
        table, hidden as a whole or in part.

    Raises
    ------
    DataError
        If the workbook is refused, holds no table, or is the plan of a run.
    """
    book = read_book(path)
    if _is_plan(book):
        raise unreadable_file("plan_for_case", path.name)
    sheets, problems = _sheets(book)
    if not sheets:
        raise unreadable_file(
            "no_sheets", path.name, sheets=[sheet_name("programs"), sheet_name("program_costs")]
        )
    grids = [Grid(sheet.name, table_of(sheet.name), sheet.rows) for sheet in sheets]
    return grids, [*unused_parts(book, path), *problems, *hidden_problems(sheets)]


@dataclass(frozen=True)
class AnySheet:
    """A sheet, whatever it holds.

    Attributes
    ----------
    name : str
    rows : list of tuple
        Row, as a spreadsheet counts, and its cells; rows without a value left out.
    hidden : tuple of Problem
        A warning where the sheet, or a row of it, is hidden.
    """

    name: str
    rows: Rows
    hidden: tuple[Problem, ...]


def read_rows(path: Path) -> list[AnySheet]:
    """Read every sheet of a workbook, whatever it holds.

    Parameters
    ----------
    path : Path

    Returns
    -------
    list of AnySheet
        Those that are not hidden first.

    Raises
    ------
    DataError
        If the workbook is refused.
    """
    ordered = sorted(read_book(path).sheets, key=lambda sheet: sheet.is_hidden)
    return [AnySheet(sheet.name, sheet.filled, tuple(hidden_problems([sheet]))) for sheet in ordered]


def _is_plan(book: Book) -> bool:
    """Whether a workbook is the plan of a run, some of whose sheets are called as tables are."""
    names = {sheet.name.casefold() for sheet in book.sheets}
    return any(
        {sheet_title(kind, language).casefold() for kind in ("plan", "participants")} <= names
        for language in LANGUAGES
    ) and not any(table_of(name) in PLAN_TABLES for name in names)


def _sheets(book: Book) -> tuple[list[BookSheet], list[Problem]]:
    ours = own_sheets("guide") | own_sheets("lists") | own_sheets("problems")
    found: dict[str, BookSheet] = {}
    problems = []
    for sheet in book.sheets:
        table = table_of(sheet.name)
        if table in found:
            values = {"other": found[table].name}
            problems.append(Problem("sheet_twice", sheet.name, values=values))
        elif table:
            found[table] = sheet
        elif sheet.name not in ours:
            near = nearest_word(sheet.name, [sheet_name(known) for known in _missing(book)])
            problems.append(Problem("sheet_unknown", sheet.name, values={"nearest": near}, warning=True))
    return list(found.values()), problems


def _missing(book: Book) -> list[str]:
    there = {table_of(sheet.name) for sheet in book.sheets}
    return [table for table in TABLES if table not in there]
