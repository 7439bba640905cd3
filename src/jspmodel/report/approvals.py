"""What has to be approved and signed: funds by who holds them, documents by when they are due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from jspmodel import measure
from jspmodel.collaboration import fund_source
from jspmodel.figures import joint_programs
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import listed, say, short_names

_DPRD = "DPRD"
_MOST_NAMED = 15
"""Governments that a sentence names."""
_FEW = 2
"""Regions that a sentence names also where they are all."""
_OF_THOSE_WHO_JOIN = re.compile(r"DPRD (?:(?!DPRD)[^,;])*?peserta")


@dataclass(frozen=True)
class ApprovalDocument:
    """One kind of document with one signer and date, for all programmes that need it.

    Attributes
    ----------
    due : str
        ISO date; empty: not set.
    kind, signer : str
    programs : tuple of str
        Codes, in order of start.
    """

    due: str
    kind: str
    signer: str
    programs: tuple[str, ...]


def papers(decision: Decision) -> list[ApprovalDocument]:
    """Return the documents of the plan that are not done, earliest first, undated last."""
    start = {item.program: item.start or 0 for item in decision.plan.selected}
    table = decision.case.program_documents
    open_ones = table[table["program"].isin(start) & ~table["done"]]
    found = [
        ApprovalDocument(
            str(due),
            str(kind),
            str(signer),
            tuple(sorted(set(group["program"]), key=lambda p: (start[p], p))),
        )
        for (due, kind, signer), group in open_ones.groupby(["due", "kind", "signer"])
    ]
    return sorted(found, key=lambda paper: (paper.due == "", paper.due, paper.kind, paper.signer))


def first_papers(decision: Decision) -> list[ApprovalDocument]:
    """Return the open documents of the programmes that start first; those without a date come last."""
    some = papers(decision)
    start = {item.program: item.start or 0 for item in decision.plan.selected}
    first = min((start[program] for paper in some for program in paper.programs), default=0)
    mine = [
        ApprovalDocument(
            paper.due, paper.kind, paper.signer, tuple(p for p in paper.programs if start[p] == first)
        )
        for paper in some
    ]
    return [paper for paper in mine if paper.programs]


def unrecorded(decision: Decision, region: str = "") -> int:
    """Return how many joint programmes may need documents of which the case records none at all.

    Joint programmes of governments rest on agreements (PP 28/2018); within one city they do not.
    """
    case = decision.case
    if not case.program_documents.empty or case.level != "province":
        return 0
    joint = joint_programs(case, decision.plan)
    mine = {item.program for item in decision.plan.selected if not region or region in item.regions}
    return sum(program in mine for program in joint)


def consents(decision: Decision) -> dict[str, tuple[tuple[str, ...], str]]:
    """Return which programmes still ask for the consent of which DPRD, and the nearest due date.

    Parameters
    ----------
    decision : Decision

    Returns
    -------
    dict of str to (programs, due)
        By region code, "" the DPRD of the province or city itself. A document that names the DPRD of those
        who take part ("peserta"), or no signer, concerns each region that does.
    """
    regions = {item.program: item.regions for item in decision.plan.selected}
    asked: dict[str, list[tuple[str, str]]] = {}
    for paper in papers(decision):
        if _DPRD not in paper.kind + paper.signer:
            continue
        theirs = "peserta" in paper.signer or not paper.signer
        own = _DPRD in _OF_THOSE_WHO_JOIN.sub("", paper.signer) or not theirs
        for program in paper.programs:
            joined = regions[program] if theirs else ()
            for holder in (*([""] if own else []), *joined):
                asked.setdefault(holder, []).append((program, paper.due))
    return {
        holder: (tuple(dict.fromkeys(p for p, _ in found)), min((due for _, due in found if due), default=""))
        for holder, found in asked.items()
    }


def dprds(decision: Decision, language: Language) -> dict[str, str]:
    """Return what each DPRD is called: by region code, "" that of the province or city itself."""
    names = decision.case.names("regions", "id").items()
    return {
        "": say(f"report.dprd_{decision.case.level}", language),
        **{code: say("report.dprd_of", language, region=name) for code, name in names},
    }


def holders(decision: Decision, language: Language) -> dict[str, str]:
    """Return whose own money pays: region code or "" (province, city), and its name."""
    codes = set(money_by_holder(decision).index)
    names = {"": say(f"report.{decision.case.level}", language), **short_names(decision.case)}
    return {code: name for code, name in names.items() if code in codes}


def approvers(decision: Decision, language: Language) -> str:
    """Return in words who approves the money, with their councils; of many regions only how many they are."""
    own, n = holders(decision, language), len(decision.case.regions)
    paying = len(own) - ("" in own)
    if len(own) > _MOST_NAMED or paying == n > _FEW:
        many = say(f"report.regencies{'_all' if paying == n else ''}", language, n=paying)
        names = listed([*([own[""]] if "" in own else []), many], language)
    else:
        names = listed(own.values(), language)
    return say("report.approver_one" if len(own) == 1 else "report.approver_many", language, names=names)


def money_by_holder(decision: Decision) -> pd.DataFrame:
    """Return what the plan takes from each holder's own money in each year: what its DPRD decides on.

    Returns
    -------
    DataFrame of float in Rp billion, holders by years of the horizon
        Holders: region codes and "" (province, city). Without the money of the centre and of partners that
        passes through a holder (``money_from_outside``).
    """
    holder = dict(zip(decision.case.funds["fund"], decision.case.funds["holder"], strict=True))
    source = _sources(decision)
    own = {fund: code for fund, code in holder.items() if source[fund] == "own"}
    return _by_year(decision, own)


def money_from_outside(decision: Decision) -> pd.DataFrame:
    """Return what the plan takes from the centre and from partners in each year.

    Returns
    -------
    DataFrame of float in Rp billion, ``central`` and ``partner`` (those that pay) by years of the horizon
    """
    return _by_year(decision, {fund: s for fund, s in _sources(decision).items() if s != "own"})


def _sources(decision: Decision) -> dict[str, str]:
    funds = decision.case.funds
    return {fund: fund_source(kind) for fund, kind in zip(funds["fund"], funds["kind"], strict=True)}


def _by_year(decision: Decision, payer: dict[str, str]) -> pd.DataFrame:
    """Return what the plan takes from some funds, by payer and year."""
    years = list(measure.horizon(decision.case, decision.scenario))
    rows = [
        (payer[item.fund], item.year, item.amount)
        for item in decision.plan.funding
        if item.fund in payer and item.amount > 0
    ]
    flows = pd.DataFrame(rows, columns=["payer", "year", "amount"])
    table = flows.pivot_table(index="payer", columns="year", values="amount", aggfunc="sum")
    return table.reindex(columns=years).fillna(0.0)


def first_open_year(decision: Decision) -> int:
    """Return the first year of the horizon that is not decided yet."""
    years = measure.horizon(decision.case, decision.scenario)
    return next((year for year in years if year not in decision.scenario.closed_years), years[0])


def budget_talks(decision: Decision, language: Language) -> str:
    """Return when the budget of the first open year is agreed in outline.

    KUA and PPAS of a year are agreed in July and August of the year before.
    """
    return say("report.budget_talks", language, before=first_open_year(decision) - 1)


def talks_are_past(decision: Decision) -> bool:
    """Return whether a run was computed after these talks; never known outside a run."""
    began = decision.record.get("started")
    last = date(first_open_year(decision) - 1, 8, 31)
    return began is not None and datetime.fromisoformat(began).date() > last
