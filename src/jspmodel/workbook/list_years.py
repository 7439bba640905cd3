"""The year of each row of a list, where a column says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from jspmodel.errors import Problem
from jspmodel.workbook.foreign import ForeignList
from jspmodel.workbook.layout import plain_heading

ROW_YEAR = "row_year"
"""The column that says of which year a row is."""
_YEAR = re.compile(r"(?:ta|tahun|thn|th)?\.? *(20[0-9]{2})", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:t\.? ?a|th|thn|tahun|year)\.?(?: (?:anggaran|kegiatan|mulai|pelaksanaan|pengerjaan|rencana|usulan))?"
)


def year_heading(headings: Iterable[str]) -> str:
    """Return the first of some headings that may be that of the year of each row, ``""`` where none is.

    Examples
    --------
    >>> year_heading(["No", "T.A.", "Tahun Anggaran"]), year_heading(["No", "Tahun 2027", "Keterangan"])
    ('T.A.', '')
    """
    return next((text for text in headings if _HEADING.fullmatch(plain_heading(text))), "")


def row_year(found: ForeignList, cells: Sequence[Any], row: int, file: str) -> tuple[str, list[Problem]]:
    """Return the year of a row, ``""`` where it says none or more than one, and what is told of that.

    Parameters
    ----------
    found : ForeignList
    cells : sequence of Cell
        The row.
    row : int
        As a spreadsheet counts.
    file : str
        Name of the list.

    Returns
    -------
    str
    list of Problem
    """
    if ROW_YEAR not in found.places:
        return "", []
    cell = found.cell(cells, ROW_YEAR, row)
    if year := _YEAR.fullmatch(cell.text):
        return year[1], []
    values = {"value": cell.text}
    told = [Problem("not_one_year", file, row, values=values, warning=True, cell=cell.name)]
    return "", told if cell.text else []
