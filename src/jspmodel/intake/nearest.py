"""What people may have meant: the nearest known word or code."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import takewhile

from jspmodel.errors import Problem
from jspmodel.intake.region_names import RegionNames, same_kind

_DATE = re.compile(
    r"\d{1,4}-(jan|feb|mar|apr|mei|may|jun|jul|agu|agt|aug|sep|okt|oct|nov|des|dec)[a-z]*"
    r"|(jan|feb|mar|apr|mei|may|jun|jul|agu|agt|aug|sep|okt|oct|nov|des|dec)[a-z]*-\d{2,4}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}( 00:00(:00)?)?",
    re.IGNORECASE,
)
_POWER = re.compile(r"[0-9]+([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_KEMENDAGRI = re.compile(r"[0-9]{2}\.[0-9]{2}")
_BPS = re.compile(r"[0-9]{4}")
_DECIMAL = re.compile(r"[0-9]+([.,][0-9]*)?")


def nearest_word(word: str, known: Iterable[str]) -> str:
    """Return the known word that is most like the given one, ``""`` where none is.

    Case does not matter.

    Examples
    --------
    >>> nearest_word("Progams", ["programs", "funds"]), nearest_word("xyz", ["programs"])
    ('programs', '')
    """
    by_lower = {item.lower(): item for item in known}
    lower = word.lower()
    found = difflib.get_close_matches(lower, by_lower, n=5)
    if not found:
        return ""
    best = max(
        found, key=lambda item: (difflib.SequenceMatcher(a=lower, b=item).ratio(), _same_start(lower, item))
    )
    return by_lower[best]


def _same_start(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def nearest_code(value: str, names: Mapping[str, str]) -> str:
    """Return the code that a value comes closest to, with its name behind it.

    Parameters
    ----------
    value : str
        What stands where a code should.
    names : mapping of str to str
        Name by known code.

    Returns
    -------
    str
        Such as ``"34.04 Sleman"``; ``""`` where nothing is near.

    Examples
    --------
    >>> names = {"34.04": "Sleman", "34.10": "Barat"}
    >>> nearest_code("sleman", {"34.02": "Kabupaten Bantul", "34.04": "Kabupaten Sleman"})
    '34.04 Kabupaten Sleman'
    >>> nearest_code("river Slums by the river", {"river": "Settlements by the river"})
    'river Settlements by the river'
    >>> nearest_code("Kab. Semarang", {"33.74": "Kota Semarang"})
    ''
    >>> nearest_code("1101", {"11.01": "Aceh Selatan"})
    '11.09 Kabupaten Simeulue / 11.01 Aceh Selatan'
    >>> nearest_code("34.1", names), nearest_code("sleman", names), nearest_code("34.05", names)
    ('34.10 Barat', '34.04 Sleman', '34.04 Sleman')
    """
    code, _, name = value.partition(" ")
    if name and code in names:  # beside a name that has changed since
        return f"{code} {names[code]}".strip()
    if meaning := (RegionNames(names).meaning(value) if _are_regions(names) else None):
        if meaning.choices or meaning.codes:
            return " / ".join(meaning.choices) or f"{meaning.codes[0]} {names[meaning.codes[0]]}".strip()
        if _BPS.fullmatch(value):
            return ""  # the code of another region, never one that is only spelled alike
        names = same_kind(value, names)
    code = _same_number(value, names)
    if not code:
        by_word = {f"{known} {name}": known for known, name in names.items() if name}
        # People leave out the kind of a region: Sleman for Kabupaten Sleman.
        by_word |= {name.split(maxsplit=1)[-1]: known for known, name in names.items() if name}
        by_word |= {name: known for known, name in names.items() if name}
        found = nearest_word(value, [*names, *by_word])
        code = found if found in names else by_word.get(found, "")
    return f"{code} {names[code]}".strip() if code else ""


def _are_regions(names: Mapping[str, str]) -> bool:
    """Whether codes are Kemendagri codes of kabupaten and kota."""
    return bool(names) and all(_KEMENDAGRI.fullmatch(code) for code in names)


def mangled_code(value: str, names: Mapping[str, str]) -> str:
    """Return the problem code where a spreadsheet has turned a code into something else, else ``""``.

    Parameters
    ----------
    value : str
        What stands where a code should.
    names : mapping of str to str
        Name by known code.

    Returns
    -------
    str
        ``code_as_date``, ``code_as_power``, ``code_as_number`` or ``""``.

    Examples
    --------
    >>> mangled_code("34.1", {"34.10": "Barat"}), mangled_code("01-Feb", {}), mangled_code("3.41E+01", {})
    ('code_as_number', 'code_as_date', 'code_as_power')
    """
    if _DATE.fullmatch(value):
        return "code_as_date"
    if _POWER.fullmatch(value) and "+" in value:
        return "code_as_power"
    return "code_as_number" if _same_number(value, names) else ""


def unknown_code(
    code: str, table: str, names: Mapping[str, str], column: str, file: str = "", line: int | None = None
) -> Iterator[Problem]:
    """Yield the problem of a code that a table does not have, with the nearest one that it has.

    Parameters
    ----------
    code : str
    table : str
        Such as ``"programs"``.
    names : mapping of str to str
        Name by code of that table.
    column : str
        What names the code.
    file : str
    line : int, optional
        Where it stands.
    """
    if code not in names:
        values = {"value": code, "table": f"{table}.csv", "nearest": nearest_code(code, names)}
        yield Problem(mangled_code(code, names) or "unknown_code", file, line, column, values)


def lost_zeros(codes: Collection[str]) -> dict[str, str]:
    """Return the codes whose last zeros a spreadsheet seems to have dropped, as they may have been.

    Codes such as 34.01 show that decimals are counted with leading zeros: then 34.1 was 34.10.

    Examples
    --------
    >>> lost_zeros(["34.01", "34.1"]), lost_zeros(["1.1", "1.2", "1.10"])
    ({'34.1': '34.10'}, {})
    """
    decimals = {code: code.partition(".")[2] for code in codes if _DECIMAL.fullmatch(code)}
    width = max((len(digits) for digits in decimals.values() if digits.startswith("0")), default=0)
    return {
        code: f"{code.partition('.')[0]}.{digits:0<{width}}"
        for code, digits in decimals.items()
        if len(digits) < width
    }


def _same_number(value: str, codes: Iterable[str]) -> str:
    if not (_DECIMAL.fullmatch(value) or _POWER.fullmatch(value)):
        return ""
    number = float(value.replace(",", "."))
    return next((code for code in codes if _DECIMAL.fullmatch(code) and _number(code) == number), "")


def _number(code: str) -> float:
    return float(code.replace(",", "."))
