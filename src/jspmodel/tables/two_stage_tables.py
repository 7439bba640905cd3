"""Tables on a plan in two stages: that for the mean beside that for the worst, and what the news decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.figures import future_name, program_list
from jspmodel.pages import Captioned, Fragment, captioned
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Language
from jspmodel.tables.answers import NONE, TOLD, Answer, at_most, figure, interval, named
from jspmodel.text import format_gap, number, say

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Explanation, FutureWorth, StagedPlan, TwoStagePlan


def two_stage_table(case: Case, plan: Plan, found: Explanation | None, language: Language) -> Fragment | None:
    """Return what starts before the news in the plan for the mean and for the worst, and what follows.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where no futures were asked about.
    """
    if found is None or found.two_stage is None:
        return None
    return two_stage_answer(case, plan, found, language).rendered(language)


def two_stage_answer(case: Case, plan: Plan, found: Explanation, language: Language) -> Answer:
    """Return what ``two_stage_table`` shows.

    Raises
    ------
    ValueError
        Where no futures were asked about.
    """
    staged = found.two_stage
    if staged is None:
        raise ValueError("found.two_stage is None: it was not asked")
    told = _Told(case, plan, staged, language)
    notes = [told.say(f"note_{key}") for key in ("stages", "tail", "source")]
    if staged.mean_plan is None or staged.tail_plan is None:
        return Answer(told.without_plan(), list(told.why_none()), [told.futures()], notes)
    both = (staged.mean_plan, staged.tail_plan)
    tables = [told.plans(both), told.futures(), told.news(both)]
    return Answer(told.title(both), list(told.sentences(both)), tables, notes)


class _Told:
    """Puts a plan in two stages into words."""

    def __init__(self, case: Case, plan: Plan, staged: TwoStagePlan, language: Language) -> None:
        self._case, self._staged, self._language = case, staged, language
        self._unit = say(f"prices.unit_{plan.objective_kind}", language)

    def say(self, key: str, **words: object) -> str:
        """Return a wording, with what many of them name."""
        staged = self._staged
        told = {
            "count": len(staged.futures),
            "year": staged.recourse_year,
            "share": number(100 * staged.tail, self._language, 0),
            "unit": self._unit,
        }
        return say(f"two_stage.{key}", self._language, **{**told, **words})

    def title(self, both: tuple[StagedPlan, StagedPlan]) -> str:
        """Return what the plan for the worst costs and brings."""
        mean, tail = both
        gain, cost = tail.tail_value - mean.tail_value, mean.mean - tail.mean
        if gain < TOLD and abs(cost) < TOLD:
            return self.say("title_same")
        least, most = self._staged.tail_cost or (0.0, None)
        words = {"gain": gain, "cost": cost}
        return self.say(
            "title",
            proven=interval(least, most, self._language),
            **{key: figure(value, self._language) for key, value in words.items()},
        )

    def without_plan(self) -> str:
        """Return that there is no plan, or none was found."""
        return self.say(f"title_{self._staged.finding}")

    def why_none(self) -> Iterator[str]:
        """Yield why there is none, as far as it is known."""
        if self._staged.without_plan:
            yield self.say("no_plan_in", futures=self._names(self._staged.without_plan))
        elif self._staged.finding == "none":
            yield self.say("apart")

    def sentences(self, both: tuple[StagedPlan, StagedPlan]) -> Iterator[str]:
        """Yield what starts in both, what each news decides, and what knowing more is worth."""
        yield from self._begun(both)
        yield from self._reach()
        yield from self._after(both[1])
        yield from self._information()
        for key, plan in zip(("mean", "tail"), both, strict=True):
            yield self._gap(self.say(f"plan_{key}"), plan)

    def _begun(self, both: tuple[StagedPlan, StagedPlan]) -> Iterator[str]:
        mean, tail = (tuple(choice.program for choice in plan.begun) for plan in both)
        shared = [program for program in mean if program in tail]
        if not shared:
            yield self.say("begun_none")
        parts = {
            "both": shared,
            "mean": [program for program in mean if program not in tail],
            "tail": [program for program in tail if program not in mean],
        }
        for key, programs in parts.items():
            if programs:
                listed = program_list(self._case, programs, self._language)
                yield self.say(f"begun_{key}", n=len(programs), programs=listed)
        if shared and set(both[0].begun) == set(both[1].begun):
            yield self.say("begun_alike")

    def _reach(self) -> Iterator[str]:
        staged = self._staged
        if staged.least_tail is not None and staged.tail_finding != "found":
            most = NONE if staged.tail_most is None else at_most(staged.tail_most, self._language)
            least = figure(staged.least_tail, self._language)
            yield self.say(f"reach_{staged.tail_finding}", least=least, most=most)

    def _after(self, plan: StagedPlan) -> Iterator[str]:
        """Yield what starts after each news, and what does not although it would after another."""
        begun = {choice.program for choice in plan.begun}
        for place, future in enumerate(self._staged.futures):
            later = {choice.program for choice in plan.later(place)}
            missing = [program for program in plan.waits if program not in later | begun]
            words = {
                "future": future_name(future.name, self._language),
                "chance": number(100 * future.probability, self._language, 0),
                "n": len(later),
            }
            if missing:
                words |= {"m": len(missing), "programs": program_list(self._case, missing, self._language)}
            yield self.say("news_not" if missing else "news", **words)

    def _information(self) -> Iterator[str]:
        staged = self._staged
        if staged.perfect_information is not None:
            yield self.say("information", worth=interval(*staged.perfect_information, self._language))
        if staged.stochastic_solution is not None:
            yield self.say("solution", worth=interval(*staged.stochastic_solution, self._language))
        if staged.dead_ends:
            yield self.say("dead_end", futures=self._names(staged.dead_ends))

    def _gap(self, name: str, plan: StagedPlan) -> str:
        gap = self._staged.gap(plan)
        if gap is None:
            return self.say("gap_unknown", plan=name)
        return self.say("gap" if gap > 0 else "best", plan=name, gap=format_gap(gap, self._language, 2))

    def _names(self, names: Sequence[str]) -> str:
        return ", ".join(future_name(name, self._language) for name in names)

    def plans(self, both: tuple[StagedPlan, StagedPlan]) -> Captioned:
        """Return both plans, a row each."""
        most = self._staged.mean_plan.bound if self._staged.mean_plan else None
        rows = [
            (
                self.say(f"plan_{key}"),
                str(len(plan.begun)),
                *(figure(value, self._language) for value in (plan.mean, plan.tail_value, plan.worst)),
                interval(
                    max(0.0, both[0].mean - plan.mean),
                    None if most is None else max(0.0, most - plan.mean),
                    self._language,
                ),
            )
            for key, plan in zip(("mean", "tail"), both, strict=True)
        ]
        keys = ("plan", "begun", "mean", "tail", "worst", "loss")
        return captioned(self.say("plans_caption"), keys, rows, self._language, keys[1:], "two_stage")

    def futures(self) -> Captioned:
        """Return the futures, a row each, with what the plans are worth there."""
        keys = ("future", "chance", "budget", "alone", "plan_mean", "plan_tail", "source")
        rows = [self._future(place, future) for place, future in enumerate(self._staged.futures)]
        return captioned(self.say("futures_caption"), keys, rows, self._language, keys[1:-1], "two_stage")

    def _future(self, place: int, future: FutureWorth) -> tuple[str, ...]:
        plans = (self._staged.mean_plan, self._staged.tail_plan)
        alone = interval(future.objective, future.bound, self._language)
        if future.finding != "found":
            alone = say(f"frontier.cell_{future.finding}", self._language)
        return (
            future_name(future.name, self._language),
            number(100 * future.probability, self._language, 1),
            number(future.budget, self._language, 1),
            alone,
            *(figure(None if plan is None else plan.worths[place], self._language) for plan in plans),
            future.source or NONE,
        )

    def news(self, both: tuple[StagedPlan, StagedPlan]) -> Captioned:
        """Return what waits for the news, a row a programme: when it starts in which future."""
        names = named(self._case, self._language)
        waiting = [code for code in names if any(code in plan.waits for plan in both)]
        rows = [
            (names[code], *(starts_by_future(self._staged, plan, code, self._language) for plan in both))
            for code in waiting
        ]
        keys = ("program", "plan_mean", "plan_tail")
        return captioned(self.say("news_caption"), keys, rows, self._language, (), "two_stage")


def starts_by_future(staged: TwoStagePlan, plan: StagedPlan, code: str, language: Language) -> str:
    """Return in which futures a programme starts when, and in which it does not.

    Parameters
    ----------
    staged : TwoStagePlan
    plan : StagedPlan
        One of its plans.
    code : str
        Of the programme.
    language : {"id", "en"}
    """
    begun = _start(plan.begun, code)
    years = [begun or _start(plan.later(place), code) for place in range(len(plan.plans))]
    if not any(years):
        return NONE

    def which(year: int | None) -> str:
        if all(one == year for one in years):
            return say("two_stage.all_futures", language)
        pairs = zip(staged.futures, years, strict=True)
        return ", ".join(future_name(future.name, language) for future, one in pairs if one == year)

    parts = [
        say("two_stage.start", language, year=year, futures=which(year))
        for year in sorted({year for year in years if year})
    ]
    never = [say("two_stage.never", language, futures=which(None))] if None in years else []
    return "; ".join([*parts, *never])


def _start(choices: Sequence[Choice], code: str) -> int | None:
    return next((choice.start for choice in choices if choice.program == code), None)
