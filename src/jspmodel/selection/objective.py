"""What is maximised, one function an objective."""

from __future__ import annotations

from collections.abc import Iterator

import pulp

from jspmodel.selection.inputs import SHARED, Inputs, Proposal
from jspmodel.selection.variables import Variables, total

TIE = 1e-6
"""Largest part of the best conceivable objective that the price of money, which decides ties, may take."""


def gap_closed(variables: Variables, inputs: Inputs) -> pulp.LpAffineExpression:
    r"""Return the impact in percent, less a price of money.

    100/N sum_{i,r,t} w[t] need[i,r] sum_k slope[k] piece[i,r,t,k].
    """
    whole = sum(inputs.need.values())
    return total(
        ((piece, weight / whole) for (_, region, piece, weight) in closed(variables, inputs)),
        _price_of_money(variables, inputs),
    )


def closed(variables: Variables, inputs: Inputs) -> Iterator[tuple[str, str, pulp.LpVariable, float]]:
    """Yield issue, region, a piece and 100 w[t] need[i,r] slope[k], what a unit of it closes of all needs."""
    for (issue, region, year, number), piece in variables.piece.items():
        slope = inputs.scenario.diminishing_returns[number][1]
        yield issue, region, piece, 100 * inputs.year_weights[year] * inputs.need[issue, region] * slope


def score(variables: Variables, inputs: Inputs) -> pulp.LpAffineExpression:
    r"""Return the score points, less a price of money.

    sum_{p,t} score[p] sum_r share[r] join[p,r,t] / sum_{s in R(p)} share[s] (start[p,t] where R(p) is empty)
    + sum_{p,o} value[p,o] both[p,o].
    """
    points = (pair for p in inputs.proposals.values() for pair in _points(variables, inputs, p))
    pairs = ((variables.both[p.code, o.code, "", 0], value) for p, o, value in inputs.complements())
    return total(points, pairs, _price_of_money(variables, inputs))


def _points(variables: Variables, inputs: Inputs, p: Proposal) -> Iterator[tuple[pulp.LpVariable, float]]:
    if not p.regions:
        yield from ((variables.start[p.code, t], p.score) for t in p.starts)
        return
    whole = sum(inputs.shares[r] for r in p.regions)
    for r in p.regions:
        yield from ((variables.join[p.code, r, t], p.score * inputs.shares[r] / whole) for t in p.starts)


def tie(inputs: Inputs) -> float:
    """Return the most that the price of money takes from the objective, in its unit."""
    return TIE * largest(inputs)


def largest(inputs: Inputs) -> float:
    """Return what no plan can exceed: all gaps closed, or all points."""
    if inputs.scenario.objective == "gap_closed":
        return 100.0
    points = sum(p.score for p in inputs.proposals.values())
    return points + sum(value for _, _, value in inputs.complements())


def _price_of_money(variables: Variables, inputs: Inputs) -> Iterator[tuple[pulp.LpVariable, float]]:
    """Charge a price so low that it only decides between plans of equal worth: the cheaper wins."""
    money = sum(inputs.budgets.values())
    price = tie(inputs) / money if money else 0.0
    for p in inputs.proposals.values():
        for t in p.starts:
            yield variables.start[p.code, t], -price * _cost(p, SHARED, t, inputs)
            yield from ((variables.join[p.code, r, t], -price * _cost(p, r, t, inputs)) for r in p.regions)


def _cost(p: Proposal, region: str, start: int, inputs: Inputs) -> float:
    return sum(p.due(region, start, year) for year in inputs.years)


OBJECTIVES = {"gap_closed": gap_closed, "score": score}
