"""A table of plans at several budgets in one order: what goes first, and what keeping to the order costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.figures import budgets_without_plan, nested_order, nested_title, program_list, share_of
from jspmodel.pages import Fragment, captioned
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.tables.answers import DIGITS, NONE, Answer, figure, interval
from jspmodel.text import format_gap, money, number, rounded_down, rounded_up, say

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Explanation, NestedLevel, NestedPlan


def nested_table(case: Case, plan: Plan, found: Explanation | None, language: Language) -> Fragment | None:
    """Return what joins with each budget, and what it costs that smaller budgets' plans are kept.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where this was not asked.
    """
    if found is None or found.nested is None:
        return None
    answer = nested_answer(case, plan, found, language)
    # The finding heads the chart that stands before the table.
    return replace(answer, title=say("nested.table_title", language)).rendered(language)


def nested_answer(case: Case, plan: Plan, found: Explanation, language: Language) -> Answer:
    """Return what ``nested_table`` shows.

    Raises
    ------
    ValueError
        Where this was not asked.
    """
    nested = found.nested
    if nested is None:
        raise ValueError("found.nested is None: it was not asked")
    unit = say(f"prices.unit_{plan.objective_kind}", language)
    keys = ("level", "budget", "count", "joins", "worth", "free", "cost", "share")
    first = next((level for level in nested.levels if level.choices is not None), None)
    rows = [_row(level, first, language) for level in nested.levels]
    caption = say("nested.caption", language, unit=unit)
    right = {"level", "budget", "count", "worth", "free", "cost", "share"}
    table = captioned(caption, keys, rows, language, right, "nested")
    sentences = [
        *_order_sentences(case, nested, language),
        *budgets_without_plan(nested, language),
        *_cost_sentences(nested, unit, language),
        *_plan_sentences(case, nested, language),
    ]
    notes = [say(f"nested.note_{key}", language) for key in ("order", "cost")]
    return Answer(nested_title(case, nested, language), sentences, [table], notes)


def _row(level: NestedLevel, first: NestedLevel | None, language: Language) -> Sequence[str]:
    """Return a budget; of the smallest with a plan all programmes join, which the sentences name."""
    budget = (share_of(level.level, language), number(level.budget, language, 1))
    if level.choices is None:
        return (*budget, NONE, NONE, say(f"frontier.cell_{level.finding}", language), NONE, NONE, NONE)
    return (
        *budget,
        str(len(level.choices)),
        say("nested.joins_all", language) if level is first else ", ".join(level.joins) or NONE,
        figure(level.objective, language),
        interval(level.free_objective, level.free_bound, language),
        interval(level.least, level.most, language),
        _share(level, language),
    )


def _share(level: NestedLevel, language: Language) -> str:
    """Return what keeping to the order costs, in percent of the best plan for the budget alone."""
    least, most = (None if end is None else 100 * end for end in (level.least_share, level.most_share))
    return interval(least, most, language)


def _order_sentences(case: Case, nested: NestedPlan, language: Language) -> Iterator[str]:
    """Yield what goes with each cut, what joins with each rise, and what is carried out throughout."""
    order = nested_order(nested)
    if order is None:
        return
    cuts = [("cut", step) for step in order.cuts if step.programs]
    cuts[1:] = [("cut_more", step) for _, step in cuts[1:]]
    for key, step in (*cuts, *(("rise", step) for step in order.rises if step.programs)):
        words = {
            "cut": share_of(step.share, language),
            "budget": money(step.level.budget, language),
            "n": len(step.programs),
            "programs": program_list(case, step.programs, language),
        }
        yield say(f"nested.{key}", language, **words)
    kept = (order.cuts[-1].level if order.cuts else order.base).choices or ()
    if kept:
        programs = program_list(case, [choice.program for choice in kept], language)
        yield say("nested.kept", language, n=len(kept), programs=programs)


def _cost_sentences(nested: NestedPlan, unit: str, language: Language) -> Iterator[str]:
    if nested.least is None:
        return
    if nested.most is not None and rounded_up(nested.most) <= 0:
        yield say("nested.cost_nothing", language)
    else:
        cost = interval(nested.least, nested.most, language)
        yield say("nested.cost", language, cost=cost, unit=unit)
        yield _dearest(nested, unit, language)
        if (least := rounded_down(nested.unavoidable or 0.0)) > 0:
            yield say("nested.unavoidable", language, cost=figure(least, language), unit=unit)
    if nested.gap is None:
        yield say("nested.gap_unknown", language)
    else:
        gap = format_gap(nested.gap, language, DIGITS)
        yield say("nested.best" if nested.proven else "nested.gap", language, gap=gap)


def _dearest(nested: NestedPlan, unit: str, language: Language) -> str:
    """Say where keeping to the order costs most: by what is proven, then by what was found."""
    answered = [level for level in nested.levels if level.least is not None]
    most = max(answered, key=lambda level: (inf if level.most is None else level.most, level.least or 0.0))
    return say(
        "nested.cost_most",
        language,
        level=share_of(most.level, language),
        budget=money(most.budget, language),
        cost=interval(most.least, most.most, language),
        share=_share(most, language),
        unit=unit,
    )


def _plan_sentences(case: Case, nested: NestedPlan, language: Language) -> Iterator[str]:
    """Yield what the order carries out at the scenario's own budget beside the scenario's plan."""
    if nested.leave is None or nested.enter is None:
        return
    if not nested.leave and not nested.enter:
        yield say("nested.same", language)
    for key, codes in (("leave", nested.leave), ("enter", nested.enter)):
        if codes:
            yield say(f"nested.{key}", language, n=len(codes), programs=program_list(case, codes, language))
