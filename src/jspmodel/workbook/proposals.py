"""What a list of proposals says among the tables of a case, what it does not say left to fill."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from jspmodel.errors import Problem
from jspmodel.intake import Flaw, Meaning, Sheet, code_names, meanings_in, places_beside, within_text
from jspmodel.text import LANGUAGES, say
from jspmodel.workbook.already_there import Match, doubtful_amounts, programs_there
from jspmodel.workbook.amounts import amount_text
from jspmodel.workbook.list_origin import OF_A_YEAR, ORIGIN
from jspmodel.workbook.named_agencies import NamedAgencies
from jspmodel.workbook.proposal_row import ProposalRow
from jspmodel.workbook.proposed_rows import Proposed, Row, appended, issues_by_text, new_codes


def add_proposals(
    sheets: Mapping[str, Sheet],
    proposals: Sequence[ProposalRow],
    file: str = "",
    titles: Collection[str] = (),
) -> Proposed:
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
    titles : collection of str, optional
        Of the case: what they name lies around its regions, and need not be one of them.

    Returns
    -------
    Proposed
    """
    there = programs_there(sheets)
    finder = _Finder(sheets, titles)
    notes = doubtful_amounts(proposals, sheets, file)
    doubtful = {note.row: note for note in notes}
    codes = new_codes("M", there.names)
    first: dict[object, tuple[int, str]] = {}
    added: dict[str, list[Row]] = {}
    doubts: dict[tuple[str, str, int], Problem] = {}
    known = []
    for proposal in proposals:
        doubt = doubtful.get(proposal.row)
        item = replace(proposal, amount="", doubt=doubt) if doubt else proposal
        place = finder.located(item.texts["location"])
        match = there.match(item.texts["activity"], place.codes, item.amount)
        unplaced = _unplaced(item, place, file)
        notes += [*_already_there(item, match, file), *unplaced]
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
            rows = added.setdefault(table, [])
            for column, asked in _asked(table, item, unplaced):
                doubts[table, column, len(rows)] = asked
            rows.append(row)
    if agencies := finder.agencies.new:
        added["agencies"] = agencies
        values = {"names": "; ".join(row["name"] for row in agencies)}
        notes.append(Problem("agencies_added", file, values=values, warning=True))
    tables = {**sheets, **{table: appended(sheets.get(table), table, rows) for table, rows in added.items()}}
    fresh = {table: len(rows) for table, rows in added.items()}
    of_a_year = any(item.texts.get(OF_A_YEAR) for item in proposals)
    unasked = frozenset({("programs", "first_start")}) if of_a_year else frozenset()
    return Proposed(tables, fresh, tuple(known), notes=tuple(notes), doubts=doubts, unasked=unasked)


def _already_there(item: ProposalRow, match: Match, file: str) -> list[Problem]:
    """Return that a proposal is in the case already, or nearly."""
    if not match.code:
        return []
    values = {"code": match.code}
    if match.is_same:
        return [Problem("row_known", file, item.row, values=values, warning=True)]
    return [Problem("row_nearly_known", file, item.row, values=values, warning=True)]


def _unplaced(item: ProposalRow, place: Meaning, file: str) -> list[Problem]:
    """Return what is asked where the location of a proposal names no region, or several."""
    location = item.texts["location"]
    if place.beside:
        values = {"value": location, "found": "; ".join(place.choices), "beside": "; ".join(place.beside)}
        return [Problem("region_beside", file, item.row, values=values, warning=True)]
    if place.choices:
        values = {"value": location, "choices": "; ".join(place.choices)}
        return [Problem("which_region", file, item.row, values=values, warning=True)]
    if location and not place.codes:
        return [Problem("no_region", file, item.row, values={"value": location}, warning=True)]
    return []


def _asked(table: str, item: ProposalRow, unplaced: Sequence[Problem]) -> Iterator[tuple[str, Problem]]:
    """Yield the columns that a row of a proposal leaves blank because the list is in doubt, and the doubt."""
    if table == "program_costs" and item.doubt:
        yield "amount", item.doubt
    if table == "program_regions":
        yield from (("region", doubt) for doubt in unplaced)


class _Finder:
    """Finds what a list names among the codes of a case."""

    def __init__(self, sheets: Mapping[str, Sheet], titles: Collection[str]) -> None:
        self._regions = meanings_in(sheets["regions"]) if "regions" in sheets else None
        self._names = code_names(sheets["regions"]) if "regions" in sheets else {}
        self._titles = titles
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
        within = within_text(location, self._names, self._regions)
        if not within.codes:
            return within
        beside = places_beside(location, self._names, self._regions, self._titles)
        found = tuple(self._names[code] for code in within.codes)
        return Meaning(choices=found, beside=beside) if beside else within


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
