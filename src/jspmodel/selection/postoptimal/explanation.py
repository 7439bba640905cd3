"""All that is asked of a plan at once: why these programmes, and which plans are nearly as good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.postoptimal.alternatives import Alternatives, alternatives
from jspmodel.selection.postoptimal.budget_steps import ExactFrontier
from jspmodel.selection.postoptimal.counterfactuals import WhyNot
from jspmodel.selection.postoptimal.customary import CustomaryPlans
from jspmodel.selection.postoptimal.importance import Importance, importance
from jspmodel.selection.postoptimal.nested_plans import NestedPlan
from jspmodel.selection.postoptimal.robust_portfolios import RobustPortfolios
from jspmodel.selection.postoptimal.uncertain_effects import Certainty, HedgedPlan


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
        Called with the name of the question that is under way (``importance``, ``alternatives``) and the
        share of it that is done.

    Returns
    -------
    Explanation

    Raises
    ------
    ScenarioError
        If the scenario asks for rules that do not go together.
    """

    def told(question: str) -> Callable[[float], None] | None:
        if progress is None:
            return None
        progress(question, 0.0)
        return lambda done: progress(question, done)

    weights = importance(case, scenario, plan, workers=workers, progress=told("importance"))
    others = alternatives(case, scenario, plan, progress=told("alternatives"))
    return Explanation(weights, others)
