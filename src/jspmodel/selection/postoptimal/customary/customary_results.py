"""What customary plans come to beside ours: plain values, which JSON can hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from jspmodel.plan import Check, Choice, Payment
from jspmodel.selection.postoptimal.customary.brought_plans import Dropped

Custom = Literal[
    "by_score", "by_score_per_rupiah", "equal_agencies", "equal_regions", "last_year", "bargained", "brought"
]
"""Ways in which plans are customarily made, each worded as ``usual.<name>``."""


@dataclass(frozen=True)
class RegionShare:
    """What a region gets of two plans: percent of its own weighted gap closed; None: it has no need.

    Attributes
    ----------
    region : str
    ours, theirs : float or None
    """

    region: str
    ours: float | None
    theirs: float | None

    @property
    def pays(self) -> float | None:
        """Percentage points that the region gets less than in our plan; below 0: it gets more."""
        return None if self.ours is None or self.theirs is None else self.ours - self.theirs


@dataclass(frozen=True)
class CustomaryPlan:
    """A plan that is made in one customary way.

    Attributes
    ----------
    custom : str
        One of ``Custom``.
    status : {"legal", "not_legal", "not_given"}
        ``not_legal``: this way leads to no plan that keeps all rules, see ``broken``; there are such plans,
        ours is one. ``not_given``: what it needs was not given (last year's split).
    choices : tuple of Choice
        What is carried out, in table order; empty unless legal.
    funding : tuple of Payment
        Who pays for it, audited as ours.
    worth : float or None
        In the unit of the objective.
    loss : float or None
        Our plan's worth less this one's; below 0 where this plan is the better one.
    least, most : float or None
        By so much at least, and at most, the best plan there is is worth more than this one: proven.
        ``most`` is None where this plan shows that our bound is wrong.
    cost : float or None
        Rp billion over the horizon.
    ours_only, theirs_only : tuple of str
        Programmes that only our plan carries out, and only this one, in table order.
    regions : tuple of RegionShare
        What each region gets of both plans.
    broken : tuple of Check
        Where it is not legal: the rules that it breaks, and where; of a plan that somebody brings, those that
        the whole breaks.
    unlifted : float or None
        What the way comes to by itself, where that leaves regions below the equity floor, which is no plan;
        None where it does not.
    among : {"agencies", "regions"} or None
        Between whom the way splits the budgets.
    lifted : tuple of str
        Programmes that came in, or got more regions, out of turn: to lift those regions to the floor.
    dropped : tuple of Dropped
        What had to go from a plan that somebody brings.
    """

    custom: Custom
    status: Literal["legal", "not_legal", "not_given"]
    choices: tuple[Choice, ...] = ()
    funding: tuple[Payment, ...] = ()
    worth: float | None = None
    loss: float | None = None
    least: float | None = None
    most: float | None = None
    cost: float | None = None
    ours_only: tuple[str, ...] = ()
    theirs_only: tuple[str, ...] = ()
    regions: tuple[RegionShare, ...] = ()
    broken: tuple[Check, ...] = ()
    unlifted: float | None = None
    among: Literal["agencies", "regions"] | None = None
    lifted: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True)
class CustomaryPlans:
    """Our plan, and those that are made in customary ways.

    Attributes
    ----------
    objective, bound, cost : float
        Of our plan.
    listed_by : {"score", "gain"}
        What lists go by: the column ``score``, or where no programme has one what each gains by itself.
    plans : tuple of CustomaryPlan
        In the order of ``Custom``.
    """

    objective: float
    bound: float
    cost: float
    listed_by: Literal["score", "gain"]
    plans: tuple[CustomaryPlan, ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row a way: custom, status, worth, loss, least, most, cost, ours_only, theirs_only, broken.

        Figures are NaN where there is no plan; the last are codes of programmes, and names of rules.
        """
        figures = ("worth", "loss", "least", "most", "cost")
        table = pd.DataFrame({name: [getattr(p, name) for p in self.plans] for name in figures}, dtype=float)
        table.insert(0, "custom", [plan.custom for plan in self.plans])
        table.insert(1, "status", [plan.status for plan in self.plans])
        return table.assign(
            ours_only=[plan.ours_only for plan in self.plans],
            theirs_only=[plan.theirs_only for plan in self.plans],
            broken=[tuple(check.rule for check in plan.broken) for plan in self.plans],
        )

    @property
    def regions(self) -> pd.DataFrame:
        """One row a legal plan and region: custom, region, ours, theirs, pays (percentage points).

        NaN where the region has no need.
        """
        rows = [
            (plan.custom, item.region, item.ours, item.theirs, item.pays)
            for plan in self.plans
            for item in plan.regions
        ]
        table = pd.DataFrame(rows, columns=["custom", "region", "ours", "theirs", "pays"])
        return table.astype({"custom": "str", "region": "str", "ours": float, "theirs": float, "pays": float})
