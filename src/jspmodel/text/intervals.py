"""Intervals that are proven, as they are told: rounded outwards."""

from __future__ import annotations

from math import ceil, floor

from jspmodel.scenario import Language
from jspmodel.text.numbers import number
from jspmodel.text.wording import say

DIGITS = 2
NOISE = 1e-4
"""What the price of money, which decides ties, may take from an end of an interval."""


def rounded_down(value: float) -> float:
    """Return a figure rounded down to what is told of it, but for noise."""
    return floor((value + NOISE) * 10**DIGITS) / 10**DIGITS


def rounded_up(value: float) -> float:
    """Return a figure rounded up to what is told of it, but for noise."""
    return ceil((value - NOISE) * 10**DIGITS) / 10**DIGITS


def span(low: str, high: str, language: Language) -> str:
    """Return two figures as a range; one where both are told alike."""
    return low if low == high else say("why.between", language, least=low, most=high)


def interval(least: float | None, most: float | None, language: Language) -> str:
    """Return an interval, rounded outwards: what is proven stays in it.

    Parameters
    ----------
    least, most : float or None
        None: nothing is proven of that end.
    language : {"id", "en"}

    Returns
    -------
    str
        A dash without a lower end.

    Examples
    --------
    >>> interval(0.129, 0.431, "en"), interval(5, 5.00001, "en"), interval(5, None, "en")
    ('0.12 to 0.44', '5.00', 'at least 5.00')
    """
    if least is None:
        return "–"
    low = number(rounded_down(least), language, DIGITS)
    if most is None:
        return say("why.at_least", language, least=low)
    return span(low, number(rounded_up(most), language, DIGITS), language)
