"""What several parts of the report say in the same words."""

from __future__ import annotations

import pandas as pd

from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import day, percent, say

TELLING = 0.05
"""Percentage points below which a price would be told as 0,0."""
PRICE_DIGITS = 3
"""A price that is nothing to so many digits is not told."""
OFTEN = 0.9
"""Share of the draws from which a programme counts as chosen nearly always."""


def often_chosen(decision: Decision) -> int | None:
    """Return how many programmes of the plan are chosen in nearly all draws of the effects.

    None where most effects are figures: then the impact itself is told.
    """
    table = decision.sensitivity.programs
    if table is None:
        return None
    often = set(table.loc[table["share"] >= OFTEN, "program"])
    return sum(item.program in often for item in decision.plan.selected)


def marked_if_cut(decision: Decision, program: str, told: str, language: Language) -> str:
    """Return a programme as it is told, marked where it leaves as all ceilings fall by a fifth."""
    cut = decision.steps.get(80)
    leaves = cut is not None and cut.programs is not None and program in cut.leaves
    return say("report.sign_leaves", language, program=told) if leaves else told


def report_subject(decision: Decision, language: Language) -> str:
    """Return what a report is of: place, scenario, years."""
    years = f"{decision.figures.first}–{decision.figures.last}"
    return " · ".join([case_title(decision, language), scenario_title(decision, language), years])


def dearest_year(prices: pd.DataFrame) -> tuple[int, float] | None:
    """Return the year in which leeway is worth most, and how much; None where it is told as nothing."""
    if prices.empty or round(float(prices["price"].max()), PRICE_DIGITS) <= 0:
        return None
    row = prices.loc[prices["price"].idxmax()]
    return int(row["year"]), float(row["price"])


def share_asked(share: float, language: Language) -> str:
    """Return a share that a rule asks for in percent, with a decimal only where it has one."""
    return percent(share, language, 0 if round(100 * share, 6).is_integer() else 1)


def due_date(due: str, language: Language) -> str:
    """Return until when a document is due, which no line break tears apart; that it is not known if blank."""
    if not due:
        return say("report.due_unknown", language)
    return day(due, language).replace(" ", "\N{NO-BREAK SPACE}")


def scenario_title(decision: Decision, language: Language) -> str:
    """Return what people call the scenario: its title, else its name."""
    return decision.scenario.called(language)


def case_title(decision: Decision, language: Language) -> str:
    """Return what people call the case: its title, else its name."""
    return decision.case.title.get(language) or decision.case.title.get("id") or decision.case.name
