"""Post-optimality analysis: why this plan, and what would change it."""

from jspmodel.selection.postoptimal.budget_presence import BudgetPresence, Stretch, budget_presence
from jspmodel.selection.postoptimal.exact_frontier import exact_frontier
from jspmodel.selection.postoptimal.frontier_steps import ExactFrontier, FrontierBound, FrontierStep

__all__ = [
    "BudgetPresence",
    "ExactFrontier",
    "FrontierBound",
    "FrontierStep",
    "Stretch",
    "budget_presence",
    "exact_frontier",
]
