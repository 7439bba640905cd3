"""New rows at the end of the tables of a case, and what was told of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from jspmodel.errors import Problem
from jspmodel.intake import Sheet, column_types

Row = dict[str, str]


@dataclass(frozen=True)
class Proposed:
    """Tables of a case with new proposals at their end.

    Attributes
    ----------
    sheets : mapping of str to Sheet
    fresh : mapping of str to int
        By table, how many rows at the end are new.
    known : tuple of str
        Names of proposals that the case has already, and that were left out.
    unknown : tuple of str
        Headings of the list that are not known, and that were not read.
    notes : tuple of Problem
        Warnings, each with its row: what was left out and why, what is in doubt, what is there twice.
    asked : mapping of str to int
        By table, how many cells of new rows are yellow in the workbook: what they lack.
    """

    sheets: Mapping[str, Sheet]
    fresh: Mapping[str, int]
    known: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    notes: tuple[Problem, ...] = ()
    asked: Mapping[str, int] = field(default_factory=dict)


def issues_by_text(sheet: Sheet) -> dict[str, str]:
    """Return the code of each issue by its name and, where only it has that, its objective."""
    found: dict[str, list[str]] = {}
    for column in ("objective", "name_en", "name_id"):
        if column in sheet.columns:
            place, code = sheet.columns.index(column), sheet.columns.index("issue")
            for row in sheet.rows:
                found.setdefault(row[place].casefold(), []).append(row[code])
    return {text: codes[0] for text, codes in found.items() if text and len(set(codes)) == 1}


def new_codes(letters: str, known: Collection[str] = ()) -> Iterator[str]:
    """Yield codes of some letters and a number that are not known."""
    return (code for number in count(1) if (code := f"{letters}{number:03}") not in known)


def appended(sheet: Sheet | None, table: str, rows: Sequence[Row]) -> Sheet:
    """Return a table with rows at its end, in the way that its file is written."""
    used = {column for row in rows for column, cell in row.items() if cell}
    there = sheet.columns if sheet else ()
    columns = (*there, *(column for column in column_types(table) if column in used and column not in there))
    if sheet is None:
        sheet = Sheet(table, f"{table}.csv", (), (), (), frozenset(), decimal_comma=False)
    kinds = column_types(table)
    old = [(*row, *("" for _ in columns[len(there) :])) for row in sheet.rows]
    new = [tuple(_written(row.get(column, ""), kinds[column], sheet) for column in columns) for row in rows]
    last = max(sheet.lines, default=1)
    lines = (*sheet.lines, *range(last + 1, last + 1 + len(new)))
    return replace(sheet, columns=columns, rows=(*old, *new), lines=lines)


def _written(cell: str, kind: str, sheet: Sheet) -> str:
    return cell.replace(".", ",") if kind == "number" and sheet.decimal_comma else cell
