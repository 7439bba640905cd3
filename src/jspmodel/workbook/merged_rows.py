"""A sheet beside the table of its case, row by row: changes count, the rest is as the case has it.

A three-way merge. The base is what the sheet said as the workbook was written, or as it was imported last; so
a workbook that lay on a desk for a week takes nothing away that came in meanwhile, and puts nothing back.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from jspmodel.intake import Sheet, column_types
from jspmodel.workbook.changes import keys_and_rows

OF_CASE = 10_000_000
"""Added to the lines of rows that the workbook does not show, so that no cell of it is blamed for them."""
_HALF = 16
"""Characters of the digest of a key, and of that of a row."""

Base = Mapping[str, str]
"""Digest of each row by that of its key."""


class KeyedRow(NamedTuple):
    """A row of a table.

    Attributes
    ----------
    line : int
    cells : mapping of str to str
        By column, in normal form; what is wrong as it is.
    key, row : str
        Digests; of rows with one key each has its own.
    """

    line: int
    cells: Mapping[str, str]
    key: str
    row: str


class Merged(NamedTuple):
    """A sheet with the rows of its case that count.

    Attributes
    ----------
    sheet : Sheet
    outdated : int
        How many rows the case has otherwise than the sheet, though nobody changed them there.
    is_touched : bool
        Whether somebody changed the sheet, as far as that is known.
    """

    sheet: Sheet
    outdated: int
    is_touched: bool


def keyed_rows(sheet: Sheet | None) -> Iterator[KeyedRow]:
    """Yield the rows of a table with what tells them apart and whether they changed."""
    if sheet is None:
        return
    kinds = column_types(sheet.table)
    for line, written, (key, judged) in zip(sheet.lines, sheet.rows, keys_and_rows(sheet), strict=True):
        cells = {column: judged[column] or text for column, text in zip(sheet.columns, written, strict=True)}
        said = sorted((column, text) for column in cells if (text := _said(cells[column], kinds[column])))
        yield KeyedRow(line, cells, _digest(key), _digest(said))


def base_text(rows: Iterable[KeyedRow]) -> str:
    """Return what is to be kept of the rows of a table as the base of a later merge."""
    return "".join(row.key + row.row for row in rows)


def base_of(text: str) -> Base:
    """Return the base that ``base_text`` wrote."""
    parts = [text[start : start + 2 * _HALF] for start in range(0, len(text), 2 * _HALF)]
    return {part[:_HALF]: part[_HALF:] for part in parts}


def merged_rows(
    sheet: Sheet,
    mine: Sequence[KeyedRow],
    case: Sequence[KeyedRow],
    base: Base | None,
    touched: Collection[int] = (),
) -> Merged:
    """Put a sheet and the table of its case together.

    Parameters
    ----------
    sheet : Sheet
        Of the workbook, in codes.
    mine, case : sequence of KeyedRow
        Its rows and those of the table, in codes.
    base : mapping of str to str or None
        None, and one of another case: not known, the sheet is the whole table.
    touched : collection of int
        Lines with a cell that could not be read: somebody wrote it.

    Returns
    -------
    Merged
        A row that says what it said in the base is as the case has it, gone where the case has it no longer;
        one that was changed or is new counts; one that the base does not have and the case has stays.
    """
    theirs = {row.key: row for row in case}
    is_touched = bool(touched) or base != {row.key: row.row for row in mine}
    if not theirs or base is None or (base and not base.keys() & theirs.keys()):
        return Merged(sheet, 0, is_touched)
    known = {row.key for row in mine} | base.keys()
    since = [(row.line + OF_CASE, row.cells) for key, row in theirs.items() if key not in known]
    rows: list[tuple[int, Mapping[str, str]]] = []
    new: list[tuple[int, Mapping[str, str]]] = []
    outdated = len(since)
    for row in mine:
        there = theirs.get(row.key)
        if row.line in touched or base.get(row.key) != row.row:
            (rows if there else new).append((row.line, row.cells))
            continue
        if there:
            rows.append((row.line if there.row == row.row else there.line + OF_CASE, there.cells))
        outdated += not there or there.row != row.row
    return Merged(_with_rows(sheet, case[0].cells, [*rows, *since, *new]), outdated, is_touched)


def _with_rows(sheet: Sheet, there: Collection[str], rows: list[tuple[int, Mapping[str, str]]]) -> Sheet:
    """Return a sheet with other rows, and the columns that its case has besides."""
    columns = tuple(
        column for column in column_types(sheet.table) if column in sheet.columns or column in there
    )
    return replace(
        sheet,
        columns=columns,
        lines=tuple(line for line, _ in rows),
        rows=tuple(tuple(cells.get(column, "") for column in columns) for _, cells in rows),
    )


def _said(text: str, kind: str) -> str:
    """Return a cell as it is compared: numbers in one way of writing them, no like blank."""
    if kind == "boolean":
        return "" if text == "false" else text
    if text and kind in {"integer", "number"}:
        return f"{float(text):.12g}" if _is_number(text) else text
    return " ".join(text.split())


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _digest(parts: object) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()[:_HALF]
