"""Families of models that differ in numbers only: budgets, effects, weights, locks."""

from jspmodel.selection.parametric.frontier import Frontier, FrontierPoint, budget_frontier
from jspmodel.selection.parametric.live import LiveModel, LivePlan, live_model
from jspmodel.selection.parametric.robust_portfolio import Robustness, robustness

__all__ = [
    "Frontier",
    "FrontierPoint",
    "LiveModel",
    "LivePlan",
    "Robustness",
    "budget_frontier",
    "live_model",
    "robustness",
]
