"""One cell of a planner's sheet as the text that a CSV file would hold, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from jspmodel.intake import Flaw, percent_of, percent_power, plain_number
from jspmodel.workbook.amounts import amount_shown, amount_text, is_money, number_text
from jspmodel.workbook.choice_labels import choices_by_word
from jspmodel.workbook.money_units import MoneyUnit
from jspmodel.workbook.rules import is_year

_FORMULA = re.compile(r"[=@\t\r]|[+-].*[(|!]", re.DOTALL)
"""Text that a spreadsheet would run as a formula once it stood in a CSV file."""
_SERIAL_YEARS = range(1904, 1907)
"""What a year looks like when it is shown as a date: 2027 days after the start of 1900 is in 1905."""
_SHARE = -2
"""The power of ten of a percentage in a column of shares from 0 to 1."""
_FIRST_DAY = date(1899, 12, 30)
_PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def cell_text(
    value: object, field: Mapping[str, Any], *, shown_as: str = "", outside: MoneyUnit | None = None
) -> str | Flaw:
    """Return what a cell says, as the text that a CSV file would hold.

    Parameters
    ----------
    value : object
        As it was read: text, number, yes/no, date, nothing.
    field : mapping of str to object
        The column in its table's schema.
    shown_as : str
        The number format of the cell.
    outside : MoneyUnit, optional
        What the heading or a line above says of the unit of money.

    Returns
    -------
    str or Flaw
        Not yet judged: a flaw only where the meaning of the cell is in doubt.

    Examples
    --------
    >>> from datetime import datetime
    >>> year = {"name": "year", "type": "integer", "constraints": {"minimum": 1900, "maximum": 2200}}
    >>> cell_text(datetime(2027, 1, 1), year), cell_text(datetime(1905, 7, 19), year), cell_text(2027.0, year)
    ('2027', '2027', '2027')
    >>> cell_text("Rp1.500.000.000", {"name": "amount", "type": "number", "unit": "miliar rupiah"})
    '1.5'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _from_number(value, field, shown_as, outside)
    if isinstance(value, datetime | date | time | timedelta):
        return _from_date(value, field)
    return _from_text(_clean(str(value)), field, outside)


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _from_number(
    value: float, field: Mapping[str, Any], shown_as: str, outside: MoneyUnit | None
) -> str | Flaw:
    if "%" in shown_as and field["type"] in {"number", "integer"}:
        return number_text(value) if percent_power(field) == _SHARE else percent_shown(value)
    if not is_money(field):
        return number_text(value)
    return _in_range(amount_shown(value, field, shown_as, outside), number_text(value), field, outside)


def _in_range(
    amount: str | Flaw, written: str, field: Mapping[str, Any], outside: MoneyUnit | None
) -> str | Flaw:
    """Return an amount, or the doubt about the unit of its heading where no column could hold so much."""
    if isinstance(amount, Flaw) or not outside or not outside.is_scaled or not _PLAIN.fullmatch(amount):
        return amount
    most = field.get("constraints", {}).get("maximum")
    if most is None or abs(Decimal(amount)) <= most:
        return amount
    return Flaw("unit_in_doubt", {"value": written, "unit": outside.written})


def percent_shown(value: float) -> str | Flaw:
    """Return a number of a cell that shows percent as people see it; in doubt beyond 100 %.

    Examples
    --------
    >>> percent_shown(0.105), percent_shown(10.5).code
    ('10.5%', 'shown_as_percent')
    """
    percent = number_text(Decimal(str(value)).scaleb(2))
    return Flaw("shown_as_percent", {"value": value, "percent": percent}) if abs(value) > 1 else f"{percent}%"


def _from_date(value: date | time | timedelta, field: Mapping[str, Any]) -> str | Flaw:
    day = value.date() if isinstance(value, datetime) else value
    if field["type"] in {"number", "integer"}:
        if not isinstance(day, date) or not is_year(field):
            return Flaw("number_as_date", {"value": str(day)})
        return str((day - _FIRST_DAY).days if day.year in _SERIAL_YEARS else day.year)
    return str(value if isinstance(value, datetime) and value.time() != time() else day)


def _from_text(text: str, field: Mapping[str, Any], outside: MoneyUnit | None) -> str | Flaw:
    if field["type"] in {"number", "integer"}:
        if is_year(field) and (year := plain_number(text, field)) != text:
            return year
        if not (share := percent_of(text)):
            return _in_range(amount_text(text, field, outside), text, field, outside)
        number = amount_text(share, {"type": "number"})
        return number if isinstance(number, Flaw) else f"{number}%"
    choices = field.get("constraints", {}).get("enum", ())
    if word := choices_by_word(field["name"], tuple(choices)).get(text.casefold()):
        return word
    return Flaw("looks_like_formula", {"value": text}) if _FORMULA.match(text) else text
