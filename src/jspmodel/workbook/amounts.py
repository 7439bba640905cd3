"""Numbers and amounts of money as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jspmodel.intake import Flaw, normal_cell

_AMOUNT = re.compile(
    r"(?P<rupiah>(?:rp\.?|idr) ?)?(?P<number>[+-]?[0-9][0-9., ]*?)(?:,-+|\.-+)? *(?P<unit>[a-z]+)?\.?",
    re.IGNORECASE,
)
_SCALES = {
    "rupiah": Decimal(1),
    "ribu": Decimal(10) ** 3,
    "rb": Decimal(10) ** 3,
    "juta": Decimal(10) ** 6,
    "jt": Decimal(10) ** 6,
    "million": Decimal(10) ** 6,
    "miliar": Decimal(10) ** 9,
    "milyar": Decimal(10) ** 9,
    "billion": Decimal(10) ** 9,
    "triliun": Decimal(10) ** 12,
    "trilyun": Decimal(10) ** 12,
    "trillion": Decimal(10) ** 12,
}
_CERTAIN_RUPIAH = Decimal(10) ** 6
"""From here on an amount behind Rp cannot be meant in billions, the unit of the tables."""
_PLAIN = {"type": "number"}


def amount_text(text: str, field: Mapping[str, Any]) -> str | Flaw:
    """Return a number that a person wrote as the tables have it.

    Parameters
    ----------
    text : str
    field : mapping of str to object
        The column in its table's schema; with the unit ``miliar rupiah`` its amounts are Rp billion.

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
    """
    match = _AMOUNT.fullmatch(" ".join(text.split()))
    if not match:
        return text
    number = _number(match["number"])
    if isinstance(number, Flaw):
        return Flaw(number.code, {**number.values, "value": text})
    return _scaled(text, number, match, field.get("unit") == "miliar rupiah")


def number_text(value: float | Decimal) -> str:
    """Return a number as the tables write it: no exponent, no needless zeros.

    Examples
    --------
    >>> number_text(2027.0), number_text(34.1), number_text(1e-5)
    ('2027', '34.1', '0.00001')
    """
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(written: str) -> Decimal | Flaw:
    normal = normal_cell(written, _PLAIN, decimal_comma="." in written)
    if isinstance(normal, Flaw) and "plain" in normal.values:
        normal = normal_cell(str(normal.values["plain"]), _PLAIN, decimal_comma=False)
    return normal if isinstance(normal, Flaw) else Decimal(normal)


def _scaled(text: str, number: Decimal, match: re.Match[str], is_money: bool) -> str | Flaw:
    unit = (match["unit"] or "").casefold()
    base = _SCALES["miliar"] if is_money else Decimal(1)
    if unit == "m":
        either = {key: number_text(number * _SCALES[key] / base) for key in ("miliar", "juta")}
        return Flaw("which_million", {"value": text, **either})
    if unit in _SCALES and (is_money or (unit != "rupiah" and not match["rupiah"])):
        return number_text(number * _SCALES[unit] / base)
    if is_money and match["rupiah"] and not unit and abs(number) >= _CERTAIN_RUPIAH:
        return number_text(number / base)
    return text if unit or match["rupiah"] else number_text(number)
