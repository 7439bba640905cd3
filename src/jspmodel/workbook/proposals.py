"""What Musrenbang and RPJMD lists say among the tables of a case, what they do not say left to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from jspmodel.errors import Problem
from jspmodel.intake import Flaw, Meaning, Sheet, code_names, column_types, meanings_in, within_text
from jspmodel.text import LANGUAGES, say
from jspmodel.workbook.already_there import Match, doubtful_amounts, programs_there, rows_of
from jspmodel.workbook.amounts import amount_text
from jspmodel.workbook.musrenbang import ProposalRow
from jspmodel.workbook.rpjmd import Goal

Row = dict[str, str]
_MOST_COUNTED = 99
"""Up to here a year is counted from the start of its plan, which does not say which year that is."""


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
    """

    sheets: Mapping[str, Sheet]
    fresh: Mapping[str, int]
    known: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    notes: tuple[Problem, ...] = ()


def add_goals(sheets: Mapping[str, Sheet], goals: Sequence[Goal], file: str = "") -> Proposed:
    """Put the goals of an RPJMD at the end of the indicators of a case.

    The last year's target counts; the others, mission, goal and objective are kept in the column ``source``.
    The issue is found by its name or objective; whether lower or higher is better stays blank.

    Parameters
    ----------
    sheets : mapping of str to Sheet
        The tables of the case.
    goals : sequence of Goal
    file : str
        Name of the list, of which notes are.

    Returns
    -------
    Proposed
    """
    had = rows_of(sheets.get("indicators"))
    there = {row["name_id"].casefold(): row for row in had if row.get("name_id")}
    issues = _issues(sheets["issues"]) if "issues" in sheets else {}
    new: list[Goal] = []
    notes: list[Problem] = []
    first: dict[object, int] = {}
    for goal in goals:
        if known := there.get(goal.texts["indicator"].casefold()):
            notes.append(_known_goal(goal, known, file))
            continue
        key = goal.texts["indicator"].casefold(), goal.texts["objective"], *goal.targets.items()
        if first.setdefault(key, goal.row) != goal.row:
            notes.append(Problem("goal_twice", file, goal.row, values={"first": first[key]}, warning=True))
        new.append(goal)
    codes = {row["indicator"]: "" for row in had}
    rows = [_indicator(code, goal, issues) for code, goal in zip(_codes("R", codes), new, strict=False)]
    known_names = tuple(goal.texts["indicator"] for goal in goals if goal not in new)
    tables = {**sheets, "indicators": _appended(sheets.get("indicators"), "indicators", rows)}
    return Proposed(tables, {"indicators": len(rows)}, known_names, notes=tuple(notes))


def _year(year: int) -> str:
    return str(year) if year > _MOST_COUNTED else f"tahun ke-{year}"


def _known_goal(goal: Goal, known: Row, file: str) -> Problem:
    """Return what is told of a goal whose indicator the case has: whether its target is another."""
    target, had = (goal.targets[max(goal.targets)] if goal.targets else ""), known.get("target", "")
    if target and had and float(target) != float(had):
        values = {"code": known["indicator"], "target": float(target), "had": float(had)}
        return Problem("goal_differs", file, goal.row, values=values, warning=True)
    return Problem("row_known", file, goal.row, values={"code": known["indicator"]}, warning=True)


def _indicator(code: str, goal: Goal, issues: Mapping[str, str]) -> Row:
    last = max(goal.targets, default=None)
    texts = goal.texts
    others = [f"{_year(year)}: {text}" for year, text in goal.targets.items() if year != last]
    kept = [texts["mission"], texts["goal"], texts["objective"], *others]
    return {
        "indicator": code,
        "issue": issues.get(texts["objective"].casefold(), ""),
        "name_id": texts["indicator"],
        "unit": texts.get("unit", ""),
        "target": goal.targets[last] if last else "",
        "target_year": str(last) if last and last > _MOST_COUNTED else "",
        "source": "; ".join([f"RPJMD, baris {goal.row}", *(text for text in kept if text)]),
    }


def add_proposals(sheets: Mapping[str, Sheet], proposals: Sequence[ProposalRow], file: str = "") -> Proposed:
    """Put proposals at the end of the tables of a case.

    Regions and agencies are found by their names, issues by their name or objective. What the list does not
    say (duration, effects, ...) stays blank; what finds no place is kept in the column ``source``. One that
    has name, regions and amount of a programme of the case is left out.

    Parameters
    ----------
    sheets : mapping of str to Sheet
        The tables of the case.
    proposals : sequence of Proposal
    file : str
        Name of the list, of which notes are.

    Returns
    -------
    Proposed
    """
    there = programs_there(sheets)
    finder = _Finder(sheets)
    doubtful, notes = doubtful_amounts(proposals, sheets, file)
    codes = _codes("M", there.names)
    first: dict[object, tuple[int, str]] = {}
    added: dict[str, list[Row]] = {}
    known = []
    for proposal in proposals:
        item = replace(proposal, amount="") if proposal.row in doubtful else proposal
        place = finder.located(item.texts["location"])
        match = there.match(item.texts["activity"], place.codes, item.amount)
        notes += _notes(item, place, match, file)
        if match.is_same:
            known.append(item.texts["activity"])
            continue
        code = next(codes)
        where = frozenset(place.codes) or item.texts["location"].casefold()
        key = item.texts["activity"].casefold(), where, item.amount or item.texts["budget"]
        earlier, its_code = first.setdefault(key, (item.row, code))
        if earlier != item.row:
            values = {"first": earlier, "codes": f"{its_code}, {code}"}
            notes.append(Problem("proposal_twice", file, item.row, values=values, warning=True))
        for table, row in finder.rows(code, item, place.codes):
            added.setdefault(table, []).append(row)
    tables = {**sheets, **{table: _appended(sheets.get(table), table, rows) for table, rows in added.items()}}
    fresh = {table: len(rows) for table, rows in added.items()}
    return Proposed(tables, fresh, tuple(known), notes=tuple(notes))


