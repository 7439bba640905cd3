"""Every plan of a small random case at every budget: what it is worth, and the least budgets that pay for it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import inf

from jspmodel import measure
from jspmodel.measure import computed_once
from jspmodel.plan import Choice, Payment
from jspmodel.scenario import Equity
from jspmodel.selection import audit
from selection.random_cases import LASTING

PLENTY = 100.0
"""Factor on the budgets at which money rules nothing out."""


@dataclass(frozen=True)
class Priced:
    """A plan that keeps all rules but those about money, the least factor that pays for it, and its worth."""

    needs: float
    worth: float
    programs: frozenset[str]


def every_priced_plan(case, scenario):
    """Every plan of a case with one fund, which pays all; with an equity floor those that keep it by themselves."""
    years, regions = measure.horizon(case, scenario), list(case.regions["region"])
    groups = [
        tuple(r for r, taken in zip(regions, mask, strict=True) if taken)
        for mask in product((False, True), repeat=len(regions))
    ]
    options = [
        [None, *(Choice(program=p, start=t, regions=group) for t in years for group in groups if group)]
        for p in case.programs["program"]
    ]
    amounts = case.fund_budgets.set_index("year")["amount"]
    free = scenario.replace(equity=Equity(mode="off"), budget_scale=PLENTY)
    floor = scenario.equity.floor if scenario.equity.mode == "floor" else 0.0
    priced = []
    with computed_once():
        judge = measure.Measure(case, free)
        costs = {c: measure.yearly_costs(case, c, years).sum() for some in options for c in some if c}
        able = [[c for c in some if c is None or _able(case, free, c, costs)] for some in options]
        for plan in product(*able):
            choices = [choice for choice in plan if choice]
            verdict, impact = _paid(case, free, choices, costs), judge.impact(choices)
            if verdict.passed and impact.by_region.min() >= floor * impact.total - 1e-9:
                spent = sum(costs[choice] for choice in choices)
                needs = max((spent[year] / amounts[year] for year in years), default=0.0) if choices else 0.0
                priced.append(Priced(float(needs), verdict.objective, frozenset(c.program for c in choices)))
    return priced


def _able(case, scenario, choice, costs):
    """Whether a choice breaks no rule that it would break in any company."""
    return all(
        not check.breaches for check in _paid(case, scenario, [choice], costs).checks if check.rule in LASTING
    )


def _paid(case, scenario, choices, costs):
    payments = [
        Payment(program=choice.program, fund="f", year=year, amount=float(amount))
        for choice in choices
        for year, amount in costs[choice].items()
        if amount > 0
    ]
    return audit(case, scenario, choices, payments)


def steps_by_trying(priced, most, apart=1e-6):
    """The steps of what the best plan is worth: (factor, worth), each worth more than the one before by more than
    noise."""
    steps, best = [], -inf
    for plan in sorted(priced, key=lambda plan: (plan.needs, -plan.worth)):
        if plan.needs <= most + 1e-9 and plan.worth > best + apart:
            best = plan.worth
            steps.append((plan.needs, best))
    return steps
