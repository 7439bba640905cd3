"""Writes down a plan that was chosen by several objectives."""

from __future__ import annotations

from collections.abc import Sequence

from jspmodel.plan import Plan
from jspmodel.selection.postoptimal.multiobjective.objective_search import ObjectiveSearch
from jspmodel.selection.postoptimal.multiobjective.outcomes import (
    CompromisePlan,
    ObjectiveOutcome,
    changes,
    keys_of,
)
from jspmodel.selection.postoptimal.nearby_plans import Choices
from jspmodel.solver import Array


def outcomes_of(
    search: ObjectiveSearch, gains: Array, bounds: Sequence[float], asked: Sequence[tuple[float, ...]]
) -> list[ObjectiveOutcome]:
    """Write down what a plan comes to; a bound that it is better than is its value."""
    values, outcomes = search.model.told(gains.tolist()), []
    for key, value, bound, some in zip(keys_of(search.model.functions), values, bounds, asked, strict=True):
        best = min(value, bound) if key.less else max(value, bound)
        outcomes.append(ObjectiveOutcome(key, value, best, some))
    return outcomes


def compromise_of(
    search: ObjectiveSearch,
    plan: Plan,
    approach: str,
    choices: Choices,
    outcomes: Sequence[ObjectiveOutcome],
    *,
    proven: bool,
) -> CompromisePlan:
    """Write down a plan that passes the audit."""
    cost = search.judged(choices, plan).cost
    ordered = search.in_order(choices)
    mine, now = ([one.program for one in some] for some in (plan.choices, ordered))
    enter, leave = changes(mine, now)
    without = plan.equity is not None and search.model.scenario.equity.mode == "off"
    return CompromisePlan(
        approach, ordered, cost, tuple(outcomes), None, None, proven, leave, enter, None, False, without
    )
