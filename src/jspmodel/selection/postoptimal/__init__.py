"""Post-optimality analysis: why this plan, and what would change it."""

from jspmodel.selection.postoptimal.robust_portfolio_modeling import (
    NondominatedPortfolio,
    ProgramRole,
    RobustPortfolios,
    robust_portfolios,
)

__all__ = ["NondominatedPortfolio", "ProgramRole", "RobustPortfolios", "robust_portfolios"]
