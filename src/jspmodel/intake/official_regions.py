"""The kabupaten, kota and provinces of the country: codes, BPS codes, names and other names."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

_KINDS = {
    **dict.fromkeys(("kab", "kabupaten", "regency"), "kabupaten"),
    **dict.fromkeys(("kota", "kotamadya", "kotamadia", "kodya", "city"), "kota"),
    **dict.fromkeys(("kec", "kecamatan", "kapanewon", "kemantren"), "kecamatan"),
    **dict.fromkeys(("kel", "kelurahan", "kalurahan", "desa"), "kelurahan"),
    **dict.fromkeys(("prov", "provinsi", "propinsi", "province"), "provinsi"),
}
_BEFORE = re.compile(rf"({'|'.join(sorted(_KINDS, key=len, reverse=True))})\b\.?\s*(?=\w)", re.IGNORECASE)
_BEHIND = re.compile(r"\s+(regency|city|province)", re.IGNORECASE)


def regions_of_province(text: str) -> tuple[str, ...]:
    """Return the codes of all kabupaten and kota of a province, by its code or name; empty for other texts.

    Examples
    --------
    >>> len(regions_of_province("64")), regions_of_province("Kaltim") == regions_of_province("64")
    (10, True)
    """
    code = province_of(text)
    return tuple(known for known in official_regions() if code and known.startswith(f"{code}."))


@cache
def provinces() -> dict[str, str]:
    """Return the name of each province by code."""
    return {row["province"]: row["name"] for row in _rows("provinces.csv")}


def region_of_bps(code: str) -> str:
    """Return the Kemendagri code of the region that BPS gives a code of four digits, ``""`` for none.

    Examples
    --------
    >>> region_of_bps("1101"), region_of_bps("3402"), region_of_bps("9999")
    ('11.09', '34.02', '')
    """
    return next((known for known, (_, bps, _) in official_regions().items() if bps == code), "")


@cache
def official_regions() -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """Return name, BPS code and other names of each kabupaten and kota."""
    more = {
        row["region"]: (row["bps"], tuple(filter(None, row["other_names"].split(";"))))
        for row in _rows("bps_regions.csv")
    }
    return {row["region"]: (row["name"], *more[row["region"]]) for row in _rows("regencies.csv")}


@cache
def _provinces_by_name() -> dict[str, str]:
    found = {}
    for row in _rows("provinces.csv"):
        for name in (row["name"], *filter(None, row["other_names"].split(";"))):
            found[key_of(name)] = row["province"]
    return found


def _rows(name: str) -> list[dict[str, str]]:
    text = files("jspmodel.intake").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def province_of(text: str) -> str:
    """Return the code of a province that a text names by code or name, ``""`` for another text."""
    if text in provinces():
        return text
    kind, key = kind_and_key(text)
    return _provinces_by_name().get(key, "") if kind in {"", "provinsi"} else ""


def is_kind(word: str) -> bool:
    """Whether a word is the kind of a region: Kab., Kota, Kec., Desa."""
    return word.casefold().rstrip(".") in _KINDS


def kind_and_key(text: str) -> tuple[str, str]:
    """Return kind and bare name of a region: the name in letters alone, so that S I A K is Siak."""
    words = " ".join(text.split())
    if match := _BEFORE.match(words):
        return _KINDS[match[1].casefold()], key_of(words[match.end() :])
    if match := _BEHIND.search(words):
        return _KINDS[match[1].casefold()], key_of(words[: match.start()])
    return "", key_of(words)


def key_of(text: str) -> str:
    """Return a name in letters alone, so that S I A K is Siak and Kep. is Kepulauan."""
    plain = re.sub(r"\b(?:adm|administrasi)\b\.?", " ", text.casefold())
    plain = re.sub(r"\bkep\b\.?", " kepulauan ", plain)
    return re.sub(r"[^\w]|_", "", plain)
