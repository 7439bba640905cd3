"""Post-optimality analysis: why this plan, and what would change it."""

from jspmodel.selection.postoptimal.effect_scenarios import EffectScenario, effect_scenarios
from jspmodel.selection.postoptimal.largest_regret import Witness
from jspmodel.selection.postoptimal.minimax_regret import (
    HedgedPlan,
    ScenarioWorth,
    maximin_plan,
    minimax_regret_plan,
)
from jspmodel.selection.postoptimal.robust_portfolio_modeling import (
    NondominatedPortfolio,
    ProgramRole,
    RobustPortfolios,
    robust_portfolios,
)
from jspmodel.selection.postoptimal.surely_in import (
    Certainty,
    ProgramCertainty,
    surely_in,
    wilson_interval,
)

__all__ = [
    "Certainty",
    "EffectScenario",
    "HedgedPlan",
    "NondominatedPortfolio",
    "ProgramCertainty",
    "ProgramRole",
    "RobustPortfolios",
    "ScenarioWorth",
    "Witness",
    "effect_scenarios",
    "maximin_plan",
    "minimax_regret_plan",
    "robust_portfolios",
    "surely_in",
    "wilson_interval",
]
