"""A plan that was found for one question may answer another better than its own search did."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import TypeVar

from jspmodel.comparison.input_changes import Inputs
from jspmodel.measure import computed_once
from jspmodel.plan import Plan
from jspmodel.selection import audit, evaluate

Key = TypeVar("Key")
SAME = 1e-6
"""Worth that counts as none: the solver's noise."""
MOST = 8
"""Plans of the pool that are tried for one mix: each is judged by all rules, and paid."""
_PAID = "costs_paid"


def best_of_pool(inputs: Inputs, own: Plan, pool: Mapping[Key, Plan]) -> tuple[Key, float] | None:
    """Return the plan of a pool that is worth most under some inputs, if it beats the one found for them.

    Only those are tried that are worth more where they were found: the best of them.

    Parameters
    ----------
    inputs : tuple of Case and Scenario
    own : Plan
        Their own plan; an equity rule asks of each region what it asked for in this one.
    pool : mapping of key to Plan
        Found for other inputs.

    Returns
    -------
    key : key of the pool
    worth : float
        By these inputs. None instead of both where no plan of the pool keeps all their rules, can be paid
        for, and is worth more.
    """
    best: tuple[Key, float] | None = None
    with computed_once():
        for key, plan in _likely(own, pool):
            worth, least = _worth(inputs, plan, own), best[1] if best else own.objective
            if worth > least + SAME and evaluate(*inputs, plan.choices, own).audit.passed:
                best = key, worth
    return best


def _likely(own: Plan, pool: Mapping[Key, Plan]) -> list[tuple[Key, Plan]]:
    """Return the plans of a pool that are worth more where they were found, the best first, each once."""
    better = [item for item in pool.items() if item[1].objective > own.objective + SAME]
    once = {plan.choices: (key, plan) for key, plan in reversed(better)}
    return sorted(once.values(), key=lambda item: -item[1].objective)[:MOST]


def _worth(inputs: Inputs, plan: Plan, own: Plan) -> float:
    """Return what a plan is worth if it keeps all rules; whether it can be paid for takes a search."""
    floor = 0.0 if own.equity is None else own.equity.floor
    judged = audit(*inputs, plan.choices, (), floor=floor)
    broken = any(check.breaches for check in judged.checks if check.rule != _PAID)
    return -inf if broken else judged.objective
