"""What a workbook hides: sheets, and rows of the others. It is read all the same, and said to be hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jspmodel.errors import Problem
from jspmodel.workbook.book import BookSheet

_SHOWN = 10
"""Rows that are named; of more only how many there are."""


def hidden_problems(sheets: Iterable[BookSheet]) -> list[Problem]:
    """Return a warning for each sheet that is hidden, or has rows that are."""
    return [
        Problem("sheet_hidden", sheet.name, warning=True) if sheet.is_hidden else _rows_hidden(sheet)
        for sheet in sheets
        if sheet.is_hidden or sheet.hidden_rows
    ]


def _rows_hidden(sheet: BookSheet) -> Problem:
    rows = sheet.hidden_rows
    return Problem("rows_hidden", sheet.name, values={"count": len(rows), "rows": _named(rows)}, warning=True)


def _named(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:_SHOWN])) + (", …" if len(rows) > _SHOWN else "")
