"""The steps of the budget scale: what is found at each, what is proven of it, and between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import pandas as pd

from jspmodel.plan import Choice
from jspmodel.proof import contradicts
from jspmodel.selection.postoptimal.budget_steps.scaled_budgets import ScaledPlan, same

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
        Rp billion of all budgets together at a factor of 1.
    floor : float or None
        With an equity floor: the part of the plan's own impact that each region reaches in each plan.
    exact : bool
        Whether every step is proven, nothing changes between one and the next, and below the first there is
        no plan: then these are all steps there are.
    dropped_bounds : int
        Bounds that a plan in hand showed to be wrong; they prove nothing.
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
        return _spans(self.steps, self.most)

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


@dataclass(frozen=True)
class Known:
    """Plans that were found and bounds that were proven, in any order.

    Attributes
    ----------
    plans : tuple of ScaledPlan
    bounds : tuple of (scale, bound)
        Each holds for all smaller factors too; ``-inf``: there is no plan.
    price : float
        What the price of money may take from a bound at a factor of 1.
    """

    plans: tuple[ScaledPlan, ...] = ()
    bounds: tuple[tuple[float, float], ...] = ()
    price: float = 0.0


def frontier_of(
    known: Known,
    scales: tuple[float, float, float],
    resolution: float,
    money: float,
    floor: float | None,
) -> ExactFrontier:
    """Put plans and bounds together: plans hold for larger budgets, bounds for smaller ones.

    Parameters
    ----------
    known : Known
    scales : (today, least, most)
    resolution, money, floor
        As of ``ExactFrontier``.

    Returns
    -------
    ExactFrontier
    """
    today, least, most = scales
    plans = _better_and_better(known.plans, least, most)
    stated = [one for one in known.bounds if one[1] < inf]
    kept = [one for one in stated if not _contradicted(one, plans)]
    bounds = _lower_and_lower(kept)
    steps = [_step(plan, bounds, known.price, least, resolution, money) for plan in plans]
    flat = (s.until is not None and s.until >= end - resolution - CLOSE for s, end in _spans(steps, most))
    return ExactFrontier(
        tuple(steps),
        tuple(FrontierBound(scale, None if bound == -inf else bound) for scale, bound in bounds),
        today,
        least,
        most,
        resolution,
        money,
        floor,
        all(step.proven for step in steps) and all(flat) and _none_below(steps, bounds, scales, resolution),
        len(stated) - len(kept),
    )


def _spans(steps: Sequence[FrontierStep], most: float) -> tuple[tuple[FrontierStep, float], ...]:
    ends = [*(step.scale for step in steps), most][1:]
    return tuple(zip(steps, ends, strict=True))


def _none_below(
    steps: Sequence[FrontierStep],
    bounds: Sequence[tuple[float, float]],
    scales: tuple[float, float, float],
    resolution: float,
) -> bool:
    """Return whether it is proven that there is no plan below the first step; without steps: none at all."""
    _, least, most = scales
    if steps and steps[0].scale <= least + CLOSE:
        return True
    below = steps[0].scale - resolution if steps else most
    return any(at >= below - CLOSE and bound == -inf for at, bound in bounds)


def _better_and_better(plans: Sequence[ScaledPlan], least: float, most: float) -> list[ScaledPlan]:
    """Return plans of which none is worth as much as, or more than, the next, by rising need."""
    chosen: list[ScaledPlan] = []
    for plan in sorted(plans, key=lambda plan: (max(least, plan.needs), -plan.objective, plan.needs)):
        best = chosen[-1].objective if chosen else -inf
        if plan.needs <= most + CLOSE and plan.objective > best + (same(best) if chosen else 0.0):
            chosen.append(ScaledPlan(max(least, plan.needs), plan.objective, plan.choices))
    return chosen


def _contradicted(bound: tuple[float, float], plans: Sequence[ScaledPlan]) -> bool:
    scale, worth = bound
    return any(plan.needs <= scale and contradicts(plan.objective, worth) for plan in plans)


def _lower_and_lower(bounds: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return bounds by rising scale, each below the next."""
    kept: list[tuple[float, float]] = []
    for scale, bound in sorted(bounds, reverse=True):
        if not kept or bound < kept[-1][1]:
            kept.append((scale, bound))
    return kept[::-1]


def _step(
    plan: ScaledPlan,
    bounds: Sequence[tuple[float, float]],
    price: float,
    begin: float,
    resolution: float,
    money: float,
) -> FrontierStep:
    worth, scale = plan.objective, plan.needs
    first = scale <= begin + CLOSE
    under = max((at for at, bound in bounds if at < scale and bound < worth - same(worth)), default=None)
    until = max((at for at, bound in bounds if bound <= worth + same(worth) + 2 * price * at), default=None)
    bound = min((bound for at, bound in bounds if at >= scale - CLOSE), default=inf)
    best = until is not None and until >= scale - CLOSE
    return FrontierStep(
        scale,
        scale * money,
        worth,
        None if bound == inf else max(worth, bound),
        plan.choices,
        under,
        until if best else None,
        best and (first or (under is not None and under >= scale - resolution - CLOSE)),
    )
