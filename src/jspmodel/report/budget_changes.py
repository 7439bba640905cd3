"""Cut 20 %: what falls, who suffers? And what enters if there is more."""

from __future__ import annotations

from collections.abc import Sequence

from jspmodel.figures import BudgetStep, program_list, region_changes
from jspmodel.objective_kinds import COUNTS
from jspmodel.pages import Captioned, Fragment, lines, render_finding
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import Table, money, number, say, short_names, signed

CHANGES = (80, 90, 110, 120)
"""Percent of the scenario's budgets that the table shows."""
_COLUMNS = ("change", "worth", "leaves", "enters", "lose", "gain")


def budget_changes(decision: Decision, language: Language) -> Fragment | None:
    """Return what leaves and enters the plan as all ceilings fall and rise, and which regions lose and gain.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where there is no frontier.
    """
    shown = [decision.steps[percent] for percent in CHANGES if percent in decision.steps]
    if not shown:
        return None
    rows = tuple(_row(decision, step, language) for step in shown)
    columns = tuple(say(f"frontier.column_{key}", language) for key in _COLUMNS)
    table = Captioned(
        say("frontier.cut_caption", language), Table(columns, rows, (False,) * len(columns)), "cards wide"
    )
    title = _title(decision, shown, language)
    return render_finding(title, language, (), [table], [say("frontier.cut_note", language)])


def _title(decision: Decision, shown: Sequence[BudgetStep], language: Language) -> str:
    cut = shown[0]
    if cut.programs is None:
        return say(f"frontier.cut_title_{cut.finding}", language)
    region, losses = "", cut.regions.dropna()
    if len(losses) and losses.min() <= -0.05:
        name = short_names(decision.case)[str(losses.idxmin())]
        change = "−" + number(-losses.min(), language, 1)
        region = say("frontier.cut_title_region", language, region=name, change=change)
    key = "frontier.cut_title_provisional" if cut.provisional else "frontier.cut_title"
    return say(key, language, n=len(cut.leaves), region=region)


def _row(decision: Decision, step: BudgetStep, language: Language) -> tuple[str, ...]:
    case, none = decision.case, say("frontier.none", language)
    sign = "+" if step.percent > 100 else "−"
    budget = money(step.budget, language)
    change = say("frontier.change", language, sign=sign, percent=abs(step.percent - 100), budget=budget)
    if step.programs is None:
        return change, say(f"frontier.cell_{step.finding}", language), *(none for _ in _COLUMNS[2:])
    regions = dict(region_changes(case, step, language))
    return (
        change,
        _worth(decision, step, language),
        *(_lines(program_list(case, codes, language)) or none for codes in (step.leaves, step.enters)),
        *(_lines(regions.get(key, none)) for key in ("regions_lose", "regions_gain")),
    )


def _lines(text: str) -> str:
    return lines(text.split("; "))


def _worth(decision: Decision, step: BudgetStep, language: Language) -> str:
    """Return what is expected at a budget and if all works; where effects do not count, what it is worth."""
    effects = COUNTS[decision.plan.objective_kind].effects
    now, then = (
        (decision.expected.median, step.expected) if effects else (decision.plan.objective, step.objective)
    )
    values = {"value": number(then, language, 1), "change": signed(then - now, language)}
    worth, bound = (number(value, language, 1) for value in (step.objective, step.bound))
    return say(
        f"frontier.worth{'_expected' if effects else ''}", language, **values, worth=worth, bound=bound
    )
