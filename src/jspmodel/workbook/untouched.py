"""Sheets of a template that nobody touched, where the case has changed since: what the case has counts.

A template keeps a digest of each table beside its lists, the case one of each sheet as it was imported. So a
blank sheet of indicator values takes away none that were brought in meanwhile, a sheet that is hidden undoes
nothing, and a workbook that is gone on with brings back nothing that it brought before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from jspmodel.case import TABLES
from jspmodel.intake import Sheet, column_types
from jspmodel.workbook.already_there import rows_of
from jspmodel.workbook.grids import read_rows
from jspmodel.workbook.imported_sheets import Imported
from jspmodel.workbook.layout import own_sheets
from jspmodel.workbook.proposed_rows import Row

_MARK = "workbook"
"""Stands beside the digests for what tells one workbook from another."""
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
    page.write_string(len(TABLES), place, f"{_MARK}={token_hex(16)}")


def mark_of(kept: Mapping[str, str]) -> str:
    """Return what tells a workbook from others, ``""`` where it does not say."""
    return kept.get(_MARK, "")


def untouched(
    kept: Mapping[str, str],
    imported: Mapping[str, Imported],
    sheets: Mapping[str, Sheet],
    before: Mapping[str, Sheet],
) -> frozenset[str]:
    """Return the tables whose sheets say what they said as the workbook was written or imported last.

    Parameters
    ----------
    kept : mapping of str to str
        What the workbook keeps, as ``kept_digests`` returns it.
    imported : mapping of str to Imported
        By table, what the case keeps of the workbook. Where the case has again what it had before that
        import, somebody took it back, and the sheet counts.
    sheets, before : mapping of str to Sheet
        By table, as the workbook and the case have them, in codes.

    Returns
    -------
    frozenset of str
    """
    return frozenset(
        table
        for table, sheet in sheets.items()
        if (table in kept and _digest(sheet) == kept[table])
        or (
            table in imported
            and _digest(sheet) == imported[table].sheet
            and _digest(before.get(table)) != imported[table].before
        )
    )


def as_imported(sheets: Mapping[str, Sheet], before: Mapping[str, Sheet]) -> dict[str, Imported]:
    """Return what a case keeps of sheets that are imported; takes what ``untouched`` takes."""
    return {
        table: Imported(_digest(sheet), _digest(before.get(table)))
        for table, sheet in sheets.items()
        if table in TABLES
    }


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


def kept_digests(file: Path) -> dict[str, str]:
    """Return what a workbook keeps, by table a digest as it was written; empty where it keeps none.

    Parameters
    ----------
    file : Path
        XLSX, already read.

    Returns
    -------
    dict of str to str
    """
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


def digest_of_program(code: str, tables: Mapping[str, Iterable[Row]]) -> str:
    """Return a digest of what tables say of a programme, whatever the order of its rows and columns.

    Parameters
    ----------
    code : str
    tables : mapping of str to iterable of dict of str to str
        Rows by table.

    Returns
    -------
    str
    """
    return _digested(
        [table, *row]
        for table, rows in tables.items()
        for row in _said_rows(table, (row for row in rows if row.get("program") == code))
    )


def digest_of_row(cells: Mapping[str, str]) -> str:
    """Return a digest of a row of a first plan as it is written, whatever the order of its columns."""
    return _digested([[column, " ".join(text.split())] for column, text in cells.items() if text.strip()])


def _digest(sheet: Sheet | None) -> str:
    """Return a digest of what a table says, whatever the order of its rows and columns."""
    return _digested(_said_rows(sheet.table, rows_of(sheet)) if sheet else ())


def _said_rows(table: str, rows: Iterable[Row]) -> Iterator[list[tuple[str, str]]]:
    """Yield what each row says: its columns that are not blank, in order."""
    kinds = column_types(table)
    for row in rows:
        cells = ((column, _said(text, kinds[column])) for column, text in row.items())
        if said := sorted(cell for cell in cells if cell[1]):
            yield said


def _digested(parts: Iterable[Any]) -> str:
    return sha256(json.dumps(sorted(parts)).encode()).hexdigest()[:32]


def _said(text: str, kind: str) -> str:
    """Return a cell as it is compared: numbers in one way of writing them, no like blank."""
    if kind == "boolean":
        return text if text == "true" else ""
    if text and kind in {"integer", "number"}:
        return f"{float(text):.12g}"
    return " ".join(text.split())
