"""A plan in two stages: what starts before the news is the same in every future, what follows is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf, isfinite

import numpy as np

from jspmodel.case import Case
from jspmodel.errors import Problem, ScenarioError, SolverError
from jspmodel.measure import computed_once, horizon
from jspmodel.proof import Finding, finding, least_bound
from jspmodel.reproducible import dot
from jspmodel.scenario import Scenario, TwoStage
from jspmodel.selection.explanation import evaluate
from jspmodel.selection.postoptimal.nearby_plans import UNKNOWN, Answer, Choices
from jspmodel.selection.postoptimal.plan_model import state_level_models
from jspmodel.selection.postoptimal.two_stage.futures import FutureCase, futures_of, mean_future
from jspmodel.selection.postoptimal.two_stage.staged_plans import Bundle
from jspmodel.selection.postoptimal.two_stage.staged_results import FutureWorth, StagedPlan, TwoStagePlan
from jspmodel.selection.postoptimal.two_stage.staged_search import (
    AimFinding,
    Futures,
    StagedFinding,
    search_stages,
)
from jspmodel.solver import Array, RiskAversion, effort_units
from jspmodel.text import worded

SHARE = 0.25
"""Share of the scenario's effort for each future."""


@computed_once()
def two_stage_plan(
    case: Case,
    scenario: Scenario,
    *,
    workers: int = 2,
    progress: Callable[[float], None] | None = None,
) -> TwoStagePlan:
    r"""Plan for several futures of budgets and effects at once: what starts now, and what waits for the news.

    With d the futures of ``scenario.two_stage``, pi[d] how likely each is and z[d] what its plan is worth,
    the plan for the mean maximises sum_d pi[d] z[d], and the plan for the tail

        (1 - w) sum_d pi[d] z[d] + w CVaR(z)

    or, where ``least_tail`` is given, the mean of those plans whose CVaR reaches it. Each future's plan keeps
    all rules at its budgets and effects; what starts before ``recourse_year``, and with which regions, is
    the same in all (nonanticipativity), and is paid to its end in each. An equity floor is kept as a share of
    each plan's own impact, as by ``budget_frontier``.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    workers : int
        Processes; the answer does not depend on them.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    TwoStagePlan

    Raises
    ------
    ScenarioError
        If it states no futures, or their probabilities do not add up to 1; if it asks for
        ``equity: max_min``, or for rules that do not go together.
    InfeasibleError
        If a programme that is locked in cannot be carried out at any budget.
    SolverError
        If a plan found fails the audit of its future.

    References
    ----------
    Birge and Louveaux (2011). Introduction to Stochastic Programming, 2nd edition. Rockafellar and Uryasev
    (2000). Optimization of conditional value-at-risk.
    """
    asked = scenario.two_stage
    if not asked.asked:
        problem = Problem("futures_missing", f"{scenario.name}.yaml", column="two_stage.futures")
        raise worded(ScenarioError, [problem])
    futures = futures_of(case, scenario)
    news = asked.recourse_year or horizon(case, scenario)[0]
    mean = mean_future(case, scenario, futures)
    models = tuple(state_level_models(future.case, scenario, (1.0,))[0] for future in (*futures, mean))
    chances = tuple(future.probability for future in futures)
    scarcest = min(range(len(futures)), key=lambda place: futures[place].budget)
    stated = Futures(models, chances, news, scarcest)
    units = effort_units(scenario.solver.effort, models[0].stated.matrix.entries)
    aims = (RiskAversion(tail=asked.tail), RiskAversion(_weight(asked), asked.tail))
    limit = None if asked.least_tail is None else RiskAversion(0.0, asked.tail, asked.least_tail)
    found = search_stages(stated, aims, limit, SHARE * len(futures) * units, workers, progress)
    plans = [_staged(futures, news, one, found.alone) for one in found.aims]
    _audit(scenario, futures, [plan for plan in plans if plan is not None])
    return _summary(asked, news, futures, found, plans, 2 * stated.slack)


