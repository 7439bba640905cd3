"""Codes of other tables where people wrote names: an exact name of one row alone is as good as its code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from jspmodel.intake.csvfile import Sheet
from jspmodel.intake.region_names import Meaning, RegionNames, of_parts
from jspmodel.intake.schemas import schema
from jspmodel.intake.typed_cells import Flaw

_MEMBERS = {("program_regions", "region"), ("bodies", "region")}
"""Columns where a list of regions means a row for each: membership, nothing that would be counted twice."""
_COUNTED = ("volume", "volume_low", "volume_high")
"""Columns of such a row that say something of one region alone."""

_APART = re.compile("[;\n]")
"""What stands between codes that are named together; a comma may be part of a name."""

Resolve = Callable[[str], Meaning]


def with_named_codes(
    sheets: Mapping[str, Sheet], known: Mapping[str, Sheet] | None = None
) -> dict[str, Sheet]:
    """Return tables with codes where names stood that only one row has.

    Parameters
    ----------
    sheets : mapping of str to Sheet
        By table.
    known : mapping of str to Sheet, optional
        All tables, where ``sheets`` are not all.

    Returns
    -------
    dict of str to Sheet
        What is not known or in doubt stays as it is, to be told.
    """
    tables = {**(known or {}), **sheets}
    resolvers: dict[str, Resolve] = {}
    return {table: _named(sheet, tables, resolvers) for table, sheet in sheets.items()}


def _named(sheet: Sheet, tables: Mapping[str, Sheet], resolvers: dict[str, Resolve]) -> Sheet:
    for column, other in references(sheet.table):
        if column not in sheet.columns or not _has_codes(tables.get(other)):
            continue
        place = sheet.columns.index(column)
        codes = _codes(tables[other])
        if all(not row[place] or row[place] in codes for row in sheet.rows):
            continue
        resolve = resolvers.setdefault(other, meanings_in(tables[other]))
        sheet = _resolved(sheet, place, codes, resolve)
    return sheet


def _resolved(sheet: Sheet, place: int, codes: frozenset[str], resolve: Resolve) -> Sheet:
    lines: list[int] = []
    rows: list[tuple[str, ...]] = []
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        cell = row[place]
        meant = resolve(cell).codes if cell and cell not in codes else ()
        if len(meant) > 1 and not _is_list(sheet, place, row):
            meant = ()
        for code in meant or (cell,):
            lines.append(line)
            rows.append((*row[:place], code, *row[place + 1 :]))
    return replace(sheet, lines=tuple(lines), rows=tuple(rows))


def _is_list(sheet: Sheet, place: int, row: Sequence[str]) -> bool:
    """Whether a cell may name several regions: nothing else in its row is of one region alone."""
    counted = [sheet.columns.index(column) for column in _COUNTED if column in sheet.columns]
    return (sheet.table, sheet.columns[place]) in _MEMBERS and not any(row[other] for other in counted)


def doubt_of(cell: str, meaning: Meaning, table: str) -> Flaw | None:
    """Return the question about a text that may mean several rows of a table, or names several at once."""
    values: dict[str, object] = {"value": cell, "table": table}
    if meaning.choices:
        values["choices"] = "; ".join(meaning.choices)
        return Flaw("code_of_bps", values) if meaning.is_bps else Flaw("which_code", values)
    if len(meaning.codes) > 1:
        return Flaw("several_codes", {**values, "codes": ", ".join(meaning.codes)})
    return None


def meanings_in(sheet: Sheet) -> Resolve:
    """Return what finds the rows of a table that a text names.

    Parameters
    ----------
    sheet : Sheet
        Has the column of its codes.

    Returns
    -------
    callable
    """
    if sheet.table == "regions":
        return RegionNames(_column(sheet, "name"), _column(sheet, "kind")).meanings
    columns = ("name", "name_id", "name_en")
    return meanings_of(_codes(sheet), *(_column(sheet, column) for column in columns))


def meanings_of(codes: Iterable[str], *names: Mapping[str, str]) -> Resolve:
    """Return what finds a code by itself, by its names, and by both as a workbook shows them.

    Parameters
    ----------
    codes : iterable of str
    *names : mapping of str to str
        Name by code, one for each language.

    Returns
    -------
    callable

    Examples
    --------
    >>> meaning = meanings_of(["P1", "P2"], {"P1": "Sumur", "P2": "Jalan"}, {"P1": "Well", "P2": "Well"})
    >>> meaning("sumur").codes, meaning("P2 Jalan").codes, meaning("p2").codes, meaning("Well").choices
    (('P1',), ('P2',), ('P2',), ('P1 Well', 'P2 Well'))
    >>> meaning("Sumur; jalan").codes, meaning("Sumur; Rumah").unknown
    (('P1', 'P2'), ('Rumah',))
    """
    by_name: dict[str, dict[str, str]] = {}
    for by_code in names:
        for code, name in by_code.items():
            label = f"{code} {name}".strip()
            for said in (name, label):
                by_name.setdefault(plain_name(said), {})[code] = label
    for code in codes:
        by_name.setdefault(plain_name(code), {})[code] = code

    def one(text: str) -> Meaning:
        found = by_name.get(plain_name(text), {})
        return Meaning(tuple(found)) if len(found) == 1 else Meaning(choices=tuple(found.values()))

    def meaning(text: str) -> Meaning:
        found = one(text)
        if found.codes or found.choices or not _APART.search(text):
            return found
        return of_parts({part.strip(): one(part) for part in _APART.split(text) if part.strip()})

    return meaning


def references(table: str) -> list[tuple[str, str]]:
    """Return each column of a table that holds codes of another, with that one."""
    keys = schema(table).get("foreignKeys", [])
    return [(key["fields"][0], key["reference"]["resource"]) for key in keys]


def _column(sheet: Sheet, column: str) -> dict[str, str]:
    key = sheet.columns.index(schema(sheet.table)["primaryKey"][0])
    place = sheet.columns.index(column) if column in sheet.columns else None
    return {row[key]: "" if place is None else row[place] for row in sheet.rows if row[key]}


def _codes(sheet: Sheet) -> frozenset[str]:
    return frozenset(_column(sheet, ""))


def _has_codes(sheet: Sheet | None) -> bool:
    return sheet is not None and schema(sheet.table)["primaryKey"][0] in sheet.columns


def plain_name(text: str) -> str:
    """Return a name without what people change about it: case and blanks."""
    return " ".join(text.casefold().split())
