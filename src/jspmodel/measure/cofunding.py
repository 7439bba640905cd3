"""Co-funding (dana pendamping): what share of its own part of a programme's costs a region bears at least."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jspmodel.case import Case
from jspmodel.measure.money import holders, yearly_costs
from jspmodel.measure.once import shared_once
from jspmodel.measure.reach import eligible_regions
from jspmodel.measure.wide import records
from jspmodel.measure.years import horizon
from jspmodel.plan import Choice, Payment
from jspmodel.scenario import Scenario

Named = dict[tuple[str, str, str], float]
"""Shares by class of fiscal capacity, programme and dimension, of which one may be blank, or both."""


@dataclass(frozen=True)
class Contribution:
    """What a region bears of its own part of a programme's cost in a year, and what it must at least.

    Attributes
    ----------
    program, region : str
    year : int
    share : float
        The least share, in 0-1.
    own : float
        The region's own part of the cost in the year, in Rp billion; shared costs are not in it.
    paid : float
        What funds that it holds pay for the programme in the year, in Rp billion, shared costs included.
    """

    program: str
    region: str
    year: int
    share: float
    own: float
    paid: float

    @property
    def least(self) -> float:
        """What it must bear at least, in Rp billion."""
        return self.share * self.own


@shared_once
def cofunding_shares(case: Case, scenario: Scenario) -> dict[tuple[str, str], float]:
    """Return the share of its own part of the costs that a region that joins a programme bears at least.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        With ``cofunding`` off no region has to bear anything.

    Returns
    -------
    dict of (program, region) to float
        In 0-1, without those that are 0; programmes by table, regions in table order. A region has the shares
        of its ``fiscal_capacity``: that of the programme, else of its dimension, else of all programmes.
        Programmes of the province are not joined, and so not in it.
    """
    if not scenario.cofunding or case.cofunding_shares.empty:
        return {}
    named, classes = _named(case), dict(records(case.regions, "region", "fiscal_capacity"))
    regions = eligible_regions(case)
    found = {
        (program, region): _least_share(named, classes[region], program, dimension)
        for program, dimension, scope in records(case.programs, "program", "dimension", "scope")
        if scope != "province"
        for region in regions[program]
    }
    return {pair: share for pair, share in found.items() if share > 0}


def _named(case: Case) -> Named:
    columns = ("fiscal_capacity", "program", "dimension", "least_share")
    rows = records(case.cofunding_shares, *columns)
    return {(of, program, dimension): share for of, program, dimension, share in rows}


def _least_share(named: Named, fiscal_capacity: str, program: str, dimension: str) -> float:
    """Return the share of the row that names the most; 0 where none is of a class."""
    for key in ((program, ""), ("", dimension), ("", "")):
        if (share := named.get((fiscal_capacity, *key))) is not None:
            return share
    return 0.0


def contributions(
    case: Case, scenario: Scenario, choices: Iterable[Choice], payments: Iterable[Payment]
) -> tuple[Contribution, ...]:
    """Return what regions bear of what they join, where a least share is asked for.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    choices : iterable of Choice
    payments : iterable of Payment
        Of a plan.

    Returns
    -------
    tuple of Contribution
        By programme, region and year, where the region's own part costs something.
    """
    asked, held = cofunding_shares(case, scenario), holders(case)
    paid: dict[tuple[str, str, int], float] = {}
    for item in payments if asked else ():
        key = (item.program, held.get(item.fund, ""), item.year)
        paid[key] = paid.get(key, 0.0) + item.amount
    found, years = [], horizon(case, scenario)
    for choice in choices if asked else ():
        table = yearly_costs(case, choice, years)
        for region in choice.regions:
            share = asked.get((choice.program, region), 0.0)
            for year in years if share and region in table.index else ():
                if (own := float(table.loc[region, year])) > 0:
                    pays = paid.get((choice.program, region, year), 0.0)
                    found.append(Contribution(choice.program, region, year, share, own, pays))
    return tuple(found)
