"""The page of all tables, as ``python docs/write.py`` writes it to ``docs/data.md``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jspmodel.case import TABLES
from jspmodel.intake.schemas import schema
from jspmodel.measure import PLAN_TABLES
from jspmodel.scenario import Language
from jspmodel.text import all_wording

_HEAD = """# Tables of a case

One folder, one CSV file (UTF-8) a table; only those marked *required* must be there, and a rule whose
table or column is missing is off. Codes are text, money is billion rupiah (`miliar rupiah`), what is
not known stays blank. Characters that nobody sees (of no width, marks of writing direction, control
characters) are left out wherever a text comes from. Written from the schemas in
`src/jspmodel/intake/schemas` by `python docs/write.py`; do not change it by hand.

## Through Excel

`jspmodel template CASE file.xlsx` writes the case as a workbook: a sheet that explains, one sheet a
table, with headings and messages, lists to choose from, limits, and an example. `jspmodel import
file.xlsx CASE` shows what would change, asks, keeps the old tables in `backup/`, and writes only if
everything is valid. Otherwise it writes a marked copy beside the workbook: red cells, a comment that
says what mends each, and a first sheet with a link to every problem.

- A sheet, a column or a row may stand anywhere; blank rows, title rows above the headings, and columns
  and sheets of your own are left aside. A row that is gone is removed from the case; a sheet that is
  gone leaves its table alone.
- A code may stand with its name (`34.04 Sleman`) and a choice as a word (`pembangunan` for `build`).
- An exact name that only one row has is as good as its code, in CSV files too: `Kab. Sleman`, a fund, an
  issue, an agency. `Kab.` and `Kota` decide; a bare name of two regions is asked back with both. A BPS code
  (`3404`) is taken where it is the same region's Kemendagri code; where it is another's, both are named.
  In `program_regions` and `bodies` one cell may name several (`Sleman, Bantul`, `semua`). `seluruh kabupaten`
  is asked back where there are kota: `semua kabupaten/kota`, or `semua kabupaten tanpa kota`.
- Numbers may be written as people do: `Rp1.500.000.000`, `750 juta`, `1,2 T`, `1.500,5`, `2 tahun`,
  `TA 2027`. What could mean two things is asked back: `1,5 M`, `1.500`, `1.500.000.00`, a date where a
  number belongs.
- A heading, a line above, a row of units or the number format may name the unit of money: `Pagu (Rp. 000)`,
  `(dlm jutaan)`. Rupiah, thousands (ribu, 000), millions (juta), miliar and triliun are known; M, another
  currency, or an amount that is implausible in its unit is asked back.
- A percentage (`10,5%`, or a cell that shows one) is 10.5 in a column or row of percent, 0.105 in a column
  of shares, and asked back elsewhere.
- A BPS table (a row of years, regions below each other) is taken as values of an indicator:
  `jspmodel import bps.xlsx CASE --indicator poverty`. Values of other years and regions stay.
- Dates: `2026-12-31`, `31-12-2026`, `31.12.2026`, `31 Desember 2026`, with an hour or not. With points or
  dashes the day comes first, as in Indonesia: `05-06-2026` is 5 June; `05/06/2026`, which may be the American
  order, is asked back.
- A row that adds up others (TOTAL, Jumlah) is left out and told; hidden rows are read and told, hidden sheets
  where they change something.
- A sheet of a template that nobody touched since it was written or last imported changes nothing, where the
  case has changed its table since.
- A Musrenbang list (the columns of Permendagri 86/2017, Tabel T-D.4) or the goals of an RPJMD (misi,
  tujuan, sasaran, indikator, satuan, targets by year) may be imported too: they become new rows of a
  workbook, what they lack in yellow, to be filled in and imported. [How](how-to/musrenbang.md).
- `jspmodel solve SCENARIO --excel plan.xlsx` writes the plan back in those columns, each proposal with
  its reason.
- `jspmodel adopt RUN form.xlsx --through YEAR` writes a form for what became of a plan that was adopted.
  [How](how-to/realisation.md).
- What is not known may be said shortly (levels, kinds of programme, totals with a spending profile, unit
  costs, growth of budgets, several judges, readiness): see [places.md](places.md).
- Macros and links to other files are never followed, and a text that would run as a formula is refused.

## Who may pay

A fund without a row in `fund_rules` may pay for every programme, all of it. A row says how much of a
programme's cost of a year it may bear at most (`max_share`; blank: all), and the most specific row counts:
one for the programme, else one for its dimension, else one in which both are blank, which holds for every
other programme ("CSR bears at most half of any programme": `csr,,,0.5`).

- A share of **0** forbids: the fund does not pay for these, and still for all that its rows do not name.
- A share **above 0** allows, and takes all else away: once a fund has such a row, it pays only for what its
  rows name. `csr,P001,,0.5` alone takes the fund from all other programmes; `check` tells so where few are
  left.
