"""Factors on all budgets, as people read them: in percent of the scenario's own ceilings, and as money."""

from __future__ import annotations

from dataclasses import dataclass

from jspmodel.scenario import Language
from jspmodel.text import number, rounded_down, rounded_up, say

DIGITS = 2


@dataclass(frozen=True)
class ScaleWords:
    """Tells factors on all budgets.

    Attributes
    ----------
    today : float
        The factor in the scenario.
    money : float
        Rp billion of all budgets together at a factor of 1, without what is carried over.
    language : {"id", "en"}
    carried : float
        Rp billion carried over from years past, which no factor changes.
    """

    today: float
    money: float
    language: Language
    carried: float = 0.0

    def percent(self, scale: float) -> float:
        """Return a factor in percent of the scenario's own; of those in the tables where that has none."""
        return 100 * scale / (self.today or 1.0)

    def up(self, scale: float) -> str:
        """Return from which percentage on something is so: rounded up."""
        return number(rounded_up(self.percent(scale)), self.language, DIGITS)

    def down(self, scale: float) -> str:
        """Return up to which percentage something is so: rounded down."""
        return number(rounded_down(self.percent(scale)), self.language, DIGITS)

    def stretch(self, since: float, until: float) -> str:
        """Return a stretch, rounded inwards; empty where nothing is left of it."""
        low, high = rounded_up(self.percent(since)), rounded_down(self.percent(until))
        if low >= high:
            return ""
        least, most = (number(end, self.language, DIGITS) for end in (low, high))
        return say("why.between", self.language, least=least, most=most)

    def budget_up(self, scale: float) -> str:
        """Return what all budgets come to together at a factor, in Rp billion, rounded up."""
        return number(rounded_up(scale * self.money + self.carried), self.language, DIGITS)

    def more_up(self, change: float, digits: int = DIGITS) -> str:
        """Return by how much a change of the factor changes all budgets, in Rp billion, rounded up."""
        part = 10.0 ** (digits - DIGITS)
        return number(rounded_up(change * self.money * part) / part, self.language, digits)
