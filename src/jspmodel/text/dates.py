"""Dates as people read them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from babel.dates import format_date

if TYPE_CHECKING:
    from jspmodel.scenario import Language


_WIB = timezone(timedelta(hours=7), "WIB")


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


def moment(when: datetime, language: Language) -> str:
    """Return a date and time of day in western Indonesia, as offices there write it.

    Parameters
    ----------
    when : datetime
        With a time zone.
    language : {"id", "en"}

    Returns
    -------
    str

    Examples
    --------
    >>> moment(datetime(2027, 7, 31, 16, 5, tzinfo=timezone(timedelta())), "id")
    '31 Juli 2027, 23.05 WIB'
    """
    there = when.astimezone(_WIB)
    return f"{format_date(there.date(), format='d MMMM y', locale=language)}, {there:%H.%M} WIB"
