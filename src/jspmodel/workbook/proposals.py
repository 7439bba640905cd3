"""What Musrenbang and RPJMD lists say among the tables of a case, what they do not say left to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from jspmodel.intake import Flaw, Sheet, code_names, column_types
from jspmodel.text import LANGUAGES, say
from jspmodel.workbook.amounts import amount_text
from jspmodel.workbook.musrenbang import ProposalRow
from jspmodel.workbook.rpjmd import Goal

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
    """

    sheets: Mapping[str, Sheet]
    fresh: Mapping[str, int]
    known: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def add_goals(sheets: Mapping[str, Sheet], goals: Sequence[Goal]) -> Proposed:
    """Put the goals of an RPJMD at the end of the indicators of a case.

    The last year's target counts; the others, mission, goal and objective are kept in the column ``source``.
    The issue is found by its name or objective; whether lower or higher is better stays blank.

    Parameters
    ----------
    sheets : mapping of str to Sheet
        The tables of the case.
    goals : sequence of Goal

    Returns
    -------
    Proposed
    """
    names = code_names(sheets["indicators"]) if "indicators" in sheets else {}
    there = {name.casefold() for name in names.values()}
    issues = _issues(sheets["issues"]) if "issues" in sheets else {}
    new = [goal for goal in goals if goal.texts["indicator"].casefold() not in there]
    rows = [_indicator(code, goal, issues) for code, goal in zip(_codes("R", names), new, strict=False)]
    known = tuple(goal.texts["indicator"] for goal in goals if goal not in new)
    tables = {**sheets, "indicators": _appended(sheets.get("indicators"), "indicators", rows)}
    return Proposed(tables, {"indicators": len(rows)}, known)


def _indicator(code: str, goal: Goal, issues: Mapping[str, str]) -> Row:
    last = max(goal.targets, default=None)
    texts = goal.texts
    others = [f"{year}: {text}" for year, text in goal.targets.items() if year != last]
    kept = [texts["mission"], texts["goal"], texts["objective"], *others]
    return {
        "indicator": code,
        "issue": issues.get(texts["objective"].casefold(), ""),
        "name_id": texts["indicator"],
        "unit": texts.get("unit", ""),
        "target": goal.targets[last] if last else "",
        "target_year": str(last or ""),
        "source": "; ".join([f"RPJMD, baris {goal.row}", *(text for text in kept if text)]),
    }


def add_proposals(sheets: Mapping[str, Sheet], proposals: Sequence[ProposalRow]) -> Proposed:
    """Put proposals at the end of the tables of a case.

    Regions and agencies are found by their names, issues by their name or objective. What the list does not
    say (duration, effects, ...) stays blank; what finds no place is kept in the column ``source``.

    Parameters
    ----------
    sheets : mapping of str to Sheet
        The tables of the case.
    proposals : sequence of Proposal

    Returns
    -------
    Proposed
    """
    names = {
        table: code_names(sheets[table]) for table in ("regions", "agencies", "programs") if table in sheets
    }
    there = {name.casefold() for name in names.get("programs", {}).values()}
    new = [item for item in proposals if item.texts["activity"].casefold() not in there]
    finder = _Finder(sheets, names)
    added: dict[str, list[Row]] = {}
    for code, proposal in zip(_codes("M", names.get("programs", {})), new, strict=False):
        for table, row in finder.rows(code, proposal):
            added.setdefault(table, []).append(row)
    known = tuple(item.texts["activity"] for item in proposals if item not in new)
    tables = {**sheets, **{table: _appended(sheets.get(table), table, rows) for table, rows in added.items()}}
    return Proposed(tables, {table: len(rows) for table, rows in added.items()}, known)


class _Finder:
    """Finds what a list names among the codes of a case."""

    def __init__(self, sheets: Mapping[str, Sheet], names: Mapping[str, Mapping[str, str]]) -> None:
        self._regions = names.get("regions", {})
        self._bare = _bare_names(sheets["regions"]) if "regions" in sheets else {}
        self._agencies = {name.casefold(): code for code, name in names.get("agencies", {}).items()}
        self._issues = _issues(sheets["issues"]) if "issues" in sheets else {}

    def rows(self, code: str, proposal: ProposalRow) -> Iterator[tuple[str, Row]]:
        """Yield the rows of a proposal by table; a blank region or issue is for the planner to fill."""
        texts = proposal.texts
        regions = self._located(texts["location"])
        agency = self._agencies.get(texts.get("agency", "").casefold(), "")
        volume, unit = _volume(texts.get("volume", ""))
        yield (
            "programs",
            {
                "program": code,
                "name_id": texts["activity"],
                "nomenclature": texts.get("program", ""),
                "agency": agency,
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

    def _located(self, location: str) -> list[str]:
        """Return the regions that a text names, wholly or by a name that only one of them has."""
        if location.casefold() in {say("workbook.plan_everywhere", language) for language in LANGUAGES}:
            return list(self._regions)
        rest = location.casefold().replace("kab.", "kabupaten")
        found = []
        for code, name in self._regions.items():
            if name and _stands_in(name.casefold(), rest):
                found.append(code)
                rest = rest.replace(name.casefold(), " ")
        return found + [
            code for name, code in self._bare.items() if code not in found and _stands_in(name, rest)
        ]


def _bare_names(sheet: Sheet) -> dict[str, str]:
    """Return the code of each region by its name without its kind, where only one region has it."""
    kinds = [row[sheet.columns.index("kind")] for row in sheet.rows] if "kind" in sheet.columns else []
    found: dict[str, list[str]] = {}
    for place, (code, name) in enumerate(code_names(sheet).items()):
        kind = kinds[place] if place < len(kinds) else ""
        bare = name.casefold().removeprefix(f"{kind.casefold()} ").strip()
        if bare:
            found.setdefault(bare, []).append(code)
    return {name: codes[0] for name, codes in found.items() if len(codes) == 1}


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


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