- A row in which both are blank says what holds for the rest: `csr,,,0.5` (all others at most half) or
  `csr,,,0` (no other).

## Boundaries

A case may hold the shapes of its regions in one file, `boundaries.geojson` or `boundaries.topojson`;
without it maps are schematic ([maps](maps.md)). One feature a region, a Polygon or MultiPolygon. The
code of the region stands as the feature's `id`, or in a property named `region`, `code`, `kode`,
`kode_daerah`, `kode_wilayah`, `kode_kemendagri`, `kode_kab`, `kode_kec`, `KDPKAB` or `KDCPUM` (BIG), in
whichever most codes of `regions` stand; if two such do not agree, it is asked back. Write codes as
text: the number 34.10 is 34.1.

- Every region needs its shape, or the file is refused. Features of other regions are left aside where
  none is missing, so that the file of a whole province may serve six of its regions.
- Coordinates are degrees, longitude first (RFC 7946). Others are taken as metres of one projection,
  with a warning. Rings must be closed; which way they run does not matter.
- At most 10 MB, 5,000 features, 400,000 points; what is larger must be simplified first (mapshaper.org,
  QGIS). What is more than can be seen is simplified for each picture, borders that two regions share
  alike on both sides; the file stays as it is.
- Its sha256 is among those of the inputs of a run. No plan hangs on it.

In Python: `Case.from_frames(frames, boundaries=json.load(file))`; `case.boundaries`; `to_csv` writes
it.

## Numbers

A number without limits below is smaller than 1,000,000,000,000,000, above and below 0; amounts that unit
costs, growth or `budget_scale` come to keep the limit of the column.

The settings of a scenario have [a page of their own](reference/scenario.md).

Choices below are given as the CSV file has them, with the Indonesian word of the workbook in brackets.
"""

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "required": "**required**",
        "code": "code of `{}`",
        "string": "text",
        "date": "date",
        "boolean": "yes/no",
        "integer": "whole number",
        "number": "number",
        "unit": "unit_en",
        "limits": "{} to {}",
    },
    "id": {
        "required": "**wajib**",
        "code": "kode dari `{}`",
        "string": "teks",
        "date": "tanggal",
        "boolean": "ya/tidak",
        "integer": "bilangan bulat",
        "number": "angka",
        "unit": "unit",
        "limits": "{} sampai {}",
    },
}
_YEARS = 9999
"""Figures above it are shown with separators of thousands."""


def data_page() -> str:
    """Return the page in Markdown.

    Returns
    -------
    str
    """
    return "\n".join([_HEAD, *(line for table in TABLES for line in _table(table))])


def _table(table: str) -> Iterator[str]:
    description = schema(table)
    need = " (a plan needs it)" if table in PLAN_TABLES else ""
    yield f"## `{table}`: {description['title_en']} · {description['title']}{need}"
    yield ""
    yield "One row for each " + ", ".join(f"`{column}`" for column in description["primaryKey"]) + "."
    yield ""
    yield "| column | Indonesian heading | English heading | holds |"
    yield "|---|---|---|---|"
    for field, held in columns(table, "en"):
        yield f"| `{field['name']}` | {field['title']} | {field['title_en']} | {held} |"
    yield ""


def columns(table: str, language: Language) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Yield the columns of a table, as its schema has them, each with what it holds.

    Parameters
    ----------
    table : str
    language : {"id", "en"}

    Yields
    ------
    tuple of (mapping, str)
    """
    description = schema(table)
    others = {key["fields"][0]: key["reference"]["resource"] for key in description.get("foreignKeys", [])}
    for field in description["fields"]:
        yield field, "; ".join(_holds(field, others.get(field["name"]), language))


def _holds(field: Mapping[str, Any], other: str | None, language: Language) -> Iterator[str]:
    """Yield whether a column must be filled, the codes, choices or type, the unit, the limits."""
    words, limits = _WORDS[language], field.get("constraints", {})
    if limits.get("required"):
        yield words["required"]
    if other:
        yield words["code"].format(other)
    elif "enum" in limits:
        said, prefix = all_wording("id"), f"choice.{field['name']}_"
        yield ", ".join(f"`{choice}` ({said.get(prefix + choice, choice)})" for choice in limits["enum"])
    else:
        yield words[field["type"]]
    if unit := field.get(words["unit"]):
        yield str(unit)
    if "maximum" in limits:
        yield words["limits"].format(*(_figure(limits[end], language) for end in ("minimum", "maximum")))


def _figure(number: float, language: Language) -> str:
    text = f"{number:,}" if abs(number) > _YEARS else f"{number:g}"
    return text.translate(str.maketrans(",.", ".,")) if language == "id" else text
