"""Who pays what, in which year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from jspmodel.selection.inputs import SHARED, Inputs, Proposal
from jspmodel.selection.variables import Pair, Rows, Variables, label, times, total


def costs_paid(variables: Variables, inputs: Inputs) -> Rows:
    r"""Have costs paid in the year in which they fall due: sum_f pay[p,f,t] = cost[p,t].

    cost[p,t] = sum_s (due[p,shared,s,t] start[p,s] + sum_r due[p,r,s,t] join[p,r,s]), where due is what a
    start in year s makes due in year t: a build cost if t = s + offset, a run cost if t > s + duration - 1.
    """
    paid = defaultdict(list)
    for (code, _, year), pay in variables.pay.items():
        paid[code, year].append((pay, 1.0))
    for p in inputs.proposals.values():
        for t in inputs.years:
            if cost := _cost(variables, p, t):
                yield label("cost_paid", p.code, t), total(paid[p.code, t], times(-1.0, cost)) == 0


def fund_budgets(variables: Variables, inputs: Inputs) -> Rows:
    r"""Keep what a fund pays in a year within its budget: sum_p pay[p,f,t] <= B[f,t] (Rp billion)."""
    paid = defaultdict(list)
    for (_, fund, year), pay in variables.pay.items():
        paid[fund, year].append((pay, 1.0))
    for (fund, year), budget in inputs.budgets.items():
        if pairs := paid.get((fund, year)):
            yield label("fund_budget", fund, year), total(pairs) <= budget


def fund_shares(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a fund bear at most its share of a year's cost: pay[p,f,t] <= max_share[p,f] cost[p,t]."""
    for (code, fund, year), pay in variables.pay.items():
        share = inputs.payers[code][fund]
        if share < 1:
            cost = _cost(variables, inputs.proposals[code], year)
            yield label("fund_share", code, fund, year), total([(pay, 1.0)], times(-share, cost)) <= 0


def region_funds(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a region pay for its own and for shared costs of what it joins, not for its neighbours.

    sum_{f of r} pay[p,f,t] <= sum_s (due[p,r,s,t] + due[p,shared,s,t]) join[p,r,s].
    """
    paid = defaultdict(list)
    for (code, fund, year), pay in variables.pay.items():
        if fund in inputs.holder:
            paid[code, inputs.holder[fund], year].append((pay, 1.0))
    for (code, region, year), pairs in paid.items():
        p = inputs.proposals[code]
        own = [
            (variables.join[code, region, s], -p.due(region, s, year) - p.due(SHARED, s, year))
            for s in p.starts
        ]
        yield label("region_funds", code, region, year), total(pairs, own) <= 0


def year_budgets(variables: Variables, inputs: Inputs) -> Rows:
    r"""Keep a year's costs within all budgets of the year together: sum_p cost[p,t] <= sum_f B[f,t].

    This follows from the other rows; the solver finds stronger cuts in a row without payments.
    """
    for t in inputs.years:
        costs = [_cost(variables, p, t) for p in inputs.proposals.values()]
        budget = sum(amount for (_, year), amount in inputs.budgets.items() if year == t)
        if any(costs):
            yield label("year_budget", t), total(*costs) <= budget


def _cost(variables: Variables, p: Proposal, year: int) -> list[Pair]:
    return list(_cost_terms(variables, p, year))


def _cost_terms(variables: Variables, p: Proposal, year: int) -> Iterator[Pair]:
    for s in p.starts:
        if (due := p.due(SHARED, s, year)) > 0:
            yield variables.start[p.code, s], due
        for r in p.regions:
            if (due := p.due(r, s, year)) > 0:
                yield variables.join[p.code, r, s], due
