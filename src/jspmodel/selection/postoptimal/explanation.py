"""All that is asked of a plan at once: why these programmes, and which plans are nearly as good."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem
from jspmodel.measure import computed_once
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Plan
from jspmodel.processes import as_share, process_map, run_beside
from jspmodel.scenario import Scenario
from jspmodel.selection.postoptimal.alternatives import Alternatives, alternatives
from jspmodel.selection.postoptimal.budget_steps import ExactFrontier, exact_frontier
from jspmodel.selection.postoptimal.counterfactuals import WhyNot, is_worthless, why_not
from jspmodel.selection.postoptimal.customary import CustomaryPlans, customary_plans
from jspmodel.selection.postoptimal.importance import Importance, importance
from jspmodel.selection.postoptimal.multiobjective import ParetoFront, pareto_front, usual_objectives
from jspmodel.selection.postoptimal.nearby_plans import Choices
from jspmodel.selection.postoptimal.nested_plans import NestedPlan, nested_plan
from jspmodel.selection.postoptimal.robust_portfolios import RobustPortfolios, robust_portfolios
from jspmodel.selection.postoptimal.two_stage import TwoStagePlan, two_stage_plan
from jspmodel.selection.postoptimal.uncertain_effects import (
    Certainty,
    HedgedPlan,
    maximin_plan,
    minimax_regret_plan,
    surely_in,
)
from jspmodel.text import worded

FRONT = 0.1
"""Share of the scenario's effort for the front of two objectives, beside all other questions."""
FEW = 15
"""Programmes up to which it can mostly be proven what is right whatever effects or weights are."""
_Told = Callable[[float], None] | None


@dataclass(frozen=True)
class Explanation:
    """Why a plan is as it is, and what would change it; None where a question was not asked.

    Attributes
    ----------
    importance : Importance
    alternatives : Alternatives
    why_not : WhyNot or None
    nested : NestedPlan or None
    frontier : ExactFrontier or None
    roles : RobustPortfolios or None
    certainty : Certainty or None
    maximin, minimax_regret : HedgedPlan or None
    customary : CustomaryPlans or None
    two_stage : TwoStagePlan or None
    tradeoff : ParetoFront or None
        Of the objectives that ``usual_objectives`` names.
    """

    importance: Importance
    alternatives: Alternatives
    why_not: WhyNot | None = None
    nested: NestedPlan | None = None
    frontier: ExactFrontier | None = None
    roles: RobustPortfolios | None = None
    certainty: Certainty | None = None
    maximin: HedgedPlan | None = None
    minimax_regret: HedgedPlan | None = None
    customary: CustomaryPlans | None = None
    two_stage: TwoStagePlan | None = None
    tradeoff: ParetoFront | None = None


@computed_once()
def explain(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    *,
    workers: int = 2,
    progress: Callable[[str, float], None] | None = None,
) -> Explanation:
    """Answer all questions about a plan.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        Its ``solver.effort`` is shared among the questions: more effort, narrower intervals.
    plan : Plan
        The answer to both.
    workers : int
        Processes; the answers do not depend on them.
    progress : callable, optional
        Called with the name of a question that is under way and the share of it that is done: ``importance``,
        then ``why_not`` and ``others``, beside them ``nested``, from threads; then ``frontier`` and
        ``two_stage``.

    Returns
    -------
    Explanation
        ``nested`` and ``frontier`` are None under ``equity: max_min``; what is asked of effects where these
        do not count; ``certainty``, and ``roles`` under weights, with more than ``FEW`` programmes, where no
        proof is in reach: ask ``surely_in`` and ``robust_portfolios``; ``roles`` under weights by type of
        area, which are not looked at; ``two_stage`` where the scenario has no futures.

    Raises
    ------
    DataError
        If the plan is worth nothing: then nothing could be lost by any change.
    ScenarioError
        If the scenario asks for rules that do not go together.
    InfeasibleError
        If a programme that is locked in cannot be carried out whatever else is done.
    SolverError
        If the plan does not keep the rules of the case and scenario.
    """
    if is_worthless(plan):  # before the questions that take minutes
        raise worded(DataError, [Problem("plan_worth_nothing")])

    def told(question: str) -> _Told:
        if progress is None:
            return None
        progress(question, 0.0)
        return lambda done: progress(question, done)

    rising = scenario.equity.mode != "max_min"
    weigh, order = told("importance"), told("nested") if rising else None

    # What takes in all levels comes last of nested plans and is one long task: they go first.
    nested, (weights, why, apart) = run_beside(
        [
            lambda: nested_plan(case, scenario, plan, workers=workers, progress=order) if rising else None,
            lambda: _about_programs(case, scenario, plan, workers, weigh, told),
        ],
        workers,
    )
    steps = None
    if rising:
        steps = exact_frontier(
            case, scenario, plan, plans=_plans(nested), workers=workers, progress=told("frontier")
        )
    staged = None
    if scenario.two_stage.asked:
        staged = two_stage_plan(case, scenario, workers=workers, progress=told("two_stage"))
    return Explanation(weights, why_not=why, nested=nested, frontier=steps, two_stage=staged, **apart)


