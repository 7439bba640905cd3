"""Indicators as they are told: values, names, chances."""

from __future__ import annotations

from jspmodel.case import Case
from jspmodel.intake import is_filled
from jspmodel.measure import computed_once, records
from jspmodel.scenario import Language
from jspmodel.text import number, percent, say, unit_name

_DIGITS = ((1000, 0), (1, 1), (0.1, 2))
"""From which size on an indicator's value is told with how many digits; smaller ones have three, zero two."""


def panel_name(case: Case, code: str, language: Language) -> str:
    """Return an indicator's name with its unit."""
    unit = dict(records(case.indicators, "indicator", "unit"))[code]
    name = case.names("indicators", language)[code]
    return f"{name} ({unit_name(unit, language) or unit})" if unit else name


def figure(value: float, language: Language) -> str:
    """Return an indicator's value, with as many digits as its size asks for."""
    digits = next((digits for least, digits in _DIGITS if abs(value) >= least), 2 if value == 0 else 3)
    return number(value, language, digits)


def format_probability(share: float, language: Language) -> str:
    """Return a share of futures; one that rounds to none or all, but is not, says so."""
    if 0 < share < 0.005:
        return "< " + percent(0.01, language, 0)
    if 0.995 < share < 1:
        return "> " + percent(0.99, language, 0)
    return percent(share, language, 0)


@computed_once()
def default_targets(case: Case) -> frozenset[str]:
    """Return the indicators whose target nobody gave: the latest value of the best region counts instead."""
    return frozenset(case.indicators.loc[is_filled(case.indicators["source"]), "indicator"])


def target_figure(case: Case, code: str, told: str, language: Language) -> str:
    """Return the target of an indicator, as a table tells it, marked where it is a default."""
    return say("chart.target_default", language, value=told) if code in default_targets(case) else told
