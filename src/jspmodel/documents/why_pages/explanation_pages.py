"""Why this plan, as sheets: one a question that was asked, and before them one that says how to read each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.documents.why_pages.asked_about import AskedAbout, Sheet
from jspmodel.documents.why_pages.budget_pages import nested_pages, step_pages
from jspmodel.documents.why_pages.hedge_pages import hedge_pages
from jspmodel.documents.why_pages.importance_pages import importance_pages
from jspmodel.documents.why_pages.other_plan_pages import alternative_pages, other_plan_pages
from jspmodel.documents.why_pages.staged_pages import staged_pages
from jspmodel.documents.why_pages.tradeoff_pages import tradeoff_pages
from jspmodel.documents.why_pages.uncertainty_pages import certainty_pages, role_pages
from jspmodel.documents.why_pages.way_pages import way_pages
from jspmodel.documents.why_pages.why_not_pages import why_not_pages
from jspmodel.figures import ScaleWords
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.text import format_gap, number, percent, say
from jspmodel.workbook import Page

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import ExactFrontier, Explanation, NestedPlan

_QUESTIONS = (
    importance_pages,
    why_not_pages,
    nested_pages,
    step_pages,
    tradeoff_pages,
    alternative_pages,
    role_pages,
    certainty_pages,
    hedge_pages,
    staged_pages,
    way_pages,
    other_plan_pages,
)
"""In the order in which readers ask."""
_TOLD = 1e-3
"""How much better a plan that was come across must be for it to be told."""
_WHOLE = 1e-6


def explanation_pages(case: Case, plan: Plan, found: Explanation, language: Language) -> list[Page]:
    """Return what was found out of why a plan is as it is, as sheets.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation
    language : {"id", "en"}

    Returns
    -------
    list of Page
        First what each sheet tells and how to read it. None for a question that was not asked, or of which
        there is nothing to tell.
    """
    asked = AskedAbout(case, plan, found, language)
    sheets = [sheet for question in _QUESTIONS for sheet in question(asked) if sheet.rows]
    return [_guide(asked, sheets), *sheets] if sheets else []


def _guide(asked: AskedAbout, sheets: Sequence[Sheet]) -> Sheet:
    words = {"unit": asked.unit, "within": percent(asked.found.alternatives.within, asked.language, 0)}
    wholes = dict(_wholes(asked))
    return asked.page(
        "guide",
        "sheet question reading of_all",
        [
            [
                sheet.name,
                asked.say(f"question_{sheet.key}", **words),
                asked.say(f"reading_{sheet.key}", **words),
                wholes.get(sheet.key, ""),
            ]
            for sheet in sheets
        ],
    )


def _wholes(asked: AskedAbout) -> Iterator[tuple[str, str]]:
    """Yield what is proven of all rows of a sheet together, by its key."""
    found, language = asked.found, asked.language
    for key, answers in (("importance", found.importance), ("why_not", found.why_not)):
        if answers is not None and (more := answers.best_found - answers.objective) > _TOLD:
            told = number(more, language, 3)
            yield key, say("why.better_found", language, more=told, unit=asked.unit)
    if found.nested is not None:
        yield "order", _order(found.nested, language)
    if found.frontier is not None:
        yield "steps", _steps(asked, found.frontier)
    others = found.alternatives
    key = "why.alternatives_all" if others.complete else "why.most_distance"
    within = percent(others.within, language, 0)
    yield "alternatives", say(key, language, within=within, n=others.most_distance)
    if found.roles is not None:
        whole = abs(100 * found.roles.spread - round(100 * found.roles.spread)) < _WHOLE
        spread = percent(found.roles.spread, language, 0 if whole else 1)
        yield "roles", asked.say(f"off_{found.roles.about}", spread=spread)
        yield "choices", asked.say("choices_all" if found.roles.complete else "choices_found")


def _order(nested: NestedPlan, language: Language) -> str:
    if nested.gap is None:
        return say("nested.gap_unknown", language)
    gap = format_gap(nested.gap, language, 2)
    return say("nested.best" if nested.proven else "nested.gap", language, gap=gap)


def _steps(asked: AskedAbout, found: ExactFrontier) -> str:
    scale = ScaleWords(found.today, found.money, asked.language)
    near = scale.more_up(found.resolution, digits=3)
    told = [
        asked.say("steps_all" if found.exact else "steps_found", most=scale.down(found.most)),
        say("budget_steps.note_resolution", asked.language, money=near),
    ]
    if found.floor is not None:
        share = percent(found.floor, asked.language, 0)
        told.append(say("budget_steps.note_floor", asked.language, share=share))
    return " ".join(told)
