"""Post-optimality analysis: why this plan, and what would change it."""

from jspmodel.selection.postoptimal.alternatives import Alternative, Alternatives, alternatives
from jspmodel.selection.postoptimal.brought_plans import Dropped
from jspmodel.selection.postoptimal.budget_presence import BudgetPresence, Stretch, budget_presence
from jspmodel.selection.postoptimal.certificate import Certificate, certify
from jspmodel.selection.postoptimal.customary_plans import customary_plans
from jspmodel.selection.postoptimal.customary_results import CustomaryPlan, CustomaryPlans, RegionShare
from jspmodel.selection.postoptimal.effect_scenarios import EffectScenario, effect_scenarios
from jspmodel.selection.postoptimal.exact_frontier import exact_frontier
from jspmodel.selection.postoptimal.explanation import Explanation, explain
from jspmodel.selection.postoptimal.frontier_steps import ExactFrontier, FrontierBound, FrontierStep
from jspmodel.selection.postoptimal.importance import Importance, ProgramImportance, importance
from jspmodel.selection.postoptimal.largest_regret import Witness
from jspmodel.selection.postoptimal.minimax_regret import (
    HedgedPlan,
    ScenarioWorth,
    maximin_plan,
    minimax_regret_plan,
)
from jspmodel.selection.postoptimal.nested_levels import NestedLevel, NestedPlan
from jspmodel.selection.postoptimal.nested_plan import nested_plan
from jspmodel.selection.postoptimal.obstacles import Obstacle
from jspmodel.selection.postoptimal.robust_portfolio_modeling import (
    NondominatedPortfolio,
    ProgramRole,
    RobustPortfolios,
    robust_portfolios,
)
from jspmodel.selection.postoptimal.surely_in import Certainty, ProgramCertainty, surely_in, wilson_interval
from jspmodel.selection.postoptimal.why_not import Change, ProgramWhyNot, WhyNot, why_not

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
    "Stretch",
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
    "maximin_plan",
    "minimax_regret_plan",
    "nested_plan",
    "robust_portfolios",
    "surely_in",
    "why_not",
    "wilson_interval",
]
