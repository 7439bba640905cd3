"""New rows of a workbook whose code the case has given to something else since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from jspmodel.errors import Problem
from jspmodel.intake import Sheet, code_names, plain_name, schema
from jspmodel.workbook.merged_rows import Base, keyed_rows
from jspmodel.workbook.rules import referenced

_NUMBERED = ("programs", "agencies")
"""Tables whose codes a list of proposals gives: another one does as well."""


class FreeCodes(NamedTuple):
    """Sheets whose new rows have codes of their own.

    Attributes
    ----------
    sheets : dict of str to Sheet
        With the new codes in all rows that name them.
    codes : dict of str to dict of str to str
        By table, each new code by the one that the workbook has.
    problems : list of Problem
        A warning for each new code; an error where a code of another table is taken.
    """

    sheets: dict[str, Sheet]
    codes: dict[str, dict[str, str]]
    problems: list[Problem]


def with_free_codes(
    sheets: Mapping[str, Sheet],
    before: Mapping[str, Sheet],
    bases: Mapping[str, Base],
    earlier: Mapping[str, Mapping[str, str]],
) -> FreeCodes:
    """Give new programmes and agencies other codes where the case has given theirs away since.

    Two lists that are read one after the other begin with the same codes; so do two people's workbooks.

    Parameters
    ----------
    sheets, before : mapping of str to Sheet
        By table, as the workbook and the case have them, in codes.
    bases : mapping of str to mapping of str to str
        By table, what the workbook said as it was written or imported; none: not known.
    earlier : mapping of str to mapping of str to str
        Codes that earlier imports of the workbook gave.

    Returns
    -------
    FreeCodes
    """
    problems: list[Problem] = []
    sheets = {table: _coded(sheet, earlier) for table, sheet in sheets.items()}
    renamed: dict[str, dict[str, str]] = {}
    for table, sheet in sheets.items():
        names = code_names(before[table]) if table in before and _has_codes(table) else {}
        taken = [*_taken(sheet, names, bases.get(table))]
        used = {*names, *(code for code, _, _ in taken), *(code_names(sheet) if taken else ())}
        for code, name, line in taken:
            values = {"code": code, "name": name, "there": names[code]}
            if table in _NUMBERED:
                new = _free(code, used)
                used.add(new)
                renamed.setdefault(table, {})[code] = new
                problems.append(
                    _question("code_given_anew", sheet, line, {**values, "new": new}, warning=True)
                )
            else:
                problems.append(_question("code_taken", sheet, line, values, warning=False))
    every = {table: {**earlier.get(table, {}), **renamed.get(table, {})} for table in {*earlier, *renamed}}
    return FreeCodes({table: _coded(sheet, renamed) for table, sheet in sheets.items()}, every, problems)


def _has_codes(table: str) -> bool:
    """Whether one text column tells the rows of a table apart."""
    described = schema(table)
    kinds = {field["name"]: field["type"] for field in described["fields"]}
    key = described["primaryKey"]
    return len(key) == 1 and kinds[key[0]] == "string" and bool({"name", "name_id"} & kinds.keys())


def _taken(sheet: Sheet, names: Mapping[str, str], base: Base | None) -> Iterator[tuple[str, str, int]]:
    """Yield code, name and line of each new row whose code the case has for something of another name."""
    if base is None or not names:
        return
    column = schema(sheet.table)["primaryKey"][0]
    for row in keyed_rows(sheet):
        code = row.cells.get(column, "")
        name = row.cells.get("name") or row.cells.get("name_id", "")
        if row.key not in base and code in names and plain_name(name) != plain_name(names[code]):
            yield code, name, row.line


def _free(code: str, used: Iterable[str]) -> str:
    """Return the next code of the same letters.

    Examples
    --------
    >>> _free("M001", {"M001", "M002"}), _free("DLH", {"DLH"})
    ('M003', 'DLH2')
    """
    taken = {*used}
    match = re.fullmatch(r"(.*?)([0-9]*)", code)
    letters, digits = (match[1], match[2]) if match else (code, "")
    number = int(digits or 1) + 1
    while (new := f"{letters}{number:0{len(digits)}}") in taken:
        number += 1
    return new


def _coded(sheet: Sheet, renamed: Mapping[str, Mapping[str, str]]) -> Sheet:
    """Return a table that names things by their new codes; the workbook knew nothing else by the old ones."""
    own = schema(sheet.table)["primaryKey"]
    places = {
        place: renamed[table]
        for place, column in enumerate(sheet.columns)
        if (table := referenced(sheet.table, column) or (sheet.table if own == [column] else "")) in renamed
    }
    if not places:
        return sheet
    rows = tuple(
        tuple(places.get(place, {}).get(cell, cell) for place, cell in enumerate(row)) for row in sheet.rows
    )
    return replace(sheet, rows=rows)


def _question(code: str, sheet: Sheet, line: int, values: Mapping[str, object], *, warning: bool) -> Problem:
    column = schema(sheet.table)["primaryKey"][0]
    return Problem(code, sheet.file, line, column, dict(values), warning=warning)
