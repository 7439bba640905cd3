"""Dates as people read them."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from jspmodel.scenario import Language


def day(iso: str, language: Language) -> str:
    """Return a date with the month spelled out.

    Parameters
    ----------
    iso : str
        Such as ``"2027-07-31"``; a time behind it is left out.
    language : {"id", "en"}

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If it is no date.

    Examples
    --------
    >>> day("2027-07-31", "id"), day("2027-07-31", "en")
    ('31 Juli 2027', '31 July 2027')
    """
    return format_date(date.fromisoformat(iso[:10]), format="d MMMM y", locale=language)
