"""What a workbook would change in the tables of a case."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from jspmodel.intake import Sheet, column_types, judged_rows, required_columns, schema

Key = tuple[str, ...]
Row = dict[str, str]


class WholeRow(NamedTuple):
    """A row that comes or goes: its key, and its cells by column."""

    key: Key
    cells: Row


@dataclass(frozen=True)
class CellChange:
    """A cell that changes, in normal form: numbers with a point, yes/no as ``true`` and ``false``."""

    key: Key
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class TableChange:
    """What changes in a table.

    Attributes
    ----------
    table : str
    added, removed : tuple of WholeRow
    changed : tuple of CellChange
    columns : tuple of str
        What the new table is written with: the columns that were there, and those that are no longer blank.
    rows : tuple of tuple of str
        The new table; a cell that means what it meant is written as it was.
    """

    table: str
    added: tuple[WholeRow, ...]
    removed: tuple[WholeRow, ...]
    changed: tuple[CellChange, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_changes(before: Mapping[str, Sheet], after: Mapping[str, Sheet]) -> tuple[TableChange, ...]:
    """Compare the tables of a workbook with those of a case.

    Parameters
    ----------
    before : mapping of str to Sheet
        By table, as the case has them.
    after : mapping of str to Sheet
        By table, as the workbook has them; a table without a sheet stays as it is.

    Returns
    -------
    tuple of TableChange
        The tables where anything changes; another order of rows or columns is no change.
    """
    every = (_change(before.get(table), sheet) for table, sheet in after.items())
    return tuple(change for change in every if change.added or change.removed or change.changed)


def _change(before: Sheet | None, after: Sheet) -> TableChange:
    old, new = (dict(keys_and_rows(before)) if before else {}), dict(keys_and_rows(after))
    kinds = column_types(after.table)
    kept = {key: _merged(old.get(key, {}), row, kinds) for key, row in new.items()}
    changed = [
        CellChange(key[:-1], column, old[key].get(column, ""), row.get(column, ""))
        for key, row in kept.items()
        if key in old
        for column in kinds
        if not _same(kinds[column], old[key].get(column, ""), row.get(column, ""))
    ]
    there = set(before.columns if before else ()) | set(required_columns(after.table))
    columns = [column for column in kinds if column in there or any(row.get(column) for row in kept.values())]
    return TableChange(
        table=after.table,
        added=tuple(WholeRow(key[:-1], row) for key, row in new.items() if key not in old),
        removed=tuple(WholeRow(key[:-1], row) for key, row in old.items() if key not in new),
        changed=tuple(changed),
        columns=tuple(columns),
        rows=tuple(tuple(row.get(column, "") for column in columns) for row in kept.values()),
    )


def keys_and_rows(sheet: Sheet) -> Iterator[tuple[Key, Row]]:
    """Yield the rows of a table in normal form with what tells them apart.

    Parameters
    ----------
    sheet : Sheet

    Yields
    ------
    tuple of str
        The cells of the key, numbers in one way of writing them, and which of the rows with that key it is.
    dict of str to str
        By column; what is wrong is blank.
    """
    seen: Counter[Key] = Counter()
    for cells in judged_rows(sheet)[0]:
        row = dict(zip(sheet.columns, cells, strict=True))
        key = tuple(_key_cells(sheet.table, row))
        seen[key] += 1
        yield (*key, str(seen[key])), row


def _key_cells(table: str, row: Row) -> Iterator[str]:
    kinds = column_types(table)
    for column in schema(table)["primaryKey"]:
        cell = row.get(column, "")
        yield f"{float(cell):.15g}" if cell and kinds[column] in {"integer", "number"} else cell


def _merged(old: Row, new: Row, kinds: Mapping[str, str]) -> Row:
    """Return a new row, its cells as they were written where they mean the same."""
    return {
        column: old[column] if column in old and _same(kinds[column], old[column], cell) else cell
        for column, cell in new.items()
    }


def _same(kind: str, one: str, other: str) -> bool:
    if kind == "boolean":
        return (one == "true") == (other == "true")
    if kind in {"integer", "number"} and one and other:
        return math.isclose(float(one), float(other), rel_tol=1e-14, abs_tol=0)
    return one.splitlines() == other.splitlines()
