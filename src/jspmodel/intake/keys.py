"""Keys and references between tables: duplicates, unknown codes, codes that a spreadsheet has mangled."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from jspmodel.errors import Problem
from jspmodel.intake.csvfile import Sheet
from jspmodel.intake.named_codes import doubt_of, meanings_in
from jspmodel.intake.nearest import lost_zeros, mangled_code, nearest_code
from jspmodel.intake.region_names import Meaning
from jspmodel.intake.schemas import required_columns, schema
from jspmodel.intake.typed_cells import Flaw

_SUGGESTIONS = 50
"""How many unknown codes of a column are compared with all known ones, which is slow."""
_FEW = 6
"""How many codes a message can list."""


def duplicate_keys(sheet: Sheet, rows: Sequence[Sequence[str]]) -> Iterator[Problem]:
    """Find rows whose key an earlier row has.

    Parameters
    ----------
    sheet : Sheet
    rows : sequence of sequence of str
        Its cells in normal form, bad ones blank.

    Yields
    ------
    Problem
    """
    required = required_columns(sheet.table)
    keys = [column for column in schema(sheet.table)["primaryKey"] if column in {*sheet.columns, *required}]
    if not set(keys) <= set(sheet.columns):
        return
    places = [(sheet.columns.index(column), column in required) for column in keys]
    first: dict[tuple[str, ...], int] = {}
    for line, row in zip(sheet.lines, rows, strict=True):
        key = tuple(row[place] for place, _ in places)
        if any(needed and not row[place] for place, needed in places):
            continue
        if first.setdefault(key, line) != line:
            values = {"key": ", ".join(cell for cell in key if cell), "first": first[key]}
            yield Problem("duplicate_key", sheet.file, line, ", ".join(keys), values)


def unknown_codes(
    sheet: Sheet, sheets: Mapping[str, Sheet], unreadable: Collection[str] = ()
) -> Iterator[Problem]:
    """Find codes that the table they belong to does not have.

    Parameters
    ----------
    sheet : Sheet
    sheets : mapping of str to Sheet
        All tables.
    unreadable : collection of str
        Tables that are there but could not be read.

    Yields
    ------
    Problem
    """
    for key in schema(sheet.table).get("foreignKeys", []):
        (column,), table = key["fields"], key["reference"]["resource"]
        if column not in sheet.columns or table in unreadable:
            continue
        place = sheet.columns.index(column)
        used = [(line, row[place]) for line, row in zip(sheet.lines, sheet.rows, strict=True) if row[place]]
        other = sheets.get(table)
        if used and (other is None or not other.rows):
            codes = list(dict.fromkeys(code for _, code in used))[:5]
            yield Problem(
                "missing_reference", sheet.file, None, column, {"table": f"{table}.csv", "codes": codes}
            )
        elif other is not None and key["reference"]["fields"][0] in other.columns:
            yield from _unknown(used, sheet.file, column, other)


def _unknown(used: Sequence[tuple[int, str]], file: str, column: str, other: Sheet) -> Iterator[Problem]:
    names = code_names(other)
    if all(code in names for _, code in used):
        return
    told: dict[str, list[Flaw]] = {}
    meanings = meanings_in(other)
    few = len(names) <= _FEW
    known = "; ".join(f"{code} {name}".strip() for code, name in names.items()) if few else ""
    for line, code in used:
        if code in names:
            continue
        if code not in told:
            mangled = mangled_code(code, names)
            meaning = Meaning() if mangled else meanings(code)
            values: list[dict[str, object]] = [
                {
                    "value": part,
                    "table": other.file,
                    "nearest": nearest_code(part, names) if len(told) < _SUGGESTIONS else "",
                    "known": known,
                }
                for part in meaning.unknown or (code,)
            ]
            doubt = doubt_of(code, meaning, other.file)
            told[code] = [doubt] if doubt else [Flaw(mangled or "unknown_code", each) for each in values]
        for flaw in told[code]:
            yield Problem(flaw.code, file, line, column, flaw.values)


def code_names(sheet: Sheet) -> dict[str, str]:
    """Return the name of each code that a table defines.

    Parameters
    ----------
    sheet : Sheet
        Has the column of its codes.

    Returns
    -------
    dict of str to str
        ``""`` where it gives none.
    """
    code = sheet.columns.index(schema(sheet.table)["primaryKey"][0])
    name = next(
        (sheet.columns.index(column) for column in ("name", "name_id") if column in sheet.columns), None
    )
    return {row[code]: "" if name is None else row[name] for row in sheet.rows if row[code]}


def mangled_codes(sheet: Sheet) -> Iterator[Problem]:
    """Find codes that a spreadsheet has mangled where they are defined.

    Parameters
    ----------
    sheet : Sheet

    Yields
    ------
    Problem
    """
    keys = schema(sheet.table)["primaryKey"]
    if len(keys) > 1 or keys[0] not in sheet.columns:
        return
    place = sheet.columns.index(keys[0])
    whole = lost_zeros([row[place] for row in sheet.rows])
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        code = row[place]
        if flaw := mangled_code(code, {}):
            yield Problem(flaw, sheet.file, line, keys[0], {"value": code, "nearest": ""})
        elif code in whole:
            values = {"value": code, "whole": whole[code]}
            yield Problem("code_shape", sheet.file, line, keys[0], values, warning=True)
