"""A Musrenbang list (columns of Permendagri 86/2017, Tabel T-D.4) as proposals of a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from jspmodel.intake.cells import Flaw
from jspmodel.workbook.amounts import amount_text, number_text
from jspmodel.workbook.archive import examine
from jspmodel.workbook.grids import read_rows
from jspmodel.workbook.layout import plain_heading

_HEADINGS = {
    "prioritas daerah": "priority",
    "prioritas pembangunan daerah": "priority",
    "sasaran": "objective",
    "sasaran daerah": "objective",
    "program": "program",
    "program prioritas": "program",
    "kegiatan": "activity",
    "kegiatan prioritas": "activity",
    "sasaran kegiatan": "target",
    "lokasi": "location",
    "lokasi kegiatan": "location",
    "volume": "volume",
    "satuan": "unit",
    "pagu": "budget",
    "pagu indikatif": "budget",
    "perangkat daerah": "agency",
    "perangkat daerah penanggung jawab": "agency",
    "opd": "agency",
    "skpd": "agency",
}
_NEEDED = {"activity", "location", "budget"}
"""Without these headings a sheet is no such list."""
_CARRIED = ("priority", "objective", "program")
"""Columns whose cells are merged over several rows, so that only the first of them has a text."""
_SEARCHED = 40
_RUPIAH = Decimal("1e-9")
_SCALES = {"miliar": Decimal(1), "milyar": Decimal(1), "juta": Decimal("1e-3"), "ribu": Decimal("1e-6")}
_CERTAIN = 1e6
"""Fewer rupiah than this are not what a proposal costs: the unit must be another."""


@dataclass(frozen=True)
class Proposal:
    """A row of the list.

    Attributes
    ----------
    row : int
        As a spreadsheet counts.
    texts : mapping of str to str
        By column: priority, objective, program, activity, target, location, volume, unit, agency.
    amount : str
        Rp billion, ``""`` where it is in doubt.
    """

    row: int
    texts: Mapping[str, str]
    amount: str


def read_proposals(file: Path) -> list[Proposal]:
    """Read the proposals of a Musrenbang list.

    Parameters
    ----------
    file : Path
        XLSX; the first sheet with the headings of the list counts.

    Returns
    -------
    list of Proposal
        Empty where no sheet is such a list.

    Raises
    ------
    DataError
        If it is no workbook, or one that could do harm.
    """
    examine(file)
    for rows in read_rows(file).values():
        for index, (_, cells) in enumerate(rows[:_SEARCHED]):
            places = _places(cells)
            if _NEEDED.issubset(places):
                return list(_proposals(rows[index + 1 :], places, _scale(cells[places["budget"]].value)))
    return []


def _places(cells: Sequence[Any]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        heading = plain_heading(re.sub(r"\(.*?\)", " ", str(cell.value or "")))
        if column := _HEADINGS.get(heading):
            places.setdefault(column, place)
    return places


def _scale(heading: str) -> Decimal:
    """Return what one unit of a column is in Rp billion: that of a rupiah where its heading names none."""
    return next((scale for unit, scale in _SCALES.items() if unit in heading.casefold()), _RUPIAH)


def _proposals(
    rows: Iterable[tuple[int, Sequence[Any]]], places: Mapping[str, int], scale: Decimal
) -> Iterator[Proposal]:
    carried = dict.fromkeys(_CARRIED, "")
    for number, cells in rows:
        values = {name: cells[place].value if place < len(cells) else None for name, place in places.items()}
        texts = {name: _text(value) for name, value in values.items() if name != "budget"}
        if _counts_columns(texts.values()):
            continue
        carried = _carry(carried, texts)
        if texts["activity"]:
            yield Proposal(number, {**texts, **carried}, _amount(values["budget"], scale))


def _carry(above: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, str]:
    """Take over what stands merged above, down to the first column that has a text of its own."""
    own = next((place for place, column in enumerate(_CARRIED) if texts.get(column)), len(_CARRIED))
    return {
        column: above[column] if place < own else texts.get(column, "")
        for place, column in enumerate(_CARRIED)
    }


def _text(value: object) -> str:
    return number_text(value) if isinstance(value, int | float) else " ".join(str(value or "").split())


def _counts_columns(texts: Iterable[str]) -> bool:
    """Whether a row only numbers the columns, as tables of regulations do: (1) (2) (3)."""
    filled = [text for text in texts if text]
    return len(filled) > 2 and all(re.fullmatch(r"\(?[0-9]{1,2}\)?", text) for text in filled)


def _amount(value: object, scale: Decimal) -> str:
    if value is None or isinstance(value, bool):
        return ""
    written = re.sub(r"^(rp\.?|idr)\s*", "", _text(value), flags=re.IGNORECASE)
    number = amount_text(written, {"type": "number"})
    if isinstance(number, Flaw) or not re.fullmatch(r"[0-9]+(\.[0-9]+)?", number):
        return ""
    own_unit = re.search(r"[a-z]", written, re.IGNORECASE)
    unit = _RUPIAH if own_unit else scale
    says_rupiah = written != _text(value)
    in_doubt = float(number) < _CERTAIN if unit == _RUPIAH else says_rupiah and float(number) >= _CERTAIN
    return "" if in_doubt else number_text(Decimal(number) * unit)
