"""Why a programme is planned otherwise than it was adopted, in words: only what was found out is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jspmodel.case import Case
from jspmodel.plan import Choice, Plan, PlannedProgram
from jspmodel.realisation import Standing
from jspmodel.scenario import Language
from jspmodel.tables.replanning import Cause, Change
from jspmodel.text import listed, money, number, reason_names, reason_text, say, who

_NOT_TOLD = {"costs_paid", "locked_in"}
"""Rules of which the missing money, or the change itself, says more."""
_MOST = 4
"""Programmes that take more, told one by one."""
_SAME = 0.05
"""Worth that is told as 0."""


def change_words(
    case: Case, plan: Plan, found: Sequence[Change], standing: Standing, language: Language
) -> Iterator[tuple[str, str, str, str]]:
    """Yield a row a programme: its name, when and where it was adopted, when and where it is now, and why.

    Parameters
    ----------
    case : Case
    plan : Plan
        The new one.
    found : sequence of Change
    standing : Standing
    language : {"id", "en"}

    Yields
    ------
    tuple of str
    """
    words = _Words(case, plan, standing, language)
    for change in found:
        name = words.names[change.program]
        yield name, words.when(change.before), words.when(change.after), words.why(change)


class _Words:
    def __init__(self, case: Case, plan: Plan, standing: Standing, language: Language) -> None:
        self.names: Mapping[str, str] = {
            code: f"{code} {name}" for code, name in case.names("programs", language).items()
        }
        self._case, self._language, self._standing = case, language, standing
        self._items: Mapping[str, PlannedProgram] = {item.program: item for item in plan.programs}
        self._objective = plan.objective_kind
        self._reasons = reason_names(case, language)

    def when(self, choice: Choice | None) -> str:
        """Return start and regions of a choice; a dash where there is none."""
        if choice is None:
            return "–"
        places = who(choice.regions, self._case, self._language)
        return self._say("when", year=choice.start, regions=places)

    def why(self, change: Change) -> str:
        """Return what is known of why."""
        parts = [self._kind(change)]
        if change.cause is not None:
            parts.append(self._cause(change, change.cause))
        if change.after is None and change.kind in ("out", "not_begun_out"):
            item = self._items[change.program]
            parts.append(reason_text(item.reason, item.reason_values, self._language, self._reasons))
        return " ".join(parts)

    def _kind(self, change: Change) -> str:
        course = self._standing.courses.get(change.program)
        values = {
            "year": change.after.start if change.after else "",
            "adopted": change.before.start if change.before else "",
            "finished": course.finished if course else "",
        }
        told = self._say(f"kind_{change.kind}", **values)
        if change.kind in ("begins_later", "moved") and _regions(change.before) != _regions(change.after):
            told += " " + self._say("kind_regions")
        if course and course.progress and course.reason:
            told += " " + self._say("said", reason=course.reason)
        return told

    def _cause(self, change: Change, cause: Cause) -> str:
        side = "new" if change.kind == "new" else "adopted"
        if cause.missing:
            years = [
                self._say("missing", amount=money(amount, self._language), year=year)
                for year, amount in cause.missing.items()
            ]
            told = self._say(f"{side}_short", missing=listed(years, self._language))
            if cause.takers:
                takers = [
                    self._say("taker", program=self.names[program], amount=money(amount, self._language))
                    for program, amount in list(cause.takers.items())[:_MOST]
                ]
                if len(cause.takers) > _MOST:
                    takers.append(self._say("more_takers", n=len(cause.takers) - _MOST))
                told += " " + self._say(f"{side}_takers", takers="; ".join(takers))
            return told
        if rules := [rule for rule in cause.rules if rule not in _NOT_TOLD]:
            titles = "; ".join(say(f"rule.{rule}", self._language) for rule in rules)
            return self._say(f"{side}_rules", rules=titles)
        if change.kind == "new" or abs(cause.gain) < _SAME:
            return self._say(f"{side}_unknown")
        unit = say(f"prices.unit_{self._objective}", self._language)
        key = "adopted_worse" if cause.gain < 0 else "adopted_better"
        return self._say(key, gain=number(abs(cause.gain), self._language, 1), unit=unit)

    def _say(self, key: str, **values: object) -> str:
        return say(f"realisation.{key}", self._language, **values)


def _regions(choice: Choice | None) -> set[str]:
    return set(choice.regions) if choice else set()
