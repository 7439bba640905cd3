"""What goes first: plans at several budgets, each keeping what smaller ones carry out; what that costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from math import inf, isfinite

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Plan
from jspmodel.proof import finding, least_bound
from jspmodel.scenario import Scenario
from jspmodel.selection.postoptimal.nearby_plans import Answer, Choices, Valued, programs_of
from jspmodel.selection.postoptimal.nested_plans.nested_levels import NestedLevel, NestedPlan
from jspmodel.selection.postoptimal.nested_plans.nested_search import Levels, NestedFinding, search_nested
from jspmodel.selection.postoptimal.plan_model import state_level_models
from jspmodel.solver import effort_units

LEVELS = (0.8, 0.9, 0.95, 1.0, 1.1)
"""Factors on the budgets, unless asked otherwise."""
SHARE = 0.08
"""Share of the scenario's effort."""
SAME = 1e-9
"""By how much a level may differ from 1 to be the scenario's own budgets."""


@computed_once()
def nested_plan(
    case: Case,
    scenario: Scenario,
    plan: Plan | None = None,
    *,
    levels: Sequence[float] = LEVELS,
    weights: Sequence[float] | None = None,
    workers: int = 2,
    progress: Callable[[float], None] | None = None,
) -> NestedPlan:
    r"""Tell what goes first: plans at several budgets that keep what the smaller ones carry out.

    With x[p,l] whether programme p is carried out at level l, the sum over l of weight[l] times what the plan
    at l is worth is maximised over plans that keep all rules at their budgets and

        x[p,l] <= x[p,l+1]    for each p, l

    (prioritised selection: Koc, Morton, Popova, Hess, Kee and Richards, "Prioritizing project selection", The
    Engineering Economist 54, 2009; as budgets are ordered, no variables for who goes before whom are needed).
    Programmes are nested; a start year and regions may differ from level to level (``moved``). With the best
    plan for l alone worth between L[l] (found) and U[l] (proven), and the nested one N[l], being nested costs
    between max(0, L[l] - N[l]) and U[l] - N[l] there. What can be paid can be paid with more money, so plans
    are carried to larger budgets and bounds to smaller ones.

    An equity floor is kept as a share of each plan's own impact, as by ``budget_frontier``.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan, optional
        The answer to both: it is known at level 1, and without an equity rule its bound holds there. The
        nested plan at level 1 need not be the same.
    levels : sequence of float
        Factors on ``budget_scale.all``, rising, from 0 on.
    weights : sequence of float, optional
        What each level counts, above 0, such as how likely it is; alike by default.
    workers : int
        Processes; the answer does not depend on them.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    NestedPlan
        A level whose budget is too small for what is demanded has no plan, which its ``finding`` says; the
        others are answered without it.

    Raises
    ------
    ValueError
        If levels do not rise from 0 on, or there are not as many weights above 0.
    ScenarioError
        If the scenario asks for ``equity: max_min``, or for rules that do not go together.
    InfeasibleError
        If a programme that is locked in cannot be carried out at any budget.
    """
    shares = _shares(levels, weights)
    models = state_level_models(case, scenario, levels)
    place = next((k for k, level in enumerate(levels) if abs(level - 1) < SAME), None)
    known = None if plan is None or place is None else _known(place, plan)
    stated = Levels(models, shares, known)
    work = SHARE * effort_units(scenario.solver.effort, models[0].stated.matrix.entries)
    return _summary(levels, stated, search_nested(stated, work, workers, progress))


def _known(place: int, plan: Plan) -> tuple[int, Choices, float]:
    """Return a plan with what no plan at its budget exceeds; under an equity rule it was asked for more."""
    return place, plan.choices, plan.bound if plan.equity is None else inf


def _shares(levels: Sequence[float], weights: Sequence[float] | None) -> tuple[float, ...]:
    """Return weights that add up to 1."""
    if not levels or levels[0] < 0 or any(less >= more for less, more in pairwise(levels)):
        raise ValueError("levels must rise, from 0 on")
    weights = (1.0,) * len(levels) if weights is None else weights
    if len(weights) != len(levels) or not all(0 < weight < inf for weight in weights):
        raise ValueError("weights must be above 0, one for each level")
    return tuple(weight / sum(weights) for weight in weights)


def _summary(levels: Sequence[float], stated: Levels, found: NestedFinding) -> NestedPlan:
    plans: dict[int, Valued] = dict(zip(found.places, found.chain or (), strict=True))
    counted = sum(stated.weights[place] for place in plans)
    items: list[NestedLevel] = []
    for place, level in enumerate(levels):
        weight = stated.weights[place] / counted if place in plans else 0.0
        before = items[-1].choices if items else None
        items.append(_level(stated, place, level, weight, plans.get(place), found.free[place], before or ()))
    leave, enter = _difference(stated, plans)
    answered = [items[place] for place in plans]
    if not answered:
        return NestedPlan(tuple(items), None, None, None, 0.0, None, None, leave, enter)
    objective = sum(item.weight * (item.objective or 0.0) for item in answered)
    least = sum(item.weight * (item.free_objective or 0.0) for item in answered)
    most = sum(item.weight * (inf if item.free_bound is None else item.free_bound) for item in answered)
    bound, _ = least_bound(objective, [found.bound, most])
    slack = sum(
        item.weight * stated.models[place].stated.slack for place, item in zip(plans, answered, strict=True)
    )
    return NestedPlan(
        tuple(items),
        objective,
        _finite(max(bound, objective)),
        "nested" if found.bound < most else "levels",
        2 * slack,
        least,
        _finite(most),
        leave,
        enter,
    )


def _level(
    stated: Levels,
    place: int,
    level: float,
    weight: float,
    plan: Valued | None,
    free: Answer,
    before: Choices,
) -> NestedLevel:
    choices, objective = (None, None) if plan is None else plan
    known, earlier = programs_of(before), set(before)
    model = stated.models[place].stated
    return NestedLevel(
        level,
        model.money.at(level * model.scenario.budget_scale.all),
        weight,
        finding(found=plan is not None, bound=free.bound),
        choices,
        objective,
        tuple(choice.program for choice in choices or () if choice.program not in known),
        tuple(c.program for c in choices or () if c.program in known and c not in earlier),
        _finite(free.objective),
        _finite(free.bound),
        free.choices,
    )


def _difference(
    stated: Levels, plans: Mapping[int, Valued]
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """Return what the known plan carries out and the nested one at its budget does not, and the other way."""
    if stated.known is None or stated.known[0] not in plans:
        return None, None
    place, known, _ = stated.known
    nested = plans[place][0]
    return _beyond(known, nested), _beyond(nested, known)


def _beyond(some: Choices, others: Choices) -> tuple[str, ...]:
    there = programs_of(others)
    return tuple(choice.program for choice in some if choice.program not in there)


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None
