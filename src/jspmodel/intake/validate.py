"""Tables against their schemas.

Judged here and not by frictionless, which gives the same verdicts (a test compares them) but needs 3 s for
the 25 tables of DIY, mostly to import and to set up each table; this takes 0.1 s.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping

from jspmodel.case import TABLES
from jspmodel.errors import Problem
from jspmodel.intake.csvfile import Sheet
from jspmodel.intake.draft import Draft, typed
from jspmodel.intake.keys import duplicate_keys, mangled_codes, unknown_codes
from jspmodel.intake.schemas import required_columns, schema
from jspmodel.intake.typed_cells import Flaw, normal_cell
from jspmodel.measure import PLAN_TABLES

Rows = list[list[str]]


def validate(
    sheets: Mapping[str, Sheet], unreadable: Collection[str] = (), known: Iterable[Problem] = ()
) -> tuple[Draft, list[Problem]]:
    """Check each table against its schema: types, ranges, lists of choices, keys, codes of other tables.

    Parameters
    ----------
    sheets : mapping of str to Sheet
        By table.
    unreadable : collection of str
        Tables that are there but could not be read: what refers to them is not judged.
    known : iterable of Problem
        What is already known to be wrong with cells.

    Returns
    -------
    Draft
        The tables with bad cells left blank.
    list of Problem
        At most one a value of a cell.
    """
    rows: dict[str, Rows] = {}
    found: list[Problem] = [*known]
    for table, sheet in sheets.items():
        rows[table], flaws = judged_rows(sheet)
        found += [*flaws, *duplicate_keys(sheet, rows[table]), *unknown_codes(sheet, sheets, unreadable)]
        found += mangled_codes(sheet)
    problems = one_kind_a_cell((problem for problem in found if not _in_ragged_row(problem, sheets)), _place)
    errors = [problem for problem in problems if not problem.warning]
    _blank_bad_cells(sheets, rows, errors)
    whole = {table for table in TABLES if _is_whole(table, sheets, unreadable)}
    wrong = {problem.file for problem in errors} | {sheet.file for sheet in sheets.values() if sheet.ragged}
    draft = Draft(
        frames={table: typed(sheets.get(table), rows.get(table, []), table) for table in TABLES},
        lines={table: sheet.lines for table, sheet in sheets.items()},
        whole=frozenset(whole),
        sound=frozenset(table for table in whole if f"{table}.csv" not in wrong),
    )
    return draft, problems


def judged_rows(sheet: Sheet) -> tuple[Rows, list[Problem]]:
    """Return the cells of a table in normal form, and what is wrong with the others.

    Parameters
    ----------
    sheet : Sheet

    Returns
    -------
    list of list of str
        Bad cells blank.
    list of Problem
    """
    fields = {field["name"]: field for field in schema(sheet.table)["fields"]}
    problems = []
    columns = []
    for place, column in enumerate(sheet.columns):
        cells = [
            normal_cell(row[place], fields[column], decimal_comma=sheet.decimal_comma) for row in sheet.rows
        ]
        for line, cell in zip(sheet.lines, cells, strict=True):
            if isinstance(cell, Flaw):
                problems.append(Problem(cell.code, sheet.file, line, column, cell.values))
        columns.append(["" if isinstance(cell, Flaw) else cell for cell in cells])
    return [list(row) for row in zip(*columns, strict=True)], problems


def _in_ragged_row(problem: Problem, sheets: Mapping[str, Sheet]) -> bool:
    """Whether the cells of a problem's row may have moved, so that it may not be one."""
    return problem.row in sheets[problem.file.removesuffix(".csv")].ragged


def _is_whole(table: str, sheets: Mapping[str, Sheet], unreadable: Collection[str]) -> bool:
    if table not in sheets or not sheets[table].rows:
        return table not in unreadable and table not in PLAN_TABLES  # what has yet to come is not judged
    return set(required_columns(table)) <= set(sheets[table].columns)


def one_kind_a_cell(problems: Iterable[Problem], cell_of: Callable[[Problem], Hashable]) -> list[Problem]:
    """Keep the problems of the first kind that each cell has: what comes after it follows from it.

    A cell of a workbook may hold several values, each with its own problem of that kind.

    Parameters
    ----------
    problems : iterable of Problem
    cell_of : callable
        A problem to what names its cell.

    Returns
    -------
    list of Problem
        Those of a cell one after the other.
    """
    kept: dict[Hashable, dict[str, Problem]] = {}
    for problem in problems:
        cell = kept.setdefault(cell_of(problem), {})
        if all(problem.code == other.code for other in cell.values()):
            cell.setdefault(str(problem.values.get("value", "")), problem)
    return [problem for cell in kept.values() for problem in cell.values()]


def _place(problem: Problem) -> Hashable:
    return problem.file, problem.row, problem.column


def _blank_bad_cells(
    sheets: Mapping[str, Sheet], rows: Mapping[str, Rows], problems: Iterable[Problem]
) -> None:
    places: dict[tuple[str, int | None], list[tuple[Sheet, int]]] = {}
    for sheet in sheets.values():
        for index, line in enumerate(
            sheet.lines
        ):  # a list of regions in one cell is several rows of one line
            places.setdefault((sheet.file, line), []).append((sheet, index))
    for problem in problems:
        for sheet, index in places.get((problem.file, problem.row), ()):
            if problem.column in sheet.columns:
                rows[sheet.table][index][sheet.columns.index(problem.column)] = ""
