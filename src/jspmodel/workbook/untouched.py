"""Sheets of a template that nobody touched, where the case has changed since: what the case has counts.

A template keeps a digest of each table beside its lists. So a blank sheet of indicator values takes away none
that were brought in meanwhile, and a sheet that is hidden undoes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from jspmodel.case import TABLES
from jspmodel.intake import Sheet, column_types
from jspmodel.workbook.already_there import rows_of
from jspmodel.workbook.grids import read_rows
from jspmodel.workbook.layout import own_sheets

_KEPT = re.compile(r"([a-z_]+)=([0-9a-f]{32})")


def keep_digests(page: Any, place: int, sheets: Mapping[str, Sheet]) -> None:
    """Write what tells later that a sheet was not touched.

    Parameters
    ----------
    page : xlsxwriter.Worksheet
        The sheet of lists.
    place : int
        A free column, from 0.
    sheets : mapping of str to Sheet
        The tables of the case.
    """
    for row, table in enumerate(TABLES):
        page.write_string(row, place, f"{table}={_digest(sheets.get(table))}")


def untouched(file: Path, sheets: Mapping[str, Sheet]) -> frozenset[str]:
    """Return the tables whose sheets say what they said as the workbook was written.

    Parameters
    ----------
    file : Path
        XLSX, already read.
    sheets : mapping of str to Sheet
        By table, as the workbook has them, in codes.

    Returns
    -------
    frozenset of str
    """
    kept = _kept(file)
    return frozenset(
        table for table, sheet in sheets.items() if table in kept and _digest(sheet) == kept[table]
    )


def differing(
    tables: Iterable[str], sheets: Mapping[str, Sheet], before: Mapping[str, Sheet]
) -> frozenset[str]:
    """Return those of some tables that a case has, and has otherwise than a workbook.

    Parameters
    ----------
    tables : iterable of str
    sheets, before : mapping of str to Sheet
        By table, as the workbook and the case have them, in codes.

    Returns
    -------
    frozenset of str
    """
    return frozenset(
        table for table in tables if table in before and _digest(sheets[table]) != _digest(before[table])
    )


def _kept(file: Path) -> dict[str, str]:
    """Return the digest of each table as the workbook was written; empty where it keeps none."""
    lists = own_sheets("lists")
    texts = (
        str(cell.value)
        for sheet in read_rows(file)
        if sheet.name in lists
        for _, cells in sheet.rows
        for cell in cells
        if cell.value is not None
    )
    matches = filter(None, map(_KEPT.fullmatch, texts))
    return {match[1]: match[2] for match in matches}


def _digest(sheet: Sheet | None) -> str:
    """Return a digest of what a table says, whatever the order of its rows and columns."""
    kinds = column_types(sheet.table) if sheet else {}
    rows = [
        sorted((column, said) for column, text in row.items() if (said := _said(text, kinds[column])))
        for row in rows_of(sheet)
    ]
    return sha256(json.dumps(sorted(row for row in rows if row)).encode()).hexdigest()[:32]


def _said(text: str, kind: str) -> str:
    """Return a cell as it is compared: numbers in one way of writing them, no like blank."""
    if kind == "boolean":
        return text if text == "true" else ""
    if text and kind in {"integer", "number"}:
        return f"{float(text):.12g}"
    return " ".join(text.split())
