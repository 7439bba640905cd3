"""A plan that somebody brings: a table of programmes, start years and regions."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem
from jspmodel.intake.csvfile import Sheet, read_sheet
from jspmodel.intake.keys import duplicate_keys
from jspmodel.intake.locate import find_input
from jspmodel.intake.nearest import unknown_code
from jspmodel.intake.region_names import RegionNames
from jspmodel.intake.schemas import column_types
from jspmodel.intake.validate import judged_rows
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
    sheet = _with_codes(sheet, case)
    rows, flaws = judged_rows(sheet)
    problems += [*flaws, *duplicate_keys(sheet, rows), *_unknown(sheet, rows, case)]
    if any(not problem.warning for problem in problems):
        raise worded(DataError, problems)
    eligible = eligible_regions(case)
    return tuple(_choice(cells, eligible) for cells in _cells(sheet, rows))


def check_new_choices(file: Path) -> None:
    """Make sure that a plan may be written to a file: it ends in ``.csv`` and is not there yet.

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
    try:
        with file.open("x", encoding="utf-8", newline="") as text:
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(column_types(_TABLE))
            writer.writerows((one.program, one.start, " ".join(one.regions)) for one in choices)
    except OSError as error:
        raise worded(DataError, [Problem("not_writable", file.as_posix())]) from error


def _with_codes(sheet: Sheet, case: Case) -> Sheet:
    """Return a plan with codes where it has names that only one programme or region has."""
    regions = RegionNames(
        case.names("regions", "id"), dict(zip(case.regions["region"], case.regions["kind"], strict=True))
    )
    programs: dict[str, list[str]] = {}
    for language in ("id", "en"):
        for code, name in case.names("programs", language).items():
            programs.setdefault(name.casefold(), []).append(code)
    places = {column: place for place, column in enumerate(sheet.columns)}
    rows = []
    for row in sheet.rows:
        cells = list(row)
        if "program" in places:
            meant = set(programs.get(cells[places["program"]].casefold(), ()))
            cells[places["program"]] = meant.pop() if len(meant) == 1 else cells[places["program"]]
        if "regions" in places and not set(_codes(cells[places["regions"]])) <= set(regions.names):
            named = regions.meanings(cells[places["regions"]]).codes
            cells[places["regions"]] = " ".join(named) or cells[places["regions"]]
        rows.append(tuple(cells))
    return replace(sheet, rows=tuple(rows))


def _choice(cells: dict[str, str], eligible: dict[str, tuple[str, ...]]) -> Choice:
    program, regions = cells["program"], _codes(cells.get("regions", ""))
    return Choice(program=program, start=int(cells["start"]), regions=tuple(regions) or eligible[program])


def _cells(sheet: Sheet, rows: list[list[str]]) -> Iterator[dict[str, str]]:
    return (dict(zip(sheet.columns, row, strict=True)) for row in rows)


def _codes(cell: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"[^\s,;]+", cell)))


def _unknown(sheet: Sheet, rows: list[list[str]], case: Case) -> Iterator[Problem]:
    programs, regions = case.names("programs", "id"), case.names("regions", "id")
    for line, cells in zip(sheet.lines, _cells(sheet, rows), strict=True):
        if program := cells.get("program"):
            yield from unknown_code(program, "programs", programs, "program", sheet.file, line)
        for region in _codes(cells.get("regions", "")):
            yield from unknown_code(region, "regions", regions, "regions", sheet.file, line)
