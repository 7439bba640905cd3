"""An answer to a question about a plan, as notebook, report, workbook and terminal show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jspmodel.case import Case
from jspmodel.pages import Captioned, Fragment, render_finding
from jspmodel.scenario import Language
from jspmodel.text import interval as interval
from jspmodel.text import number, rounded_up
from jspmodel.text import span as span

DIGITS = 2
NONE = "–"
TOLD = 1e-3
"""How much better or worse a plan must be for it to be told."""
NAMED = 12
"""Programmes of which nothing is known that a sentence names: of more it gives the number."""


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


def at_most(value: float, language: Language) -> str:
    """Return a figure rounded up: what something is at most, or what is enough."""
    return figure(rounded_up(value), language)
