"""Tables on where the best plan changes as the ceilings grow: each step, and what is proven between them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.figures import ScaleWords
from jspmodel.pages import Captioned, Fragment, captioned
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.tables.answers import NONE, TOLD, Answer, figure, interval, span
from jspmodel.text import number, percent, say

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import ExactFrontier, Explanation, FrontierStep

ROWS = 12
"""Steps that the table shows at most: those around the scenario's own budgets."""
STRETCHES = 3
"""Stretches without a change that are told, beside the one in which the scenario is."""


def frontier_steps_table(
    case: Case, plan: Plan, found: Explanation | None, language: Language
) -> Fragment | None:
    """Return at which budgets the best plan changes, what enters and leaves there, and what is proven.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where that was not asked. Of many steps those around the
        scenario's own budgets.
    """
    if found is None or found.frontier is None:
        return None
    return frontier_steps_answer(case, plan, found, language).rendered(language)


def frontier_steps_answer(case: Case, plan: Plan, found: Explanation, language: Language) -> Answer:
    """Return what ``frontier_steps_table`` shows.

    Raises
    ------
    ValueError
        If that was not asked.
    """
    if found.frontier is None:
        raise ValueError("the explanation has no exact frontier")
    words = _Words(case, plan, found.frontier, language)
    return Answer(words.title(), list(words.sentences()), [words.table()], list(words.notes()))


