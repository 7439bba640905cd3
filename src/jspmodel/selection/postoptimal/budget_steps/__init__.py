"""Where the best plan changes as the budgets grow, and from which budget on a programme is in it."""

from jspmodel.selection.postoptimal.budget_steps.budget_presence import (
    BudgetPresence,
    Stretch,
    budget_presence,
)
from jspmodel.selection.postoptimal.budget_steps.exact_frontier import exact_frontier
from jspmodel.selection.postoptimal.budget_steps.frontier_steps import (
    ExactFrontier,
    FrontierBound,
    FrontierStep,
)

__all__ = [
    "BudgetPresence",
    "ExactFrontier",
    "FrontierBound",
    "FrontierStep",
    "Stretch",
    "budget_presence",
    "exact_frontier",
]
