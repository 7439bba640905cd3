"""What a new case of some regions begins with: borders, and issues with indicators that BPS has tables of."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from jspmodel.intake.official_regions import official_regions, provinces
from jspmodel.scenario import Language
from jspmodel.text import listed, number, say

_BORDERS = (
    "batas darat bersama {km} km: perhitungan sendiri dari bentuk resmi "
    "(Kepmendagri 300.2.2-2430/2025; poligon kasar)"
)
_SHORT = 1.0
"""Kilometres; a shorter border may come from how coarse the shapes are."""
CONFIRM = "kurang dari 1 km, pastikan lebih dahulu"
"""What the source of such a border says until somebody confirmed it: ``check`` asks by these words."""
_CONFIRMED = {("33.09", "34.04")}
"""Short borders that are known to be right: these two meet at the top of Merapi."""
_NAMED = 3
"""Regions that a title names; of more, how many there are."""
_ISSUE = "isu awal dari jspmodel init: ganti dengan isu strategis daerah Anda (RPJMD)"
_TABLE = (
    'BPS, tabel "{title}" ({unit}); unduh di bps.go.id, juga di halaman BPS provinsi: '
    "cari judul itu di tabel statistik (judul di provinsi dapat sedikit berbeda)"
)
_ISSUES = (
    ("I01", "Kemiskinan", "Poverty", "Penduduk miskin berkurang di semua daerah"),
    ("I02", "Pengangguran", "Unemployment", "Pengangguran terbuka turun"),
    (
        "I03",
        "Pembangunan manusia",
        "Human development",
        "Mutu hidup daerah yang tertinggal mendekati daerah terbaik",
    ),
)
_INDICATORS = (
    (
        "poverty", "I01", "Persentase penduduk miskin", "Poor population", "persen", "lower",
        "Persentase Penduduk Miskin (P0) Menurut Kabupaten/Kota",
    ),
    (
        "unemployment", "I02", "Tingkat pengangguran terbuka", "Open unemployment rate", "persen", "lower",
        "Tingkat Pengangguran Terbuka (TPT) Menurut Kabupaten/Kota",
    ),
    (
        "hdi", "I03", "Indeks pembangunan manusia", "Human development index", "indeks", "higher",
        "[Metode Baru] Indeks Pembangunan Manusia Menurut Kabupaten/Kota",
    ),
)  # fmt: skip


def border_rows(codes: Sequence[str]) -> list[dict[str, str]]:
    """Return the land borders between kabupaten and kota, as rows of the table ``borders``.

    Parameters
    ----------
    codes : sequence of str
        Kemendagri codes.

    Returns
    -------
    list of dict
        Estimated: computed by ourselves from coarse shapes. The source gives the length, and says of a border
        of less than 1 km that it is to be confirmed.

    Examples
    --------
    >>> [(row["region_a"], row["region_b"]) for row in border_rows(["34.02", "34.71", "11.01"])]
    [('34.02', '34.71')]
    """
    asked = {*codes}
    return [
        {"region_a": one, "region_b": other, "source": _border_source(one, other, km), "status": "estimated"}
        for one, other, km in _borders()
        if one in asked and other in asked
    ]


def _border_source(one: str, other: str, km: float) -> str:
    doubtful = km < _SHORT and (one, other) not in _CONFIRMED
    return _BORDERS.format(km=number(km, "id", 2)) + (f"; {CONFIRM}" if doubtful else "")


@cache
def _borders() -> tuple[tuple[str, str, float], ...]:
    text = files("jspmodel.intake").joinpath("regency_borders.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple((row["region_a"], row["region_b"], float(row["shared_km"])) for row in rows)


def issue_rows() -> list[dict[str, str]]:
    """Return issues to begin with, as rows of the table ``issues``: illustrative, to be replaced.

    Returns
    -------
    list of dict
    """
    keys = ("issue", "name_id", "name_en", "objective")
    return [
        {**dict(zip(keys, row, strict=True)), "source": _ISSUE, "status": "illustrative"} for row in _ISSUES
    ]


def indicator_rows() -> list[dict[str, str]]:
    """Return their indicators, as rows of the table ``indicators``.

    Returns
    -------
    list of dict
        The source names the table of BPS to download values from. Targets are blank: the latest value of the
        best region then counts (``filled``), until somebody writes that of the RPJMD.
    """
    keys = ("indicator", "issue", "name_id", "name_en", "unit", "better")
    return [
        {
            **dict(zip(keys, row, strict=True)),
            "target": "",
            "source": _TABLE.format(title=title, unit=row[4]),
            "status": "",
        }
        for *row, title in _INDICATORS
    ]


def starting_title(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return what a case of some regions is called until somebody gives it another title.

    Parameters
    ----------
    rows : sequence of mapping of str to str
        Of the table ``regions``; at least one.

    Returns
    -------
    dict of str to str
        As ``datapackage.json`` has it: ``title`` and ``title_en``.

    Examples
    --------
    >>> starting_title([{"region": "33.74", "name": "Kota Semarang"}])
    {'title': 'Kota Semarang', 'title_en': 'Kota Semarang'}
    """
    return {"title": _title(rows, "id"), "title_en": _title(rows, "en")}


def _title(rows: Sequence[Mapping[str, str]], language: Language) -> str:
    codes = {row["region"] for row in rows}
    homes = {code[:2] for code in codes}
    if len(rows) <= _NAMED:
        return listed([row["name"] for row in rows], language)
    if len(homes) > 1:
        return say("start.title_regions", language, count=len(rows))
    province = provinces()[homes.pop()]
    whole = codes == {code for code in official_regions() if code[:2] == next(iter(codes))[:2]}
    return say(f"start.title_{'province' if whole else 'some'}", language, count=len(rows), province=province)
