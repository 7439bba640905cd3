"""Post-optimality analysis: why this plan, and what would change it."""

from jspmodel.selection.postoptimal.alternatives import Alternative, Alternatives, alternatives
from jspmodel.selection.postoptimal.budget_steps import (
    BudgetPresence,
    ExactFrontier,
    FrontierBound,
    FrontierStep,
    Stretch,
    budget_presence,
    exact_frontier,
)
from jspmodel.selection.postoptimal.certificate import Certificate, certify
from jspmodel.selection.postoptimal.counterfactuals import (
    Change,
    Obstacle,
    ProgramWhyNot,
    WhyNot,
    is_worthless,
    why_not,
)
from jspmodel.selection.postoptimal.customary import (
    CustomaryPlan,
    CustomaryPlans,
    Dropped,
    RegionShare,
    customary_plans,
)
from jspmodel.selection.postoptimal.explanation import Explanation, explain
from jspmodel.selection.postoptimal.importance import Importance, ProgramImportance, importance
from jspmodel.selection.postoptimal.nested_plans import NestedLevel, NestedPlan, nested_plan
from jspmodel.selection.postoptimal.robust_portfolios import (
    NondominatedPortfolio,
    ProgramRole,
    RobustPortfolios,
    robust_portfolios,
)
from jspmodel.selection.postoptimal.two_stage import (
    FutureWorth,
    StagedPlan,
    TwoStagePlan,
    two_stage_plan,
)
from jspmodel.selection.postoptimal.uncertain_effects import (
    Certainty,
    EffectScenario,
    HedgedPlan,
    ProgramCertainty,
    ScenarioWorth,
    Witness,
    effect_scenarios,
    maximin_plan,
    minimax_regret_plan,
    surely_in,
    wilson_interval,
)

__all__ = [
    "Alternative",
    "Alternatives",
    "BudgetPresence",
    "Certainty",
    "Certificate",
    "Change",
    "CustomaryPlan",
    "CustomaryPlans",
    "Dropped",
    "EffectScenario",
    "ExactFrontier",
    "Explanation",
    "FrontierBound",
    "FrontierStep",
    "FutureWorth",
    "HedgedPlan",
    "Importance",
    "NestedLevel",
    "NestedPlan",
    "NondominatedPortfolio",
    "Obstacle",
    "ProgramCertainty",
    "ProgramImportance",
    "ProgramRole",
    "ProgramWhyNot",
    "RegionShare",
    "RobustPortfolios",
    "ScenarioWorth",
    "StagedPlan",
    "Stretch",
    "TwoStagePlan",
    "WhyNot",
    "Witness",
    "alternatives",
    "budget_presence",
    "certify",
    "customary_plans",
    "effect_scenarios",
    "exact_frontier",
    "explain",
    "importance",
    "is_worthless",
    "maximin_plan",
    "minimax_regret_plan",
    "nested_plan",
    "robust_portfolios",
    "surely_in",
    "two_stage_plan",
    "why_not",
    "wilson_interval",
]
