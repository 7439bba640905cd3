"""What people write around a number or a date: a unit, TA before a year, a percent sign, a month."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

_YEAR_WORDS = re.compile(
    r"(?:t\.? ?a\.?|tahun(?: anggaran)?|thn?\.?|f\.?y\.?|year)[\s:.-]*(?=[0-9])|(?<=[0-9])\s*(?:masehi|m)$",
    re.IGNORECASE,
)
_SYNONYMS = {
    "tahun": {"tahun", "thn", "th", "year", "years"},
    "jiwa": {"jiwa", "orang", "people", "persons"},
    "km2": {"km2", "km²"},
    "derajat": {"derajat", "degrees", "°"},
}
_PERCENT = re.compile(r"(.*[0-9])\s*(?:%|persen|percent|per cent)", re.IGNORECASE)
_PERCENT_UNIT = re.compile(r"(?:%|persen|per ?cent|pct)(?! ?poin|-?points?)\b.*|%.*", re.IGNORECASE)
_MONTHS = {
    "jan": 1,
    "feb": 2,
    "peb": 2,
    "mar": 3,
    "apr": 4,
    "mei": 5,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "agu": 8,
    "agt": 8,
    "ags": 8,
    "aug": 8,
    "sep": 9,
    "okt": 10,
    "oct": 10,
    "nov": 11,
    "nop": 11,
    "des": 12,
    "dec": 12,
}
_HOUR = re.compile(
    r"[ T,]+(?:(?:pukul|jam|pkl\.?) *)?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:\.[0-9]+)?)?"
    r"(?: *(?:wib|wita|wit|[ap]m))?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"[a-z']+, *(?=[0-9])", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_IN_WORDS = re.compile(r"([0-9]{1,2})[ .-]*([a-z]+)[ .,-]*([0-9]{4})", re.IGNORECASE)
_MONTH = (
    r"jan(?:uar[iy])?|[fp]eb(?:ruar[iy])?|mar(?:et|ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|agu(?:stus)?|ag[ts]"
    r"|aug(?:ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|no[vp](?:ember)?|des(?:ember)?|dec(?:ember)?"
)
_PART_OF_YEAR = re.compile(
    rf"(?:(?:{_MONTH})\.?|(?:triwulan|tw|kuartal|quarter|q|semester|smt)\.? *(?:[1-4]|i{{1,3}}|iv))"
    r"[\s,./-]*([0-9]{4})",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"[345][0-9]{4}(?:\.[0-9]+)?")
"""Days since the start of 1900, from 1982 to 2064: what a spreadsheet keeps for a date."""
_FIRST_DAY = date(1899, 12, 30)


def own_units(field: Mapping[str, Any]) -> frozenset[str]:
    """Return what the unit of a column is called behind a number, in small letters.

    Examples
    --------
    >>> sorted(own_units({"unit": "km2", "unit_en": "km2"})), own_units({"unit": "0-1"})
    (['km2', 'km²'], frozenset())
    """
    words = {str(field.get(key, "")).casefold() for key in ("unit", "unit_en")}
    return frozenset(word for word in words if word.isalpha()).union(
        *(_SYNONYMS.get(word, ()) for word in words)
    )


def plain_number(cell: str, field: Mapping[str, Any]) -> str:
    """Return a number without the unit of its column and without the word for a year.

    Parameters
    ----------
    cell : str
    field : mapping of str to object
        The column in its table's schema.

    Returns
    -------
    str

    Examples
    --------
    >>> year = {"type": "integer", "constraints": {"minimum": 1900}}
    >>> plain_number("TA 2027", year), plain_number("2 tahun", {"type": "integer", "unit": "tahun"})
    ('2027', '2')
    >>> plain_number("31 Desember 2027", year), plain_number("05/06/2027", year)
    ('2027', '2027')
    >>> [plain_number(text, year) for text in ("Januari 2028", "Triwulan II 2027", "Raya 2028")]
    ['2028', '2027', 'Raya 2028']
    >>> plain_number("18 bulan", {"type": "integer", "unit": "tahun"}), plain_number("3 bulan", year)
    ('1.5', '3 bulan')
    """
    if field.get("constraints", {}).get("minimum") == 1900:  # a column of years
        return _year_of_date(cell) or _YEAR_WORDS.sub("", cell).strip()
    match = re.fullmatch(r"([+-]?[0-9.,]+)\s*([^\W\d_]+[2²]?|°)\.?", cell)
    if not match:
        return cell
    word = match[2].casefold()
    if field.get("unit") == "tahun" and word in {"bulan", "bln", "months", "month"} and match[1].isdigit():
        return f"{int(match[1]) / 12:g}"
    return match[1] if word in own_units(field) else cell


def _year_of_date(cell: str) -> str:
    """Return the year of a date, month or quarter, ``""`` of others; a number may be a year and is none."""
    if _SERIAL.fullmatch(cell):
        return ""
    if part := _PART_OF_YEAR.fullmatch(cell.strip()):
        return part[1]
    return (plain_date(cell) or (either_date(cell) or ("",))[0])[:4]


def percent_of(cell: str) -> str:
    """Return what stands before a percent sign, ``""`` where there is none.

    Examples
    --------
    >>> percent_of("10,5 %"), percent_of("3 persen"), percent_of("3")
    ('10,5', '3', '')
    """
    match = _PERCENT.fullmatch(cell)
    return match[1].strip() if match else ""


def is_percent(unit: str) -> bool:
    """Whether a unit is percent.

    Examples
    --------
    >>> [is_percent(unit) for unit in ("persen", "% penduduk", "persen per tahun", "0-1", "persen poin")]
    [True, True, True, False, False]
    """
    return _PERCENT_UNIT.fullmatch(unit.strip()) is not None


def percent_power(field: Mapping[str, Any]) -> int | None:
    """Return the power of ten by which a column multiplies a percentage; None where it does not say."""
    if is_percent(str(field.get("unit", ""))):
        return 0
    return -2 if field.get("constraints", {}).get("maximum") == 1 else None


def plain_date(cell: str) -> str:
    """Return a date as year-month-day, ``""`` where it is none or may be two.

    With points or dashes the day comes first, as is usual in Indonesia.

    Examples
    --------
    >>> [plain_date(text) for text in ("31 Desember 2026", "31-12-2026", "31.12.2026", "31/12/2026", "46387")]
    ['2026-12-31', '2026-12-31', '2026-12-31', '2026-12-31', '2026-12-31']
    >>> plain_date("2026-12-31 10:00"), plain_date("05/06/2026"), plain_date("31-02-2026")
    ('2026-12-31', '', '')
    >>> plain_date("05-06-2026"), plain_date("05.06.2026")
    ('2026-06-05', '2026-06-05')
    """
    text = _WEEKDAY.sub("", " ".join(cell.split()), count=1)
    if _SERIAL.fullmatch(text):
        return (_FIRST_DAY + timedelta(days=int(float(text)))).isoformat()
    text = re.sub(_HOUR.pattern + "$", "", text, flags=re.IGNORECASE).strip()
    if match := _YEAR_FIRST.fullmatch(text):
        return _iso(match[1], match[3], match[4])
    if match := _DAY_FIRST.fullmatch(text):
        same = int(match[1]) == int(match[3])
        sure = match[2] != "/" or int(match[1]) > 12 or same
        return _iso(match[4], match[3], match[1]) if sure else ""
    match = _IN_WORDS.fullmatch(text)
    return _iso(match[3], _MONTHS.get(match[2].casefold()[:3], 0), match[1]) if match else ""


def either_date(cell: str) -> tuple[str, str] | None:
    """Return the two days that a date such as 05/06/2026 may mean, None where it is no such date."""
    match = _DAY_FIRST.fullmatch(re.sub(_HOUR.pattern + "$", "", cell.strip(), flags=re.IGNORECASE))
    if not match or plain_date(cell):
        return None
    days = _iso(match[4], match[3], match[1]), _iso(match[4], match[1], match[3])
    return days if all(days) else None


def _iso(year: str, month: str | int, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
