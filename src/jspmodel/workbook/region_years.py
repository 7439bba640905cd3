"""A table of regions by year, as BPS gives one out, as values of an indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from jspmodel.errors import Problem
from jspmodel.intake import (
    Flaw,
    Meaning,
    RegionNames,
    Sheet,
    code_names,
    doubt_of,
    is_percent,
    judged_rows,
    nearest_code,
    percent_of,
    read_sheets,
)
from jspmodel.workbook.amounts import amount_text
from jspmodel.workbook.book import column_letter
from jspmodel.workbook.changes import table_changes
from jspmodel.workbook.grids import AnySheet, read_rows
from jspmodel.workbook.list_headings import cell_at
from jspmodel.workbook.reading import Reading
from jspmodel.workbook.sheets import SheetPlace
from jspmodel.workbook.stated_source import StatedSource, stated_in, stated_source

_SEARCHED = 40
_YEAR = re.compile(r"((?:19|20)[0-9]{2})[*⁾)¹²³ ]*")
_NOTHING = {"", "-", "–", "—", "...", "…", "n/a", "na", "*"}
_TABLE = "indicator_values"
_FILE = f"{_TABLE}.csv"
_SHOWN = 10
"""Rows of other regions that are named."""


class _Found(NamedTuple):
    """Where the table stands: sheet, row of the years, column of the names, and the columns of years."""

    sheet: AnySheet
    row: int
    names: int
    years: Mapping[int, str]


@dataclass(frozen=True)
class _Case:
    """What a table is read beside: names of the regions, indicators by code and the values that there are."""

    regions: RegionNames
    indicators: Mapping[str, str]
    units: Mapping[str, str]
    before: Sheet | None


def read_region_years(file: Path, folder: Path, indicator: str = "") -> Reading | None:
    """Read a table of regions by year beside the case that it is for; nothing is written.

    Values that the case has of other years, regions and indicators stay.

    Parameters
    ----------
    file : Path
        XLSX: a row of years, and names or codes of regions in a column before them.
    folder : Path
        Of the case.
    indicator : str
        Whose values they are, by code or name; ``""`` where a title of the table is to name it.

    Returns
    -------
    Reading or None
        None where there is no such table.

    Raises
    ------
    DataError
        If the workbook is broken, encrypted or too large.
    """
    sheets = read_sheets(folder)[0] if folder.is_dir() else {}
    if "regions" not in sheets:
        return None
    case = _case(sheets)
    found = next((table for sheet in read_rows(file) if (table := _table(sheet, case.regions))), None)
    if found is None:
        return None
    code = _indicator(indicator, found, case)
    place = SheetPlace(found.sheet.name, found.sheet.rows[found.row][0], {}, {})
    if not code:
        problem = _unclear(indicator, case, file, folder)
        return Reading((), (*found.sheet.hidden, problem), {_TABLE: place})
    rows, problems = _rows(found, case, code, file.name)
    after = _merged(case.before, rows)
    changes = table_changes({_TABLE: case.before} if case.before else {}, {_TABLE: after})
    names = {"regions": code_names(sheets["regions"]), "indicators": case.indicators}
    return Reading(changes, (*found.sheet.hidden, *problems), {_TABLE: place}, names)


def _case(sheets: Mapping[str, Sheet]) -> _Case:
    regions, indicators = sheets["regions"], sheets.get("indicators")
    kinds = regions.columns.index("kind") if "kind" in regions.columns else None
    code = regions.columns.index("region")
    by_code = {} if kinds is None else {row[code]: row[kinds] for row in regions.rows}
    units = {}
    if indicators and "unit" in indicators.columns:
        key, unit = indicators.columns.index("indicator"), indicators.columns.index("unit")
        units = {row[key]: row[unit] for row in indicators.rows}
    names = code_names(indicators) if indicators else {}
    return _Case(RegionNames(code_names(regions), by_code), names, units, sheets.get(_TABLE))


def _table(sheet: AnySheet, regions: RegionNames) -> _Found | None:
    for index, (_, cells) in enumerate(sheet.rows[:_SEARCHED]):
        texts = [cell_at(cells, place) for place in range(len(cells))]
        years = {place: match[1] for place, text in enumerate(texts) if (match := _YEAR.fullmatch(text))}
        below = [cells for _, cells in sheet.rows[index + 1 :]]
        if not years or len(set(years.values())) < len(years):
            continue
        known = {
            place: sum(bool(_meant(cell_at(cells, place), regions).codes) for cells in below)
            for place in range(min(years))
        }
        names = max(known, key=lambda place: known[place], default=-1)
        if names >= 0 and known[names] and not _is_of_a_list(texts[names], below, years, regions):
            return _Found(sheet, index, names, years)
    return None


def _is_of_a_list(
    name: str, below: Sequence[Sequence[Any]], years: Mapping[int, str], regions: RegionNames
) -> bool:
    """Whether a row with years is one of a list with a column of years, and not the heading of a table.

    Such a row names a region itself, or years stand below its years too.
    """
    texts = [text for cells in below for place in years if (text := cell_at(cells, place))]
    return bool(_meant(name, regions).codes) or (bool(texts) and all(map(_YEAR.fullmatch, texts)))


def _indicator(asked: str, found: _Found, case: _Case) -> str:
    """Return the code of the indicator that is asked for, or that a title or heading names exactly."""
    above = [text for _, cells in found.sheet.rows[: found.row + 1] for text in _texts(cells)]
    by_name: dict[str, set[str]] = {}
    for code, name in case.indicators.items():
        for text in (code, name):
            by_name.setdefault(_plain(text), set()).add(code)
    wanted = [asked] if asked else above
    codes = {code for text in wanted for code in by_name.get(_plain(text), ())}
    return codes.pop() if len(codes) == 1 else ""


def _unclear(asked: str, case: _Case, file: Path, folder: Path) -> Problem:
    """Return why it is not known whose values a table has."""
    values = {"codes": ", ".join(case.indicators), "file": file.name, "case": folder.as_posix()}
    if not case.indicators:
        return Problem("no_indicators_yet", _FILE, values=values)
    if asked:
        near = nearest_code(asked, case.indicators)
        return Problem("no_such_indicator", _FILE, values={**values, "value": asked, "nearest": near})
    return Problem("which_indicator", _FILE, values=values)


def _rows(found: _Found, case: _Case, code: str, file: str) -> tuple[list[dict[str, str]], list[Problem]]:
    """Return the values of the regions of a case, and what is wrong with or left out of others."""
    rows: list[dict[str, str]] = []
    problems: list[Problem] = []
    first: dict[str, int] = {}
    others = []
    body = found.sheet.rows[found.row + 1 :]
    everything = {_plain(cell_at(cells, found.names)) for _, cells in body}
    in_percent = is_percent(case.units.get(code, ""))
    stated = stated_source(_texts(cells) for _, cells in found.sheet.rows)
    place = f"{file}, {found.sheet.name}"
    told = {"source": f"{stated.text} ({place})" if stated.text else place, "status": stated.status}
    for number, cells in body:
        name = cell_at(cells, found.names)
        values = dict(_values(cells, found, in_percent=in_percent))
        if not name or not values or stated_in(_texts(cells)):
            continue
        meaning = _in_table(name, case.regions, everything)
        region = "".join(meaning.codes)
        if not region and not meaning.choices:
            others.append(f"{name} ({number})")
        elif doubt := _doubt(name, meaning, first.setdefault(region, number), number):
            problems.append(_told(doubt, "region", found.names, number))
        else:
            problems += [
                _told(each, "value", at, number) for at, each in values.items() if isinstance(each, Flaw)
            ]
            same = {"indicator": code, "region": region, **told}
            rows += [
                {**same, "year": found.years[at], "value": each}
                for at, each in values.items()
                if not isinstance(each, Flaw)
            ]
    if others:
        shown = ", ".join(others[:_SHOWN]) + (", …" if len(others) > _SHOWN else "")
        left: dict[str, object] = {"count": len(others), "names": shown}
        problems.append(Problem("not_in_case", _FILE, values=left, warning=True))
    return rows, [*problems, *_without_status(rows, stated)]


def _without_status(rows: Sequence[object], stated: StatedSource) -> Iterator[Problem]:
    """Tell that the status stays blank where the table does not say that BPS observed its figures."""
    if rows and not stated.text:
        yield Problem("source_not_stated", _FILE, None, "status", warning=True)
    elif rows and not stated.status:
        yield Problem("source_not_observed", _FILE, None, "status", {"source": stated.text}, warning=True)


def _doubt(name: str, meaning: Meaning, first: int, number: int) -> Flaw | None:
    """Return the question about a row: which region it is, or why it is there again."""
    if meaning.choices:
        return doubt_of(name, meaning, "regions.csv")
    return Flaw("region_twice", {"value": name, "first": first}) if first != number else None


def _told(flaw: Flaw, column: str, place: int, number: int) -> Problem:
    return Problem(flaw.code, _FILE, number, column, flaw.values, cell=f"{column_letter(place)}{number}")


def _values(cells: Sequence[Any], found: _Found, *, in_percent: bool) -> Iterator[tuple[int, str | Flaw]]:
    """Yield the value of each year of a row, by column; what says that there is none is left out."""
    for place in found.years:
        text = cell_at(cells, place)
        if text.casefold() in _NOTHING:
            continue
        share = percent_of(text)
        if share and not in_percent:
            yield place, Flaw("percent_sign", {"value": text})
            continue
        value = amount_text(share or text, {"type": "number"})
        if isinstance(value, Flaw) or re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?", value):
            yield place, value
        else:
            yield place, Flaw("not_a_number", {"value": text})


def _in_table(name: str, regions: RegionNames, everything: set[str]) -> Meaning:
    """Return what a name means in such a table: beside "Kota Semarang", "Semarang" is the regency."""
    meaning = _meant(name, regions)
    if meaning.choices and not meaning.is_bps and f"kota {_plain(name)}" in everything:
        return _meant(f"Kabupaten {name}", regions)
    return meaning


def _meant(name: str, regions: RegionNames) -> Meaning:
    return regions.meaning(name) if name else Meaning()


def _merged(before: Sheet | None, rows: Sequence[Mapping[str, str]]) -> Sheet:
    """Return the values of a case with those of a table.

    One that stays the same keeps its source, unless that was no more than the file.
    """
    had = [dict(zip(before.columns, row, strict=True)) for row in judged_rows(before)[0]] if before else []
    by_key = {_key(row): row for row in had}
    for row in rows:
        known = by_key.get(_key(row))
        if known is None or not known["value"] or float(known["value"]) != float(row["value"]):
            by_key[_key(row)] = dict(row)
        elif not known.get("source") or row["source"].endswith(f"({known['source']})"):
            by_key[_key(row)] = {
                **known,
                "source": row["source"],
                "status": known.get("status") or row["status"],
            }
    there = before.columns if before else ()
    columns = tuple(dict.fromkeys([*there, "indicator", "region", "year", "value", "source", "status"]))
    cells = tuple(tuple(row.get(column, "") for column in columns) for row in by_key.values())
    lines = tuple(range(2, 2 + len(cells)))
    return Sheet(_TABLE, _FILE, columns, lines, cells, frozenset(), decimal_comma=False)


def _key(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row.get(column, "") for column in ("indicator", "region", "year"))


def _texts(cells: Sequence[Any]) -> list[str]:
    return [text for place in range(len(cells)) if (text := cell_at(cells, place))]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
