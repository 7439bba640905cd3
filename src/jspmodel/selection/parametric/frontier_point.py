"""One budget of the frontier: its plan and what no plan exceeds."""

from __future__ import annotations

from dataclasses import dataclass

from jspmodel.plan import Choice
from jspmodel.proof import Finding, finding, relative_gap


@dataclass(frozen=True)
class FrontierPoint:
    """A plan at one budget.

    Attributes
    ----------
    scale : float
        Factor on all budgets, in place of ``budget_scale.all``.
    budget : float
        Rp billion of all funds and years together.
    choices : tuple of Choice or None
        The best plan found, in table order; None where no plan is known: then what is locked in or demanded
        costs more than the budget, or no plan was found.
    objective, bound : float
        What the plan is worth (NaN without one), and what no plan at this budget exceeds (``-inf`` where it
        is proven that there is no plan).
    tolerance : float
        What the price of money may take from either at this budget.
    """

    scale: float
    budget: float
    choices: tuple[Choice, ...] | None
    objective: float
    bound: float
    tolerance: float = 0.0

    @property
    def gap(self) -> float | None:
        """As that of a ``Plan``: None where nothing is proven, or there is no plan."""
        return relative_gap(self.objective, self.bound, self.tolerance)

    @property
    def finding(self) -> Finding:
        """Whether a plan was found, none was, or it is proven that there is none."""
        return finding(found=self.choices is not None, bound=self.bound)
