"""What a list of proposals says among the tables of a case, what it does not say left to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from jspmodel.errors import Problem
from jspmodel.intake import Flaw, Meaning, Sheet, code_names, meanings_in, within_text
from jspmodel.text import LANGUAGES, say
from jspmodel.workbook.already_there import Match, doubtful_amounts, programs_there
from jspmodel.workbook.amounts import amount_text
from jspmodel.workbook.list_origin import ORIGIN
from jspmodel.workbook.musrenbang import ProposalRow
from jspmodel.workbook.named_agencies import NamedAgencies
from jspmodel.workbook.proposed_rows import Proposed, Row, appended, issues_by_text, new_codes


def add_proposals(sheets: Mapping[str, Sheet], proposals: Sequence[ProposalRow], file: str = "") -> Proposed:
    """Put proposals at the end of the tables of a case.

    Regions and agencies are found by their names, issues by their name or objective; an agency that the case
    does not have is added, as one of the province, which is told. What the list does not say (duration,
    effects, ...) stays blank; what finds no place is kept in the column ``source``. One that has name,
    regions and amount of a programme of the case is left out.

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
    codes = new_codes("M", there.names)
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
        key = item.texts["activity"].casefold(), where, item.amount or item.texts.get("budget", "")
        earlier, its_code = first.setdefault(key, (item.row, code))
        if earlier != item.row:
            values = {"first": earlier, "codes": f"{its_code}, {code}"}
            notes.append(Problem("proposal_twice", file, item.row, values=values, warning=True))
        for table, row in finder.rows(code, item, place.codes):
            added.setdefault(table, []).append(row)
    if agencies := finder.agencies.new:
        added["agencies"] = agencies
        values = {"names": "; ".join(row["name"] for row in agencies)}
        notes.append(Problem("agencies_added", file, values=values, warning=True))
    tables = {**sheets, **{table: appended(sheets.get(table), table, rows) for table, rows in added.items()}}
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
        self.agencies = NamedAgencies(sheets.get("agencies"))
        self._issues = issues_by_text(sheets["issues"]) if "issues" in sheets else {}

    def rows(self, code: str, proposal: ProposalRow, regions: Sequence[str]) -> Iterator[tuple[str, Row]]:
        """Yield the rows of a proposal by table; a blank region or issue is for the planner to fill."""
        texts = proposal.texts
        volume, unit = _volume(texts.get("volume", ""))
        yield (
            "programs",
            {
                "program": code,
                "name_id": texts["activity"],
                "nomenclature": texts.get("program", ""),
                "agency": self.agencies.code_of(texts.get("agency", "")),
                "origin": texts.get(ORIGIN, ""),
                "first_start": texts.get("row_year", ""),
                "scope": "joint",
                "volume_unit": unit or texts.get("unit", ""),
                "source": _source(proposal),
            },
        )
        for region in regions or [""]:
            single = volume if len(regions) == 1 else ""
            yield "program_regions", {"program": code, "region": region, "volume": single}
        cost = {"program": code, "kind": "build", "amount": proposal.amount}
        yield "program_costs", {**cost, "profile": "merata"}  # a list does not say over how many years
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
        for column in ("priority", "objective", "group", "target", "location", "agency", "volume")
    ]
    where = f"{proposal.texts.get(ORIGIN) or 'daftar usulan'}, baris {proposal.row}"
    return "; ".join([where, *(text for text in kept if text)])
