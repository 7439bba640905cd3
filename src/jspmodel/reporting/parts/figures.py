"""The figures that several parts of the report tell."""

from __future__ import annotations

from dataclasses import dataclass

from jspmodel import measure
from jspmodel.charts.data_status import status_counts
from jspmodel.charts.region_impact import province_impact
from jspmodel.charts.roadmap import joint_programs
from jspmodel.plan import Plan, RegionResult
from jspmodel.proof import told_as
from jspmodel.reporting.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text.numbers import number
from jspmodel.text.proofs import gap_told
from jspmodel.text.wording import say

data_status = status_counts
TELLING = 0.05
"""Percentage points below which a price would be told as 0,0."""
OFTEN = 0.9
"""Share of the draws from which a programme counts as chosen nearly always."""


@dataclass(frozen=True)
class Figures:
    """What a decision comes to.

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
    least : RegionResult or None
        The region helped least; None where no region has a need.
    """

    first: int
    last: int
    ceiling: float
    used: float
    selected: int
    proposed: int
    joint: int
    impact: float
    least: RegionResult | None

    @property
    def left(self) -> float:
        """Unallocated ceiling in Rp billion."""
        return max(0.0, self.ceiling - self.used)


def figures(decision: Decision) -> Figures:
    """Return the figures of a decision."""
    case, plan = decision.case, decision.plan
    years = measure.horizon(case, decision.settings)
    helped = [item for item in plan.regions if item.impact is not None]
    return Figures(
        first=years[0],
        last=years[-1],
        ceiling=sum(measure.budgets(case, decision.settings).values()),
        used=plan.cost,
        selected=len(plan.selected),
        proposed=len(plan.programs),
        joint=len(joint_programs(case, plan)),
        impact=province_impact(plan),
        least=min(helped, key=lambda item: item.impact or 0.0, default=None),
    )


def often_chosen(decision: Decision) -> int | None:
    """Return how many programmes of the plan are chosen in nearly all draws of the effects.

    None where most effects are figures: then the impact itself is told.
    """
    table = decision.further.programs
    if table is None:
        return None
    often = set(table.loc[table["share"] >= OFTEN, "program"])
    return sum(item.program in often for item in decision.plan.selected)


def proof(plan: Plan, language: Language) -> str:
    """Return in plain words how good the plan is proven to be; the gap is rounded up, never down."""
    key = "best" if plan.level == "proven" else told_as(plan.status, plan.gap)
    bound, gap = number(plan.bound, language, 1), gap_told(plan.gap, language)
    return say(f"report.proof_{key}", language, gap=gap, bound=bound)


def scenario_title(decision: Decision, language: Language) -> str:
    """Return what people call the scenario: its title, else its name."""
    title = decision.settings.title
    other = title.id or title.en
    return (title.en if language == "en" else title.id) or other or decision.settings.name


def case_title(decision: Decision, language: Language) -> str:
    """Return what people call the case: its title, else its name."""
    return decision.case.title.get(language) or decision.case.title.get("id") or decision.case.name
