"""The walk from one step of the budgets down to the next: each search proves a step and finds the next."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from jspmodel.selection.parametric import ParametricModel
from jspmodel.selection.postoptimal.budget_steps.frontier_steps import CLOSE
from jspmodel.selection.postoptimal.budget_steps.scaled_budgets import ScaledBudgets, same
from jspmodel.solver import Effort

WHOLE = 1000
"""Whole columns up to which the walk is tried."""
PATIENCE = 0.1
"""Part of the walk's effort that one search may take, and that may be spent before the walk is judged."""
PACE = 4.0
"""How many times the part of the range that is walked the part of the effort that is spent may be."""
MONEY = 0.001
"""Rp billion of all budgets together that steps must be apart to be told apart: Rp 1 million."""
WIDER = 8.0
"""How many times further down is looked where a plan can still be paid, within the noise of the solver."""


class FrontierWalk:
    """Finds the steps of what the best plan is worth at a factor on all budgets, from the largest down.

    Attributes
    ----------
    plans : list of ScaledPlan
        Those found.
    bounds : list of (scale, bound)
        Those proven; each holds for all smaller factors.
    at : float
        Below this factor nothing is known.
    done : bool
        Whether all steps are found.
    resolution : float
        The largest difference in the factor between a step and the bound below it.

    Parameters
    ----------
    common : ParametricModel
    least, most : float
        The range of the factor.
    work : float
        Units that all searches together may take.
    """

    def __init__(self, common: ParametricModel, least: float, most: float, work: float) -> None:
        self._common, self._least, self._most, self._work = common, least, most, work
        self._effort = Effort(work)
        self.model = ScaledBudgets(common, most, self._effort, PATIENCE * work)
        self._hair = MONEY / (common.money.scaled or 1.0)
        self._apart = self.resolution = self._hair
        # Where nothing is demanded no plan at all is one: whoever says that there is none is then found out.
        self.plans = [plan for plan in [self.model.plan(())] if plan.needs < inf and plan.objective > -inf]
        self.bounds: list[tuple[float, float]] = []
        self.at, self.done = most, False

    @property
    def walked(self) -> float:
        """The part of the range that is known."""
        return 1.0 if self.done else (self._most - self.at) / (self._most - self._least)

    def run(self, told: Callable[[float], None] | None = None) -> None:
        """Walk until all steps are found, a search ends without proof, or the effort will not be enough."""
        go_on = int(self._common.matrix.integer.sum()) <= WHOLE
        while go_on:
            go_on = self._step() and not self.done and self._in_time()
            if told is not None:
                told(self.walked)

    def _in_time(self) -> bool:
        spent = self._effort.spent / self._work
        return spent < 1.0 and spent - PATIENCE <= PACE * self.walked

    def _step(self) -> bool:
        """Find the best plan at the budget reached, and go below what it needs; return if it is proven."""
        plan, bound = self.model.best(self.at)
        self.bounds.append((self.at, bound))
        if plan is None:
            self.done = bound == -inf
            return self.done
        self.plans.append(plan)
        if bound > plan.objective + same(plan.objective):
            return False
        if self._tied(plan.objective):
            self._seek_cheaper(plan.objective)
        needs = self._needs(plan.objective)
        self.done = needs <= self._least + CLOSE or self.at <= self._least
        self._go_below(needs)
        return True

    def _tied(self, worth: float) -> bool:
        """Return whether several plans known are worth so much, none of which does with the least budgets."""
        alike = [plan for plan in self.plans if abs(plan.objective - worth) <= same(worth)]
        return len(alike) > 1 and self._needs(worth) > self._least + CLOSE

    def _needs(self, worth: float) -> float:
        """Return the least budgets of the plans known that are worth so much."""
        return min(plan.needs for plan in self.plans if plan.objective >= worth - same(worth))

    def _seek_cheaper(self, worth: float) -> None:
        """Seek the least budgets for a worth that two plans have: more may have it."""
        cheapest, _ = self.model.cheapest(worth, self._least, self.at)
        if cheapest is not None and cheapest.objective >= worth - same(worth):
            self.plans.append(cheapest)

    def _go_below(self, needs: float) -> None:
        # A plan that needs more than there is was found within the noise of the solver.
        self._apart = WIDER * self._apart if needs > self.at else self._hair
        self.resolution = max(self.resolution, self._apart)
        self.at = max(self._least, min(self.at, needs) - self._apart)
