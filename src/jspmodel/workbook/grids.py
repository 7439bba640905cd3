"""The sheets of a workbook as rows of cells, each sheet with the table that it holds."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from jspmodel.case import TABLES
from jspmodel.errors import DataError, Problem
from jspmodel.intake import nearest_word, unreadable_file
from jspmodel.workbook.hidden import hidden_parts, hidden_problems
from jspmodel.workbook.layout import own_sheets, sheet_name, table_of

_MOST_CELLS = 5_000_000
"""How many cells are looked at in all, with the blank ones between others: far more than any case has."""
_WIDEST = 200
"""Columns of a sheet that are looked at."""

Rows = list[tuple[int, Sequence[Any]]]


@dataclass(frozen=True)
class Grid:
    """A sheet that holds a table.

    Attributes
    ----------
    name : str
        Of the sheet.
    table : str
    rows : list of tuple
        Row of the sheet, as a spreadsheet counts, and its cells as openpyxl reads them; blank rows left out.
    uncalculated : frozenset of tuple of int
        Row, and column from 0, of formulas that no program has calculated yet.
    """

    name: str
    table: str
    rows: Rows
    uncalculated: frozenset[tuple[int, int]]


def read_grids(path: Path) -> tuple[list[Grid], list[Problem]]:
    """Read the sheets of a workbook that hold tables.

    Parameters
    ----------
    path : Path
        Already examined.

    Returns
    -------
    list of Grid
    list of Problem
        About sheets: not known, two for one table, hidden as a whole or in part.

    Raises
    ------
    DataError
        If the workbook is broken, holds no table, or too many cells.
    """
    grids, problems = _read(path)
    if not grids:
        raise unreadable_file(
            "no_sheets", path.name, sheets=[sheet_name("programs"), sheet_name("program_costs")]
        )
    return grids, problems


@dataclass(frozen=True)
class AnySheet:
    """A sheet, whatever it holds.

    Attributes
    ----------
    name : str
    rows : list of tuple
        Row, as a spreadsheet counts, and its cells; blank rows left out.
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
        Already examined.

    Returns
    -------
    list of AnySheet
        Those that are not hidden first.

    Raises
    ------
    DataError
        If the workbook is broken or has too many cells.
    """
    with reading_workbook(path) as book:
        hidden = hidden_parts(path, book.worksheets)
        ordered = sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible")
        return [
            AnySheet(
                sheet.title,
                filled_rows(sheet, path.name),
                tuple(hidden_problems({name: rows for name, rows in hidden.items() if name == sheet.title})),
            )
            for sheet in ordered
        ]


@contextmanager
def reading_workbook(path: Path, *, formulas: bool = False, rich_text: bool = False) -> Iterator[Any]:
    """Open a workbook row by row; whatever openpyxl makes of a broken file becomes one error.

    Parameters
    ----------
    path : Path
        Already examined.
    formulas : bool
        Whether a formula is given as such, not by what it came to when it was last calculated.
    rich_text : bool
        Whether a text whose parts look different is given by its parts.

    Yields
    ------
    openpyxl workbook
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it does not read: charts, extensions
            book = openpyxl.load_workbook(
                path, read_only=True, data_only=not formulas, keep_links=False, rich_text=rich_text
            )
            with closing(book):
                yield book
    except DataError:
        raise
    except Exception as error:
        raise unreadable_file("workbook_broken", path.name) from error


def _read(path: Path) -> tuple[list[Grid], list[Problem]]:
    with reading_workbook(path) as book:
        sheets, problems = _sheets(book)
        problems += hidden_problems(hidden_parts(path, sheets))
        rows = {sheet.title: filled_rows(sheet, path.name) for sheet in sheets}
        with_formulas = _with_formulas(path, sheets)
    blank = _uncalculated(path, rows, with_formulas) if with_formulas else {}
    grids = [Grid(title, table_of(title), rows[title], blank.get(title, frozenset())) for title in rows]
    return grids, problems


def _sheets(book: Any) -> tuple[list[Any], list[Problem]]:
    ours = own_sheets("guide") | own_sheets("lists") | own_sheets("problems")
    found: dict[str, Any] = {}
    problems = []
    for sheet in book.worksheets:
        table = table_of(sheet.title)
        if table in found:
            values = {"other": found[table].title}
            problems.append(Problem("sheet_twice", sheet.title, values=values))
        elif table:
            found[table] = sheet
        elif sheet.title not in ours:
            near = nearest_word(sheet.title, [sheet_name(known) for known in _missing(book)])
            problems.append(Problem("sheet_unknown", sheet.title, values={"nearest": near}, warning=True))
    return list(found.values()), problems


def _missing(book: Any) -> list[str]:
    there = {table_of(title) for title in book.sheetnames}
    return [table for table in TABLES if table not in there]


def filled_rows(sheet: Any, file: str) -> Rows:
    """Return the rows of an open sheet that hold something, each with its number.

    Parameters
    ----------
    sheet : openpyxl worksheet
    file : str
        Name of the workbook.

    Returns
    -------
    list of tuple

    Raises
    ------
    DataError
        If there are too many cells.
    """
    sheet.reset_dimensions()  # what a file says of its own size need not be true
    rows = []
    seen = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        seen += len(cells) + 1
        if seen > _MOST_CELLS:
            raise unreadable_file("workbook_too_large", file)
        if any(cell.value is not None for cell in cells[:_WIDEST]):
            rows.append((number, cells[:_WIDEST]))
    return rows


def _with_formulas(path: Path, sheets: Sequence[Any]) -> set[str]:
    """Return the sheets with formulas: only those are read a second time."""
    found = set()
    with zipfile.ZipFile(path) as archive:
        for sheet in sheets:
            data = archive.read(sheet._worksheet_path)  # the one way to a sheet's own part
            if b"<f>" in data or b"<f " in data:
                found.add(sheet.title)
    return found


def _uncalculated(
    path: Path, rows: dict[str, Rows], titles: set[str]
) -> dict[str, frozenset[tuple[int, int]]]:
    """Find formulas without a value, and put their rows among those that are not blank."""
    found = {}
    with reading_workbook(path, formulas=True) as book:
        for title in titles:
            values = dict(rows[title])
            blank = set()
            for number, cells in filled_rows(book[title], path.name):
                known = values.setdefault(number, ())
                for place, cell in enumerate(cells):
                    if cell.data_type == "f" and (place >= len(known) or known[place].value is None):
                        blank.add((number, place))
            rows[title] = sorted(values.items())
            found[title] = frozenset(blank)
    return found
