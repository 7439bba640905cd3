"""Families of models that differ in numbers only: budgets, effects, weights, locks."""

from jspmodel.selection.parametric.frontier import Frontier, budget_frontier
from jspmodel.selection.parametric.frontier_point import FrontierPoint
from jspmodel.selection.parametric.frontier_search import PlanMeasure
from jspmodel.selection.parametric.live import LiveModel, LivePlan, live_model
from jspmodel.selection.parametric.parametric_model import (
    ParametricModel,
    ScaledMoney,
    as_parametric,
    state_model_of_plan,
    state_parametric_model,
)
from jspmodel.selection.parametric.portfolio import Portfolios
from jspmodel.selection.parametric.robust_portfolio import Robustness, robustness

__all__ = [
    "Frontier",
    "FrontierPoint",
    "LiveModel",
    "LivePlan",
    "ParametricModel",
    "PlanMeasure",
    "Portfolios",
    "Robustness",
    "ScaledMoney",
    "as_parametric",
    "budget_frontier",
    "live_model",
    "robustness",
    "state_model_of_plan",
    "state_parametric_model",
]
