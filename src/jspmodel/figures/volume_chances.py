"""How surely a coalition reaches what a joint programme needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jspmodel.scenario import Language
from jspmodel.text import percent, unit_name

if TYPE_CHECKING:
    from jspmodel.collaboration import Threshold


def format_chance(share: float, language: Language, sure: bool = True) -> str:
    """Return a chance in percent, with a digit more where it is nearly none or nearly certain.

    Parameters
    ----------
    share : float in 0-1
        Of the futures drawn.
    language : {"id", "en"}
    sure : bool
        Whether none or all of the futures drawn means never or always (see ``is_sure``).

    Returns
    -------
    str
    """
    if share in (0, 1) and sure:
        return percent(share, language, 0)
    if share < 0.0005:
        return "< " + percent(0.001, language, 1)
    if share > 0.9995:
        return "> " + percent(0.999, language, 1)
    return percent(share, language, 0 if 0.01 <= share <= 0.99 else 1)


def is_sure(low: float, high: float, needed: float) -> bool:
    """Return whether even the lowest volumes reach what is needed, or not even the highest do."""
    return low >= needed * (1 - 1e-9) or high < needed * (1 - 1e-9)


def unit_of(threshold: Threshold, language: Language) -> str:
    """Return the unit of the volume, in the language where it has a word."""
    return unit_name(threshold.unit, language) or threshold.unit
