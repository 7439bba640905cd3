"""Payments of a plan that another fund could make as well: who pays them is open to agreement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.figures.unspent_budgets import left_of_budgets
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario

_LEAST = 0.005
"""Rp billion; less is no money that a report shows."""


@dataclass(frozen=True)
class Exchange:
    """A payment that another fund could make.

    Attributes
    ----------
    program : str
    year : int
    fund, other : str
        Which pays, and which could.
    amount : float
        How much of it, in Rp billion.
    """

    program: str
    year: int
    fund: str
    other: str
    amount: float


def exchangeable_payments(case: Case, scenario: Scenario, plan: Plan) -> list[Exchange]:
    """Return payments that a fund with money left could make in place of the one that does, each by itself.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both.

    Returns
    -------
    list of Exchange
        Of funds of other holders only, the largest for each payment. With y[p,f,t] what fund f pays for
        programme p in year t, up to
        min(y[p,f,t], B[g,t] - y[g,t], s[p,g] c[p,t] - y[p,g,t], c[p,r,t] + c[p,0,t] - y[p,r,t])
        may move to fund g: what f pays, what is left of g's budget B, of its share s of the cost c, and of
        what a region r that holds g may pay at all, its own and the shared part.
        A fund that waits for a document could not, nor one on the other side of a spending rule. What a
        region must bear at least of its own part stays with its funds.
    """
    left, shares, holders = left_of_budgets(case, scenario, plan), measure.payers(case), measure.holders(case)
    opens = measure.opening_years(case, scenario)
    paid: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for payment in plan.funding:
        if payment.amount > _LEAST:
            paid[payment.program, payment.year][payment.fund] = payment.amount
    bound = {
        (one.program, one.region, one.year): one.paid - one.least
        for one in measure.contributions(case, scenario, plan.choices, plan.funding)
    }
    found: list[Exchange] = []
    for choice in plan.choices:
        due = _due(case, scenario, choice)
        for year, costs in due.items():
            flows = paid.get((choice.program, year), {})
            room = {
                other: min(amount, _room(other, flows, costs, shares[choice.program], holders))
                for (other, when), amount in left.items()
                if when == year
                and shares[choice.program].get(other, 0) > 0
                and year >= opens.get((choice.program, other), year)
            }
            free = {
                fund: min(amount, bound.get((choice.program, holders.get(fund, ""), year), amount))
                for fund, amount in flows.items()
            }
            found += _exchanges(choice.program, year, free, room, holders)
    weighed = [rule for rule in measure.spending_rules(case, scenario) if not rule.every_fund]
    return [one for one in found if not any(_weighs(rule, one) for rule in weighed)]


def _weighs(rule: measure.SpendingRule, one: Exchange) -> bool:
    """Whether a rule counts what one of both funds spends, and not what the other does."""
    return one.year in rule.years and (one.fund in rule.funds) != (one.other in rule.funds)


def _due(case: Case, scenario: Scenario, choice: Choice) -> dict[int, dict[str, float]]:
    """Return what falls due by year, then by region that takes part, ``""``: the shared part."""
    table = measure.yearly_costs(case, choice, measure.horizon(case, scenario))
    nothing = dict.fromkeys(["", *choice.regions], 0.0)
    return {int(year): nothing | table[year].to_dict() for year in table.columns}


def _room(
    fund: str,
    flows: Mapping[str, float],
    costs: Mapping[str, float],
    shares: Mapping[str, float],
    holders: Mapping[str, str],
) -> float:
    """Return how much more a fund may pay of a year's cost by its share, and by who holds it."""
    room = shares[fund] * sum(costs.values()) - flows.get(fund, 0.0)
    if fund not in holders:
        return room
    region = holders[fund]
    theirs = sum(amount for one, amount in flows.items() if holders.get(one) == region)
    return min(room, costs[region] + costs[""] - theirs) if region in costs else 0.0


def _exchanges(
    program: str,
    year: int,
    flows: Mapping[str, float],
    room: Mapping[str, float],
    holders: Mapping[str, str],
) -> Iterator[Exchange]:
    for fund, amount in flows.items():
        others = {
            other: min(amount, space)
            for other, space in room.items()
            if holders.get(other, "") != holders.get(fund, "") and min(amount, space) > _LEAST
        }
        if others:
            best = max(others, key=lambda other: others[other])
            yield Exchange(program, year, fund, best, others[best])
