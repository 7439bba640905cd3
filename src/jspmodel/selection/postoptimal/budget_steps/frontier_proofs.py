"""Plans and bounds put together: what they prove of the steps of the budget scale, and between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from jspmodel.proof import contradicts
from jspmodel.selection.parametric import ScaledMoney
from jspmodel.selection.postoptimal.budget_steps.frontier_steps import (
    CLOSE,
    ExactFrontier,
    FrontierBound,
    FrontierStep,
    spans_of,
)
from jspmodel.selection.postoptimal.budget_steps.scaled_budgets import ScaledPlan, same


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
    money: ScaledMoney,
    floor: float | None,
) -> ExactFrontier:
    """Put plans and bounds together: plans hold for larger budgets, bounds for smaller ones.

    Parameters
    ----------
    known : Known
    scales : (today, least, most)
    resolution, floor
        As of ``ExactFrontier``.
    money : ScaledMoney

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
    flat = (s.until is not None and s.until >= end - resolution - CLOSE for s, end in spans_of(steps, most))
    return ExactFrontier(
        tuple(steps),
        tuple(FrontierBound(scale, None if bound == -inf else bound) for scale, bound in bounds),
        today,
        least,
        most,
        resolution,
        money.scaled,
        floor,
        all(step.proven for step in steps) and all(flat) and _none_below(steps, bounds, scales, resolution),
        len(stated) - len(kept),
        money.carried,
    )


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
    money: ScaledMoney,
) -> FrontierStep:
    worth, scale = plan.objective, plan.needs
    first = scale <= begin + CLOSE
    under = max((at for at, bound in bounds if at < scale and bound < worth - same(worth)), default=None)
    alike = (at for at, bound in bounds if bound <= worth + same(worth) + 2 * price * money.part(at))
    until = max(alike, default=None)
    bound = min((bound for at, bound in bounds if at >= scale - CLOSE), default=inf)
    best = until is not None and until >= scale - CLOSE
    return FrontierStep(
        scale,
        money.at(scale),
        worth,
        None if bound == inf else max(worth, bound),
        plan.choices,
        under,
        until if best else None,
        best and (first or (under is not None and under >= scale - resolution - CLOSE)),
    )
