"""What changes as the ceilings fall and rise: the plan beside the best plans at other budgets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from jspmodel.case import Case
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Choice, Plan
from jspmodel.proof import Finding, finding, level, relative_gap
from jspmodel.scenario import Language, Scenario
from jspmodel.simulation import median_impacts
from jspmodel.text import number, say, short_names

if TYPE_CHECKING:
    from jspmodel.selection.parametric import Frontier, FrontierPoint

_FEW_REGIONS, _FEW_PROGRAMS = 5, 12
_FELT = 0.05
"""Percentage points that a region must gain or lose to be named."""


@dataclass(frozen=True, eq=False)
class BudgetStep:
    """The best plan known at one budget, beside the plan of the scenario.

    Attributes
    ----------
    percent : int
        Of the scenario's own budgets.
    budget : float
        Rp billion of all funds and years.
    objective, bound : float
        What it is worth (NaN without a plan), and what no plan exceeds.
    expected : float
        Percent of the gap that it closes in the median of the simulated futures; NaN without a plan, or where
        effects do not count.
    finding : {"found", "not_found", "none"}
        Whether a plan is known, none was found, or it is proven that there is none.
    programs : tuple of str or None
        What it carries out, in table order; None where no plan is known.
    leaves, enters : tuple of str
        Programmes of the plan that it lacks, and those it has instead or besides.
    regions : Series of float by region
        What closes of each region's gap in the median of the simulated futures less what does in the plan's,
        in percentage points; empty without a plan, or where effects do not count.
    """

    percent: int
    budget: float
    objective: float
    bound: float
    expected: float
    finding: Finding
    programs: tuple[str, ...] | None
    leaves: tuple[str, ...]
    enters: tuple[str, ...]
    regions: pd.Series[float]

    @property
    def provisional(self) -> bool:
        """Whether a much better plan is not ruled out here, so that what changes may be otherwise."""
        return level("feasible", relative_gap(self.objective, self.bound)) in {"provisional", "open"}


def budget_steps(case: Case, scenario: Scenario, plan: Plan, frontier: Frontier) -> list[BudgetStep]:
    """Return the steps of a frontier, by rising budget.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
    frontier : Frontier

    Returns
    -------
    list of BudgetStep
        The plan itself stands at its own budget, and at larger ones where nothing better is known.
    """
    own, judge = scenario.budget_scale.all, _PlanComparison(case, scenario, plan)
    percents = [round(100 * point.scale / own) for point in frontier.points]
    best = [judge.best(point, percent) for point, percent in zip(frontier.points, percents, strict=True)]
    now, *expected = judge.expected([plan.choices, *(choices for choices, _ in best)])
    return [
        judge.step(point, percent, found, simulated, now)
        for point, percent, found, simulated in zip(frontier.points, percents, best, expected, strict=True)
    ]


Best = tuple[Sequence[Choice] | None, float]
"""The best plan known at a budget, and what it is worth."""


class _PlanComparison:
    """Compares plans with the plan."""

    def __init__(self, case: Case, scenario: Scenario, plan: Plan) -> None:
        self._case, self._scenario, self._plan = case, scenario, plan
        self._order = list(case.programs["program"])
        self._effects = COUNTS[scenario.objective].effects

    def best(self, point: FrontierPoint, percent: int) -> Best:
        if percent == 100 or (percent > 100 and not point.objective >= self._plan.objective):
            return self._plan.choices, self._plan.objective
        return point.choices, point.objective

    def step(
        self,
        point: FrontierPoint,
        percent: int,
        best: Best,
        expected: pd.Series[float] | None,
        expected_now: pd.Series[float] | None,
    ) -> BudgetStep:
        choices, objective = best
        bound = min(point.bound, self._plan.bound) if percent == 100 else point.bound  # both are proven
        chosen = None if choices is None else {choice.program for choice in choices}
        now = {choice.program for choice in self._plan.choices}
        return BudgetStep(
            percent=percent,
            budget=point.budget,
            objective=objective,
            bound=max(bound, objective) if np.isfinite(objective) else bound,
            expected=np.nan if expected is None else float(expected[""]),
            finding=finding(found=choices is not None, bound=point.bound),
            programs=None if chosen is None else self._ordered(chosen),
            leaves=self._ordered(now - (chosen or set())),
            enters=self._ordered((chosen or set()) - now),
            regions=(
                pd.Series(dtype=float)
                if expected is None or expected_now is None
                else (expected - expected_now).drop("")
            ),
        )

    def expected(self, plans: Sequence[Sequence[Choice] | None]) -> list[pd.Series[float] | None]:
        """Return what each plan closes in the median of the futures; the same plan is simulated once."""
        if not self._effects:
            return [None] * len(plans)
        known = list(dict.fromkeys(tuple(plan) for plan in plans if plan is not None))
        medians = dict(
            zip(known, median_impacts(self._case, self._scenario, known) if known else (), strict=True)
        )
        return [None if plan is None else medians[tuple(plan)] for plan in plans]

    def _ordered(self, programs: set[str]) -> tuple[str, ...]:
        return tuple(code for code in self._order if code in programs)


def program_list(case: Case, codes: Sequence[str], language: Language) -> str:
    """Return programmes with their names; of many the first dozen.

    Parameters
    ----------
    case : Case
    codes : sequence of str
    language : {"id", "en"}

    Returns
    -------
    str
    """
    names = case.names("programs", language)
    told = "; ".join(f"{code} {names[code]}" for code in codes[:_FEW_PROGRAMS])
    rest = len(codes) - _FEW_PROGRAMS
    return told if rest <= 0 else say("frontier.and_more", language, told=told, n=rest)


def region_changes(case: Case, step: BudgetStep, language: Language) -> Iterator[tuple[str, str]]:
    """Yield ``regions_lose`` and ``regions_gain`` with the regions that change most.

    Parameters
    ----------
    case : Case
    step : BudgetStep
    language : {"id", "en"}

    Yields
    ------
    key : str
    regions : str
    """
    names = short_names(case)
    for key, sign in (("regions_lose", -1), ("regions_gain", 1)):
        felt = (sign * step.regions.dropna()).sort_values(ascending=False, kind="stable")
        felt = felt[felt >= _FELT]
        if felt.empty:
            continue
        mark = "−" if sign < 0 else "+"
        told = [
            f"{names[r]} {mark}{number(change, language, 1)}" for r, change in felt.head(_FEW_REGIONS).items()
        ]
        if (rest := len(felt) - _FEW_REGIONS) > 0:
            yield key, say("frontier.and_more", language, told="; ".join(told), n=rest)
        else:
            yield key, "; ".join(told)
