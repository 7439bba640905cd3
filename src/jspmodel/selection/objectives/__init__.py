"""What a plan can maximise, a module each: terms of the model, what choices are worth, the most there is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pulp

from jspmodel.case import Case
from jspmodel.measure import shared_once
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import SHARED, Inputs, Proposal
from jspmodel.selection.objectives import gap_closed, score
from jspmodel.selection.objectives.objective import Objective, Worth
from jspmodel.selection.variables import Pair, Variables, total

OBJECTIVES: tuple[Objective, ...] = (gap_closed.OBJECTIVE, score.OBJECTIVE)
"""All objectives."""

_BY_NAME = {objective.name: objective for objective in OBJECTIVES}
TIE = 1e-6
"""Largest part of the best conceivable objective that the price of money, which decides ties, may take."""


def objective_of(scenario: Scenario) -> Objective:
    """Return what a scenario maximises."""
    return _BY_NAME[scenario.objective]


def maximised(variables: Variables, inputs: Inputs) -> pulp.LpAffineExpression:
    """Return what the model maximises: the objective, less a price of money."""
    return total(objective_of(inputs.scenario).terms(variables, inputs), _charges(variables, inputs))


@shared_once
def worth_of(case: Case, scenario: Scenario) -> Worth:
    """Return what gives the objective of choices, without the model; each plan is judged once."""
    judge = objective_of(scenario).worth(case, scenario)

    @cache
    def worth(choices: tuple[Choice, ...]) -> float:
        return judge(choices)

    return lambda choices: worth(tuple(choices))


def largest(inputs: Inputs) -> float:
    """Return what no plan can exceed, in the unit of the objective."""
    return objective_of(inputs.scenario).largest(inputs)


def tie(inputs: Inputs) -> float:
    """Return the most that the price of money takes from the objective, in its unit."""
    return TIE * largest(inputs)


def price_of_money(inputs: Inputs) -> float:
    """Return what a billion is charged, in the unit of the objective: all budgets together cost ``tie``."""
    money = sum(inputs.budgets.values())
    return tie(inputs) / money if money else 0.0


def _charges(variables: Variables, inputs: Inputs) -> Iterator[Pair]:
    """Charge a price so low that it only decides between plans of equal worth: the cheaper wins."""
    price = price_of_money(inputs)
    for p in inputs.proposals.values():
        for t in p.starts:
            yield variables.start[p.code, t], -price * _cost(p, SHARED, t, inputs)
            yield from ((variables.join[p.code, r, t], -price * _cost(p, r, t, inputs)) for r in p.regions)


def _cost(p: Proposal, region: str, start: int, inputs: Inputs) -> float:
    return sum(p.due(region, start, year) for year in inputs.years)


__all__ = [
    "OBJECTIVES",
    "TIE",
    "Objective",
    "Worth",
    "largest",
    "maximised",
    "objective_of",
    "price_of_money",
    "tie",
    "worth_of",
]
