"""Percentages in columns whose unit stands elsewhere: in the row, or with the indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from jspmodel.intake.csvfile import Sheet
from jspmodel.intake.written_cells import is_percent, percent_of

_COLUMNS = {
    "indicators": ("target", "worst"),
    "indicator_values": ("value",),
    "program_outputs": ("target",),
    "realised_outputs": ("planned", "amount"),
}


def with_percents(sheets: Mapping[str, Sheet], known: Mapping[str, Sheet] | None = None) -> dict[str, Sheet]:
    """Return tables in which 10.5% is 10.5 where the unit of its row is percent.

    Parameters
    ----------
    sheets : mapping of str to Sheet
        By table.
    known : mapping of str to Sheet, optional
        All tables, where ``sheets`` are not all.

    Returns
    -------
    dict of str to Sheet
        A percentage of another unit stays as it is, to be told.
    """
    indicators = {**(known or {}), **sheets}.get("indicators")
    return {
        table: _plain(sheet, indicators) if table in _COLUMNS else sheet for table, sheet in sheets.items()
    }


def _plain(sheet: Sheet, indicators: Sheet | None) -> Sheet:
    places = [sheet.columns.index(column) for column in _COLUMNS[sheet.table] if column in sheet.columns]
    if not any(percent_of(row[place]) for row in sheet.rows for place in places):
        return sheet
    rows = [
        tuple(
            percent_of(cell) or cell if place in places and is_percent(unit) else cell
            for place, cell in enumerate(row)
        )
        for row, unit in zip(sheet.rows, _units(sheet, indicators), strict=True)
    ]
    return replace(sheet, rows=tuple(rows))


def _units(sheet: Sheet, indicators: Sheet | None) -> Iterator[str]:
    if "unit" in sheet.columns:
        yield from (row[sheet.columns.index("unit")] for row in sheet.rows)
        return
    by_code = {}
    if indicators and {"indicator", "unit"} <= set(indicators.columns):
        code, unit = indicators.columns.index("indicator"), indicators.columns.index("unit")
        by_code = {row[code]: row[unit] for row in indicators.rows}
    place = sheet.columns.index("indicator") if "indicator" in sheet.columns else None
    yield from ("" if place is None else by_code.get(row[place], "") for row in sheet.rows)
