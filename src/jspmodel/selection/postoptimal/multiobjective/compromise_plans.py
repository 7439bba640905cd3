"""One plan by several objectives: one before the other, weighed, or nearest to what is aspired to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.measure import adds_up, computed_once
from jspmodel.plan import Plan
from jspmodel.proof import least_bound
from jspmodel.reproducible import dot
from jspmodel.scenario import Scenario
from jspmodel.selection.postoptimal.multiobjective.asked_levels import (
    loss_flaws,
    raise_all,
    reference_flaws,
    weight_flaws,
)
from jspmodel.selection.postoptimal.multiobjective.compromise_told import compromise_of, outcomes_of
from jspmodel.selection.postoptimal.multiobjective.objective_functions import (
    ObjectiveFunction,
    objective_functions,
)
from jspmodel.selection.postoptimal.multiobjective.objective_model import ReferencePoint, state_objectives
from jspmodel.selection.postoptimal.multiobjective.objective_search import ObjectiveSearch, Question
from jspmodel.selection.postoptimal.multiobjective.outcomes import CompromisePlan, PayoffTable
from jspmodel.selection.postoptimal.multiobjective.payoff import (
    best_of,
    lexicographic,
    payoff_of,
    search_work,
)
from jspmodel.solver import Array

SHARE = 0.1
"""Share of the scenario's effort for the search of a plan, or of each level."""
AUGMENTED = 1e-3
"""What the sum of all achievements counts beside the least of them, so that the plan is efficient."""
CLOSE = 1e-6
"""Difference between what a plan achieves and the bound that counts as none."""

Told = Callable[[float], None]


@computed_once()
def hierarchical_plan(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    objectives: Sequence[str],
    losses: Sequence[float] = (),
    *,
    progress: Told | None = None,
) -> CompromisePlan:
    r"""Choose a plan by objectives of which each goes before the next.

    .. math:: z_k = \max f_k(x) \quad \text{such that} \quad f_j(x) \ge (1 - \lambda_j) \, z_j
        \quad \text{for each } j < k

    :math:`\lambda_j` is the part of its best value that an objective may lose for those after it (of one of
    which less is better it may grow by that part). This is the hierarchical approach of Gurobi and
    prioritizr 9 (``rel_tol``).

    Parameters
    ----------
    case : Case
    scenario : Scenario
        ``solver.effort`` says how much is done.
    plan : Plan
        The answer to both; rules as in ``pareto_front``.
    objectives : sequence of str
        As of ``payoff_table``, the most important first.
    losses : sequence of float
        A share, 0 to 1, for each objective but the last; nothing may be lost unless given.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    CompromisePlan

    Raises
    ------
    DataError
        If an objective is not known or there twice, losses are not one less than objectives, or not shares.
    """
    functions = objective_functions(case, scenario, objectives)
    raise_all(loss_flaws(objectives, losses))
    count, allowed = len(functions), [*losses] or [0.0] * (len(functions) - 1)
    search = _search(case, scenario, plan, functions)
    work = search_work(search, scenario, SHARE)
    levels = lexicographic(search, range(count), np.array([*allowed, 0.0]), work, progress)
    least = np.array([kept for *_, kept in levels])
    weights = np.eye(count)[-1]
    question = Question(weights, np.append(least[:-1], 0.0))
    choices = search.without_idle(best_of(search, question))
    gains, model = search.take(choices), search.model
    bounds = np.array([bound for _, bound, _ in levels])
    found = np.array([one for one, *_ in levels])
    told, kept = model.told(bounds.tolist()), model.told(least.tolist())
    outcomes = [
        replace(one, asked=(allowed[k],), least=kept[k]) if k < count - 1 else one
        for k, one in enumerate(outcomes_of(search, gains, told, [()] * count))
    ]
    proven = bool((bounds - found <= model.resolution).all())
    return compromise_of(search, plan, "hierarchical", choices, outcomes, proven=proven)


@computed_once()
def weighted_plan(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    objectives: Sequence[str],
    weights: Sequence[float] = (),
    *,
    progress: Told | None = None,
) -> CompromisePlan:
    r"""Choose the plan of the largest weighted sum of objectives, each normalised by the pay-off table.

    .. math:: \max \sum_k w_k \, \frac{f_k(x) - f_k^{\text{nadir}}}{f_k^{\text{ideal}} - f_k^{\text{nadir}}}

    Parameters
    ----------
    case, scenario, plan, objectives, progress
        As of ``hierarchical_plan``; the order does not matter.
    weights : sequence of float
        One an objective, each above 0; scaled so that they add up to 1. Equal unless given.

    Returns
    -------
    CompromisePlan
        Whatever the weights, such a plan lies on the concave hull of the front: ``pareto_front`` has those
        that do not.

    Raises
    ------
    DataError
        If an objective is not known or there twice, weights are not as many as objectives, or not above 0.
    """
    functions = objective_functions(case, scenario, objectives)
    raise_all(weight_flaws(objectives, weights))
    given = [*weights] or [1.0 / len(functions)] * len(functions)
    search = _search(case, scenario, plan, functions)
    payoff = payoff_of(search, scenario, plan, _part(progress, 0.0, 0.5))
    scaled = np.array(given) / sum(given)
    nadir, width = _normalised(search, payoff)
    question = Question(scaled / width, np.zeros(len(scaled)))
    bound = search.seek(question, search_work(search, scenario, SHARE))
    choices = search.without_idle(best_of(search, question))
    gains, shift = search.take(choices), float(dot(question.weights, nadir))
    achieved = float(dot(question.weights, gains))
    bound = max(achieved, least_bound(achieved, [bound, float(dot(question.weights, search.model.most))])[0])
    outcomes = outcomes_of(search, gains, [row.bound for row in payoff.rows], [(w,) for w in scaled.tolist()])
    told = compromise_of(search, plan, "weighted", choices, outcomes, proven=bound - achieved <= CLOSE)
    return replace(
        told,
        achieved=achieved - shift,
        bound=bound - shift,
        payoff=payoff,
        weights_scaled=not adds_up(sum(given)),
    )


