"""What a plan comes to: money, programmes, impact."""

from __future__ import annotations

from dataclasses import dataclass

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.figures.plan_programs import joint_programs
from jspmodel.figures.provincial_impact import province_impact
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario


@dataclass(frozen=True)
class Figures:
    """What a plan comes to.

    Attributes
    ----------
    first, last : int
        Horizon.
    ceiling, used : float
        Sum of all indicative budgets of the horizon, and what the plan pays from them, in Rp billion.
    selected, proposed, joint : int
        Programmes in the plan, proposed at all, and carried out by two or more regions together.
    impact : float
        Percent of the province's weighted gap closed, averaged over the horizon.
    """

    first: int
    last: int
    ceiling: float
    used: float
    selected: int
    proposed: int
    joint: int
    impact: float

    @property
    def left(self) -> float:
        """Unallocated ceiling in Rp billion."""
        return max(0.0, self.ceiling - self.used)


def figures(case: Case, scenario: Scenario, plan: Plan) -> Figures:
    """Return the figures of a plan.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan

    Returns
    -------
    Figures
    """
    years = measure.horizon(case, scenario)
    return Figures(
        first=years[0],
        last=years[-1],
        ceiling=sum(measure.budgets(case, scenario).values()),
        used=plan.cost,
        selected=len(plan.selected),
        proposed=plan.proposed,
        joint=len(joint_programs(case, plan)),
        impact=province_impact(plan),
    )
