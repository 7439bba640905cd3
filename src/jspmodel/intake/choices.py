"""A plan that somebody brings: a table of programmes, start years and regions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem
from jspmodel.intake.case_names import CaseNames
from jspmodel.intake.csvfile import Sheet, read_sheet
from jspmodel.intake.keys import duplicate_keys
from jspmodel.intake.locate import find_input
from jspmodel.intake.schemas import column_types
from jspmodel.intake.validate import judged_rows
from jspmodel.intake.whole_file import write_whole
from jspmodel.measure import eligible_regions
from jspmodel.plan import Choice
from jspmodel.text import worded

_TABLE = "plan"


def load_choices(file: str | Path, case: Case) -> tuple[Choice, ...]:
    """Read a plan that somebody brings.

    Parameters
    ----------
    file : str or Path
        CSV with the columns program, start and regions (codes parted by blanks, commas or semicolons, or
        names parted by commas or semicolons; empty: all that may); looked for as ``find_input`` does.
    case : Case

    Returns
    -------
    tuple of Choice
        In file order. Whether they keep the rules is for ``evaluate`` to say.

    Raises
    ------
    DataError
        With every problem at once: headings, cells, unknown codes, a programme that is there twice.
    """
    sheet, problems = read_sheet(find_input(file), _TABLE)
    names = CaseNames(case)
    sheet = _with_codes(sheet, names)
    rows, flaws = judged_rows(sheet)
    problems += [*flaws, *duplicate_keys(sheet, rows), *_unknown(sheet, rows, names)]
    if any(not problem.warning for problem in problems):
        raise worded(DataError, problems)
    eligible = eligible_regions(case)
    return tuple(_choice(cells, names, eligible) for cells in _cells(sheet, rows))


def check_new_choices(file: Path) -> None:
    """Make sure that a plan may be written to a file: one in ``.csv``, not there yet, in a folder that is.

    Parameters
    ----------
    file : Path

    Raises
    ------
    DataError
    """
    if file.suffix.lower() != ".csv":
        raise worded(DataError, [Problem("not_csv_name", file.as_posix())])
    if file.exists():
        raise worded(DataError, [Problem("exists_already", file.as_posix())])
    if not file.parent.is_dir():
        values = {"folder": file.parent.as_posix()}
        raise worded(DataError, [Problem("no_such_folder", file.as_posix(), values=values)])


def write_choices(choices: Iterable[Choice], file: Path) -> None:
    """Write a plan as the table that ``load_choices`` reads.

    Parameters
    ----------
    choices : iterable of Choice
    file : Path
        Ends in ``.csv`` and is not there yet.

    Raises
    ------
    DataError
        If the file is there already, or cannot be written.
    """
    check_new_choices(file)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column_types(_TABLE))
    writer.writerows((one.program, one.start, " ".join(one.regions)) for one in choices)
    try:
        write_whole(file, text.getvalue())
    except OSError as error:
        raise worded(DataError, [Problem("not_writable", file.as_posix())]) from error


def _with_codes(sheet: Sheet, names: CaseNames) -> Sheet:
    """Return a plan with codes where it has names of programmes that only one has."""
    if "program" not in sheet.columns:
        return sheet
    place = sheet.columns.index("program")
    codes = (names.find("programs", row[place]) or row[place] for row in sheet.rows)
    rows = ((*row[:place], code, *row[place + 1 :]) for row, code in zip(sheet.rows, codes, strict=True))
    return replace(sheet, rows=tuple(rows))


def _choice(cells: dict[str, str], names: CaseNames, eligible: dict[str, tuple[str, ...]]) -> Choice:
    program, (regions, _) = cells["program"], names.regions(cells.get("regions", ""))
    return Choice(program=program, start=int(cells["start"]), regions=regions or eligible[program])


def _cells(sheet: Sheet, rows: list[list[str]]) -> Iterator[dict[str, str]]:
    return (dict(zip(sheet.columns, row, strict=True)) for row in rows)


def _unknown(sheet: Sheet, rows: list[list[str]], names: CaseNames) -> Iterator[Problem]:
    for line, cells in zip(sheet.lines, _cells(sheet, rows), strict=True):
        if (program := cells.get("program")) and not names.find("programs", program):
            yield from names.unknown("programs", program, "program", sheet.file, line)
        for region in names.regions(cells.get("regions", ""))[1]:
            yield from names.unknown("regions", region, "regions", sheet.file, line)
