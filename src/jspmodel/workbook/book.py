"""A workbook as plain values: what is left of it once the process that reads it has ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

CellValue = None | bool | int | float | str | datetime | date | time | timedelta
MOST_COLUMNS = 200
"""Columns of a sheet that are looked at."""


class Cell(NamedTuple):
    """A cell.

    Attributes
    ----------
    value : None, bool, int, float, str, datetime, date, time or timedelta
        Of a formula, what it came to when it was last calculated.
    look : str
        Its number format, ``""`` where it has one that the workbook does not say.
    is_formula : bool
    is_error : bool
        Whether the value is one of Excel's errors, such as ``#REF!``.
    is_struck : bool
        Whether all of it is struck out.
    kept : str or None
        What is left where parts of a text are struck out; None where none are.
    """

    value: CellValue = None
    look: str = "General"
    is_formula: bool = False
    is_error: bool = False
    is_struck: bool = False
    kept: str | None = None


BLANK = Cell()
Rows = list[tuple[int, Sequence[Cell]]]
"""Row, as a spreadsheet counts, and its cells from column A on."""
Span = tuple[int, int, int, int]
"""First and last column, first and last row."""


@dataclass(frozen=True)
class BookSheet:
    """A sheet.

    Attributes
    ----------
    name : str
    is_hidden : bool
    rows : list of tuple
        Those in which something stands, be it a formula that nobody calculated.
    hidden_rows : tuple of int
    merged : tuple of tuple of int
    """

    name: str
    is_hidden: bool
    rows: Rows
    hidden_rows: tuple[int, ...]
    merged: tuple[Span, ...]

    @cached_property
    def filled(self) -> Rows:
        """Rows with a value."""
        return [
            (number, cells) for number, cells in self.rows if any(cell.value is not None for cell in cells)
        ]


@dataclass(frozen=True)
class Book:
    """A workbook.

    Attributes
    ----------
    sheets : tuple of BookSheet
    has_macros : bool
    has_links : bool
        Whether it refers to other files, which are not followed.
    """

    sheets: tuple[BookSheet, ...]
    has_macros: bool
    has_links: bool


def column_letter(place: int) -> str:
    """Return what a spreadsheet calls a column.

    Parameters
    ----------
    place : int
        From 0.

    Examples
    --------
    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(701), column_letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
