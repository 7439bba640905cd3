"""Numbers and amounts of money as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jspmodel.intake import Flaw, normal_cell, own_units
from jspmodel.workbook.money_units import IN_DOUBT, SCALES, MoneyUnit
from jspmodel.workbook.number_formats import money_format
from jspmodel.workbook.two_readings import two_readings

_AMOUNT = re.compile(
    r"(?P<rupiah>(?:rp\.?|idr) ?)?(?P<number>[+-]?[0-9][0-9., ]*?)(?:,-+|\.-+)? *(?P<unit>[a-z]+)?\.?",
    re.IGNORECASE,
)
_THREE_AT_THE_END = re.compile(r"[+-]?(?:[0-9]{4,}|[0-9]{1,3}(?:([., ])[0-9]{3})+(?!\1))[.,][0-9]{3}")
"""Decimals of money are never three: they may be a group of thousands behind a wrong mark."""
_BILLION = SCALES["miliar"]
_CERTAIN_RUPIAH = Decimal(10) ** 6
"""From here on an amount behind Rp cannot be meant in billions, the unit of the tables; below it no amount of
the tables is meant in rupiah."""


def is_money(field: Mapping[str, Any]) -> bool:
    """Whether a column holds money, which the tables have in Rp billion."""
    return field.get("unit") == "miliar rupiah"


def amount_text(text: str, field: Mapping[str, Any], outside: MoneyUnit | None = None) -> str | Flaw:
    """Return a number that a person wrote as the tables have it.

    Parameters
    ----------
    text : str
    field : mapping of str to object
        The column in its table's schema; with the unit ``miliar rupiah`` its amounts are Rp billion.
    outside : MoneyUnit, optional
        What the heading or a line above says of the unit; a unit behind the number counts more.

    Returns
    -------
    str or Flaw
        What is no number at all comes back as it is, to be judged; a flaw where it could be two.

    Examples
    --------
    >>> money, people = {"type": "number", "unit": "miliar rupiah"}, {"type": "number"}
    >>> [amount_text(text, money) for text in ("Rp1.500.000.000", "Rp 2,5 miliar", "750 juta", "1.500,5")]
    ['1.5', '2.5', '0.75', '1500.5']
    >>> amount_text("3,7 juta", people), amount_text("1,5 M", money).code, amount_text("1.500", people).code
    ('3700000', 'which_million', 'ambiguous_number')
    >>> amount_text("1.500 juta", money).code
    'ambiguous_amount'
    >>> amount_text("1.500.000.000.00", money).code
    'digit_groups'
    """
    match = _AMOUNT.fullmatch(" ".join(text.split()))
    if not match:
        return text
    number = _number(match["number"], is_money(field))
    if isinstance(number, Flaw):
        typed = {key: Decimal(str(it)) for key, it in number.values.items() if key == "decimal"}
        flaw = Flaw(number.code, {**number.values, **typed, "value": text})
        if number.code != "ambiguous_number" or not is_money(field):
            return flaw
        return two_readings(flaw, _scale(match, outside))
    return _scaled(text, number, match, field, outside)


def amount_shown(
    value: float, field: Mapping[str, Any], shown_as: str, outside: MoneyUnit | None
) -> str | Flaw:
    """Return the number of a cell of money as the tables have it, by all that is said of its unit.

    Parameters
    ----------
    value : float
    field : mapping of str to object
        The column in its table's schema.
    shown_as : str
        The number format of the cell, which may leave out thousands or show a unit.
    outside : MoneyUnit or None
        What the heading or a line above says of the unit.

    Returns
    -------
    str or Flaw

    Examples
    --------
    >>> money = {"type": "number", "unit": "miliar rupiah"}
    >>> amount_shown(1500, money, '#,##0 "juta"', None), amount_shown(1500000000, money, '"Rp" #,##0', None)
    ('1.5', '1.5')
    """
    number = Decimal(str(value))
    look = money_format(shown_as)
    written = number_text(value)
    if not value:
        return "0"
    shown = number / Decimal(1000) ** look.left_out
    if look.unit and look.unit.scale is None:
        return _unknown(look.unit, shown, number_text(shown))
    if look.left_out:
        unit = outside if outside and outside.is_scaled else look.unit
        if unit is None or not unit.is_scaled:
            return Flaw("shown_in_thousands", {"value": written, "shown": number_text(shown)})
        number = shown
    if look.unit and look.unit.is_scaled:
        if outside and outside.is_scaled and outside.scale != look.unit.scale:
            both = f"{look.unit.written} / {outside.written}"
            return Flaw("unit_unknown", {"value": written, "unit": both})
        return number_text(number * (look.unit.scale or 1) / _BILLION)
    return _in_unit(written, number, outside, says_rupiah=look.unit is not None)


def number_text(value: float | Decimal) -> str:
    """Return a number as the tables write it: no exponent, no needless zeros.

    Examples
    --------
    >>> number_text(2027.0), number_text(34.1), number_text(1e-5)
    ('2027', '34.1', '0.00001')
    """
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(written: str, is_amount: bool) -> Decimal | Flaw:
    if is_amount and _THREE_AT_THE_END.fullmatch(written):
        whole = re.sub("[., ]", "", written)
        return Flaw("ambiguous_number", {"whole": whole, "decimal": Decimal(whole) / 1000})
    plain: dict[str, Any] = {"type": "number"}
    normal = normal_cell(written, plain, decimal_comma="." in written)
    if isinstance(normal, Flaw) and "plain" in normal.values:
        normal = normal_cell(str(normal.values["plain"]), plain, decimal_comma=False)
    return normal if isinstance(normal, Flaw) else Decimal(normal)


def _scaled(
    text: str, number: Decimal, match: re.Match[str], field: Mapping[str, Any], outside: MoneyUnit | None
) -> str | Flaw:
    unit = (match["unit"] or "").casefold()
    amount = is_money(field)
    base = _BILLION if amount else Decimal(1)
    if unit in IN_DOUBT:
        return Flaw("which_million", {"value": text, "number": number})
    if unit in SCALES and (amount or (unit not in {"rupiah", "t"} and not match["rupiah"])):
        return number_text(number * SCALES[unit] / base)
    if unit in own_units(field):
        return number_text(number)
    if amount and not unit:
        return _in_unit(text, number, outside, says_rupiah=match["rupiah"] is not None)
    return text if unit or match["rupiah"] else number_text(number)


def _scale(match: re.Match[str], outside: MoneyUnit | None) -> Decimal | None:
    """Return what one of an amount is in rupiah, by its own unit or what stands outside; None: in doubt."""
    if unit := (match["unit"] or "").casefold():
        return SCALES.get(unit)
    if outside and (outside.is_scaled or outside.scale is None or not match["rupiah"]):
        return outside.scale
    return None if match["rupiah"] else _BILLION


def _in_unit(text: str, number: Decimal, outside: MoneyUnit | None, *, says_rupiah: bool) -> str | Flaw:
    """Return an amount without a unit of its own, by what stands outside."""
    if outside and outside.scale is None:
        return _unknown(outside, number, text)
    if says_rupiah and abs(number) >= _CERTAIN_RUPIAH and not (outside and outside.is_scaled):
        return number_text(number / _BILLION)
    if outside is None:
        return text if says_rupiah and number else number_text(number)
    certain = abs(number) >= _CERTAIN_RUPIAH
    if (
        number
        and outside.scale is not None
        and (certain if outside.is_scaled and says_rupiah else not certain and outside.scale == 1)
    ):
        return Flaw("unit_in_doubt", {"value": text, "unit": outside.written})
    return number_text(number * (outside.scale or 1) / _BILLION)


def _unknown(unit: MoneyUnit, number: Decimal, text: str) -> Flaw:
    if unit.which_million:
        return Flaw("which_million", {"value": f"{text} ({unit.written})", "number": number})
    return Flaw("unit_unknown", {"value": text, "unit": unit.written})