def _weight(asked: TwoStage) -> float:
    return asked.tail_weight if asked.least_tail is None else 1.0


def _summary(
    asked: TwoStage,
    news: int,
    futures: Sequence[FutureCase],
    found: StagedFinding,
    plans: Sequence[StagedPlan | None],
    tolerance: float,
) -> TwoStagePlan:
    mean_plan, tail_plan = plans[0], plans[-1]
    reach, tail_most = _reach(asked.least_tail, plans, _bound(found.aims[1], futures, found.alone), tolerance)
    start = found.of_mean.choices
    return TwoStagePlan(
        news,
        asked.tail,
        asked.tail_weight,
        asked.least_tail,
        tuple(_future(future, found, place) for place, future in enumerate(futures)),
        None if start is None else _begun(start, news),
        finding(found=mean_plan is not None, bound=min(one.bound for one in found.aims[:2])),
        mean_plan,
        tail_plan,
        tail_most,
        reach,
        tolerance,
    )


def _reach(
    least: float | None, plans: Sequence[StagedPlan | None], most: float, tolerance: float
) -> tuple[Finding, float | None]:
    """Return whether a plan reaches the least tail, and what no plan's tail value exceeds."""
    if least is None:
        return "found", None
    if len(plans) > 2:
        return "found", _finite(most)
    return "none" if most < least - tolerance else "not_found", _finite(most)


def _begun(choices: Choices, news: int) -> Choices:
    return tuple(choice for choice in choices if choice.start < news)


def _staged(
    futures: Sequence[FutureCase], news: int, found: AimFinding, alone: Sequence[Answer]
) -> StagedPlan | None:
    if found.bundle is None:
        return None
    bundle: Bundle = found.bundle
    worths, chances = _worths(bundle), _chances(futures)
    return StagedPlan(
        _begun(bundle[0][0], news),
        tuple(choices for choices, _ in bundle),
        tuple(worths.tolist()),
        float(dot(chances, worths)),
        found.aim.cvar(worths, chances),
        found.aim.value(worths, chances),
        _finite(_bound(found, futures, alone)),
    )


def _bound(found: AimFinding, futures: Sequence[FutureCase], alone: Sequence[Answer]) -> float:
    """Return what no plan exceeds: by all futures at once, or by each alone (the aim grows with each)."""
    bounds = np.array([answer.bound for answer in alone])
    if not np.isfinite(bounds).all():
        apart = -inf if (bounds == -inf).any() else inf
    else:
        apart = found.aim.value(bounds, _chances(futures))
    known = -inf if found.bundle is None else found.aim.value(_worths(found.bundle), _chances(futures))
    return max(least_bound(known, [found.bound, apart])[0], known)


def _worths(bundle: Bundle) -> Array:
    return np.array([worth for _, worth in bundle])


def _chances(futures: Sequence[FutureCase]) -> Array:
    return np.array([future.probability for future in futures])


def _future(future: FutureCase, found: StagedFinding, place: int) -> FutureWorth:
    alone = found.alone[place]
    follows = found.follows[place] if found.follows else UNKNOWN
    return FutureWorth(
        future.name,
        future.probability,
        future.source,
        future.budget,
        _finite(alone.objective),
        _finite(alone.bound),
        finding(found=alone.choices is not None, bound=alone.bound),
        _finite(follows.objective),
        _finite(follows.bound),
        finding(found=follows.choices is not None, bound=follows.bound),
    )


def _audit(scenario: Scenario, futures: Sequence[FutureCase], plans: Sequence[StagedPlan]) -> None:
    """Judge each plan by the tables of its future; an equity floor is one of the measure, judged before."""
    free = scenario.model_copy(update={"equity": scenario.equity.model_copy(update={"mode": "off"})})
    for plan in plans:
        for future, choices in zip(futures, plan.plans, strict=True):
            broken = ", ".join(check.rule for check in evaluate(future.case, free, choices).broken)
            if broken:
                raise worded(SolverError, [Problem("audit_failed", values={"rules": broken})])


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None
