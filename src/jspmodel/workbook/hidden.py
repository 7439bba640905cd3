"""What a workbook hides: sheets, and rows of the others. It is read all the same, and said to be hidden."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jspmodel.errors import Problem

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb'\br="([0-9]+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_SHOWN = 10
"""Rows that are named; of more only how many there are."""


def hidden_parts(path: Path, sheets: Sequence[Any]) -> dict[str, tuple[int, ...] | None]:
    """Return what is hidden of sheets.

    Parameters
    ----------
    path : Path
        Of the workbook.
    sheets : sequence of openpyxl worksheets
        Opened row by row.

    Returns
    -------
    dict of str to tuple of int or None
        By name of the sheet: its hidden rows, as a spreadsheet counts; None where all of it is hidden. Sheets
        that hide nothing are left out.
    """
    found: dict[str, tuple[int, ...] | None] = {}
    with zipfile.ZipFile(path) as archive:
        for sheet in sheets:
            if sheet.sheet_state != "visible":
                found[sheet.title] = None
            elif rows := _hidden_rows(
                archive.read(sheet._worksheet_path)
            ):  # the one way to a sheet's own part
                found[sheet.title] = rows
    return found


def hidden_problems(hidden: Mapping[str, tuple[int, ...] | None]) -> list[Problem]:
    """Return a warning for each sheet that is hidden, or has rows that are."""
    return [
        Problem("sheet_hidden", name, warning=True)
        if rows is None
        else Problem("rows_hidden", name, values={"count": len(rows), "rows": _named(rows)}, warning=True)
        for name, rows in hidden.items()
    ]


def _named(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:_SHOWN])) + (", …" if len(rows) > _SHOWN else "")


def _hidden_rows(data: bytes) -> tuple[int, ...]:
    if not _HIDDEN.search(data):
        return ()
    found, last = [], 0
    for match in _ROW.finditer(data):
        number = _NUMBER.search(match[1])
        last = int(number[1]) if number else last + 1
        if _HIDDEN.search(match[1]):
            found.append(last)
    return tuple(found)
