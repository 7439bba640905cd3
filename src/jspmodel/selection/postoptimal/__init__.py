"""Post-optimality analysis: why this plan, and what would change it."""

from jspmodel.selection.postoptimal.alternatives import Alternative, Alternatives, alternatives
from jspmodel.selection.postoptimal.brought_plans import Dropped
from jspmodel.selection.postoptimal.budget_presence import BudgetPresence, Stretch, budget_presence
from jspmodel.selection.postoptimal.certificate import Certificate, certify
from jspmodel.selection.postoptimal.customary_plans import customary_plans
from jspmodel.selection.postoptimal.customary_results import CustomaryPlan, CustomaryPlans, RegionShare
from jspmodel.selection.postoptimal.exact_frontier import exact_frontier
from jspmodel.selection.postoptimal.explanation import Explanation, explain
from jspmodel.selection.postoptimal.frontier_steps import ExactFrontier, FrontierBound, FrontierStep
from jspmodel.selection.postoptimal.importance import Importance, ProgramImportance, importance
from jspmodel.selection.postoptimal.nested_levels import NestedLevel, NestedPlan
from jspmodel.selection.postoptimal.nested_plan import nested_plan

__all__ = [
    "Alternative",
    "Alternatives",
    "BudgetPresence",
    "Certificate",
    "CustomaryPlan",
    "CustomaryPlans",
    "Dropped",
    "ExactFrontier",
    "Explanation",
    "FrontierBound",
    "FrontierStep",
    "Importance",
    "NestedLevel",
    "NestedPlan",
    "ProgramImportance",
    "RegionShare",
    "Stretch",
    "alternatives",
    "budget_presence",
    "certify",
    "customary_plans",
    "exact_frontier",
    "explain",
    "importance",
    "nested_plan",
]
