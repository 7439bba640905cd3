"""Words for what would put a programme in: what is known of a change, its money, the rules in its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from jspmodel.case import NAMED_IN, Case
from jspmodel.scenario import Language
from jspmodel.tables.answers import at_most
from jspmodel.text import rounded_down, rounded_up, say

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Change, Obstacle

State = Literal["known", "free", "unknown", "none"]
"""What is known of a change: what is enough, that nothing is needed, or neither; or that none is enough."""
PLACES = {
    "equity": ("region",),
    "fund_budgets": ("fund", "year"),
    "locked_in": ("program", "region"),
    "mandatory_regions": ("program", "region"),
    "maturity": ("program", "region"),
    "max_parallel": ("agency",),
    "cofunding_shares": ("program", "region"),
    "terms_of_office": ("program", "region"),
    "staff_limits": ("agency", "staff_kind", "year"),
    "programs_per_dimension": ("dimension",),
    "spending_rules": ("spending_rule", "year"),
    "readiness": ("program", "document"),
}
"""What the codes of an obstacle are, by rule; of all others programmes."""
PROGRAMS = ("program", "other")


def state_of(change: Change) -> State:
    """Return what is known of a change."""
    if change.most is None:
        return "none" if change.least is None else "unknown"
    return "free" if rounded_up(change.most) <= 0 else "known"


def is_felt(least: float | None) -> bool:
    """Return whether what is proven to be needed is told as more than 0."""
    return least is not None and rounded_down(least) > 0


def parts_of(case: Case, change: Change, language: Language) -> str:
    """Return what money is made up of: fund and year, or the year alone of a programme's own costs."""
    funds = case.names("funds", language)
    return "; ".join(
        say(
            "why_not.part" if fund else "why_not.year_part",
            language,
            fund=funds.get(fund, fund),
            year=year,
            amount=at_most(amount, language),
        )
        for fund, year, amount in change.parts
    )


def obstacles_told(case: Case, obstacles: Sequence[Obstacle], language: Language) -> str:
    """Return the rules in a programme's way; nothing where they were not found out."""
    return "; ".join(_obstacle(case, one, language) for one in obstacles)


def _obstacle(case: Case, obstacle: Obstacle, language: Language) -> str:
    """Return a rule that stands in the way as it is called elsewhere, and of what."""
    places = PLACES.get(obstacle.rule, PROGRAMS)
    names = ", ".join(
        _name(case, place, code, language) for place, code in zip(places, obstacle.codes, strict=False)
    )
    if obstacle.rule == "fund_budgets":
        return say("why_not.obstacle_fund_budgets", language, names=names)
    rule = say(f"rule.{obstacle.rule}", language)
    return say("why_not.obstacle", language, rule=rule, names=names) if names else rule


def _name(case: Case, place: str, code: str, language: Language) -> str:
    """Return a code with its name; a year, which has none, as it is."""
    name = case.names(NAMED_IN[place], language).get(code, code) if place in NAMED_IN else code
    return code if name == code else f"{code} {name}"
