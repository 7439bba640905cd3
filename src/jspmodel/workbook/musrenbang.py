"""A Musrenbang list (columns of Permendagri 86/2017, Tabel T-D.4) as proposals of a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from jspmodel.intake import Flaw
from jspmodel.workbook.amounts import amount_text, number_text
from jspmodel.workbook.foreign import ForeignList, carried, find_list, is_numbering

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
_OURS = {**_HEADINGS, "program": "activity", "program menurut nomenklatur": "program"}
"""Headings of a plan that this package wrote: there a programme stands under Program."""
_NEEDED = ("activity", "location", "budget")
"""Without these headings a sheet is no such list."""
_MERGED = ("priority", "objective", "program")
"""Columns whose cells may be merged over several rows, the outermost first."""
_RUPIAH = Decimal("1e-9")
_SCALES = {"miliar": Decimal(1), "milyar": Decimal(1), "juta": Decimal("1e-3"), "ribu": Decimal("1e-6")}
_CERTAIN = 1e6
"""Fewer rupiah than this are not what a proposal costs: the unit must be another."""


@dataclass(frozen=True)
class ProposalRow:
    """A row of the list.

    Attributes
    ----------
    row : int
        As a spreadsheet counts.
    texts : mapping of str to str
        By column: priority, objective, program, activity, and where there, target, location, volume, ...
    amount : str
        Rp billion, ``""`` where it is in doubt.
    """

    row: int
    texts: Mapping[str, str]
    amount: str


def read_proposals(file: Path) -> tuple[list[ProposalRow], tuple[str, ...]]:
    """Read the proposals of a Musrenbang list.

    Parameters
    ----------
    file : Path
        XLSX, already examined; the first list with the headings kegiatan, lokasi and pagu counts.

    Returns
    -------
    list of Proposal
        Empty where there is no such list.
    tuple of str
        Headings that are not known.

    Raises
    ------
    DataError
        If the workbook is broken or too large.
    """
    found = find_list(file, lambda heading: _HEADINGS.get(heading, ""), _NEEDED)
    found = found or find_list(file, lambda heading: _OURS.get(heading, ""), (*_NEEDED, "program"))
    return (list(_proposals(found)), found.unknown) if found else ([], ())


def _proposals(found: ForeignList) -> Iterator[ProposalRow]:
    above = dict.fromkeys(_MERGED, "")
    scale = _scale(found.headings["budget"])
    for number, cells in found.rows:
        texts = found.texts(cells)
        if is_numbering(texts.values()):
            continue
        above = carried(above, texts)
        if texts["activity"]:
            yield ProposalRow(number, {**texts, **above}, _amount(texts["budget"], scale))


def _scale(heading: str) -> Decimal:
    """Return what one unit of a column is in Rp billion: that of a rupiah where its heading names none."""
    return next((scale for unit, scale in _SCALES.items() if unit in heading.casefold()), _RUPIAH)


def _amount(text: str, scale: Decimal) -> str:
    written = re.sub(r"^(rp\.?|idr)\s*", "", text, flags=re.IGNORECASE)
    number = amount_text(written, {"type": "number"})
    if isinstance(number, Flaw) or not re.fullmatch(r"[0-9]+(\.[0-9]+)?", number):
        return ""
    unit = _RUPIAH if re.search(r"[a-z]", written, re.IGNORECASE) else scale
    says_rupiah = written != text
    in_doubt = float(number) < _CERTAIN if unit == _RUPIAH else says_rupiah and float(number) >= _CERTAIN
    return "" if in_doubt else number_text(Decimal(number) * unit)
