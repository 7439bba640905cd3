"""The steps of the budget scale, as values: what is found at each, what is proven of it and between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import pandas as pd

from jspmodel.plan import Choice

CLOSE = 1e-9
"""Scales that differ by no more are the same."""


@dataclass(frozen=True)
class FrontierBound:
    """What is proven at one budget.

    Attributes
    ----------
    scale : float
        Factor on all budgets.
    bound : float or None
        No plan at this budget, or at any smaller one, is worth more; None: there is no plan at all.
    """

    scale: float
    bound: float | None


@dataclass(frozen=True)
class FrontierStep:
    """A budget from which on a better plan is known.

    Attributes
    ----------
    scale : float
        The least factor on all budgets at which the plan can be paid; the beginning of the range for a plan
        that needs less.
    budget : float
        Rp billion of all funds and years together.
    objective : float
        What the plan is worth.
    bound : float or None
        No plan at this budget is worth more; None: nothing is proven of it.
    choices : tuple of Choice
        In table order.
    least : float or None
        No plan at this factor or a smaller one is worth as much. None: nothing is proven of it, as for a step
        that stands at the beginning of the range.
    until : float or None
        Up to this factor no plan is worth more: nothing changes from ``scale`` to here. None: not even here
        is it proven that the plan is the best.
    proven : bool
        Whether the best plan is worth so much from exactly here on: the bound just below is under the plan,
        and the bound here is the plan.
    """

    scale: float
    budget: float
    objective: float
    bound: float | None
    choices: tuple[Choice, ...]
    least: float | None
    until: float | None
    proven: bool


@dataclass(frozen=True)
class ExactFrontier:
    """What the best plan is worth at every budget, as steps.

    Attributes
    ----------
    steps : tuple of FrontierStep
        By rising scale and objective: the best plans known. The first stands at the beginning of the range,
        unless no plan is known there.
    bounds : tuple of FrontierBound
        By rising scale and bound: what is proven of all plans, as a step function too.
    today : float
        Factor on all budgets in the scenario.
    least, most : float
        The range of the factor that was looked at.
    resolution : float
        Steps that are nearer to each other than this, as a factor, are told as one.
    money : float
        Rp billion of all budgets together at a factor of 1, without what is carried over.
    floor : float or None
        With an equity floor: the part of the plan's own impact that each region reaches in each plan.
    exact : bool
        Whether every step is proven, nothing changes between one and the next, and below the first there is
        no plan: then these are all steps there are.
    dropped_bounds : int
        Bounds that a plan in hand showed to be wrong; they prove nothing.
    carried : float
        Rp billion carried over from years past, which no factor changes.
    """

    steps: tuple[FrontierStep, ...]
    bounds: tuple[FrontierBound, ...]
    today: float
    least: float
    most: float
    resolution: float
    money: float
    floor: float | None
    exact: bool
    dropped_bounds: int = 0
    carried: float = 0.0

    def at(self, scale: float) -> FrontierStep | None:
        """Return the step whose plan is the best known at a factor on all budgets; None where none is."""
        place = bisect_right([step.scale - CLOSE for step in self.steps], scale)
        return self.steps[place - 1] if place else None

    def bound(self, scale: float) -> float:
        """Return what no plan at a factor on all budgets is worth more than.

        ``-inf`` where there is no plan, infinite beyond what was looked at.
        """
        place = bisect_left([one.scale + CLOSE for one in self.bounds], scale)
        if place == len(self.bounds):
            return inf
        bound = self.bounds[place].bound
        return -inf if bound is None else bound

    def gain(self, low: float, high: float) -> tuple[float, float]:
        """Return what is proven of how much more the best plan is worth at a larger budget.

        Parameters
        ----------
        low, high : float
            Factors on all budgets.

        Returns
        -------
        least, most : float
            The gain lies between them; ``most`` is infinite where nothing is proven of it.
        """
        before, after = self.at(low), self.at(high)
        if before is None or after is None:
            return 0.0, inf
        return max(0.0, after.objective - self.bound(low)), max(0.0, self.bound(high) - before.objective)

    @property
    def spans(self) -> tuple[tuple[FrontierStep, float], ...]:
        """Each step with the factor at which the next begins, or the range ends."""
        return spans_of(self.steps, self.most)

    @property
    def unchanged(self) -> tuple[tuple[float, float], ...]:
        """From which to which factor it is proven that nothing changes."""
        return tuple((step.scale, step.until) for step in self.steps if step.until is not None)

    @property
    def table(self) -> pd.DataFrame:
        """One row a step: scale, budget (Rp billion), objective, bound, least, until, proven, programs.

        ``programs`` are codes joined by a blank; ``least`` and ``until`` are NaN where nothing is proven.
        """
        columns = ("scale", "budget", "objective", "bound", "least", "until")
        table = pd.DataFrame({name: [getattr(s, name) for s in self.steps] for name in columns}, dtype=float)
        programs = [" ".join(choice.program for choice in step.choices) for step in self.steps]
        return table.assign(proven=[step.proven for step in self.steps], programs=programs)


def spans_of(steps: Sequence[FrontierStep], most: float) -> tuple[tuple[FrontierStep, float], ...]:
    """Return each step with the factor at which the next begins, or the range ends."""
    ends = [*(step.scale for step in steps), most][1:]
    return tuple(zip(steps, ends, strict=True))
