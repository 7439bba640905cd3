"""Sheets on what changes with the budget: what goes first, and each step at which a better plan is known."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import TYPE_CHECKING

from jspmodel.documents.why_pages.asked_about import AskedAbout, Sheet
from jspmodel.figures import ScaleWords
from jspmodel.text import rounded_down, rounded_up, say
from jspmodel.workbook import Value

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import ExactFrontier, FrontierStep, NestedLevel

_SAME = 1e-9


def nested_pages(asked: AskedAbout) -> Iterator[Sheet]:
    """Yield a sheet of budgets, and one of the programmes at each; none if that was not asked."""
    nested = asked.found.nested
    if nested is None:
        return
    since = dict(nested.order)
    yield asked.page(
        "order",
        "level:figure budget:budget code activity start:year regions:count since:figure joins_here"
        " moved in_plan",
        [
            [
                100 * level.level,
                level.budget,
                *asked.program(choice.program),
                choice.start,
                len(choice.regions),
                100 * since[choice.program],
                asked.yes(choice.program in level.joins),
                asked.yes(choice.program in level.moved),
                asked.yes(choice.program in asked.starts),
            ]
            for level in nested.levels
            for choice in level.choices or ()
        ],
    )
    yield asked.page(
        "levels",
        "level:figure budget:budget found programs_count:count joins_count:count worth:figure"
        " alone_least:figure alone_most:figure alone_proven lost_least:figure lost_most:figure lost_proven"
        " share_least:figure share_most:figure joins",
        [_level(asked, level) for level in nested.levels],
    )


def _level(asked: AskedAbout, level: NestedLevel) -> list[Value]:
    budget: list[Value] = [100 * level.level, level.budget]
    if level.choices is None:
        none = say(f"frontier.cell_{level.finding}", asked.language)
        return [*budget, none, *[None] * 12]
    return [
        *budget,
        asked.yes(True),
        len(level.choices),
        len(level.joins),
        level.objective,
        *asked.loss(level.free_objective, level.free_bound),
        *asked.loss(level.least, level.most),
        *_percent(level),
        asked.codes(level.joins),
    ]


def _percent(level: NestedLevel) -> tuple[Value, Value]:
    """Return what the order costs in percent; nothing where that is told as nothing."""
    least, most = level.least_share, level.most_share
    free = level.most is not None and rounded_up(level.most) <= 0
    return (
        None if least is None else rounded_down(100 * least),
        None if most is None else 0.0 if free else rounded_up(100 * most),
    )


def step_pages(asked: AskedAbout) -> Iterator[Sheet]:
    """Yield a sheet with all steps; none if that was not asked."""
    found = asked.found.frontier
    if found is None:
        return
    scale = ScaleWords(found.today, found.money, asked.language)
    here = found.at(found.today) if found.least <= found.today <= found.most else None
    before: set[str] = set()
    rows: list[list[Value]] = []
    for place, (step, end) in enumerate(found.spans, start=1):
        now = {choice.program for choice in step.choices}
        rows.append(
            [
                place,
                rounded_up(scale.percent(step.scale)),
                rounded_up(step.budget),
                asked.yes(step is here),
                step.objective,
                _most(found, step, end),
                None if step.least is None else rounded_down(scale.percent(step.least)),
                None if step.until is None else rounded_down(scale.percent(step.until)),
                asked.say(_known(found, step, end)),
                len(now),
                asked.codes(now - before),
                asked.codes(before - now),
                asked.codes(now),
            ]
        )
        before = now
    yield asked.page(
        "steps",
        "step:count percent:figure budget:budget here worth:figure most:figure least:figure until:figure"
        " known programs_count:count enter leave programs",
        rows,
    )


def _most(found: ExactFrontier, step: FrontierStep, end: float) -> float | None:
    """Return what no plan is worth more than from a step up to the next."""
    last = step is found.steps[-1]
    bound = found.bound(end if last else max(step.scale, end - found.resolution))
    return None if bound == inf else rounded_up(max(step.objective, bound))


def _known(found: ExactFrontier, step: FrontierStep, end: float) -> str:
    """Return which words tell what is proven of a step."""
    if step.until is None:
        return "step_found"
    through = step.until >= end - found.resolution - _SAME
    begins = step.proven or step.scale <= found.least + _SAME  # nothing was looked at before
    return f"step_best{'' if begins else '_here'}{'_through' if through else ''}"
