"""Tables on several objectives: the front of two, the trade-off table, and one plan by all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.figures import ObjectiveWords, front_title
from jspmodel.pages import Captioned, Fragment
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.tables.answers import NONE, Answer
from jspmodel.text import Table, number, percent, say

if TYPE_CHECKING:  # what searches by several objectives is imported by whoever asks for that
    from jspmodel.selection.postoptimal import (
        CompromisePlan,
        Explanation,
        ObjectiveOutcome,
        ParetoFront,
        PayoffTable,
    )

_DIGITS = 4
"""Of what a plan achieves, which lies around 0 to 1."""


def tradeoff_table(case: Case, plan: Plan, found: Explanation | None, language: Language) -> Fragment | None:
    """Return the plans between the best of one objective and the best of another.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where that was not asked.
    """
    if found is None or found.tradeoff is None:
        return None
    return front_answer(case, found.tradeoff, language).rendered(language)


def tradeoff_answer(case: Case, plan: Plan, found: Explanation, language: Language) -> Answer:
    """Return what ``tradeoff_table`` shows.

    Raises
    ------
    ValueError
        If that was not asked.
    """
    if found.tradeoff is None:
        raise ValueError("the explanation has no front of two objectives")
    return front_answer(case, found.tradeoff, language)


def front_answer(case: Case, front: ParetoFront, language: Language) -> Answer:
    """Return the front of two objectives as an answer.

    Parameters
    ----------
    case : Case
    front : ParetoFront
    language : {"id", "en"}

    Returns
    -------
    Answer
    """
    words = _FrontWords(case, front, language)
    return Answer(
        front_title(case, front, language), list(words.sentences()), [words.table()], [words.say("note")]
    )


class _FrontWords:
    """Words about one front."""

    def __init__(self, case: Case, front: ParetoFront, language: Language) -> None:
        self._front, self._language = front, language
        self._first, self._second = (ObjectiveWords(case, one, language) for one in front.objectives)

    def say(self, key: str, **words: object) -> str:
        """Return a wording, the names of both objectives filled in."""
        names = {"first": self._first.name, "second": self._second.name}
        return say(f"tradeoff.{key}", self._language, **{**names, **words})

    def sentences(self) -> Iterator[str]:
        """Yield what half of the way costs, where the present plan is, and what is proven."""
        front = self._front
        yield from self._half()
        yield self._present()
        if front.exact:
            yield self.say("all", n=len(front.points))
        else:
            most = max(abs(point.bound - point.values[0]) for point in front.points)
            yield self.say("found", n=len(front.points), most=self._first.apart_up(most))
        first, second = front.resolution
        apart = {"first_apart": self._first.apart_up(first), "second_apart": self._second.apart_up(second)}
        yield self.say("resolution", **apart)
        if front.without_equity:
            yield self.say("without_equity")

    def _half(self) -> Iterator[str]:
        """Yield the first plan that is at least half of the way to the best of the second objective."""
        points = self._front.points
        ends = points[0].values[1], points[-1].values[1]
        far = (one for one in points[1:-1] if (one.values[1] - ends[0]) / (ends[1] - ends[0]) >= 0.5)
        there = next(far, None)
        if there is not None:
            loss = self._first.apart(points[0].values[0] - there.values[0])
            words = {"first_value": self._first.told(there.values[0]), "loss": loss}
            yield self.say("half", second_value=self._second.told(there.values[1]), **words)

    def _present(self) -> str:
        first, second = self._front.present
        words = {"first_value": self._first.told(first), "second_value": self._second.told(second)}
        mine = next((point for point in self._front.points if point.present), None)
        if mine is not None:
            return self.say("present_proven" if mine.proven else "present_found", **words)
        better = next(point for point in self._front.points if self._no_worse(point.values))
        others = {
            "other_first": self._first.told(better.values[0]),
            "other_second": self._second.told(better.values[1]),
        }
        return self.say("present_bettered", **words, **others)

    def _no_worse(self, values: tuple[float, float]) -> bool:
        """Return whether values are as good as those of the present plan."""
        front = self._front
        return all(
            (now - value if one.less else value - now) >= -apart
            for one, value, now, apart in zip(
                front.objectives, values, front.present, front.resolution, strict=True
            )
        )

    def table(self) -> Captioned:
        """Return the plans, a row each."""
        priced = all(one.name != "cost" for one in self._front.objectives)
        keys = ["proven", *(["cost"] if priced else []), "count", "enter", "leave"]
        heads = [self.say(f"column_{key}") for key in keys]
        rows, records = [], self._front.table.itertuples(index=False)
        for place, (point, told) in enumerate(zip(self._front.points, records, strict=True), start=1):
            row = [
                self.say("present_row", n=place) if point.present else str(place),
                self._first.value(point.values[0]),
                self._second.value(point.values[1]),
                self._first.end(point.values[0], point.bound),
                *([number(point.cost, self._language, 1)] if priced else []),
                str(len(point.choices)),
                ", ".join(told.enter) or NONE,
                ", ".join(told.leave) or NONE,
            ]
            rows.append(tuple(row))
        columns = (self.say("column_place"), self._first.heading, self._second.heading, *heads)
        numeric = (False, *(True for _ in columns[1:-2]), False, False)
        return Captioned(self.say("caption"), Table(columns, tuple(rows), numeric))


def payoff_answer(case: Case, found: PayoffTable, language: Language) -> Answer:
    """Return a trade-off table as an answer.

    Parameters
    ----------
    case : Case
    found : PayoffTable
    language : {"id", "en"}

    Returns
    -------
    Answer
    """
    words = [ObjectiveWords(case, one, language) for one in found.objectives]
    rows = []
    for place, (own, row) in enumerate(zip(words, found.rows, strict=True)):
        values = [one.value(value) for one, value in zip(words, row.values, strict=True)]
        best = row.values[place]
        rows.append((own.name, *values, own.end(best, row.bound), number(row.cost, language, 1)))
    heads = [say(f"tradeoff.column_{key}", language) for key in ("best", "proven", "cost")]
    columns = (heads[0], *(one.heading for one in words), *heads[1:])
    table = Table(columns, tuple(rows), (False, *(True for _ in columns[1:])))
    told = [
        say("tradeoff.payoff_range", language, name=one.name, **ends)
        for one, ends in zip(words, _ranges(found, words), strict=True)
    ]
    if found.without_equity:
        told.append(say("tradeoff.without_equity", language))
    title, caption, note = (say(f"tradeoff.payoff_{key}", language) for key in ("title", "caption", "note"))
    return Answer(title, told, [Captioned(caption, table)], [note])


def _ranges(found: PayoffTable, words: list[ObjectiveWords]) -> Iterator[dict[str, str]]:
    for one, *values in zip(words, found.nadir, found.ideal, found.present, strict=True):
        yield dict(zip(("worst", "best", "present"), map(one.told, values), strict=True))


def compromise_answer(case: Case, found: CompromisePlan, language: Language) -> Answer:
    """Return a plan that was chosen by several objectives as an answer.

    Parameters
    ----------
    case : Case
    found : CompromisePlan
    language : {"id", "en"}

    Returns
    -------
    Answer
    """

    def told(key: str, **words: object) -> str:
        return say(f"tradeoff.{key}", language, **words)

    rows = []
    for outcome in found.outcomes:
        words = ObjectiveWords(case, outcome.objective, language)
        ends = words.end(outcome.value, outcome.bound)
        rows.append(
            (words.heading, words.value(outcome.value), ends, _asked(found, outcome, words, language))
        )
    heads = tuple(told(f"column_{key}") for key in ("objective", "value", "proven", "asked"))
    table = Captioned(
        told(f"{found.approach}_caption"), Table(heads, tuple(rows), (False, True, True, False))
    )
    sentences = [told("cost", cost=number(found.cost, language, 1))]
    for key, codes in (("leave", found.leave), ("enter", found.enter)):
        sentences += [told(key, programs=", ".join(codes))] if codes else []
    if found.achieved is not None and found.bound is not None:
        reached = {"achieved": number(found.achieved, language, _DIGITS)}
        reached["bound"] = number(max(found.achieved, found.bound), language, _DIGITS)
        sentences.append(told(f"achieved_{found.approach}", **reached))
    sentences.append(told("proven" if found.proven else "not_proven"))
    sentences += [told("weights_scaled")] if found.weights_scaled else []
    sentences += [told("without_equity")] if found.without_equity else []
    title = told(f"{found.approach}_title", leave=len(found.leave), enter=len(found.enter))
    return Answer(title, sentences, [table], [told(f"{found.approach}_note")])


def _asked(
    found: CompromisePlan, outcome: ObjectiveOutcome, words: ObjectiveWords, language: Language
) -> str:
    """Return what was asked of an objective."""
    key = f"tradeoff.{found.approach}_asked"
    if found.approach == "weighted":
        return say(key, language, weight=number(outcome.asked[0], language, 2))
    if found.approach == "reference_point":
        aspiration, reservation = map(words.told, outcome.asked)
        return say(key, language, aspiration=aspiration, reservation=reservation)
    if outcome.least is None:
        return say("tradeoff.hierarchical_last", language)
    share = percent(outcome.asked[0], language, 0)
    return say(key, language, share=share, least=words.told(outcome.least))
