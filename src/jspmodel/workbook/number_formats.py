"""What a number format shows beside the digits: words, a currency, thousands left out."""

from __future__ import annotations

import re
from typing import NamedTuple

from jspmodel.workbook.money_units import MoneyUnit, heading_unit

_SYMBOL = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_CONDITION = re.compile(r"\[[<>=]")
_CODE = re.compile(r"\[[^\]]*\]")
_QUOTED = re.compile(r'"([^"]*)"')
_HIDDEN = re.compile(r"[_*].")
_DIGITS = re.compile(r"[0#?](?:[0#?.,]*[0#?])?(,*)")


class Shown(NamedTuple):
    """How a number is shown: without so many groups of three digits, and with which unit."""

    left_out: int
    unit: MoneyUnit | None


def money_format(code: str) -> Shown:
    r"""Return what a number format does to an amount of money.

    Parameters
    ----------
    code : str
        Such as ``'#,##0.0,, "jt"'``, which shows 1500000 as 1.5 jt.

    Returns
    -------
    Shown

    Examples
    --------
    >>> money_format('#,##0.0,, "jt"').left_out, str(money_format('"Rp" #,##0').unit.scale)
    (2, '1')
    >>> money_format("[$$-409]#,##0.00").unit.scale, money_format("#,##0"), money_format("[$-421]0.00").unit
    (None, Shown(left_out=0, unit=None), None)
    """
    if _CONDITION.search(code):
        return Shown(0, MoneyUnit(code, None))
    first = _HIDDEN.sub("", code.split(";")[0])
    words = " ".join(_QUOTED.findall(first) + _SYMBOL.findall(first))
    bare = _CODE.sub("", _QUOTED.sub("", first))
    digits = _DIGITS.search(bare)
    rest = _DIGITS.sub(" ", bare, count=1) if digits else ("" if bare == "General" else bare)
    words += " " + re.sub(r"[\\@%]|General", "", rest)
    return Shown(
        len(digits[1]) if digits else 0, heading_unit(f"({words.strip()})") if words.strip() else None
    )
