"""What planners made of a workbook: what it would change in a case, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jspmodel.case import TABLES
from jspmodel.errors import DataError, Problem
from jspmodel.intake import (
    CARRIED,
    Sheet,
    code_names,
    errors_of,
    judge_sheets,
    read_sheets,
    schema,
    understood,
    unreadable_file,
)
from jspmodel.measure import PLAN_TABLES
from jspmodel.workbook.changes import TableChange, table_changes
from jspmodel.workbook.first_plan import (
    PROGRAM_TABLES,
    FirstPlanRead,
    each_once,
    of_case,
    told_on_sheet,
    with_first_plan,
)
from jspmodel.workbook.first_plan_renamed import renamed
from jspmodel.workbook.grids import Grid, read_grids
from jspmodel.workbook.imported_workbooks import Imported, ImportedWorkbook, read_imported
from jspmodel.workbook.layout import FIRST_PLAN
from jspmodel.workbook.merged_rows import OF_CASE, Base, keyed_rows
from jspmodel.workbook.merged_tables import merged_tables
from jspmodel.workbook.plausible import implausible_amounts
from jspmodel.workbook.sheets import SheetPlace, read_table, with_codes
from jspmodel.workbook.workbook_base import KeptBase, kept_base


@dataclass(frozen=True)
class Reading:
    """A workbook, read beside the case that it is for.

    Attributes
    ----------
    changes : tuple of TableChange
        What it would change; only to be carried out where there is no error.
    problems : tuple of Problem
        Errors and warnings; those of a table in the workbook name its cell.
    places : mapping of str to SheetPlace
        Where each table stands in the workbook.
    names : mapping of str to mapping of str to str
        By table, the name of each code that the workbook or the case has.
    mark : str
        What tells the workbook from others, ``""`` where it does not say.
    imported : ImportedWorkbook
        What the case is to keep of the workbook, once it is imported.
    about : mapping of str to object
        What a new case is to say of itself beside its tables: what the case did that the workbook was written
        from, where it has the same regions.
    """

    changes: tuple[TableChange, ...]
    problems: tuple[Problem, ...]
    places: Mapping[str, SheetPlace]
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    mark: str = ""
    imported: ImportedWorkbook = field(default_factory=ImportedWorkbook)
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps the workbook from being taken over."""
        return errors_of(self.problems)


def read_workbook(file: Path, folder: Path, answers: Mapping[int, str] = MappingProxyType({})) -> Reading:
    """Read a workbook beside the case that it is for; nothing is written.

    Parameters
    ----------
    file : Path
        XLSX, of any program. Sheets, columns and rows in any order; what is not known is left aside.
    folder : Path
        Of the case; it need not be there yet. A table without a sheet stays as the case has it.
    answers : mapping of int to str, optional
        By row of the sheet of a first plan, what a person answered to ``QUESTIONS``: a code, or ``"baru"``.

    Returns
    -------
    Reading

    Raises
    ------
    DataError
        If there is nothing to read: no workbook, an encrypted or broken one, one that could do harm, no table
        in it, one that was written from a case of other regions.
    """
    grids, about_sheets = read_grids(file)
    before, unread, in_folder = read_sheets(folder) if folder.is_dir() else ({}, set(), [])
    read = _read_tables(grids)
    kept = kept_base(file)
    if _of_other_regions(kept.tables.get("regions"), before.get("regions")):
        raise unreadable_file("workbook_of_other_case", file.name, case=folder.as_posix())
    earlier = read_imported(folder).get(kept.mark, ImportedWorkbook())
    shown = {grid.table for grid in grids}
    elsewhere = [*_elsewhere(in_folder, shown)]
    first = read.sheets.pop(FIRST_PLAN, None)
    plan = None
    if first and first.rows:
        shown -= {*PROGRAM_TABLES}
        elsewhere = [of_case(problem) for problem in _elsewhere(in_folder, shown)]
        plan = _take_first_plan(first, read, before, answers, earlier.sheets)
    sheets = with_codes(_in_use(read.sheets, before), before)
    sheets, before = understood(sheets, {**before, **sheets}), understood(before)
    merged = merged_tables(sheets, before, kept, earlier, read.cells, PROGRAM_TABLES if plan else ())
    sheets, keep = merged.sheets, merged.keep
    about_sheets += _outdated(merged.outdated, read, about_sheets)
    if plan:
        keep = keep.followed_by(ImportedWorkbook(sheets=dict(plan.imported), codes=keep.codes))
        sheets |= {table: each_once(sheets[table]) for table in PROGRAM_TABLES if table in sheets}
        asked = renamed(sheets, before, plan.codes, plan.new)
        read.cells.extend(problem for problem in asked if problem.row)
        read.problems.extend(problem for problem in asked if not problem.row)
    tables = {table: sheet for table, sheet in before.items() if table not in shown} | sheets
    unread = (unread - shown) | read.failed
    problems = [*about_sheets, *read.problems, *elsewhere, *merged.problems]
    problems += _emptied(sheets, before)
    for table, sheet in sheets.items():
        units = read.places[table].units
        read.cells.extend(implausible_amounts(sheet, units, tables.get("fund_budgets")))
    _, judged = judge_sheets(tables, problems, unreadable=unread, cells=read.cells)
    changes = table_changes(before, sheets)
    told = [*_with_cells(judged, read.places)]
    told = told_on_sheet(judged, read.places) if plan else told
    changed = {change.table for change in changes} & merged.touched
    told = _without_idle(told, grids, changed, filled=plan is not None)
    names = {table: _names(table, before, sheets) for table in {*before, *sheets}}
    told = [*told, *_not_kept(in_folder, changes)]
    about = {} if before else _about(kept, sheets)
    return Reading(changes, tuple(told), read.places, names, kept.mark, keep, about)


