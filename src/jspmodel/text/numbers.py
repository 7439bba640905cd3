"""Numbers as people read them: decimal comma and "miliar" in Indonesian, point and "billion" in English."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.numbers import format_decimal, format_percent

if TYPE_CHECKING:
    from jspmodel.scenario import Language

_MILLION: dict[Language, str] = {"id": "juta", "en": "million"}
_BILLION: dict[Language, str] = {"id": "miliar", "en": "billion"}
_TRILLION: dict[Language, str] = {"id": "triliun", "en": "trillion"}


@cache
def _locale(language: str) -> Locale:
    """Look a locale up once: Babel takes longer to find it by its name than to write a number."""
    return Locale(language)


def number(value: float, language: Language, digits: int = 0) -> str:
    """Return a number with thousands separators.

    Parameters
    ----------
    value : float
    language : {"id", "en"}
    digits : int
        Digits after the decimal mark, always shown.

    Returns
    -------
    str

    Examples
    --------
    >>> number(1234.5, "id", 1), number(1234.5, "en", 1)
    ('1.234,5', '1,234.5')
    """
    return format_decimal(value, format=_pattern(digits), locale=_locale(language))


def signed(value: float, language: Language, digits: int = 1) -> str:
    r"""Return a difference with its sign; none where it rounds to 0.

    Parameters
    ----------
    value : float
    language : {"id", "en"}
    digits : int
        Digits after the decimal mark.

    Returns
    -------
    str

    Examples
    --------
    >>> signed(1.24, "id"), signed(0.04, "en"), signed(-3.1, "id").replace("\N{MINUS SIGN}", "-")
    ('+1,2', '0.0', '-3,1')
    """
    size = round(abs(value), digits)
    sign = "" if size == 0 else "+" if value > 0 else "\N{MINUS SIGN}"
    return sign + number(size, language, digits)


def money(billions: float, language: Language) -> str:
    r"""Return an amount of money, its unit spelled out.

    Parameters
    ----------
    billions : float
        Rp billion.
    language : {"id", "en"}

    Returns
    -------
    str
        In miliar (billion) below a thousand of them, else in triliun (trillion); what is something and would
        be 0,0 miliar is in juta (million), less than half of Rp 1,000 is 0. Its spaces are no-break spaces
        (U+00A0), so that an amount stays on one line. Indonesian has none after Rp (EYD V).

    Examples
    --------
    >>> amounts = money(1.25, "id"), money(1250, "id"), money(120, "en"), money(0.0125, "id")
    >>> [amount.replace("\N{NO-BREAK SPACE}", "_") for amount in amounts]
    ['Rp1,2_miliar', 'Rp1,25_triliun', 'Rp_120_billion', 'Rp12,5_juta']
    """
    billions = round(billions, 6) + 0.0  # no minus before a 0
    if abs(billions) >= 999.5:
        amount, unit = number(billions / 1000, language, 2), _TRILLION[language]
    elif billions and reads_as_zero(billions):
        amount, unit = shortest(billions * 1000, language, 3), _MILLION[language]
    else:
        digits = 0 if abs(billions) >= 99.95 or billions == round(billions) else 1
        amount, unit = number(billions, language, digits), _BILLION[language]
    return "\N{NO-BREAK SPACE}".join(
        [f"Rp{amount}" if language == "id" else f"Rp\N{NO-BREAK SPACE}{amount}", unit]
    )


def reads_as_zero(value: float) -> bool:
    """Return whether one digit after the mark tells 0.0: up to 0.05, as a half goes to the even one."""
    return abs(value) <= 0.05


def shortest(value: float, language: Language, digits: int) -> str:
    """Return a number without zeros at its end.

    Parameters
    ----------
    value : float
    language : {"id", "en"}
    digits : int
        Digits after the decimal mark, at most.

    Returns
    -------
    str

    Examples
    --------
    >>> shortest(12.5, "id", 3), shortest(1200.0, "en", 3)
    ('12,5', '1,200')
    """
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return number(value, language, len(text.partition(".")[2]))


def percent(share: float, language: Language, digits: int = 1) -> str:
    """Return a share as percent.

    Parameters
    ----------
    share : float
        0-1.
    language : {"id", "en"}
    digits : int
        Digits after the decimal mark.

    Returns
    -------
    str

    Examples
    --------
    >>> percent(0.125, "id"), percent(0.125, "en")
    ('12,5%', '12.5%')
    """
    return format_percent(share, format=_pattern(digits) + "%", locale=_locale(language))


def _pattern(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")
