"""An amount of money that may mean two, each told with its unit and as it may be typed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jspmodel.errors import TypedAmount
from jspmodel.intake import Flaw

_THOUSAND = Decimal(1000)
_UNITS = ("rupiah", "ribu", "juta", "miliar", "triliun")
"""Each a thousand of the one before."""
_BILLION = _UNITS.index("miliar")
_LEAST_TOLD = Decimal("0.0001")
"""Rp billion: what is less is told in its own unit alone."""


def two_readings(flaw: Flaw, scale: Decimal | None) -> Flaw:
    """Return the question which of two amounts is meant, each in forms that any cell of money reads.

    Parameters
    ----------
    flaw : Flaw
        With the values ``value``, ``whole`` and ``decimal``.
    scale : Decimal or None
        What one is in rupiah; None where that is in doubt too.

    Returns
    -------
    Flaw

    Examples
    --------
    >>> flaw = Flaw("ambiguous_number", {"value": "2.500", "whole": "2500", "decimal": Decimal("2.5")})
    >>> juta = two_readings(flaw, Decimal(10) ** 6).values
    >>> [[f"{number:f} {unit}" for number, unit in juta[each].forms] for each in ("first", "second")]
    [['2500 juta', '2.5 miliar'], ['2.5 juta', '0.0025 miliar']]
    """
    if scale is None:
        return Flaw("ambiguous_amount_and_unit", flaw.values)
    place = next(k for k in range(len(_UNITS)) if _THOUSAND**k == scale)
    read = {
        key: typed_amount(Decimal(str(flaw.values[name])), place)
        for key, name in (("first", "whole"), ("second", "decimal"))
    }
    return Flaw("ambiguous_amount", {"value": flaw.values["value"], **read})


def typed_amount(number: Decimal, place: int) -> TypedAmount:
    """Return the forms of an amount: in its unit and in billions, in none of them to be read in two ways.

    Parameters
    ----------
    number : Decimal
    place : int
        Of its unit among rupiah, thousands, millions, ...
    """
    return TypedAmount(tuple(dict.fromkeys(_forms(number, place))))


def _forms(number: Decimal, place: int) -> Iterator[tuple[Decimal, str]]:
    yield _sure(number, place)
    billions = number * _THOUSAND ** (place - _BILLION)
    if place == _BILLION:
        yield _sure(number * _THOUSAND, place - 1)
    elif abs(billions) >= _LEAST_TOLD:
        yield _sure(billions, _BILLION)


def _sure(number: Decimal, place: int) -> tuple[Decimal, str]:
    """Return an amount in a unit in which its decimals cannot be taken for a group of thousands."""
    decimals = -int(number.normalize().as_tuple().exponent)
    if decimals == 3 and place:
        number, place = number * _THOUSAND, place - 1
    return number.normalize(), _UNITS[place]
