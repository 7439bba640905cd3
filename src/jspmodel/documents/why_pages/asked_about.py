"""What all sheets on one plan share: words of one language, names of codes, ends of what is proven."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Language
from jspmodel.text import rounded_down, rounded_up, say
from jspmodel.workbook import Column, Page, Value

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Explanation

_WIDE = {
    "way": 30,
    "leave": 26,
    "enter": 26,
    "joins": 26,
    "only_here": 26,
    "only_there": 26,
    "activity": 42,
    "program": 42,
    "programs": 60,
    "fund": 32,
    "region": 28,
    "how": 60,
    "law": 46,
    "broken": 46,
    "dropped": 46,
    "obstacles": 46,
    "measured": 34,
    "plan": 28,
    "when": 60,
    "sheet": 28,
    "question": 44,
    "reading": 80,
    "proven": 34,
    "known": 34,
    "of_all": 60,
}
"""Columns of text that are wider than others, by their name or the last word of it."""
_TEXT, _NUMBER = 18, 16
_LOOKS = {
    "amount": "cell_money",
    "budget": "cell_money",
    "cost": "cell_money",
    "money": "cell_money",
    "count": "cell_whole",
    "place": "cell_whole",
    "share": "cell_share",
    "year": "cell_year",
    "figure": "cell_number",
}
"""How values look, by what a column is said to hold."""
_NOISE = 1e-9


@dataclass(frozen=True)
class Sheet(Page):
    """A sheet that knows under which key its words stand.

    Attributes
    ----------
    key : str
        Such as ``importance``: of its name, what it asks, and how to read it.
    """

    key: str = ""


class AskedAbout:
    """A plan and what was found out about it.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation
    language : {"id", "en"}
    """

    def __init__(self, case: Case, plan: Plan, found: Explanation, language: Language) -> None:
        self.case, self.plan, self.found, self.language = case, plan, found, language
        self.unit = say(f"prices.unit_{plan.objective_kind}", language)

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of each programme."""
        return self.case.names("programs", self.language)

    @cached_property
    def starts(self) -> dict[str, int]:
        """First year of each programme of the plan."""
        return {choice.program: choice.start for choice in self.plan.choices}

    def say(self, key: str, **words: object) -> str:
        """Return a wording of these sheets."""
        return say(f"why_sheets.{key}", self.language, **words)

    def yes(self, flag: bool) -> str:
        """Return yes or no, as the other sheets of the workbook have it."""
        return say(f"workbook.{'true' if flag else 'false'}", self.language)

    def program(self, code: str) -> tuple[str, str]:
        """Return what the first two columns on a programme hold."""
        return code, self.names[code]

    def codes(self, some: Iterable[str]) -> str:
        """Return codes of programmes as one text, in table order."""
        known = list(self.names)
        return ", ".join(sorted(some, key=known.index))

    def exchange(self, choices: Sequence[Choice]) -> tuple[str, str]:
        """Return what another plan does not carry out of this one, and what it carries out beside it."""
        there = {choice.program for choice in choices}
        return self.codes(self.starts.keys() - there), self.codes(there - self.starts.keys())

    def page(self, name: str, columns: str, rows: Iterable[Sequence[Value]], **words: object) -> Sheet:
        """Return a sheet.

        Parameters
        ----------
        name : str
            Its key.
        columns : str
            Names of columns, each with what it holds behind a colon unless that is text. One that ends in a
            question mark is left out where no row has a value in it.
        rows : iterable of sequences
        **words
            What fills places of headings beside ``unit``.
        """
        told = list(rows)
        shown = [
            (place, column.rstrip("?"))
            for place, column in enumerate(columns.split())
            if not column.endswith("?") or any(row[place] not in {None, ""} for row in told)
        ]
        heads = [self._column(name, column, **words) for _, column in shown]
        cells = [[row[place] for place, _ in shown] for row in told]
        return Sheet(self.say(f"sheet_{name}"), heads, cells, key=name)

    def _column(self, page: str, column: str, **words: object) -> Column:
        name, _, holds = column.partition(":")
        told = say(_headed(page, name), self.language, **{"unit": self.unit, **words})
        if holds:
            return Column(told, _NUMBER, _LOOKS[holds])
        return Column(told, _WIDE.get(name, _WIDE.get(name.rsplit("_", 1)[-1], _TEXT)))

    def loss(
        self, least: float | None, most: float | None, *, none: str = "open"
    ) -> tuple[Value, Value, str]:
        """Return an interval of what is lost, rounded outwards, and what is proven in words.

        Parameters
        ----------
        least, most : float or None
        none : str
            Name of the words where there is no lower end.
        """
        if least is None:
            return None, None, self.say(none)
        low = rounded_down(least)
        if most is None:
            return low, None, self.say("at_least" if low > 0 else "open")
        high = rounded_up(most)
        return low, high, self.say("exact" if low == high else "between" if low > 0 else "up_to")


def _headed(page: str, name: str) -> str:
    """Return under which key the heading of a column stands; of some as on the other sheets."""
    if name in {"code", "activity", "fund_code", "fund", "year", "region_code", "region", "start"}:
        return f"workbook.plan_{name}"
    return f"why_sheets.{page}_{name}"


def outwards(least: float | None, most: float | None) -> tuple[Value, Value]:
    """Return shares rounded outwards to what a cell shows: a tenth of a percent."""
    return (
        None if least is None else floor(1000 * least + _NOISE) / 1000,
        None if most is None else ceil(1000 * most - _NOISE) / 1000,
    )
