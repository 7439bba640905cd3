"""Who pays, reconciled: what each payer pays of its own, gives and receives, and what falls on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.collaboration.channels import fund_source
from jspmodel.collaboration.sharing import advised_shares, share_costs
from jspmodel.measure import computed_once
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario

PAYERS = ("region", "province", "central", "partner")
_SUMS = ["held", "own", "joint", "other"]
_MOVED = ["given", "received"]
_Entry = tuple[str, str, str, str, float]
"""Programme, payer, region, what it is (one of ``_SUMS``), Rp billion."""


@dataclass(frozen=True, eq=False)
class Accounts:
    """What a plan takes from whom, and on whom it falls; money in Rp billion over the horizon.

    In every row own + received - given = joint + other. Over all payers ``held``, ``own`` and joint + other
    each come to the cost of the plan, and ``given`` to ``received``.

    Attributes
    ----------
    programs : DataFrame
        One row a programme and payer: ``program``, ``payer`` (region, province, central, partner), ``region``
        (code; empty unless a region pays), and

        - ``held``: paid from the funds that it holds, whosever money that is;
        - ``own``: paid from its own money: ``held`` without the money of the centre and of partners, which
          are payers themselves;
        - ``joint``: its share of a joint programme, as ``share_costs`` recommends;
        - ``other``: what falls on it of any other programme: on a region the parts within it, on the province
          what is due once;
        - ``given``, ``received``: what it pays of its own beyond its burden, and what others pay of that.
    payers : DataFrame
        The same over all programmes: one row a payer, regions in table order, then the province (in a city:
        the city), the centre, partners; also those that pay and bear nothing.
    """

    programs: pd.DataFrame
    payers: pd.DataFrame


@computed_once()
def payer_accounts(case: Case, scenario: Scenario, plan: Plan) -> Accounts:
    """Return what each government, the centre and partners pay of a plan, and what falls on each.

    A kemantren has no money: in a city all that falls on one falls on the city.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan

    Returns
    -------
    Accounts
    """
    entries = [*_paid(case, plan), *_borne(case, scenario, plan)]
    found = pd.DataFrame(entries, columns=["program", "payer", "region", "what", "amount"])
    wide = found.pivot_table(
        index=["program", "payer", "region"], columns="what", values="amount", aggfunc="sum", sort=False
    )
    programs = wide.reindex(columns=_SUMS).fillna(0.0)
    net = programs["joint"] + programs["other"] - programs["own"]
    programs = programs.assign(given=(-net).clip(lower=0.0), received=net.clip(lower=0.0)).reset_index()
    programs.columns.name = None
    sums = programs.groupby(["payer", "region"])[[*_SUMS, *_MOVED]].sum()
    everybody = pd.MultiIndex.from_tuples(_payers(case), names=["payer", "region"])
    return Accounts(programs, sums.reindex(everybody).fillna(0.0).reset_index())


def _payers(case: Case) -> list[tuple[str, str]]:
    regions = [] if case.level == "city" else [("region", region) for region in case.regions["region"]]
    return [*regions, *((payer, "") for payer in PAYERS[1:])]


def _paid(case: Case, plan: Plan) -> Iterator[_Entry]:
    """Yield who holds the fund of each payment, and whose money it is."""
    funds = case.funds.set_index("fund")
    source = {fund: fund_source(kind) for fund, kind in funds["kind"].items()}
    for item in plan.funding:
        holder = str(funds.loc[item.fund, "holder"])
        mine = ("region", holder) if holder and case.level != "city" else ("province", "")
        payer = mine if source[item.fund] == "own" else (source[item.fund], "")
        yield item.program, *mine, "held", item.amount
        yield item.program, *payer, "own", item.amount


def _borne(case: Case, scenario: Scenario, plan: Plan) -> Iterator[_Entry]:
    """Yield on whom the cost of each programme falls."""
    advised = advised_shares(share_costs(case, scenario, plan)) if case.level != "city" else None
    joint = set() if advised is None else set(advised["program"])
    if advised is not None:
        for row in advised.itertuples():
            yield row.program, "region", row.region, "joint", row.share
    years = measure.horizon(case, scenario)
    for choice in plan.choices:
        if choice.program not in joint:
            costs = measure.yearly_costs(case, choice, years).sum(axis=1)
            for region, amount in costs.items():
                yield choice.program, *_bearer(case, choice, str(region)), "other", float(amount)


def _bearer(case: Case, choice: Choice, region: str) -> tuple[str, str]:
    """Return on whom the part of a programme in a region, or what is due once (""), falls."""
    if case.level == "city":
        return "province", ""
    if not region and len(choice.regions) == 1 and not _everywhere(case, choice.program):
        return "region", choice.regions[0]
    return ("region", region) if region else ("province", "")


def _everywhere(case: Case, program: str) -> bool:
    return program in set(case.programs.loc[case.programs["scope"] == "province", "program"])
