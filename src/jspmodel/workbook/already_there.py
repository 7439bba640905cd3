"""Which proposals of a list a case has already: by name, place and amount together; and amounts in doubt."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jspmodel.errors import Problem
from jspmodel.intake import Sheet, code_names, judged_rows, strange_amounts
from jspmodel.workbook.plausible import most_in_a_year
from jspmodel.workbook.proposal_row import ProposalRow


@dataclass(frozen=True)
class Match:
    """A programme of the case with the name of a proposal.

    Attributes
    ----------
    code : str
        ``""`` where there is none.
    is_same : bool
        Whether its regions and amount are the same too.
    """

    code: str = ""
    is_same: bool = False


@dataclass
class ProgramsThere:
    """The programmes of a case.

    Attributes
    ----------
    names : dict of str to str
        Name by code, in small letters.
    regions : dict of str to set of str
    amounts : dict of str to float
        What building costs in all years and regions, Rp billion; NaN where a part is not said as an amount.
    """

    names: dict[str, str] = field(default_factory=dict)
    regions: dict[str, set[str]] = field(default_factory=dict)
    amounts: dict[str, float] = field(default_factory=dict)

    def match(self, name: str, regions: Sequence[str], amount: str) -> Match:
        """Return the programme that a proposal is, or one that has its name alone."""
        alike = [code for code, its_name in self.names.items() if its_name == _plain(name)]
        for code in alike:
            cost = self.amounts.get(code, math.nan)
            if (
                amount
                and math.isclose(float(amount), cost, rel_tol=1e-9)
                and set(regions) == self.regions.get(code, set())
            ):
                return Match(code, is_same=True)
        return Match(alike[0]) if alike else Match()


def programs_there(sheets: Mapping[str, Sheet]) -> ProgramsThere:
    """Return the programmes of a case with their regions and amounts.

    Parameters
    ----------
    sheets : mapping of str to Sheet

    Returns
    -------
    ProgramsThere
    """
    found = ProgramsThere()
    if "programs" in sheets:
        found.names = {code: _plain(name) for code, name in code_names(sheets["programs"]).items()}
    for row in rows_of(sheets.get("program_regions")):
        if row.get("region"):
            found.regions.setdefault(row["program"], set()).add(row["region"])
    for row in rows_of(sheets.get("program_costs")):
        if row.get("kind") == "build":
            amount = float(row.get("amount") or math.nan)
            found.amounts[row["program"]] = found.amounts.get(row["program"], 0.0) + amount
    return found


def doubtful_amounts(
    proposals: Sequence[ProposalRow], sheets: Mapping[str, Sheet], file: str
) -> list[Problem]:
    """Return the questions about amounts that are implausible in the unit that their heading names.

    Parameters
    ----------
    proposals : sequence of ProposalRow
    sheets : mapping of str to Sheet
        The tables of the case: what its budgets come to in a year is much for one proposal.
    file : str
        Name of the list.

    Returns
    -------
    list of Problem
        Each with the row of its proposal.
    """
    amounts = {item.row: float(item.amount) for item in proposals if item.amount}
    strange = strange_amounts(amounts)
    most = most_in_a_year(sheets.get("fund_budgets"))
    notes = []
    for item in proposals:
        amount = amounts.get(item.row, 0.0)
        too_much = item.unit is not None and item.unit.is_scaled and amount > most
        if (item.row in strange or too_much) and not item.says_unit:
            values = {"value": item.texts["budget"], "amount": amount}
            notes.append(
                Problem("implausible_amount", file, item.row, values=values, warning=True, cell=item.cell)
            )
    return notes


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def rows_of(sheet: Sheet | None) -> list[dict[str, str]]:
    """Return the rows of a table with their cells in normal form, by column; none where it is not there."""
    if sheet is None:
        return []
    return [dict(zip(sheet.columns, row, strict=True)) for row in judged_rows(sheet)[0]]
