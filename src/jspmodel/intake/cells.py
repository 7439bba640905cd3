"""One cell as its column wants it, or what is wrong with it."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*([.,][0-9]+)?")
_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
_NOT_FINITE = {"nan", "inf", "infinity", "#num!", "#div/0!", "#n/a", "#value!", "#ref!"}
_YES = {"true", "ya", "yes", "1"}
_NO = {"false", "tidak", "no", "0"}


class Flaw(NamedTuple):
    """What is wrong with a cell: the code of a problem and what its wording fills in."""

    code: str
    values: dict[str, object]


def normal(cell: str, kind: str, *, decimal_comma: bool) -> str | Flaw:
    """Return a cell written the one way that its type has.

    Parameters
    ----------
    cell : str
        Stripped of blanks around it.
    kind : str
        Type of the column.
    decimal_comma : bool
        Whether a comma may be the decimal mark.

    Returns
    -------
    str or Flaw
        Numbers with a decimal point, ``true`` or ``false``; text and dates as they are.

    Examples
    --------
    >>> normal("12,5", "number", decimal_comma=True), normal("Ya", "boolean", decimal_comma=False)
    ('12.5', 'true')
    >>> normal("Rp 1.250", "number", decimal_comma=False).code
    'currency'
    """
    if not cell:
        return ""
    if kind == "boolean":
        return _boolean(cell)
    if kind == "number":
        return _number(cell, decimal_comma=decimal_comma)
    if kind == "integer":
        return _integer(cell, decimal_comma=decimal_comma)
    return cell


def _boolean(cell: str) -> str | Flaw:
    word = cell.lower()
    if word in _YES:
        return "true"
    return "false" if word in _NO else Flaw("not_yes_no", {"value": cell})


def _integer(cell: str, *, decimal_comma: bool) -> str | Flaw:
    text = _number(cell, decimal_comma=decimal_comma)
    if isinstance(text, Flaw):
        return text
    value = float(text)
    return str(int(value)) if value.is_integer() else Flaw("not_whole", {"value": cell})


def _number(cell: str, *, decimal_comma: bool) -> str | Flaw:
    text = cell
    if decimal_comma:
        if _grouped_once(cell, "."):
            return Flaw("ambiguous_number", _both_ways(cell))
        if _COMMA.fullmatch(cell):
            text = cell.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        return _number_flaw(cell)
    return text if math.isfinite(float(text)) else Flaw("not_finite", {"value": cell})


def _number_flaw(cell: str) -> Flaw:
    if cell.lower().lstrip("+-") in _NOT_FINITE:
        return Flaw("not_finite", {"value": cell})
    if re.search(r"rp|idr|\$", cell, re.IGNORECASE):
        return Flaw("currency", {"value": cell})
    if cell.endswith("%"):
        return Flaw("percent_sign", {"value": cell})
    if _grouped_once(cell, ","):
        return Flaw("ambiguous_number", _both_ways(cell))
    if _GROUPED.fullmatch(cell):
        return Flaw("thousands", {"value": cell, "plain": _plain(cell)})
    if _COMMA.fullmatch(cell):
        return Flaw("decimal_comma", {"value": cell, "plain": cell.replace(",", ".")})
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