def _notes(item: ProposalRow, place: Meaning, match: Match, file: str) -> list[Problem]:
    """Return what is to be told of a proposal: that it is there, or nearly, or where it may be."""
    notes = []
    location = item.texts["location"]
    if match.code:
        values = {"code": match.code}
        notes.append(
            Problem("row_known", file, item.row, values=values, warning=True)
            if match.is_same
            else Problem("row_nearly_known", file, item.row, values=values, warning=True)
        )
    if place.choices:
        values = {"value": location, "choices": "; ".join(place.choices)}
        notes.append(Problem("which_region", file, item.row, values=values, warning=True))
    elif location and not place.codes:
        notes.append(Problem("no_region", file, item.row, values={"value": location}, warning=True))
    return notes


class _Finder:
    """Finds what a list names among the codes of a case."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self._regions = meanings_in(sheets["regions"]) if "regions" in sheets else None
        self._names = code_names(sheets["regions"]) if "regions" in sheets else {}
        self._agencies = meanings_in(sheets["agencies"]) if "agencies" in sheets else None
        self._issues = _issues(sheets["issues"]) if "issues" in sheets else {}

    def rows(self, code: str, proposal: ProposalRow, regions: Sequence[str]) -> Iterator[tuple[str, Row]]:
        """Yield the rows of a proposal by table; a blank region or issue is for the planner to fill."""
        texts = proposal.texts
        agency = texts.get("agency", "")
        agencies = self._agencies(agency).codes if self._agencies and agency else ()
        volume, unit = _volume(texts.get("volume", ""))
        yield (
            "programs",
            {
                "program": code,
                "name_id": texts["activity"],
                "nomenclature": texts.get("program", ""),
                "agency": agencies[0] if len(agencies) == 1 else "",
                "origin": "Musrenbang",
                "scope": "joint",
                "volume_unit": unit or texts.get("unit", ""),
                "source": _source(proposal),
            },
        )
        for region in regions or [""]:
            single = volume if len(regions) == 1 else ""
            yield "program_regions", {"program": code, "region": region, "volume": single}
        yield "program_costs", {"program": code, "kind": "build", "offset": "0", "amount": proposal.amount}
        issue = self._issues.get(texts["priority"].casefold()) or self._issues.get(
            texts["objective"].casefold()
        )
        yield "program_effects", {"program": code, "issue": issue or ""}

    def located(self, location: str) -> Meaning:
        """Return the regions that a text names: as a list, or somewhere in an address."""
        if not location or not self._regions:
            return Meaning()
        if location.casefold() in {say("workbook.plan_everywhere", language) for language in LANGUAGES}:
            return Meaning(tuple(self._names))
        meaning = self._regions(location)
        if meaning.codes or meaning.choices:
            return meaning
        return within_text(location, self._names, self._regions)


def _issues(sheet: Sheet) -> dict[str, str]:
    """Return the code of each issue by its name and, where only it has that, its objective."""
    found: dict[str, list[str]] = {}
    for column in ("objective", "name_en", "name_id"):
        if column in sheet.columns:
            place, code = sheet.columns.index(column), sheet.columns.index("issue")
            for row in sheet.rows:
                found.setdefault(row[place].casefold(), []).append(row[code])
    return {text: codes[0] for text, codes in found.items() if text and len(set(codes)) == 1}


def _volume(text: str) -> tuple[str, str]:
    """Split "3,5 km" into a number and its unit; what is no number has neither.

    Examples
    --------
    >>> _volume("3,5 km"), _volume("1.200 unit rumah"), _volume("1 paket"), _volume("sesuai kebutuhan")
    (('3.5', 'km'), ('', ''), ('1', 'paket'), ('', ''))
    """
    match = re.fullmatch(r"([0-9][0-9.,]*)\s*(.*)", text)
    number = amount_text(match[1], {"type": "number"}) if match else ""
    return ("", "") if isinstance(number, Flaw) or not match else (number, match[2])


def _source(proposal: ProposalRow) -> str:
    """Keep what the list says and no column of the tables holds."""
    kept = [
        proposal.texts.get(column, "")
        for column in ("priority", "objective", "target", "location", "agency", "volume")
    ]
    return "; ".join([f"Musrenbang, baris {proposal.row}", *(text for text in kept if text)])


def _codes(letter: str, known: Mapping[str, str]) -> Iterator[str]:
    return (code for number in count(1) if (code := f"{letter}{number:03}") not in known)


def _appended(sheet: Sheet | None, table: str, rows: Sequence[Row]) -> Sheet:
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
