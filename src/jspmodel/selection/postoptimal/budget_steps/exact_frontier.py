"""The exact frontier: every step of the budgets at which the best plan is worth more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf

import numpy as np

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.parametric import ParametricModel, budget_frontier, state_parametric_model
from jspmodel.selection.postoptimal.budget_steps.frontier_proofs import Known, frontier_of
from jspmodel.selection.postoptimal.budget_steps.frontier_steps import ExactFrontier
from jspmodel.selection.postoptimal.budget_steps.frontier_walk import FrontierWalk
from jspmodel.selection.postoptimal.budget_steps.relaxed_budgets import relaxed_bounds
from jspmodel.selection.postoptimal.budget_steps.scaled_budgets import ScaledPlan, same
from jspmodel.selection.postoptimal.nearby_plans import Choices
from jspmodel.solver import effort_units

MOST = 1.5
"""Factor on the budgets up to which steps are sought unless asked otherwise."""
SHARE = 0.1
"""Share of the scenario's effort for the walk from step to step; as much again where it does not end."""
POINT = 2.0
"""Units of work that a point of ``budget_frontier`` stands for."""
FEWEST = 7
"""Points at least."""
FINE, USUAL = 8, 100_000
"""Relaxations for each point, and coefficients of the model above which they are fewer."""

Told = Callable[[float], None]


@computed_once()
def exact_frontier(
    case: Case,
    scenario: Scenario,
    plan: Plan | None = None,
    *,
    least: float = 0.0,
    most: float = MOST,
    plans: Sequence[Choices] = (),
    workers: int = 2,
    progress: Told | None = None,
) -> ExactFrontier:
    r"""Find all steps of the budgets at which the best plan is worth more, and prove that these are all.

    With *s* the factor on all budgets, *w* what a plan is worth and *m* the least factor at which it can be
    paid,

    .. math:: v(s) = \max \{ w(x) : m(x) \le s \}

    is a step function. A walk goes from ``most`` down: at *s* it finds v(s) by branch and bound, m(x) of the
    plan found by a linear programme, and searches on a hair below m(x). That search proves that no plan is
    worth as much with less money, and finds the next step: so steps that no weighting of worth against money
    would find are found too. Where it finds another plan of the same worth instead, the least budget of that
    worth is sought by branch and bound, *s* being a column:

    .. math:: \min s \quad \text{subject to} \quad w(x) \ge v, \quad \sum_p \text{pay}_{pft} \le s \, B_{ft}

    A model for which that takes too long is told by two step functions, of the best plans found
    (``budget_frontier``) and of bounds (relaxations, eight for each point of a model that is not large): a
    step is proven where the bound just below it is under the plan here, and the bound here is the plan. For
    any other step ``least`` says below which budget no plan is worth as much.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        ``solver.effort`` says how much is done; ``solver.gap`` and ``solver.time_limit`` play no part.
    plan : Plan, optional
        The answer to both: where the walk does not get to its budgets it is one of the plans found, and
        without an equity rule its bound is one of the bounds.
    least, most : float
        The smallest and the largest factor on all budgets, in place of ``budget_scale.all``.
    plans : sequence of tuples of Choice
        Plans that keep all rules at some budgets, such as those of ``nested_plan``: where the walk does not
        get to what they need they are among the plans found.
    workers : int
        Processes; the result does not depend on them.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    ExactFrontier
        An equity floor is kept as ``budget_frontier`` keeps it: as a share of each plan's own impact.

    Raises
    ------
    ValueError
        If not ``0 <= least < most``, both finite.
    ScenarioError, InfeasibleError
        As ``budget_frontier``.

    References
    ----------
    Marsten and Morin (1977). Parametric integer programming: the right-hand-side case.
    Jenkins (1990). Parametric methods in integer linear programming.
    """
    if not 0 <= least < most < inf:
        raise ValueError("least must be at least 0 and below most, and most finite")
    common = state_parametric_model(case, scenario)
    work = SHARE * effort_units(scenario.solver.effort, common.matrix.entries)
    walk = FrontierWalk(common, least, most, work)
    walk.run(progress)
    known = Known(tuple(walk.plans), tuple(walk.bounds))
    if not walk.done and walk.at > least:
        rest = _Rest(common, walk, plan, least, workers, progress)
        known = rest.known(plans)
    scales = (scenario.budget_scale.all, least, most)
    return frontier_of(known, scales, walk.resolution, common.money, common.floor)


class _Rest:
    """What the walk did not get to: plans and bounds at points, bounds between them and just below steps."""

    def __init__(
        self,
        common: ParametricModel,
        walk: FrontierWalk,
        plan: Plan | None,
        least: float,
        workers: int,
        progress: Told | None,
    ) -> None:
        self._common, self._walk, self._plan, self._least = common, walk, plan, least
        self._workers, self._progress = workers, progress
        units = SHARE * effort_units(common.scenario.solver.effort, 0)
        self._points = max(FEWEST, round(units / POINT))
        self._fine = max(1, round(FINE * min(1.0, USUAL / common.matrix.entries)))

    def known(self, given: Sequence[Choices]) -> Known:
        """Return plans and bounds of both, and plans that are given."""
        common, walk, least = self._common, self._walk, self._least
        found = budget_frontier(
            common.case,
            common.scenario,
            self._points,
            least=least,
            most=walk.at,
            known=() if self._plan is None else self._plan.choices,
            workers=self._workers,
            progress=self._told(0.0, 0.8),
        )
        choices = dict.fromkeys(point.choices for point in found.points if point.choices is not None)
        others = [one for one in map(walk.model.plan, given) if least <= one.needs <= walk.at]
        plans = [*walk.plans, *map(walk.model.plan, choices), *others]
        bounds = [*walk.bounds, *((point.scale, point.bound) for point in found.points)]
        today = common.scenario.budget_scale.all
        if self._plan is not None and least <= today <= walk.at:
            mine = walk.model.plan(self._plan.choices)
            plans.append(mine)
            bounds += [(today, self._plan.bound)] if _answers(self._plan, mine, today) else []
        below = (plan.needs - walk.resolution for plan in plans)
        scales = [
            *np.linspace(least, walk.at, self._fine * self._points).tolist(),
            *(s for s in below if least < s < walk.at),
        ]
        bounds += relaxed_bounds(common, scales, self._workers, told=self._told(0.8, 0.2))
        return Known(tuple(plans), tuple(bounds), common.slack)

    def _told(self, before: float, part: float) -> Told | None:
        """Return whom to tell of a part of what the walk left."""
        told, walked = self._progress, self._walk.walked
        return None if told is None else lambda done: told(walked + (1 - walked) * (before + part * done))


def _answers(plan: Plan, mine: ScaledPlan, today: float) -> bool:
    """Return whether a plan is worth what it says, and can be paid, so that its bound is one here.

    With an equity rule it is not: the floor of the selection is another.
    """
    alike = abs(mine.objective - plan.objective) <= same(plan.objective)
    return plan.equity is None and alike and mine.needs <= today + same(today)
