"""What the rows of an edited plan say: which programmes are taken up, when, and who takes part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from jspmodel.errors import Problem
from jspmodel.intake import CaseNames, Flaw, normal_cell, plain_name
from jspmodel.text import LANGUAGES, say
from jspmodel.workbook.plan_cells import YEAR, EditedRow
from jspmodel.workbook.plan_grid import EditedSheet

_NO = {"false", "0", "n", "t", "-", "–", "x", "dicoret", "dicabut", "batal", "dropped", "out"}
_YES = {"true", "1", "y", "v", "✓", "✔"}
_READ = ("start", "taken", "location")
"""Columns of a proposal that, struck out alone, do not say what is meant."""


@dataclass(frozen=True)
class ProposalSaid:
    """A row of the sheet of proposals.

    Attributes
    ----------
    row : EditedRow
    taken : bool or None
        Whether it is taken up; None where the cell of it is blank.
    start : int or None
        None where it is blank.
    regions : tuple of str or None
        None where it is blank.
    how : {"", "struck", "no"}
        How it says that it is not taken up.
    """

    row: EditedRow
    taken: bool | None
    start: int | None
    regions: tuple[str, ...] | None
    how: str = ""


@dataclass
class JoinedSaid:
    """The rows of a programme in the sheet of who takes part.

    Attributes
    ----------
    row : EditedRow
        The first.
    regions : dict of str to EditedRow
        Those that take part: rows that are not struck out.
    years : dict of int to EditedRow
        The different years of those rows.
    """

    row: EditedRow
    regions: dict[str, EditedRow] = field(default_factory=dict)
    years: dict[int, EditedRow] = field(default_factory=dict)


class Place:
    """Makes problems of a sheet, with their cells."""

    def __init__(self, file: str, sheet: EditedSheet) -> None:
        self.file, self._letters = f"{file} · {sheet.name}", sheet.letters

    def problem(self, code: str, row: EditedRow, column: str, /, **values: object) -> Problem:
        """Return a problem of a cell."""
        return Problem(code, self.file, row.number, values=values, cell=self.cell(row, column))

    def cell(self, row: EditedRow, column: str) -> str:
        """Return the cell of a row and a column; the first one where the column is not there."""
        return f"{self._letters.get(column) or next(iter(self._letters.values()))}{row.number}"

    def at(self, found: Problem | Flaw, row: EditedRow, column: str) -> Problem:
        """Return what others found wrong, with its cell."""
        return self.problem(found.code, row, column, **found.values)


def read_proposals_said(
    sheet: EditedSheet, place: Place, codes: CaseNames
) -> tuple[dict[str, ProposalSaid], list[Problem]]:
    """Return what the sheet of proposals says, by programme.

    Parameters
    ----------
    sheet : EditedSheet
    place : Place
    codes : CaseNames

    Returns
    -------
    dict of str to ProposalSaid
    list of Problem
    """
    said: dict[str, ProposalSaid] = {}
    problems: list[Problem] = []
    for row in sheet.rows:
        if not (row.texts["code"] or row.texts["activity"]) and not row.is_struck:
            problems += _without_name(row, place)
            continue
        program, wrong = _program(row, place, codes)
        problems += wrong
        if not program:
            continue
        if program in said:
            if not row.is_struck and not said[program].row.is_struck:
                first = said[program].row.number
                problems.append(place.problem("duplicate_key", row, "code", key=program, first=first))
            if row.is_struck or not said[program].row.is_struck:
                continue  # of a row struck out and written anew, the new one counts
        said[program], wrong = _proposal(row, sheet, place, codes)
        problems += wrong
    return said, problems


def _without_name(row: EditedRow, place: Place) -> Iterator[Problem]:
    if row.texts["start"] or plain_name(row.texts["taken"]) in words("true"):
        yield place.problem("plan_no_code", row, "code")


def _program(row: EditedRow, place: Place, codes: CaseNames) -> tuple[str, list[Problem]]:
    """Return the programme of a row, by its code or, where that is blank, its name."""
    program, problems = _meant("programs", ("code", "activity"), row, place, codes)
    if program:
        return program, [] if row.is_struck else problems
    is_note = not row.texts["code"] and not row.texts.get("start") and not row.texts.get("region_code")
    if row.is_struck or (is_note and plain_name(row.texts.get("taken", "")) not in words("true")):
        return "", []  # a line of totals, a remark
    return "", problems


def _meant(
    table: str, columns: tuple[str, str], row: EditedRow, place: Place, codes: CaseNames
) -> tuple[str, list[Problem]]:
    """Return which row of a table is meant by its code or, where that is blank, its name."""
    code, name = (row.texts[column] for column in columns)
    column = columns[0] if code else columns[1]
    if found := codes.find(table, code or name):
        other = codes.find(table, name) if code and name else ""
        if not other or other == found:
            return found, []
        values = {"value": name, "known": found, "other": other}
        return found, [place.problem("plan_other_name", row, columns[1], **values)]
    unknown = codes.unknown(table, code or name, column, place.file, row.number)
    return "", [place.at(problem, row, column) for problem in unknown]


def _proposal(
    row: EditedRow, sheet: EditedSheet, place: Place, codes: CaseNames
) -> tuple[ProposalSaid, list[Problem]]:
    if row.is_struck:
        return ProposalSaid(row, taken=False, start=None, regions=None, how="struck"), []
    problems = [
        place.problem("plan_struck_partly", row, column, value=row.texts[column])
        for column in _READ
        if column in row.struck
    ]
    problems += [place.at(flaw, row, key) for key, flaw in row.flaws.items() if key in _READ]
    taken, wrong = _taken(row, sheet, place)
    start, bad_year = _year(row, "start", place)
    regions: tuple[str, ...] | None = None
    unknown: list[str] = []
    if taken is not False and row.texts["location"]:
        regions, unknown = codes.regions(row.texts["location"])
    if unknown:
        regions = None
    for text in unknown:
        found = codes.unknown("regions", text, "location", place.file, row.number)
        problems += [place.at(problem, row, "location") for problem in found]
    how = "no" if taken is False else ""
    return ProposalSaid(row, taken, start, regions, how), [*problems, *wrong, *bad_year]


def _taken(row: EditedRow, sheet: EditedSheet, place: Place) -> tuple[bool | None, list[Problem]]:
    if "taken" not in sheet.letters:
        return bool(row.texts["start"]), []
    text = plain_name(row.texts["taken"])
    if not text or text in words("true") | _YES:
        return True if text else None, []
    if text in words("false") | _NO:
        return False, []
    return None, [place.problem("plan_mark", row, "taken", value=row.texts["taken"])]


def words(choice: str) -> set[str]:
    """Return how yes (``true``) or no (``false``) is written in every language."""
    return {say(f"workbook.{choice}", language) for language in LANGUAGES}


def _year(row: EditedRow, column: str, place: Place) -> tuple[int | None, list[Problem]]:
    text = row.texts[column]
    if not text:
        return None, []
    normal = normal_cell(text, YEAR, decimal_comma=False)
    if isinstance(normal, Flaw):
        return None, [place.at(normal, row, column)]
    return int(normal), []


def read_joined(
    sheet: EditedSheet, place: Place, codes: CaseNames
) -> tuple[dict[str, JoinedSaid], list[Problem]]:
    """Return what the sheet of who takes part says, by programme.

    Parameters
    ----------
    sheet : EditedSheet
    place : Place
    codes : CaseNames

    Returns
    -------
    dict of str to JoinedSaid
    list of Problem
    """
    said: dict[str, JoinedSaid] = {}
    problems: list[Problem] = []
    for row in sheet.rows:
        if not (row.texts["region_code"] or row.texts["region"] or row.is_struck):
            continue
        program, wrong = _program(row, place, codes)
        problems += wrong
        if not program:
            continue
        joined = said.setdefault(program, JoinedSaid(row))
        if row.is_struck:
            continue
        flaws = (key for key in ("year", "region_code") if key in row.flaws)
        problems += [place.at(row.flaws[key], row, key) for key in flaws]
        region, wrong = _meant("regions", ("region_code", "region"), row, place, codes)
        year, bad_year = _year(row, "year", place)
        problems += [*wrong, *bad_year]
        if region:
            joined.regions.setdefault(region, row)
        if year:
            joined.years.setdefault(year, row)
    return said, problems
