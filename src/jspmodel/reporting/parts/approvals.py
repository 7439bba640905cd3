"""What has to be approved and signed: funds by who holds them, documents by when they are due."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from jspmodel import measure
from jspmodel.charts.labels import listed, short_names
from jspmodel.reporting.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text.wording import say


@dataclass(frozen=True)
class Paper:
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


def papers(decision: Decision) -> list[Paper]:
    """Return the documents of the plan that are not done, earliest first, undated last."""
    start = {item.program: item.start or 0 for item in decision.plan.selected}
    table = decision.case.program_documents
    open_ones = table[table["program"].isin(start) & ~table["done"]]
    found = [
        Paper(
            str(due),
            str(kind),
            str(signer),
            tuple(sorted(set(group["program"]), key=lambda p: (start[p], p))),
        )
        for (due, kind, signer), group in open_ones.groupby(["due", "kind", "signer"])
    ]
    return sorted(found, key=lambda paper: (paper.due == "", paper.due, paper.kind, paper.signer))


def first_papers(decision: Decision) -> list[Paper]:
    """Return the dated documents of the programmes that start first."""
    dated = [paper for paper in papers(decision) if paper.due]
    start = {item.program: item.start or 0 for item in decision.plan.selected}
    first = min((start[program] for paper in dated for program in paper.programs), default=0)
    mine = [
        Paper(paper.due, paper.kind, paper.signer, tuple(p for p in paper.programs if start[p] == first))
        for paper in dated
    ]
    return [paper for paper in mine if paper.programs]


def holders(decision: Decision, language: Language) -> dict[str, str]:
    """Return who holds the funds that pay: region code or "" (province, city), and its name."""
    paying = {payment.fund for payment in decision.plan.funding if payment.amount > 0}
    funds = decision.case.funds
    codes = set(funds.loc[funds["fund"].isin(paying), "holder"])
    names = {"": say(f"report.{decision.case.level}", language), **short_names(decision.case)}
    return {code: name for code, name in names.items() if code in codes}


def approvers(decision: Decision, language: Language) -> str:
    """Return in words who approves the money."""
    return listed(holders(decision, language).values(), language)


def money_by_holder(decision: Decision) -> pd.DataFrame:
    """Return what the plan takes from the funds of each holder in each year.

    Returns
    -------
    DataFrame of float in Rp billion, holders by years of the horizon
    """
    holder = dict(zip(decision.case.funds["fund"], decision.case.funds["holder"], strict=True))
    years = list(measure.horizon(decision.case, decision.settings))
    rows = [(holder[item.fund], item.year, item.amount) for item in decision.plan.funding]
    flows = pd.DataFrame(rows, columns=["holder", "year", "amount"])
    table = flows.pivot_table(index="holder", columns="year", values="amount", aggfunc="sum")
    return table.reindex(columns=years).fillna(0.0)


def first_open_year(decision: Decision) -> int:
    """Return the first year of the horizon that is not decided yet."""
    years = measure.horizon(decision.case, decision.settings)
    return next((year for year in years if year not in decision.settings.closed_years), years[0])
