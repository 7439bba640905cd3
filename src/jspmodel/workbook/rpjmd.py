"""Goals of an RPJMD (misi, tujuan, sasaran, indikator, target by year) as indicators of a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jspmodel.errors import Problem
from jspmodel.intake import Flaw, is_percent, percent_of
from jspmodel.workbook.amounts import amount_text
from jspmodel.workbook.foreign import ForeignList, ListCell, ListRead, carried, find_list, is_numbering
from jspmodel.workbook.list_headings import is_other_time
from jspmodel.workbook.list_years import ROW_YEAR, row_year
from jspmodel.workbook.stated_columns import NOTHING_STATED, StatedColumns

_HEADINGS = {
    "misi": "mission",
    "tujuan": "goal",
    "sasaran": "objective",
    "indikator": "indicator",
    "indikator kinerja": "indicator",
    "indikator sasaran": "indicator",
    "indikator tujuan": "indicator",
    "indikator tujuan/sasaran": "indicator",
    "indikator kinerja utama": "indicator",
    "indikator kinerja sasaran": "indicator",
    "iku": "indicator",
    "indikator kinerja tujuan/sasaran": "indicator",
    "indikator kinerja tujuan": "indicator",
    "indikator kinerja daerah": "indicator",
    "indikator kinerja sasaran strategis": "indicator",
    "sasaran strategis": "objective",
    "sasaran daerah": "objective",
    "sasaran pembangunan": "objective",
    "sasaran rpjmd": "objective",
    "tujuan/sasaran": "objective",
    "satuan": "unit",
}
NEEDED = {"objective": "Sasaran", "indicator": "Indikator", "year": "2026, 2027, ... (Target)"}
"""Without these headings, and a year at least, a sheet is no such list."""
_TARGET = {"target", "target kinerja", "target tahunan", "target akhir"}
"""Headings of a target whose year stands elsewhere, or nowhere."""
_OF_TARGETS = re.compile(r"\btarget\b|\biku\b|\bkinerja\b", re.IGNORECASE)
"""What the headings of a list of indicators say where its figures are targets, and it has no goals."""
_OF_YEAR = {"tahun", "tahun target"}
"""Headings of the year of a target, where each has a row of its own."""
_MERGED = ("mission", "goal", "objective")
_YEAR = re.compile(r"(?:target |tahun |target tahun |th\.? ?|ta )*(20[0-9]{2})")
_COUNTED = re.compile(r"(?:target |tahun |target tahun |th\.? ?|n ?\+? ?)+(?:ke ?-? ?)?([1-9]|i{1,3}|iv|vi?)")
"""Years of a plan that are counted: "Target tahun ke-1", "Tahun II", "N+1"."""
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}


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
        Number by year, or by the year of the plan from 1 where it only counts them; 0 where it says none.
        ``""`` where it is in doubt.
    """

    row: int
    texts: Mapping[str, str]
    targets: Mapping[int, str]


def read_goals(file: Path, stated: StatedColumns = NOTHING_STATED) -> ListRead[Goal]:
    """Read the goals of an RPJMD.

    Parameters
    ----------
    file : Path
        XLSX; the first list with the headings sasaran, indikator and a year (or target) counts; that of IKU
        may have a unit in place of the sasaran.
    stated : StatedColumns, optional
        What a person says of the headings.

    Returns
    -------
    ListRead
        Without rows where there is no such list.

    Raises
    ------
    DataError
        If the workbook is broken or too large.
    """
    found = find_goals(file, stated)
    if not found:
        return ListRead([], (), [])
    notes: list[Problem] = list(found.notes)
    goals = [*_goals(found, file.name, notes)]
    return ListRead(_joined(goals) if ROW_YEAR in found.places else goals, found.unread(), notes)


def find_goals(file: Path, stated: StatedColumns = NOTHING_STATED) -> ForeignList | None:
    """Return where goals of an RPJMD stand, None where there are none; takes what ``read_goals`` takes."""
    for column_of, needed in (
        (_column, ("objective", "indicator")),
        (_column, ("indicator", "unit")),
        (_with_target, ("objective", "indicator", "target")),
        (_with_target, ("indicator", "unit", "target")),
    ):
        found = find_list(file, column_of, needed, stated)
        if found and ("target" in needed or any(column.isdigit() for column in found.places)):
            says = (*found.words, *found.above)
            if "objective" in found.places or any(map(_OF_TARGETS.search, says)):
                return found
    return None


def goal_column(heading: str) -> str:
    """Return the column of the goals of an RPJMD that a plain heading stands for, ``""`` for none."""
    column = _column(heading)
    return "year" if column.isdigit() else column


def _column(heading: str) -> str:
    plain = " ".join(re.sub(r"[()]", " ", re.sub(" ?/ ?", "/", heading)).split())
    if is_other_time(plain):
        return ""
    if year := _YEAR.fullmatch(plain) or re.search(r"tahun (?:ke ?-? ?)?\w+ (20[0-9]{2})$", plain):
        return year[1]
    if counted := _COUNTED.fullmatch(plain):
        return _ROMAN.get(counted[1], counted[1])
    return _HEADINGS.get(plain, "")


def _with_target(heading: str) -> str:
    return "target" if heading in _TARGET else ROW_YEAR if heading in _OF_YEAR else _column(heading)


def _year_said(found: ForeignList) -> int:
    """Return the one year that stands above a list, 0 where there are none or several."""
    years = {year for line in found.above for year in re.findall(r"(?<![0-9])20[0-9]{2}(?![0-9])", line)}
    return int(years.pop()) if len(years) == 1 else 0


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
        if "target" in texts:
            own, told = row_year(found, cells, number, file)
            notes += told
            said = int(own) if own else 0 if told else _year_said(found)
            years[said] = found.cell(cells, "target", number)
        unit = texts.get("unit", "") or _unit_of(years.values())
        targets: dict[int, str] = {}
        for year, cell in years.items():
            target = _target(cell, unit)
            if isinstance(target, Flaw):
                notes.append(
                    Problem(target.code, file, number, values=target.values, warning=True, cell=cell.name)
                )
                targets[year] = ""  # no earlier one takes the place of the last
            elif target:
                targets[year] = target
        yield Goal(number, {**texts, **above, "unit": unit}, targets)


def _joined(goals: Iterable[Goal]) -> list[Goal]:
    """Return goals whose years stand in rows of their own as one each; the same year twice stays apart."""
    found: dict[object, Goal] = {}
    for goal in goals:
        key: object = tuple(goal.texts.get(column, "") for column in (*_MERGED, "indicator", "unit"))
        if key in found and set(found[key].targets) & set(goal.targets):
            key = goal.row
        first = found.get(key, goal)
        found[key] = replace(first, targets={**first.targets, **goal.targets})
    return [*found.values()]


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
