"""Who bears what of the joint programmes, region by region, and what private money takes off them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from jspmodel.case import Case
from jspmodel.collaboration import CostShares, money_channels, share_costs
from jspmodel.pages import Captioned, Fragment, render_finding
from jspmodel.plan import Plan
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import Table, money, number, percent, say, short_names

_MOST = 20
_COLUMNS = ("region", "own", "part", "total", "percent")


def region_burden(sharing: CostShares) -> pd.DataFrame:
    """Return what each region bears of all joint programmes, each shared as recommended.

    Parameters
    ----------
    sharing : CostShares
        As ``share_costs`` returns it.

    Returns
    -------
    DataFrame
        By region, the largest first: ``own`` (its own parts), ``part`` (of the costs due once; negative where
        the others pay it for coming), ``total`` = own + part; Rp billion over the horizon. The totals add up
        to the cost of the joint programmes.
    """
    advised = sharing.shares.merge(sharing.programs[["program", "method"]], on=["program", "method"])
    sums = advised.groupby("region")[["own", "share"]].sum()
    table = pd.DataFrame({"own": sums["own"], "part": sums["share"] - sums["own"], "total": sums["share"]})
    return table.sort_values("total", ascending=False, kind="stable")


def burden(decision: Decision, language: Language) -> Fragment | None:
    """Return the burden of each region, and what companies pay of the plan.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) in a city, whose kemantren have no money of their own, or where
        no programme of the plan is a joint one.
    """
    case, plan = decision.case, decision.plan
    if case.level == "city":
        return None
    sharing = share_costs(case, decision.scenario, plan)
    if sharing.programs.empty:
        return None
    shares = region_burden(sharing)
    total = shares["total"].sum()
    title = say(
        "sharing.burden",
        language,
        region=short_names(case)[shares.index[0]],
        share=percent(shares["total"].iloc[0] / total, language, 0),
        total=money(total, language),
        shared=money(sharing.programs["shared"].sum(), language),
    )
    columns = tuple(say(f"sharing.column_{key}", language) for key in _COLUMNS)
    data = Table(columns, tuple(_rows(case, shares, language)), tuple(key != "region" for key in _COLUMNS))
    tables = [Captioned(say("sharing.burden_caption", language), data)]
    return render_finding(
        title, language, [_private(case, plan, language)], tables, [say("sharing.burden_note", language)]
    )


def _rows(case: Case, shares: pd.DataFrame, language: Language) -> Iterator[tuple[str, ...]]:
    names, whole = short_names(case), shares.sum()
    lines = [(names[region], row) for region, row in shares.head(_MOST).iterrows()]
    if len(shares) > _MOST:
        rest = shares.iloc[_MOST:]
        lines.append((say("sharing.burden_rest", language, n=len(rest)), rest.sum()))
    for name, row in [*lines, (say("sharing.burden_sum", language), whole)]:
        amounts = (number(row[key], language, 1) for key in ("own", "part", "total"))
        yield (name, *amounts, percent(row["total"] / whole["total"], language, 0))


def _private(case: Case, plan: Plan, language: Language) -> str:
    """Tell what partners outside government pay of the plan."""
    channels = money_channels(case, plan)
    private = channels[channels["payer"] == "partner"]
    if private.empty:
        return say("sharing.private_none", language)
    share = percent(private["amount"].sum() / channels["amount"].sum(), language, 0)
    return say("sharing.private", language, share=share, n=private["program"].nunique())
