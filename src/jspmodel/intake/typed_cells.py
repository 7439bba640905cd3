"""One cell as its column wants it, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from jspmodel.intake.nearest import nearest_word
from jspmodel.intake.textfile import has_half_letter
from jspmodel.intake.written_cells import either_date, percent_of, percent_power, plain_date, plain_number

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*((?!\1)[.,][0-9]+)?")
_GROUPS = re.compile(r"[+-]?[0-9]+(?:[., ][0-9]+){2,}")
_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
_LARGEST = 1e15
"""Sums and products of smaller numbers stay finite and exact enough."""
_NOT_FINITE = {"nan", "inf", "infinity", "#num!", "#div/0!", "#n/a", "#value!", "#ref!"}
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
"""Of every column of years, and of dates."""
LEAST_PERCENT = 2
"""Above it what stands for a share may be percent."""
_SHARE = -2
"""The power of ten of a percentage in a column of shares from 0 to 1."""
_YES = {"true", "ya", "yes", "1"}
_NO = {"false", "tidak", "no", "0"}


class Flaw(NamedTuple):
    """What is wrong with a cell: the code of a problem and what its wording fills in."""

    code: str
    values: dict[str, object]


def normal_cell(cell: str, field: Mapping[str, Any], *, decimal_comma: bool) -> str | Flaw:
    """Return a cell written the one way that its column has, or what is wrong with it.

    Parameters
    ----------
    cell : str
        Stripped of blanks around it.
    field : mapping
        The column in its table's schema.
    decimal_comma : bool
        Whether a comma may be the decimal mark.

    Returns
    -------
    str or Flaw
        Numbers with a decimal point and without the unit of their column, ``true`` or ``false``, dates as
        year-month-day; text as it is.

    Examples
    --------
    >>> normal_cell("12,5", {"type": "number"}, decimal_comma=True)
    '12.5'
    >>> normal_cell("Ya", {"type": "boolean"}, decimal_comma=False)
    'true'
    >>> normal_cell("Rp 1.250", {"type": "number"}, decimal_comma=False).code
    'currency'
    >>> normal_cell("3%", {"type": "number", "unit": "persen per tahun"}, decimal_comma=False)
    '3'
    >>> normal_cell("1.500.000.00", {"type": "number"}, decimal_comma=False).code
    'digit_groups'
    """
    rules = field.get("constraints", {})
    if not cell:
        return Flaw("blank_cell", {}) if rules.get("required") else ""
    if has_half_letter(cell):
        return Flaw("half_letter", {})
    normal = _normal(cell, field, decimal_comma=decimal_comma)
    if isinstance(normal, Flaw) or not rules:
        return normal
    if field.get("unit") == "miliar rupiah" and float(normal) > rules["maximum"]:
        return Flaw("money_in_rupiah", {"value": cell, "billions": f"{float(normal) / 1e9:.10g}"})
    return _broken(cell, normal, rules) or normal


def _broken(cell: str, normal: str, rules: Mapping[str, Any]) -> Flaw | None:
    if "enum" in rules and normal not in rules["enum"]:
        choices = rules["enum"]
        values: dict[str, object] = {
            "value": cell,
            "choices": ", ".join(choices),
            "nearest": nearest_word(cell, choices),
        }
        return Flaw("not_in_list", values)
    if "maximum" not in rules or rules["minimum"] <= float(normal) <= rules["maximum"]:
        return None
    low, high = rules["minimum"], rules["maximum"]
    number = float(normal)
    if high == 1 and LEAST_PERCENT < number <= 100 and not percent_of(cell):
        return Flaw("share_in_percent", {"value": cell, "decimal": f"{number / 100:g}"})
    if low == _FIRST_YEAR and (day := plain_date(normal)):
        return Flaw("day_for_year", {"value": cell, "day": day, "year": day[:4]})
    if low == 0 > number:
        return Flaw("negative", {"value": cell})
    return Flaw("out_of_range", {"value": cell, "low": low, "high": high})


def _normal(cell: str, field: Mapping[str, Any], *, decimal_comma: bool) -> str | Flaw:
    kind = field["type"]
    if kind == "boolean":
        return _boolean(cell)
    if kind in {"number", "integer"}:
        number = _written_number(cell, field, decimal_comma=decimal_comma)
        return number if kind == "number" or isinstance(number, Flaw) else _whole(number, cell)
    return _date(cell) if kind == "date" else cell


def _date(cell: str) -> str | Flaw:
    if day := plain_date(cell):
        if _FIRST_YEAR <= int(day[:4]) <= _LAST_YEAR:
            return day
        return Flaw(
            "out_of_range", {"value": cell, "low": f"{_FIRST_YEAR}-01-01", "high": f"{_LAST_YEAR}-12-31"}
        )
    if days := either_date(cell):
        return Flaw("which_day", {"value": cell, "first": days[0], "second": days[1]})
    return Flaw("not_a_date", {"value": cell})


def _boolean(cell: str) -> str | Flaw:
    word = cell.lower()
    if word in _YES:
        return "true"
    return "false" if word in _NO else Flaw("not_yes_no", {"value": cell})


def _whole(number: str, cell: str) -> str | Flaw:
    value = float(number)
    return str(int(value)) if value.is_integer() else Flaw("not_whole", {"value": cell})


def _written_number(cell: str, field: Mapping[str, Any], *, decimal_comma: bool) -> str | Flaw:
    """Return a number without what people write around it: its unit, a percent sign."""
    if _NUMBER.fullmatch(cell):
        return _number(cell, decimal_comma=decimal_comma)
    share, power = percent_of(cell), percent_power(field)
    if power == _SHARE and cell.isalpha() and cell.lower() not in _NOT_FINITE:
        limits = field["constraints"]
        return Flaw("word_for_share", {"value": cell, "low": limits["minimum"], "high": limits["maximum"]})
    if not share:
        return _number(plain_number(cell, field), decimal_comma=decimal_comma)
    if power is None:
        return Flaw("percent_sign", {"value": cell})
    number = _number(share, decimal_comma=decimal_comma)
    return number if isinstance(number, Flaw) or not power else f"{Decimal(number).scaleb(power):f}"


def _number(cell: str, *, decimal_comma: bool) -> str | Flaw:
    text = cell
    if decimal_comma:
        if _grouped_once(cell, "."):
            return Flaw("ambiguous_number", _both_ways(cell))
        if _COMMA.fullmatch(cell):
            text = cell.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        return _number_flaw(cell)
    return text if abs(float(text)) < _LARGEST else Flaw("not_finite", {"value": cell})


def _number_flaw(cell: str) -> Flaw:
    if cell.lower().lstrip("+-") in _NOT_FINITE:
        return Flaw("not_finite", {"value": cell})
    if re.search(r"rp|idr|\$", cell, re.IGNORECASE):
        return Flaw("currency", {"value": cell})
    if _grouped_once(cell, ","):
        return Flaw("ambiguous_number", _both_ways(cell))
    if _GROUPED.fullmatch(cell):
        return Flaw("thousands", {"value": cell, "plain": _plain(cell)})
    if _COMMA.fullmatch(cell):
        return Flaw("decimal_comma", {"value": cell, "plain": cell.replace(",", ".")})
    if _GROUPS.fullmatch(cell):
        return Flaw("digit_groups", {"value": cell})
    return Flaw("not_a_number", {"value": cell})


def _grouped_once(cell: str, mark: str) -> bool:
    """Whether a number could be thousands as well as decimals: 1,250."""
    return bool(re.fullmatch(rf"[+-]?[1-9][0-9]{{0,2}}{re.escape(mark)}[0-9]{{3}}", cell))


def _both_ways(cell: str) -> dict[str, object]:
    decimal = cell.replace(",", ".").rstrip("0").rstrip(".")
    return {"value": cell, "whole": re.sub("[.,]", "", cell), "decimal": decimal}


def _plain(cell: str) -> str:
    match = _GROUPED.fullmatch(cell)
    decimals = match[2] if match and match[2] and match[2][0] != match[1] else ""
    whole = cell.removesuffix(decimals) if decimals else cell
    return re.sub("[., \N{NO-BREAK SPACE}]", "", whole) + decimals.replace(",", ".")
