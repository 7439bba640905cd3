"""An answer to a question about a plan, as notebook, report, workbook and terminal show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from jspmodel.case import Case
from jspmodel.pages import Captioned, Fragment, render_finding
from jspmodel.scenario import Language
from jspmodel.text import number, say

DIGITS = 2
NONE = "–"
NAMED = 12
"""Programmes of which nothing is known that a sentence names: of more it gives the number."""
NOISE = 1e-4
"""What the price of money, which decides ties, may take from an end of an interval."""


@dataclass(frozen=True)
class Answer:
    """An answer: its message, what follows from it, tables, and how to read them.

    Attributes
    ----------
    title : str
        A sentence.
    sentences : sequence of str
    tables : sequence of Captioned
    notes : sequence of str
    """

    title: str
    sentences: Sequence[str]
    tables: Sequence[Captioned]
    notes: Sequence[str]

    def rendered(self, language: Language) -> Fragment:
        """Return it as HTML."""
        return render_finding(self.title, language, self.sentences, self.tables, self.notes)


def named(case: Case, language: Language) -> dict[str, str]:
    """Return code and name of each programme, by code."""
    return {code: f"{code} {name}" for code, name in case.names("programs", language).items()}


def figure(value: float | None, language: Language) -> str:
    """Return a figure; a dash where there is none."""
    return NONE if value is None else number(value, language, DIGITS)


def span(low: str, high: str, language: Language) -> str:
    """Return two figures as a range; one where both are told alike."""
    return low if low == high else say("why.between", language, least=low, most=high)


def interval(least: float | None, most: float | None, language: Language) -> str:
    """Return an interval, rounded outwards: what is proven stays in it; a dash without a lower end."""
    if least is None:
        return NONE
    low = figure(floor((least + NOISE) * 10**DIGITS) / 10**DIGITS, language)
    if most is None:
        return say("why.at_least", language, least=low)
    return span(low, figure(ceil((most - NOISE) * 10**DIGITS) / 10**DIGITS, language), language)


def at_most(value: float, language: Language) -> str:
    """Return what something is at most: rounded up."""
    return figure(ceil((value - NOISE) * 10**DIGITS) / 10**DIGITS, language)