def _about_programs(
    case: Case, scenario: Scenario, plan: Plan, workers: int, weigh: _Told, told: Callable[[str], _Told]
) -> tuple[Importance, WhyNot, dict[str, Any]]:
    """Say how much each programme matters; then all that builds on it."""
    weights = importance(case, scenario, plan, workers=workers, progress=weigh)
    given = _Asked(case, scenario, plan, weights)
    asked = [name for name in _APART if _makes_sense(name, case, scenario)]
    refused, others = told("why_not"), as_share(told("others"), 0.0, 1.0, len(asked))
    # The others are few and long: what is left of why not fills up beside the last of them.
    answers, why = run_beside(
        [
            lambda: process_map(_ask, given, asked, workers, others),
            lambda: why_not(case, scenario, plan, known=weights, workers=workers, progress=refused),
        ],
        workers,
    )
    return weights, why, dict(zip(asked, answers, strict=True))


def _makes_sense(question: str, case: Case, scenario: Scenario) -> bool:
    """Return whether there can be an answer, and one that is worth its time."""
    effects, few = COUNTS[scenario.objective].effects, len(case.programs) <= FEW
    if question == "certainty":
        return effects and few
    if question == "roles":
        return not effects or (few and not scenario.weights_by_area_type)
    return effects or question not in {"maximin", "minimax_regret"}


@dataclass(frozen=True)
class _Asked:
    """What questions are asked about that are answered side by side, each in one process."""

    case: Case
    scenario: Scenario
    plan: Plan
    importance: Importance


def _ask(given: _Asked, question: str) -> Any:
    return _APART[question](given)


def _inputs(given: _Asked) -> tuple[Case, Scenario, Plan]:
    return given.case, given.scenario, given.plan


def _plans(nested: NestedPlan | None) -> tuple[Choices, ...]:
    """Return the plans that are known for other budgets."""
    levels = nested.levels if nested else ()
    both = (one for level in levels for one in (level.choices, level.free_choices))
    return tuple(one for one in both if one is not None)


# The longest come first: what is left for the other process is then short.
_APART: Mapping[str, Callable[[_Asked], object]] = {
    "tradeoff": lambda given: pareto_front(
        *_inputs(given), usual_objectives(given.case, given.scenario), share=FRONT
    ),
    "minimax_regret": lambda given: minimax_regret_plan(*_inputs(given), workers=1),
    "alternatives": lambda given: alternatives(*_inputs(given), known=given.importance),
    "maximin": lambda given: maximin_plan(*_inputs(given), workers=1),
    "customary": lambda given: customary_plans(*_inputs(given), workers=1),
    "roles": lambda given: robust_portfolios(*_inputs(given), workers=1),
    "certainty": lambda given: surely_in(*_inputs(given), workers=1),
}
