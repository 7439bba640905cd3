"""Goals of an RPJMD (misi, tujuan, sasaran, indikator, target by year) as indicators of a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jspmodel.intake import Flaw
from jspmodel.workbook.amounts import amount_text
from jspmodel.workbook.foreign import ForeignList, carried, find_list, is_numbering

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


def read_goals(file: Path) -> tuple[list[Goal], tuple[str, ...]]:
    """Read the goals of an RPJMD.

    Parameters
    ----------
    file : Path
        XLSX, already examined; the first list with the headings sasaran, indikator and a year counts.

    Returns
    -------
    list of Goal
        Empty where there is no such list.
    tuple of str
        Headings that are not known.

    Raises
    ------
    DataError
        If the workbook is broken or too large.
    """
    found = find_list(file, _column, _NEEDED)
    if not found or not any(column.isdigit() for column in found.places):
        return [], ()
    return list(_goals(found)), found.unknown


def _column(heading: str) -> str:
    year = _YEAR.fullmatch(heading)
    return year[1] if year else _HEADINGS.get(heading, "")


def _goals(found: ForeignList) -> Iterator[Goal]:
    above = dict.fromkeys(_MERGED, "")
    for number, cells in found.rows:
        texts = found.texts(cells)
        if is_numbering(texts.values()):
            continue
        above = carried(above, texts)
        if texts["indicator"]:
            targets = {int(name): _number(text) for name, text in texts.items() if name.isdigit()}
            yield Goal(number, {**texts, **above}, {year: text for year, text in targets.items() if text})


def _number(text: str) -> str:
    number = amount_text(text.removesuffix("%").strip(), {"type": "number"})
    return number if not isinstance(number, Flaw) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", number) else ""
