"""Dana pendamping: what each region must bear of its own part by its fiscal capacity, and what it bears."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jspmodel.measure import Contribution, cofunding_shares, contributions, records
from jspmodel.pages import Captioned, Fragment, render_finding
from jspmodel.report.decision import Decision
from jspmodel.report.shared_wording import PRICE_DIGITS, share_asked
from jspmodel.scenario import Language
from jspmodel.text import Table, money, number, percent, say

_FULL = 5e-4
"""Rp billion; who pays less than that above the least pays just the least."""


@dataclass(frozen=True)
class Cofunding:
    """What a region bears of what it joins, over the whole plan.

    Attributes
    ----------
    region, fiscal_capacity : str
        The class is blank where it is not known.
    shares : tuple of float
        The least and the largest of the shares asked of what it joins, in 0-1; of what it could join where it
        joins nothing; empty: nothing is asked of it.
    own, least, paid : float
        Its own part of what it joins, what of that it must bear at least, and what its own funds pay for the
        same, shared costs included, in Rp billion.
    tight, years : int
        Of so many years of programmes in which it must bear something, in how many it bears just that.
    """

    region: str
    fiscal_capacity: str
    shares: tuple[float, ...]
    own: float
    least: float
    paid: float
    tight: int
    years: int


def cofunding(decision: Decision) -> dict[str, Cofunding]:
    """Return what each region must bear and bears; nothing where no scenario or table asks for it.

    Parameters
    ----------
    decision : Decision

    Returns
    -------
    dict of region to Cofunding
    """
    case, scenario, plan = decision.case, decision.scenario, decision.plan
    asked = cofunding_shares(case, scenario)
    if not asked:
        return {}
    found = contributions(case, scenario, plan.choices, plan.funding)
    return {
        region: _of_region(region, capacity, [one for one in found if one.region == region], asked)
        for region, capacity in records(case.regions, "region", "fiscal_capacity")
    }


def _of_region(
    region: str, capacity: str, found: Sequence[Contribution], asked: dict[tuple[str, str], float]
) -> Cofunding:
    every = [one.share for one in found] or [share for (_, r), share in asked.items() if r == region]
    return Cofunding(
        region,
        capacity,
        (min(every), max(every)) if every else (),
        sum(one.own for one in found),
        sum(one.least for one in found),
        sum(one.paid for one in found),
        sum(one.paid <= one.least + _FULL for one in found),
        len(found),
    )


def capacity_name(fiscal_capacity: str, language: Language) -> str:
    """Return what a class of fiscal capacity is called; a dash where it is not known."""
    return say(f"choice.fiscal_capacity_{fiscal_capacity}", language) if fiscal_capacity else "–"


def cofunding_kept(decision: Decision, language: Language) -> Fragment | None:
    """Return by region its class, the least share of its own part, and what it bears in the plan.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where no region must bear anything.
    """
    found = cofunding(decision)
    if not found:
        return None
    names = decision.case.names("regions", "id")
    every = list(found.values())
    sums = {key: sum(getattr(one, key) for one in every) for key in ("own", "least", "paid")}
    told = {key: money(value, language) for key, value in sums.items()}
    title = say(
        "report.cofunding_title" if sums["least"] > 0 else "report.cofunding_title_none", language, **told
    )
    table = Captioned(say("report.cofunding_caption", language), _table(every, names, language))
    sentences = [*_told(every, names, language), *_dearest(decision, names, language)]
    return render_finding(title, language, sentences, [table], [say("report.cofunding_note", language)])


def _told(every: list[Cofunding], names: dict[str, str], language: Language) -> Iterator[str]:
    """Yield where it binds most, and who bears nothing or joins nothing."""
    joined = [one for one in every if one.years]
    if joined:
        most = max(joined, key=lambda one: (one.tight / one.years, one.tight))
        key = "report.cofunding_tight" if most.tight else "report.cofunding_room"
        values = {"region": names[most.region], "tight": most.tight, "years": most.years}
        yield say(key, language, **values)
    free = [names[one.region] for one in every if not one.shares]
    if free:
        yield say("report.cofunding_free", language, regions=", ".join(free))


def _dearest(decision: Decision, names: dict[str, str], language: Language) -> Iterator[str]:
    """Yield where a percentage point less would be worth most; nothing where no price is known."""
    prices = decision.sensitivity.prices
    own = None if prices is None else prices[prices["rule"] == "cofunding"]
    if own is None or own.empty or round(float(own["price"].max()), PRICE_DIGITS) <= 0:
        return
    row = own.loc[own["price"].idxmax()]
    yield say(
        "report.cofunding_price",
        language,
        region=names[row["region"]],
        program=row["program"],
        price=number(float(row["price"]), language, PRICE_DIGITS),
        unit=say(f"prices.unit_{decision.scenario.objective}", language),
    )


def shares_told(one: Cofunding, language: Language) -> str:
    """Return the least share of a region, or from the lowest to the highest; a dash where there is none."""
    texts = dict.fromkeys(share_asked(share, language) for share in one.shares)
    return "–".join(texts) or "–"


def _table(every: list[Cofunding], names: dict[str, str], language: Language) -> Table:
    keys = ("region", "capacity", "share", "own", "least", "paid", "in_fact")
    rows = tuple(
        (
            names[one.region],
            capacity_name(one.fiscal_capacity, language),
            shares_told(one, language),
            *(number(value, language, 1) for value in (one.own, one.least, one.paid)),
            percent(one.paid / one.own, language, 0) if one.own > 0 else "–",
        )
        for one in every
    )
    columns = tuple(say(f"report.column_cofunding_{key}", language) for key in keys)
    return Table(columns, rows, (False, False, *(True,) * 5))
