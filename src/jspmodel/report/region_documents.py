"""Which open documents a region signs, itself or by its council, and which others sign for what it joins."""

from __future__ import annotations

import re
from typing import NamedTuple

from jspmodel.case import Case
from jspmodel.report.approvals import papers
from jspmodel.report.decision import Decision

_WHO_JOIN = re.compile(r"peserta|setempat|kepala daerah", re.IGNORECASE)
"""Signers told as those who take part, not by name."""
_CITY, _KINDS = "kota ", ("kota ", "kabupaten ", "kab. ")


class Paper(NamedTuple):
    """One kind of document with one signer and date, for programmes that start in one year."""

    start: int
    due: str
    kind: str
    signer: str
    programs: tuple[str, ...]


Papers = dict[str, tuple[list[Paper], list[Paper]]]


def region_papers(decision: Decision) -> Papers:
    """Return the open documents of the programmes that each region joins: those it signs, and the others.

    Parameters
    ----------
    decision : Decision

    Returns
    -------
    dict of str to (list of Paper, list of Paper)
        By start of the programme; of those that start together the undated first, then by due date. A
        document that names no signer, or those who take part, is signed by each region that does.
    """
    case = decision.case
    names = case.names("regions", "id")
    found: Papers = {region: ([], []) for region in names}
    chosen = {item.program: item for item in decision.plan.selected}
    for paper in papers(decision):
        for region in names:
            mine = [chosen[program] for program in paper.programs if region in chosen[program].regions]
            for start in sorted({item.start or 0 for item in mine}):
                some = tuple(item.program for item in mine if item.start == start)
                signs = _signs(paper.signer, names[region], case)
                row = Paper(start, paper.due, paper.kind, paper.signer, some)
                found[region][0 if signs else 1].append(row)
    return {region: (sorted(mine), sorted(others)) for region, (mine, others) in found.items()}


def _signs(signer: str, name: str, case: Case) -> bool:
    if not signer or (case.level != "city" and _WHO_JOIN.search(signer)):
        return True
    kind, bare = _divided(name.casefold())
    before = kind if kind == _CITY else f"(?<!{_CITY})"  # Bupati Semarang is not of Kota Semarang
    return re.search(rf"{before}\b{re.escape(bare)}\b", signer.casefold()) is not None


def _divided(name: str) -> tuple[str, str]:
    """Return the kind of a region and its name without it."""
    kind = next((kind for kind in _KINDS if name.startswith(kind)), "")
    return kind, name[len(kind) :]
