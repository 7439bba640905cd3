"""Indicators as they are told: values, names, chances."""

from __future__ import annotations

from jspmodel.case import Case
from jspmodel.scenario import Language
from jspmodel.text import number, percent, unit_name


def panel_name(case: Case, code: str, language: Language) -> str:
    """Return an indicator's name with its unit."""
    unit = case.indicators.set_index("indicator").loc[code, "unit"]
    name = case.names("indicators", language)[code]
    return f"{name} ({unit_name(unit, language) or unit})" if unit else name


def figure(value: float, language: Language) -> str:
    """Return an indicator's value, with as many digits as its size asks for."""
    return number(value, language, 2 if abs(value) < 1 else 1 if abs(value) < 1000 else 0)


def format_probability(share: float, language: Language) -> str:
    """Return a share of futures; one that rounds to none or all, but is not, says so."""
    if 0 < share < 0.005:
        return "< " + percent(0.01, language, 0)
    if 0.995 < share < 1:
        return "> " + percent(0.99, language, 0)
    return percent(share, language, 0)