@computed_once()
def reference_point_plan(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    objectives: Sequence[str],
    aspirations: Sequence[float],
    reservations: Sequence[float] = (),
    *,
    progress: Told | None = None,
) -> CompromisePlan:
    r"""Choose the plan that comes nearest to what is aspired to, by the objective that is furthest from it.

    .. math:: \max \; \min_k \sigma_k(x) + \rho \sum_k \sigma_k(x), \qquad
        \sigma_k(x) = \frac{f_k(x) - r_k}{a_k - r_k}

    (augmented achievement scalarising function: Wierzbicki, "The use of reference objectives in
    multiobjective optimization", 1980). :math:`a_k` is the aspiration, :math:`r_k` the reservation,
    :math:`\rho` is 0.001. The achievement is 1 where all aspirations are just reached, 0 where one objective
    is at its reservation; the plan is efficient whether or not they can be reached.

    Parameters
    ----------
    case, scenario, plan, objectives, progress
        As of ``hierarchical_plan``; the order does not matter.
    aspirations : sequence of float
        One an objective, in its unit.
    reservations : sequence of float
        What is still enough, worse than the aspirations; the nadir of the pay-off table unless given.

    Returns
    -------
    CompromisePlan

    Raises
    ------
    DataError
        If an objective is not known or there twice, or levels are not as many as objectives, or an
        aspiration is no better than its reservation.
    """
    functions = objective_functions(case, scenario, objectives)
    raise_all(reference_flaws(objectives, aspirations, reservations))
    count = len(functions)
    search = _search(case, scenario, plan, functions)
    if reservations:  # before the searches that take minutes
        _reference(search, objectives, aspirations, reservations)
    payoff = payoff_of(search, scenario, plan, _part(progress, 0.0, 0.5))
    reference = _reference(search, objectives, aspirations, reservations or payoff.nadir)
    wider = ObjectiveSearch(state_objectives(case, scenario, plan, functions, reference))
    for known in search.pool:
        wider.take(known)
    weights = np.append(AUGMENTED / reference.widths, 1.0)
    question = Question(weights, np.zeros(count + 1))
    bound = wider.seek(question, search_work(wider, scenario, SHARE))
    choices = wider.without_idle(best_of(wider, question))
    gains = wider.take(choices)
    achieved = float(dot(weights, gains))
    bound = max(achieved, least_bound(achieved, [bound, float(dot(weights, wider.model.most))])[0])
    # The part of the sum that is not the achievement itself is told as it is for the plan.
    least = float(gains[-1]) - reference.shift
    asked = list(zip(aspirations, reservations or payoff.nadir, strict=True))
    outcomes = outcomes_of(search, gains[:-1], [row.bound for row in payoff.rows], asked)
    told = compromise_of(search, plan, "reference_point", choices, outcomes, proven=bound - achieved <= CLOSE)
    return replace(told, achieved=least, bound=least + bound - achieved, payoff=payoff)


def _search(
    case: Case, scenario: Scenario, plan: Plan, functions: Sequence[ObjectiveFunction]
) -> ObjectiveSearch:
    """Return a search that knows the present plan."""
    search = ObjectiveSearch(state_objectives(case, scenario, plan, functions))
    search.take(tuple(plan.choices))
    return search


def _part(progress: Told | None, before: float, part: float) -> Told | None:
    return None if progress is None else lambda done: progress(before + part * done)


def _normalised(search: ObjectiveSearch, payoff: PayoffTable) -> tuple[Array, Array]:
    """Return the nadir, and how far the ideal is from it; as gains."""
    ideal, nadir = search.model.gains(payoff.ideal), search.model.gains(payoff.nadir)
    width = ideal - nadir
    # Where nothing is traded off, the objective is measured by what there can be of it.
    return nadir, np.where(width > search.model.resolution, width, np.maximum(search.model.most, 1.0))


def _reference(
    search: ObjectiveSearch, objectives: Sequence[str], high: Sequence[float], low: Sequence[float]
) -> ReferencePoint:
    """Return the reference point as gains; raise an error unless each aspiration is better."""
    aspirations, reservations = search.model.gains(high), search.model.gains(low)
    worse = ~(aspirations - reservations > search.model.resolution)  # what is no number is no better
    raise_all(
        [
            Problem("aspiration_no_better", values={"objective": name, "aspiration": a, "reservation": r})
            for name, a, r, bad in zip(objectives, high, low, worse.tolist(), strict=True)
            if bad
        ]
    )
    return ReferencePoint(aspirations, reservations)
