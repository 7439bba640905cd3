"""Robust Portfolio Modeling: core, borderline, exterior programmes where scores or weights are intervals."""

from jspmodel.selection.postoptimal.robust_portfolios.robust_portfolio_modeling import (
    NondominatedPortfolio,
    ProgramRole,
    RobustPortfolios,
    robust_portfolios,
)

__all__ = [
    "NondominatedPortfolio",
    "ProgramRole",
    "RobustPortfolios",
    "robust_portfolios",
]