def _about(kept: KeptBase, sheets: Mapping[str, Sheet]) -> dict[str, Any]:
    """Return what a new case of the same regions says of itself; money of a fund that is gone is gone too."""
    if {row.key for row in keyed_rows(sheets.get("regions"))} != {*kept.tables.get("regions", ())}:
        return {}
    funds = code_names(sheets["funds"]) if "funds" in sheets else {}
    carried = [one for one in kept.about.get(CARRIED, ()) if one["fund"] in funds]
    return {key: carried if key == CARRIED else said for key, said in kept.about.items()}


def _of_other_regions(base: Base | None, regions: Sheet | None) -> bool:
    """Whether a workbook was written from a case of which no region is one of this case."""
    here = {row.key for row in keyed_rows(regions)}
    return bool(base and here) and not here & set(base or ())


def _names(table: str, *states: Mapping[str, Sheet]) -> dict[str, str]:
    """Return the name of each code of a table; the last state counts most."""
    key = schema(table)["primaryKey"]
    there = (state[table] for state in states if table in state)
    return {
        code: name
        for sheet in there
        if len(key) == 1 and key[0] in sheet.columns
        for code, name in code_names(sheet).items()
    }


def _take_first_plan(
    sheet: Sheet,
    read: _SheetsRead,
    before: Mapping[str, Sheet],
    answers: Mapping[int, str],
    imported: Mapping[str, Imported],
) -> FirstPlanRead:
    """Put the programmes of a first plan among the tables that were read."""
    both = [table for table in PROGRAM_TABLES if table in read.sheets and read.sheets[table].rows]
    if both:
        values = {"sheets": ", ".join(read.places[table].name for table in both)}
        read.problems.append(Problem("first_plan_and_tables", sheet.file, values=values))
    own = [problem for problem in read.cells if problem.file == sheet.file]
    first = with_first_plan(sheet, read.places[FIRST_PLAN], own, read.sheets, before, answers, imported)
    read.sheets.update(first.sheets)
    read.places.update(first.places)
    read.cells[:] = [*(problem for problem in read.cells if problem not in own), *first.problems]
    return first


def _without_idle(
    problems: Sequence[Problem], grids: Iterable[Grid], changed: Collection[str], *, filled: bool
) -> list[Problem]:
    """Leave out that a sheet is hidden where nobody changed anything on it, as those that a template hides.

    Those of programmes change nothing where the sheet of the first plan is filled: it takes their place.
    """
    touched = {*changed, *(problem.file.removesuffix(".csv") for problem in errors_of(problems))}
    if filled:
        touched = (touched - {*PROGRAM_TABLES}) | {FIRST_PLAN}
    tables = {grid.name: grid.table for grid in grids}
    return [
        problem
        for problem in problems
        if problem.code != "sheet_hidden" or tables.get(problem.file) in touched
    ]


@dataclass(frozen=True)
class _SheetsRead:
    sheets: dict[str, Sheet]
    places: dict[str, SheetPlace]
    failed: set[str]
    problems: list[Problem]
    cells: list[Problem]


def _read_tables(grids: Iterable[Grid]) -> _SheetsRead:
    read = _SheetsRead({}, {}, set(), [], [])
    for grid in grids:
        try:
            sheet, place, headings, cells = read_table(grid)
        except DataError as error:
            read.failed.add(grid.table)
            read.problems.extend(error.problems)
            continue
        read.sheets[grid.table], read.places[grid.table] = sheet, place
        read.problems.extend(headings)
        read.cells.extend(cells)
    return read


def _outdated(counts: Mapping[str, int], read: _SheetsRead, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Warn once of sheets that people see with rows that do not count; not of blank ones."""
    hidden = {problem.file for problem in problems if problem.code == "sheet_hidden"}
    names = {read.places[table].name: count for table, count in counts.items() if read.sheets[table].rows}
    if told := [f"{name} ({count})" for name, count in names.items() if name not in hidden]:
        yield Problem("sheets_outdated", values={"sheets": told}, warning=True)


def _in_use(sheets: Mapping[str, Sheet], before: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """Leave out the sheets of a template that nobody filled in."""
    return {table: sheet for table, sheet in sheets.items() if sheet.rows or table in before}


def _elsewhere(problems: Iterable[Problem], shown: Collection[str]) -> Iterator[Problem]:
    """Yield the problems of the tables that the workbook does not show."""
    files = {f"{table}.csv" for table in TABLES if table not in shown}
    return (problem for problem in problems if problem.file in files)


def _emptied(sheets: Mapping[str, Sheet], before: Mapping[str, Sheet]) -> Iterator[Problem]:
    """Find sheets that would take all rows of a table away that a plan needs: too much to do in passing."""
    for table in PLAN_TABLES:
        if table in sheets and not sheets[table].rows and before[table].rows:
            yield Problem("empty_table", f"{table}.csv")


def _not_kept(problems: Iterable[Problem], changes: Iterable[TableChange]) -> Iterator[Problem]:
    """Warn of columns that jspmodel does not know, in files that would be written anew."""
    files = {f"{change.table}.csv" for change in changes}
    for problem in problems:
        if problem.code == "unknown_column" and problem.file in files:
            yield Problem("column_not_kept", problem.file, column=problem.column, warning=True)


def _with_cells(problems: Iterable[Problem], places: Mapping[str, SheetPlace]) -> Iterator[Problem]:
    """Yield problems with their cells; of a row of the case that the workbook does not show, file and row."""
    for problem in problems:
        place = places.get(problem.file.removesuffix(".csv"))
        if (problem.row or 0) >= OF_CASE:
            yield replace(problem, row=(problem.row or 0) - OF_CASE)
        else:
            yield replace(problem, cell=place.cell(problem)) if place else problem