class _Words:
    """Words about one frontier."""

    def __init__(self, case: Case, plan: Plan, found: ExactFrontier, language: Language) -> None:
        self._found, self._plan, self._language = found, plan, language
        self._order = list(case.programs["program"])
        self._scale = ScaleWords(found.today, found.money, language, found.carried)
        self._unit = say(f"prices.unit_{plan.objective_kind}", language)
        self._looked_at = found.least <= found.today <= found.most
        self._here = found.at(found.today) if self._looked_at else None

    @cached_property
    def _worth(self) -> float:
        """What the best plan known is worth at the scenario's own budgets; infinitely little for none.

        Without an equity rule, which is another here, the plan itself is one.
        """
        known = -inf if self._here is None else self._here.objective
        return max(known, self._plan.objective) if self._found.floor is None else known

    def title(self) -> str:
        """Return the message: where the next better plan is."""
        found, scale = self._found, self._scale
        if not found.steps:
            key = "title_none" if found.exact else "title_not_found"
            return self._say(key, least=scale.up(found.least), most=scale.down(found.most))
        if not self._looked_at:
            return self._count()
        above = (step for step in found.steps if step.scale > found.today)
        better = next((step for step in above if step.objective > self._worth + TOLD), None)
        if better is not None:
            return self._next(better)
        until = None if self._here is None else self._here.until
        flat = until is not None and scale.down(until) == scale.down(found.most)
        return self._say("title_flat" if flat else "title_flat_found", most=scale.down(found.most))

    def _next(self, step: FrontierStep) -> str:
        found, scale = self._found, self._scale
        words = {"percent": scale.up(step.scale), "more": scale.more_up(step.scale - found.today)}
        if self._worth == -inf:
            return self._say("title_first", **words)
        most = found.bound(step.scale)
        least = max(0.0, step.objective - max(self._worth, found.bound(found.today)))
        proven = interval(least, None if most == inf else max(least, most - self._worth), self._language)
        gain = figure(step.objective - self._worth, self._language)
        key = "title_next" if found.exact else "title_next_found"
        return self._say(key, gain=gain, unit=self._unit, proven=proven, **words)

    def sentences(self) -> Iterator[str]:
        """Yield what is known at the scenario's own budgets, and of all steps."""
        found = self._found
        if not found.steps:
            return
        if self._looked_at and self._worth > -inf:
            bound = found.bound(found.today)
            proven = interval(self._worth, None if bound == inf else max(self._worth, bound), self._language)
            money = self._scale.budget_up(found.today)
            yield self._say("worth_now", money=money, proven=proven, unit=self._unit)
        yield from self._unchanged()
        if self._looked_at:
            yield self._count()
        yield from self._below()
        if self._worth > self._plan.objective + TOLD and found.floor is None:
            more = number(self._worth - self._plan.objective, self._language, 3)
            yield say("why.better_found", self._language, more=more, unit=self._unit)
        first, last = self._shown
        if last - first < len(found.steps):
            n, above = last - first, len(found.steps) - last
            yield self._say("shown", n=n, below=first, above=above)

    def _unchanged(self) -> Iterator[str]:
        """Yield where it is proven that nothing changes."""
        told = [
            (until - step.scale, step is self._here, self._scale.stretch(step.scale, until))
            for step in self._found.steps
            if (until := step.until) is not None
        ]
        told = [one for one in told if one[2]]
        yield from (self._say("unchanged_now", stretch=stretch) for _, here, stretch in told if here)
        widest = sorted((one for one in told if not one[1]), key=lambda one: -one[0])[:STRETCHES]
        if widest:
            yield self._say("unchanged", stretches="; ".join(stretch for _, _, stretch in widest))

    def _count(self) -> str:
        """Return how many steps there are, or are known."""
        found = self._found
        ends = {"least": self._scale.up(found.steps[0].scale), "most": self._scale.down(found.most)}
        return self._say("count" if found.exact else "count_found", n=len(found.steps) - 1, **ends)

    def _below(self) -> Iterator[str]:
        """Yield what is known of budgets below the first plan."""
        found, scale = self._found, self._scale
        first = found.steps[0].scale
        if first <= found.least:
            return
        none = max((one.scale for one in found.bounds if one.bound is None), default=None)
        if none is not None:
            yield self._say("below_none", percent=scale.down(none))
        if none is None or scale.down(none) != scale.down(first - found.resolution):
            yield self._say("below_not_found", percent=scale.down(first))

    @cached_property
    def _shown(self) -> tuple[int, int]:
        """The first step that the table shows, and the one after the last."""
        steps, today = self._found.steps, self._found.today
        place = sum(step.scale <= today for step in steps)
        first = max(0, min(place - ROWS // 2, len(steps) - ROWS))
        return first, min(len(steps), first + ROWS)

    def table(self) -> Captioned:
        """Return the steps around the scenario's own budgets."""
        first, last = self._shown
        exact = self._found.exact
        rows = [self._row(place) for place in range(first, last)]
        keys = ["percent", "money", "worth", "proven", "needs", "enter", "leave"]
        kept = [key for key in keys if not (exact and key in {"proven", "needs"})]
        cells = ([row[key] for key in kept] for row in rows)
        caption = self._say("caption" if exact else "caption_found", unit=self._unit)
        return captioned(caption, kept, cells, self._language, kept[:-2], "budget_steps")

    def _row(self, place: int) -> dict[str, str]:
        step, end = self._found.spans[place]
        scale = self._scale.up(step.scale)
        changes = self._changes(place)
        return {
            "percent": self._say("here", percent=scale) if step is self._here else scale,
            "money": self._scale.budget_up(step.scale),
            "worth": figure(step.objective, self._language),
            "proven": self._between(step, end),
            "needs": self._needs(step),
            "enter": changes[0],
            "leave": changes[1],
        }

    def _between(self, step: FrontierStep, end: float) -> str:
        """Return what is proven of the best plan's worth from a step to the next."""
        found = self._found
        bound = found.bound(end if step is found.steps[-1] else max(step.scale, end - found.resolution))
        most = None if bound == inf else max(step.objective, bound)
        return interval(step.objective, most, self._language)

    def _needs(self, step: FrontierStep) -> str:
        """Return between which budgets the best plan comes to be worth as much as at a step."""
        at = self._scale.up(step.scale)
        if step.proven:
            return at
        if step.least is None:
            return self._say("up_to", most=at)
        return span(self._scale.down(step.least), at, self._language)

    def _changes(self, place: int) -> tuple[str, str]:
        """Return which programmes enter and leave beside the step before."""
        steps = self._found.steps
        before, now = (
            {choice.program for choice in steps[k].choices} if k >= 0 else set[str]()
            for k in (place - 1, place)
        )
        if before == now and place:
            return say("prices.same", self._language), NONE
        enter, leave = (
            ", ".join(code for code in self._order if code in some) or NONE
            for some in (now - before, before - now)
        )
        return enter, leave

    def notes(self) -> Iterator[str]:
        """Yield how to read it."""
        found = self._found
        if not found.steps:
            return
        yield self._say("note")
        if not found.exact:
            yield self._say("note_found")
        yield self._say("note_resolution", money=self._scale.more_up(found.resolution, digits=3))
        if found.floor is not None:
            yield self._say("note_floor", share=percent(found.floor, self._language, 0))
        yield self._say("note_other")

    def _say(self, key: str, **words: object) -> str:
        return say(f"budget_steps.{key}", self._language, **words)
