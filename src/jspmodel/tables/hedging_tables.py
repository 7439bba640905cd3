"""Tables on plans that hedge against wrong effects: what they are worth at worst, and what that costs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.pages import Captioned, Fragment, captioned
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.tables.answers import NONE, Answer, at_most, figure, interval
from jspmodel.text import say

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Explanation, HedgedPlan, ScenarioWorth

FIRST = ("mode", "low", "high")
"""Scenarios that come first: what is expected leads."""


def hedges_table(case: Case, plan: Plan, found: Explanation | None, language: Language) -> Fragment | None:
    """Return the plans that hedge best, beside this one: what they cost as expected, what they save at worst.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) without an explanation that answers it.
    """
    if found is None or (found.maximin is None and found.minimax_regret is None):
        return None
    return hedges_answer(case, plan, found, language).rendered(language)


def hedges_answer(case: Case, plan: Plan, found: Explanation, language: Language) -> Answer:
    """Return what ``hedges_table`` shows.

    Raises
    ------
    ValueError
        If the explanation has no such plan.
    """
    hedges = [one for one in (found.maximin, found.minimax_regret) if one is not None]
    if not hedges:
        raise ValueError("the explanation has no plan that hedges")
    unit = say(f"prices.unit_{plan.objective_kind}", language)
    told = _Told(plan, hedges, language, unit)
    notes = [say(f"uncertain.{key}", language) for key in ("hedge_note", "hedge_scope")]
    return Answer(told.title(), told.sentences(), [told.options(), told.scenarios()], notes)


class _Told:
    """Puts plans that hedge into words."""

    def __init__(self, plan: Plan, hedges: Sequence[HedgedPlan], language: Language, unit: str) -> None:
        self._plan, self._hedges, self._language, self._unit = plan, hedges, language, unit
        self._regret = next((one for one in hedges if one.criterion == "minimax_regret"), None)

    def title(self) -> str:
        """Return what hedging costs at the expected effects, and what it saves."""
        first = self._hedges[0]
        key = "hedge_title" if first.criterion == "maximin" else "hedge_title_regret"
        if _is_plan(first, self._plan):
            key += "_same"
        return say(
            f"uncertain.{key}",
            self._language,
            cost=figure(first.cost_least, self._language),
            proven=interval(first.cost_least, first.cost_most, self._language),
            worst=figure(min(one.worth for one in first.scenarios), self._language),
            ours=figure(min(one.asked for one in first.scenarios), self._language),
            regret=at_most(first.most, self._language),
            unit=self._unit,
        )

    def sentences(self) -> list[str]:
        """Return what each plan reaches, and what is proven of that."""
        return [
            say(
                f"uncertain.{'safest' if one.criterion == 'maximin' else 'regretted'}",
                self._language,
                worst=figure(min(item.worth for item in one.scenarios), self._language),
                most=at_most(one.most, self._language),
                proven=interval(one.least, one.most, self._language),
                unit=self._unit,
            )
            for one in self._hedges
        ]

    def options(self) -> Captioned:
        """Return this plan and those that hedge, a row each."""
        first, plan = self._hedges[0], self._plan
        best = (first.expected + first.cost_least, first.expected + first.cost_most)
        ours = [one.asked for one in first.scenarios]
        rows = [self._row("ours", plan.objective, best, first.scenarios, ours, (NONE, NONE))]
        for one in self._hedges:
            best = (one.expected + one.cost_least, one.expected + one.cost_most)
            worths = [item.worth for item in one.scenarios]
            rows.append(
                self._row(one.criterion, one.expected, best, one.scenarios, worths, self._changes(one))
            )
        keys = [
            "option",
            "expected",
            "gives_up",
            "worst",
            *(["lag"] if self._regret else []),
            "leave",
            "enter",
        ]
        caption = say("uncertain.options_caption", self._language, unit=self._unit)
        return captioned(caption, keys, rows, self._language, keys[1:-2], "uncertain")

    def _row(
        self,
        option: str,
        expected: float,
        best: tuple[float, float],
        scenarios: Sequence[ScenarioWorth],
        worths: Sequence[float],
        changes: tuple[str, str],
    ) -> tuple[str, ...]:
        lag = [self._lag(scenarios, worths)] if self._regret else []
        least, most = (max(0.0, end - expected) for end in best)
        return (
            say(f"uncertain.option_{option}", self._language),
            figure(expected, self._language),
            interval(least, most, self._language),
            figure(min(worths), self._language),
            *lag,
            *changes,
        )

    def _lag(self, scenarios: Sequence[ScenarioWorth], worths: Sequence[float]) -> str:
        """Return the largest lag behind the best plan of a scenario; a dash where others were asked about."""
        bests = self._regret.scenarios if self._regret else ()
        if [one.name for one in bests] != [one.name for one in scenarios]:
            return NONE
        ends = [
            max([0.0, *(end - worth for end, worth in zip(some, worths, strict=True) if end is not None)])
            for some in ([one.best_least for one in bests], [one.best_most for one in bests])
        ]
        return interval(ends[0], ends[1], self._language)

    def _changes(self, hedge: HedgedPlan) -> tuple[str, str]:
        if _is_plan(hedge, self._plan):
            same = say("uncertain.same_plan", self._language)
            return same, same
        if not hedge.leave and not hedge.enter:
            same = say("prices.same", self._language)
            return same, same
        return ", ".join(hedge.leave) or NONE, ", ".join(hedge.enter) or NONE

    def scenarios(self) -> Captioned:
        """Return what each plan is worth under each scenario, as expected first."""
        by_hedge = [{one.name: one for one in hedge.scenarios} for hedge in self._hedges]
        bests = {one.name: one for one in (self._regret.scenarios if self._regret else ())}
        known = list(dict.fromkeys(name for some in by_hedge for name in some))
        known.sort(key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
        rows = []
        for name in known:
            theirs = [some.get(name) for some in by_hedge]
            ours = next(one.asked for one in theirs if one is not None)
            best = bests.get(name)
            rows.append(
                (
                    scenario_name(name, self._language),
                    *([self._best(best)] if self._regret else []),
                    figure(ours, self._language),
                    *(figure(None if one is None else one.worth, self._language) for one in theirs),
                )
            )
        keys = [
            "scenario",
            *(["best"] if self._regret else []),
            "ours",
            *(one.criterion for one in self._hedges),
        ]
        caption = say("uncertain.scenarios_caption", self._language, unit=self._unit)
        return captioned(caption, keys, rows, self._language, keys[1:], "uncertain")

    def _best(self, one: ScenarioWorth | None) -> str:
        return NONE if one is None else interval(one.best_least, one.best_most, self._language)


def _is_plan(hedge: HedgedPlan, plan: Plan) -> bool:
    """Return whether a plan that hedges is the one asked about, years and regions and all."""
    return set(hedge.choices) == set(plan.choices)


def scenario_name(name: str, language: Language) -> str:
    """Return the name of a scenario as people read it; one of their own as it stands."""
    if name in FIRST:
        return say(f"uncertain.scenario_{name}", language)
    drawn = re.fullmatch(r"draw (\d+)", name)
    return say("uncertain.scenario_draw", language, n=drawn[1]) if drawn else name
