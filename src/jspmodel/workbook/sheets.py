"""A sheet of a workbook as a table, in the form that the checks of CSV tables want."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jspmodel.errors import Problem
from jspmodel.intake import Flaw, Sheet, code_names, is_total, schema
from jspmodel.workbook.book import Cell, column_letter
from jspmodel.workbook.choice_labels import choices_by_word, codes_by_label
from jspmodel.workbook.grids import Grid
from jspmodel.workbook.headings import find_headings
from jspmodel.workbook.money_units import MoneyUnit
from jspmodel.workbook.rules import DEFAULT_LEVELS, LEVELS
from jspmodel.workbook.sheet_cells import cell_text


@dataclass(frozen=True)
class SheetPlace:
    """Where a table stands in a workbook.

    Attributes
    ----------
    name : str
        Of the sheet.
    headings : int
        Row of the headings, as a spreadsheet counts.
    letters : mapping of str to str
        Letter of each column of the table.
    units : mapping of str to MoneyUnit
        Of each column of money whose heading, or what stands above it, names another than billions of rupiah.
    """

    name: str
    headings: int
    letters: Mapping[str, str]
    units: Mapping[str, MoneyUnit]

    def cell(self, problem: Problem) -> str:
        """Return the (first) cell that a problem of the table is about: a heading where it names no row."""
        letters = (self.letters.get(column, "") for column in problem.column.split(", "))
        return problem.cell or f"{next(filter(None, letters), 'A')}{problem.row or self.headings}"


def read_table(grid: Grid) -> tuple[Sheet, SheetPlace, list[Problem], list[Problem]]:
    """Read the table of a sheet.

    Parameters
    ----------
    grid : Grid

    Returns
    -------
    Sheet
        Named as the CSV file of its table; cells whose meaning is in doubt are blank.
    SheetPlace
    list of Problem
        About headings, and rows that are left out because they add up others.
    list of Problem
        About cells.

    Raises
    ------
    DataError
        If no heading is known.
    """
    headings = find_headings(grid)
    fields = {field["name"]: field for field in schema(grid.table)["fields"]}
    columns = [(column, place, fields[column]) for column, place in headings.places.items()]
    lines, rows, problems, left_out = [], [], [], []
    for number, cells in grid.rows[headings.last + 1 :]:
        values = [_value(cells, place, field, headings.units.get(column)) for column, place, field in columns]
        if not any(values):
            continue
        if is_total("" if isinstance(value, Flaw) else value for value in values):
            first = column_letter(min(place for _, place, _ in columns))
            total = Problem("total_row", f"{grid.table}.csv", number, warning=True, cell=f"{first}{number}")
            left_out.append(total)
            continue
        for (column, _, _), value in zip(columns, values, strict=True):
            if isinstance(value, Flaw):
                problems.append(Problem(value.code, f"{grid.table}.csv", number, column, value.values))
        lines.append(number)
        rows.append(tuple("" if isinstance(value, Flaw) else value for value in values))
    letters = {column: column_letter(place) for column, place, _ in columns}
    sheet = Sheet(
        table=grid.table,
        file=f"{grid.table}.csv",
        columns=tuple(letters),
        lines=tuple(lines),
        rows=tuple(rows),
        ragged=frozenset(),
        decimal_comma=False,
    )
    return (
        sheet,
        SheetPlace(grid.name, headings.row, letters, headings.units),
        [*headings.problems, *left_out],
        problems,
    )


def _value(
    cells: Sequence[Cell], place: int, field: Mapping[str, Any], outside: MoneyUnit | None
) -> str | Flaw:
    if place >= len(cells):
        return ""
    cell = cells[place]
    if cell.value is None:
        return Flaw("formula_not_calculated", {}) if cell.is_formula else ""
    if cell.is_error:
        return Flaw("formula_error", {"value": cell.value})
    numeric = isinstance(cell.value, int | float) and field["type"] in {"number", "integer"}
    return cell_text(cell.value, field, shown_as=cell.look if numeric else "", outside=outside)


def with_codes(sheets: Mapping[str, Sheet], before: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """Return tables with bare codes where people chose a code with its name behind it.

    Parameters
    ----------
    sheets : mapping of str to Sheet
        By table, as the workbook has them.
    before : mapping of str to Sheet
        By table, as the case has them: names may have been chosen before they were changed.

    Returns
    -------
    dict of str to Sheet
    """
    known = {
        table: codes_by_label(
            *(code_names(state[table]) for state in (sheets, before) if _has_key_column(state, table))
        )
        for table in {*sheets, *before}
    }
    bare = {table: _bare(sheet, known) for table, sheet in sheets.items()}
    table, _, column = LEVELS.partition(".")
    if table in bare and column in bare[table].columns:
        bare[table] = _with_levels(bare[table], column, before.get(table))
    return bare


def _with_levels(sheet: Sheet, column: str, before: Sheet | None) -> Sheet:
    """Return levels where people chose a word for one; a word that the case has as a level stays."""
    words = choices_by_word(column, DEFAULT_LEVELS)
    if before and column in before.columns:
        own = {row[before.columns.index(column)] for row in before.rows}
        words = {word: level for word, level in words.items() if word not in own}
    place = sheet.columns.index(column)
    rows = (
        (*row[:place], words.get(row[place].casefold(), row[place]), *row[place + 1 :]) for row in sheet.rows
    )
    return replace(sheet, rows=tuple(rows))


def _has_key_column(sheets: Mapping[str, Sheet], table: str) -> bool:
    return table in sheets and schema(table)["primaryKey"][0] in sheets[table].columns


def _bare(sheet: Sheet, known: Mapping[str, Mapping[str, str]]) -> Sheet:
    references = {
        key["fields"][0]: known.get(key["reference"]["resource"], {})
        for key in schema(sheet.table).get("foreignKeys", [])
    }
    codes = [references.get(column, {}) for column in sheet.columns]
    rows = tuple(tuple(map(_code, row, codes)) for row in sheet.rows)
    return replace(sheet, rows=rows)


def _code(cell: str, codes: Mapping[str, str]) -> str:
    return codes.get(cell) or codes.get(" ".join(cell.split()), cell)
