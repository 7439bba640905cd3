"""Rows of a list that head or add up others, with no code or word that says so: "II BIDANG KESEHATAN"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from jspmodel.errors import Problem
from jspmodel.workbook.proposal_row import ProposalRow

_GROUP = re.compile(r"\(?(?:[IVXLC]+|[A-Z])[.)]*")
"""How groups are counted: in Roman numerals or capital letters."""
_GROUP_BEFORE = re.compile(r"(?:[IVXLC]+[.)]*|[A-Z][.)])\s+\S")
_OWN = ("location", "volume", "unit", "target", "budget")
"""What an activity says, and the bare heading of a group does not."""


def without_groups(rows: Sequence[ProposalRow], file: str) -> tuple[list[ProposalRow], list[Problem]]:
    """Leave out the rows that head or add up others; where that cannot be told, it is asked.

    A row adds up others if it names no place, or is counted as groups are, and its amount is exactly that of
    several rows right below or above it.

    Parameters
    ----------
    rows : sequence of ProposalRow
    file : str
        Name of the list.

    Returns
    -------
    list of ProposalRow
        Without the amounts that are asked about.
    list of Problem
        Each with its row.
    """
    kept = list(rows)
    activities: list[ProposalRow] = []  # those below, from the last row up
    notes = []
    for place, item in reversed(list(enumerate(rows))):
        heads = bool(activities) and _heads(item, activities[-1])
        if heads and not any(item.texts.get(column) for column in _OWN):
            del kept[place]
            notes.append(Problem("group_heading", file, item.row, warning=True))
            continue
        is_counted = heads and _is_group(item)
        above = [other for other in reversed(rows[:place]) if not _is_group(other)]
        added = _added_up(item, reversed(activities), is_counted=is_counted) or _added_up(item, above)
        if len(added) > 1:
            del kept[place]
            values = {"first": min(added), "last": max(added)}
            notes.append(Problem("group_total", file, item.row, values=values, warning=True))
        elif is_counted and item.amount and (added or not item.texts["location"]):
            doubt = Problem("perhaps_group", file, item.row, warning=True, cell=item.cell)
            kept[place] = replace(item, amount="", doubt=doubt)
            notes.append(doubt)
        else:
            activities.append(item)
    return kept, notes


def _heads(item: ProposalRow, below: ProposalRow) -> bool:
    """Whether a row is counted as a group, or as nothing and in capitals, and the one below is not."""
    is_title = not item.count and bool(below.count) and item.texts["activity"].isupper()
    return (_is_group(item) or is_title) and not _is_group(below)


def _is_group(item: ProposalRow) -> bool:
    if item.count:
        return _GROUP.fullmatch(item.count) is not None
    return _GROUP_BEFORE.match(item.texts["activity"]) is not None


def _added_up(item: ProposalRow, others: Iterable[ProposalRow], *, is_counted: bool = False) -> list[int]:
    """Return the rows whose amounts come to that of a row; none where it is an activity by all signs."""
    rest = Decimal(item.amount or 0)
    if not rest or not (is_counted or not item.texts["location"]):
        return []
    rows = []
    for other in others:
        if not is_counted and not other.texts["location"]:
            return []
        if other.amount:
            rows.append(other.row)
            rest -= Decimal(other.amount)
        if rest <= 0:
            return [] if rest else rows
    return []
