"""A first plan in one sheet, one row a programme, as rows of the tables of programmes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jspmodel.errors import Problem
from jspmodel.intake import Sheet, column_types, judged_rows, one_kind_a_cell
from jspmodel.workbook.already_there import rows_of
from jspmodel.workbook.first_plan_codes import coded_rows
from jspmodel.workbook.first_plan_rows import asked_of, details_of, only_answers, plan_rows
from jspmodel.workbook.imported_workbooks import OF_PROGRAM, Imported
from jspmodel.workbook.layout import FIRST_PLAN
from jspmodel.workbook.merged_rows import OF_CASE
from jspmodel.workbook.proposed_rows import Row
from jspmodel.workbook.sheets import SheetPlace
from jspmodel.workbook.workbook_base import digest_of_program, digest_of_row

_HOME = {
    "code": ("programs", "program"),
    "name": ("programs", "name_id"),
    "duration": ("programs", "duration"),
    "first_start": ("programs", "first_start"),
    "regions": ("program_regions", "region"),
    "amount": ("program_costs", "amount"),
    "profile": ("program_costs", "profile"),
    "issue": ("program_effects", "issue"),
    "level": ("program_effects", "level"),
}
"""Table and column of each column of the sheet."""
_OF_TABLE = {home: column for column, home in _HOME.items()} | {
    ("program_costs", "offset"): "profile",
    ("program_effects", "effect"): "level",
}
PROGRAM_TABLES = ("programs", "program_regions", "program_costs", "program_effects")


_NewRows = dict[str, list[tuple[int, Row]]]


@dataclass(frozen=True)
class FirstPlanRead:
    """The sheet of a first plan among the tables of a case.

    Attributes
    ----------
    sheets : mapping of str to Sheet
        The tables, with the programmes of the sheet at the end of theirs.
    places : mapping of str to SheetPlace
        Where the columns of these tables stand on the sheet.
    problems : tuple of Problem
        About cells, as of the tables that they belong to.
    codes : tuple of str
        Of the programmes, one a row.
    new : mapping of str to int
        Row of each programme that the case may have under another name, by code.
    imported : mapping of str to Imported
        What the case is to keep of the rows that count.
    """

    sheets: Mapping[str, Sheet]
    places: Mapping[str, SheetPlace]
    problems: tuple[Problem, ...]
    codes: tuple[str, ...]
    new: Mapping[str, int]
    imported: Mapping[str, Imported]


def with_first_plan(
    sheet: Sheet,
    place: SheetPlace,
    cells: Iterable[Problem],
    shown: Mapping[str, Sheet],
    before: Mapping[str, Sheet],
    answers: Mapping[int, str],
    imported: Mapping[str, Imported],
) -> FirstPlanRead:
    """Put the programmes of a first plan among the tables of a case.

    A programme whose code or name the case has takes the place of that one, unless the case says more of it
    than the sheet can; others get a new code, or the one that the sheet gives. No programme is removed. A row
    that nobody touched since it was imported changes nothing: what the case says of its programme since
    counts. A blank cell is filled in where only one answer is possible: the region or issue where there is
    one, a duration of a year where budgets are of one year.

    Parameters
    ----------
    sheet : Sheet
        As ``read_table`` gives it, of the table ``first_plan``.
    place : SheetPlace
    cells : iterable of Problem
        What is wrong with its cells.
    shown, before : mapping of str to Sheet
        By table, as other sheets of the workbook and the case have them.
    answers : mapping of int to str
        By row, what a person answered to the question which programme it is, as the column of codes says it.
    imported : mapping of str to Imported
        What the case keeps of the workbook.

    Returns
    -------
    FirstPlanRead
    """
    base = {table: rows_of(before.get(table)) for table in PROGRAM_TABLES}
    headings = {line for line, row in _written(sheet) if {*row} == {"name"}}
    sheet = _without(sheet, headings)
    written = {line: digest_of_row(row) for line, row in _written(sheet)}
    in_case = {table: before[table] for table in PROGRAM_TABLES if table in before}
    stays = _as_imported(written, imported, in_case)
    rows = _rows(
        sheet, {**before, **{table: one for table, one in shown.items() if one.rows}}, {**answers, **stays}
    )
    every, told = coded_rows(rows, {row["program"]: row.get("name_id", "") for row in base["programs"]})
    coded = [row for row in every if row.line not in stays]
    problems = [problem for problem in told if problem.row not in stays]
    new: _NewRows = {table: [] for table in PROGRAM_TABLES}
    for row in coded:
        problems += [
            *asked_of(row.texts, row.line),
            *_more(row.texts.get("name", ""), row.code, base, row.line),
        ]
        for table, said in plan_rows(row.code, row.texts, base["programs"]):
            new[table].append((row.line, said))
    merged = {table: _merged(table, before.get(table), base[table], new) for table in PROGRAM_TABLES}
    of_cells = [_at_home(problem) for problem in cells if problem.row not in headings]
    of_cells += [Problem("first_plan_heading", "programs.csv", line, "name_id") for line in sorted(headings)]
    flaws = [
        of_case(flaw) for table in PROGRAM_TABLES if table in before for flaw in judged_rows(before[table])[1]
    ]
    return FirstPlanRead(
        merged,
        _places(place),
        (*of_cells, *problems, *flaws),
        tuple(row.code for row in every),
        {row.code: row.line for row in coded if row.is_asked},
        {
            f"{OF_PROGRAM}{row.code}": Imported(written[row.line], digest_of_program(row.code, in_case))
            for row in coded
        },
    )


def _written(sheet: Sheet) -> Iterator[tuple[int, Row]]:
    """Yield the texts of each row by column, those that are not blank."""
    for line, cells in zip(sheet.lines, sheet.rows, strict=True):
        yield line, {column: text for column, text in zip(sheet.columns, cells, strict=True) if text}


def _without(sheet: Sheet, lines: Collection[int]) -> Sheet:
    """Return a table without some of its lines."""
    kept = [pair for pair in zip(sheet.lines, sheet.rows, strict=True) if pair[0] not in lines]
    return replace(sheet, lines=tuple(line for line, _ in kept), rows=tuple(row for _, row in kept))


def _as_imported(
    written: Mapping[int, str], imported: Mapping[str, Imported], case: Mapping[str, Sheet]
) -> dict[int, str]:
    """Return the programme of each row that says what it said as it was imported.

    Where the case has of it what it had before that import, somebody took it back, and the row counts.
    """
    by_digest = {
        note.said: key.removeprefix(OF_PROGRAM)
        for key, note in imported.items()
        if key.startswith(OF_PROGRAM) and digest_of_program(key.removeprefix(OF_PROGRAM), case) != note.before
    }
    return {line: by_digest[digest] for line, digest in written.items() if digest in by_digest}


def _rows(sheet: Sheet, tables: Mapping[str, Sheet], answers: Mapping[int, str]) -> Iterator[tuple[int, Row]]:
    """Yield the texts of each row by column, blank cells filled in where only one answer is possible."""
    only = only_answers(tables)
    for line, texts in _written(sheet):
        yield line, only | texts | ({"code": answers[line]} if line in answers else {})


def _more(name: str, code: str, base: Mapping[str, Sequence[Row]], line: int) -> Iterator[Problem]:
    """Find why a programme of the case cannot be what a row says: more is said of it."""
    if details := details_of(code, base):
        told = {"value": name, "tables": ", ".join(f"{table}.csv" for table in details)}
        yield Problem("first_plan_more", "programs.csv", line, "name_id", told)


def _places(place: SheetPlace) -> dict[str, SheetPlace]:
    """Return where the columns of the tables stand on the sheet."""
    letters = {table: {"program": place.letters.get("name", "A")} for table in PROGRAM_TABLES}
    for column, letter in place.letters.items():
        table, name = _HOME[column]
        letters[table][name] = letter
    letters["program_effects"]["effect"] = place.letters.get("level", "")
    letters["program_costs"]["offset"] = place.letters.get("profile", "")
    units = {"program_costs": place.units}
    return {
        table: SheetPlace(place.name, place.headings, letters[table], units.get(table, {}))
        for table in PROGRAM_TABLES
    }


def each_once(sheet: Sheet) -> Sheet:
    """Return a table without what one row of the sheet says twice: a region by its name and by its code."""
    rows = dict.fromkeys(zip(sheet.lines, sheet.rows, strict=True))
    return replace(sheet, lines=tuple(line for line, _ in rows), rows=tuple(row for _, row in rows))


def of_case(problem: Problem) -> Problem:
    """Return a problem of a row of the case as of one that the sheet does not show."""
    in_programs = problem.file.removesuffix(".csv") in PROGRAM_TABLES
    return replace(problem, row=(problem.row or 0) + OF_CASE) if in_programs else problem


def told_on_sheet(problems: Iterable[Problem], places: Mapping[str, SheetPlace]) -> list[Problem]:
    """Return problems with their cells: those of the tables of programmes as of the sheet of a first plan.

    Of a cell one kind is told, of each value in it; what is wrong with rows of the case alone is told by file
    and row.
    """
    on_sheet, others = [], []
    for problem in problems:
        table = problem.file.removesuffix(".csv")
        if problem.row is not None and problem.row >= OF_CASE:
            others.append(replace(problem, row=(problem.row - OF_CASE) or None))
        elif table not in places:
            others.append(problem)
        elif table in PROGRAM_TABLES:
            on_sheet.append(_in_cell(problem, table, places[table].cell(problem)))
        else:
            others.append(replace(problem, cell=places[table].cell(problem)))
    once = one_kind_a_cell(on_sheet, lambda problem: problem.cell)
    return [*others, *sorted(once, key=lambda problem: (problem.row or 0, problem.cell))]


def _in_cell(problem: Problem, table: str, cell: str) -> Problem:
    """Return a problem of a table as of the sheet, where a programme has one row and one issue."""
    file, column = f"{FIRST_PLAN}.csv", _OF_TABLE.get((table, problem.column), problem.column)
    if problem.code == "several_codes":
        return Problem("first_plan_issues", file, problem.row, column, problem.values, cell=cell)
    return replace(problem, file=file, column=column, cell=cell)


def _merged(
    table: str,
    there: Sheet | None,
    base: Sequence[Row],
    new: _NewRows,
) -> Sheet:
    """Return a table without the rows of the programmes that are said anew, and those at its end."""
    anew = {row["program"] for _, row in new["programs"]}
    kept = [
        (line + OF_CASE, row)
        for line, row in zip(there.lines if there else (), base, strict=True)
        if row.get("program") not in anew
    ]
    every = [*kept, *new[table]]
    used = {column for _, row in every for column, cell in row.items() if cell}
    columns = tuple(
        column for column in column_types(table) if column in used or (there and column in there.columns)
    )
    rows = tuple(tuple(row.get(column, "") for column in columns) for _, row in every)
    lines = tuple(line for line, _ in every)
    return Sheet(table, f"{table}.csv", columns, lines, rows, frozenset(), decimal_comma=False)


def _at_home(problem: Problem) -> Problem:
    table, column = _HOME.get(problem.column, ("", ""))
    return replace(problem, file=f"{table}.csv", column=column) if table else problem
