"""Tables against their schemas: frictionless judges constraints and keys (50,000 rows in about 4 s).

Types that people write in many ways (numbers, yes/no) are brought into normal form before, so that the
problem can say how to mend them; frictionless's findings are told as our own problems, at the true rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from frictionless import Package, Resource, Schema

from jspmodel.case import TABLES
from jspmodel.errors import Problem
from jspmodel.intake.cells import Flaw, normal
from jspmodel.intake.csvfile import Sheet
from jspmodel.intake.draft import Draft, typed
from jspmodel.intake.keys import key_problems, reference_problems
from jspmodel.intake.nearest import nearest
from jspmodel.intake.schemas import column_types, required_columns, schema

Rows = list[list[str]]


def validate(sheets: Mapping[str, Sheet], unreadable: Collection[str] = ()) -> tuple[Draft, list[Problem]]:
    """Check each table against its schema.

    Parameters
    ----------
    sheets : mapping of str to Sheet
        By table.
    unreadable : collection of str
        Tables that are there but could not be read: what refers to them is not judged.

    Returns
    -------
    Draft
        The tables with bad cells left blank.
    list of Problem
        In the order of tables, then rows.
    """
    normals = {table: _normal_rows(sheet) for table, sheet in sheets.items()}
    rows = {table: cells for table, (cells, _) in normals.items()}
    flaws = [flaw for _, found in normals.values() for flaw in found]
    findings = [*flaws, *reference_problems(sheets, unreadable), *_findings(sheets, rows)]
    problems = _one_a_cell(problem for problem in findings if not _in_ragged_row(problem, sheets))
    _blank_bad_cells(sheets, rows, problems)
    whole = {table for table in TABLES if _is_whole(table, sheets, unreadable)}
    wrong = {problem.file for problem in problems} | {sheet.file for sheet in sheets.values() if sheet.ragged}
    draft = Draft(
        frames={table: typed(sheets.get(table), rows.get(table, []), table) for table in TABLES},
        lines={table: sheet.lines for table, sheet in sheets.items()},
        whole=frozenset(whole),
        sound=frozenset(table for table in whole if f"{table}.csv" not in wrong),
    )
    return draft, problems


def _in_ragged_row(problem: Problem, sheets: Mapping[str, Sheet]) -> bool:
    """Whether the cells of a problem's row may have moved, so that it may not be one."""
    return problem.row in sheets[problem.file.removesuffix(".csv")].ragged


def _is_whole(table: str, sheets: Mapping[str, Sheet], unreadable: Collection[str]) -> bool:
    if table not in sheets:
        return table not in unreadable
    return set(required_columns(table)) <= set(sheets[table].columns)


def _normal_rows(sheet: Sheet) -> tuple[Rows, list[Problem]]:
    kinds = [column_types(sheet.table)[column] for column in sheet.columns]
    rows: Rows = []
    problems = []
    for line, cells in zip(sheet.lines, sheet.rows, strict=True):
        made = [
            normal(cell, kind, decimal_comma=sheet.decimal_comma)
            for cell, kind in zip(cells, kinds, strict=True)
        ]
        for column, cell in zip(sheet.columns, made, strict=True):
            if isinstance(cell, Flaw):
                problems.append(Problem(cell.code, sheet.file, line, column, cell.values))
        rows.append(["" if isinstance(cell, Flaw) else cell for cell in made])
    return rows, problems


def _findings(sheets: Mapping[str, Sheet], rows: Mapping[str, Rows]) -> Iterator[Problem]:
    """Let frictionless validate all tables together, and tell what it finds."""
    resources = [
        Resource(name=table, data=[list(sheet.columns), *rows[table]], schema=_schema(sheet, sheets))
        for table, sheet in sheets.items()
        if rows[table]
    ]
    report = Package(resources=resources).validate(limit_errors=10**9)
    for task in report.tasks:
        sheet = sheets[task.name]
        yield from _cell_problems(sheet, task.errors)
        yield from key_problems(sheet, rows[task.name], task.errors, sheets)


def _schema(sheet: Sheet, sheets: Mapping[str, Sheet]) -> Schema:
    """Return the part of a schema that can be judged: the columns and tables that are there."""
    whole = schema(sheet.table)
    keys = [
        key
        for key in whole.get("foreignKeys", [])
        if set(key["fields"]) <= set(sheet.columns) and _can_be_looked_up(key["reference"], sheets)
    ]
    missing = set(required_columns(sheet.table)) - set(sheet.columns)
    unique = [] if missing & set(whole["primaryKey"]) else whole["primaryKey"]
    return Schema.from_descriptor(
        {
            "fields": [_field(whole, column) for column in sheet.columns],
            "primaryKey": [column for column in unique if column in sheet.columns],
            "foreignKeys": keys,
        }
    )


def _can_be_looked_up(reference: Mapping[str, Any], sheets: Mapping[str, Sheet]) -> bool:
    sheet = sheets.get(reference["resource"])
    return sheet is not None and bool(sheet.rows) and set(reference["fields"]) <= set(sheet.columns)


def _field(whole: Mapping[str, Any], column: str) -> dict[str, Any]:
    found = next(field for field in whole["fields"] if field["name"] == column)
    return {key: found[key] for key in ("name", "type", "constraints") if key in found}


def _cell_problems(sheet: Sheet, errors: Collection[Any]) -> Iterator[Problem]:
    constraints = {field["name"]: field.get("constraints", {}) for field in schema(sheet.table)["fields"]}
    for error in errors:
        if error.type not in {"constraint-error", "type-error"}:
            continue
        place, column = error.row_number - 2, error.field_name
        value = sheet.rows[place][sheet.columns.index(column)]
        if error.type == "type-error":
            code, values = "not_a_date", {"value": value}
        else:
            code, values = _broken_constraint(value, constraints[column])
        yield Problem(code, sheet.file, sheet.lines[place], column, values)


def _broken_constraint(value: str, constraints: Mapping[str, Any]) -> tuple[str, dict[str, object]]:
    if not value:
        return "blank_cell", {}
    if "enum" in constraints:
        choices = constraints["enum"]
        return "not_in_list", {
            "value": value,
            "choices": ", ".join(choices),
            "nearest": nearest(value, choices),
        }
    low, high = constraints.get("minimum"), constraints.get("maximum")
    if low is not None and high is not None:
        return "out_of_range", {"value": value, "low": low, "high": high}
    return ("negative", {"value": value}) if low == 0 else ("too_low", {"value": value, "low": low})


def _one_a_cell(problems: Iterable[Problem]) -> list[Problem]:
    """Keep the first problem of a cell: what comes after it follows from it."""
    kept: dict[tuple[str, int | None, str], Problem] = {}
    for problem in problems:
        kept.setdefault((problem.file, problem.row, problem.column), problem)
    return list(kept.values())


def _blank_bad_cells(
    sheets: Mapping[str, Sheet], rows: Mapping[str, Rows], problems: Iterable[Problem]
) -> None:
    places: dict[tuple[str, int | None], tuple[Sheet, int]] = {
        (sheet.file, line): (sheet, index)
        for sheet in sheets.values()
        for index, line in enumerate(sheet.lines)
    }
    for problem in problems:
        if (problem.file, problem.row) not in places:
            continue
        sheet, index = places[problem.file, problem.row]
        if problem.column in sheet.columns:
            rows[sheet.table][index][sheet.columns.index(problem.column)] = ""
