"""Keys and references between tables: duplicates, unknown codes, codes that a spreadsheet has mangled."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from jspmodel.errors import Problem
from jspmodel.intake.csvfile import Sheet
from jspmodel.intake.nearest import lost_zeros, mangled, nearest_code
from jspmodel.intake.schemas import required_columns, schema

_SUGGESTIONS = 50
"""How many unknown codes of a column are compared with all known ones, which is slow."""


def key_problems(
    sheet: Sheet, rows: Sequence[Sequence[str]], errors: Collection[Any], sheets: Mapping[str, Sheet]
) -> Iterator[Problem]:
    """Tell frictionless's findings about keys as problems.

    Parameters
    ----------
    sheet : Sheet
    rows : sequence of sequence of str
        Its cells in normal form.
    errors : collection of frictionless.Error
        What frictionless found in it.
    sheets : mapping of str to Sheet
        All tables.
    """
    unknown = _Unknown(sheets)
    for error in errors:
        if error.type == "foreign-key":
            column, place = error.field_names[0], error.row_number - 2
            value = sheet.rows[place][sheet.columns.index(column)]
            code, values = unknown.told(value, error.reference_name)
            yield Problem(code, sheet.file, sheet.lines[place], column, values)
    duplicates = [error.row_number - 2 for error in errors if error.type == "primary-key"]
    if duplicates:
        yield from _duplicates(sheet, rows, duplicates)


def _duplicates(sheet: Sheet, rows: Sequence[Sequence[str]], places: Sequence[int]) -> Iterator[Problem]:
    columns = [column for column in schema(sheet.table)["primaryKey"] if column in sheet.columns]
    needed = {column for column in columns if column in required_columns(sheet.table)}
    first: dict[tuple[str, ...], int] = {}
    found = set(places)
    for place, row in enumerate(rows):
        key = tuple(row[sheet.columns.index(column)] for column in columns)
        if place not in found:
            first.setdefault(key, place)
        elif key in first and all(
            cell for cell, column in zip(key, columns, strict=True) if column in needed
        ):
            values = {"key": ", ".join(cell for cell in key if cell), "first": sheet.lines[first[key]]}
            yield Problem("duplicate_key", sheet.file, sheet.lines[place], ", ".join(columns), values)


class _Unknown:
    """Tells unknown codes, each distinct one looked up once."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self._sheets = sheets
        self._told: dict[tuple[str, str], tuple[str, dict[str, object]]] = {}

    def told(self, value: str, table: str) -> tuple[str, dict[str, object]]:
        if (value, table) not in self._told:
            names = code_names(self._sheets[table])
            searched = sum(known == table for _, known in self._told) < _SUGGESTIONS
            near = nearest_code(value, names) if searched else ""
            code = mangled(value, names) or "unknown_code"
            self._told[value, table] = code, {"value": value, "table": f"{table}.csv", "nearest": near}
        return self._told[value, table]


def code_names(sheet: Sheet) -> dict[str, str]:
    """Return the name of each code that a table defines, ``""`` where it gives none."""
    code = sheet.columns.index(schema(sheet.table)["primaryKey"][0])
    name = next(
        (sheet.columns.index(column) for column in ("name", "name_id") if column in sheet.columns), None
    )
    return {row[code]: "" if name is None else row[name] for row in sheet.rows}


def reference_problems(sheets: Mapping[str, Sheet], unreadable: Collection[str]) -> Iterator[Problem]:
    """Name the columns whose codes belong to a table that is not there or empty.

    Parameters
    ----------
    sheets : mapping of str to Sheet
    unreadable : collection of str
        Tables that are there but could not be read.
    """
    for sheet in sheets.values():
        for key in schema(sheet.table).get("foreignKeys", []):
            column, table = key["fields"][0], key["reference"]["resource"]
            there = table in unreadable or (table in sheets and sheets[table].rows)
            if there or column not in sheet.columns:
                continue
            place = sheet.columns.index(column)
            codes = list(dict.fromkeys(row[place] for row in sheet.rows if row[place]))
            if codes:
                values = {"table": f"{table}.csv", "codes": codes[:5]}
                yield Problem("missing_reference", sheet.file, None, column, values)


def code_problems(sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    """Find codes that a spreadsheet has mangled where they are defined.

    Parameters
    ----------
    sheets : mapping of str to Sheet
    """
    for sheet in sheets.values():
        keys = schema(sheet.table)["primaryKey"]
        if len(keys) > 1 or keys[0] not in sheet.columns:
            continue
        place = sheet.columns.index(keys[0])
        codes = [row[place] for row in sheet.rows]
        whole = lost_zeros(codes)
        for line, code in zip(sheet.lines, codes, strict=True):
            if flaw := mangled(code, {}):
                yield Problem(flaw, sheet.file, line, keys[0], {"value": code, "nearest": ""})
            elif code in whole:
                values = {"value": code, "whole": whole[code]}
                yield Problem("code_shape", sheet.file, line, keys[0], values, warning=True)
