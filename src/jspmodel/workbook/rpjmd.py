"""Goals of an RPJMD (misi, tujuan, sasaran, indikator, target by year) as indicators of a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jspmodel.errors import Problem
from jspmodel.intake import Flaw, is_percent, percent_of
from jspmodel.workbook.amounts import amount_text
from jspmodel.workbook.foreign import ForeignList, ListCell, ListRead, carried, find_list, is_numbering

_HEADINGS = {
    "misi": "mission",
    "tujuan": "goal",
    "sasaran": "objective",
    "indikator": "indicator",
    "indikator kinerja": "indicator",
    "indikator sasaran": "indicator",
    "indikator tujuan": "indicator",
    "satuan": "unit",
}
_NEEDED = ("objective", "indicator")
_MERGED = ("mission", "goal", "objective")
_YEAR = re.compile(r"(?:target |tahun |target tahun )?(20[0-9]{2})")


@dataclass(frozen=True)
class Goal:
    """An indicator with its targets.

    Attributes
    ----------
    row : int
        As a spreadsheet counts.
    texts : mapping of str to str
        By column: mission, goal, objective, indicator, unit.
    targets : mapping of int to str
        Number by year; years whose target is in doubt are left out.
    """

    row: int
    texts: Mapping[str, str]
    targets: Mapping[int, str]


def read_goals(file: Path) -> ListRead[Goal]:
    """Read the goals of an RPJMD.

    Parameters
    ----------
    file : Path
        XLSX, already examined; the first list with the headings sasaran, indikator and a year counts.

    Returns
    -------
    ListRead
        Without rows where there is no such list.

    Raises
    ------
    DataError
        If the workbook is broken or too large.
    """
    found = find_list(file, _column, _NEEDED)
    if not found or not any(column.isdigit() for column in found.places):
        return ListRead([], (), [])
    notes: list[Problem] = list(found.hidden)
    return ListRead(list(_goals(found, file.name, notes)), found.unknown, notes)


def _column(heading: str) -> str:
    year = _YEAR.fullmatch(heading)
    return year[1] if year else _HEADINGS.get(heading, "")


def _goals(found: ForeignList, file: str, notes: list[Problem]) -> Iterator[Goal]:
    above = dict.fromkeys(_MERGED, "")
    for number, cells in found.rows:
        texts = found.texts(cells)
        if is_numbering(texts.values()):
            continue
        above = carried(above, texts)
        if not texts["indicator"]:
            continue
        years = {int(name): found.cell(cells, name, number) for name in texts if name.isdigit()}
        unit = texts.get("unit", "") or _unit_of(years.values())
        targets: dict[int, str] = {}
        for year, cell in years.items():
            target = _target(cell, unit)
            if isinstance(target, Flaw):
                notes.append(
                    Problem(target.code, file, number, values=target.values, warning=True, cell=cell.name)
                )
            elif target:
                targets[year] = target
        yield Goal(number, {**texts, **above, "unit": unit}, targets)


def _unit_of(cells: Iterable[ListCell]) -> str:
    """Return percent where all targets show its sign, else ``""``."""
    filled = [cell.text for cell in cells if cell.text]
    return "persen" if filled and all(map(percent_of, filled)) else ""


def _target(cell: ListCell, unit: str) -> str | Flaw:
    """Return a target in the unit of its row; ``""`` for a text without any."""
    if share := percent_of(cell.text):
        if not is_percent(unit):
            return Flaw("percent_sign", {"value": cell.text})
        if isinstance(cell.value, int | float) and abs(cell.value) > 1:
            return Flaw("shown_as_percent", {"value": cell.value, "percent": share})
    number = amount_text(share or cell.text, {"type": "number"})
    if isinstance(number, Flaw):
        return number
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", number):
        return number
    return Flaw("not_a_target", {"value": cell.text}) if re.search("[0-9]", cell.text) else ""
