"""Lists that other systems write, found by their headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jspmodel.workbook.amounts import number_text
from jspmodel.workbook.grids import Rows, read_rows
from jspmodel.workbook.layout import plain_heading

_SEARCHED = 40
"""Rows from the top among which the headings are looked for."""


@dataclass(frozen=True)
class ForeignList:
    """A list in a workbook.

    Attributes
    ----------
    headings : mapping of str to str
        Heading of each column that is known, as it is written.
    places : mapping of str to int
        Its place from 0.
    unknown : tuple of str
        Headings of other columns that hold something.
    rows : list of tuple
        Below the headings: row, as a spreadsheet counts, and its cells.
    """

    headings: Mapping[str, str]
    places: Mapping[str, int]
    unknown: tuple[str, ...]
    rows: Rows

    def texts(self, cells: Sequence[Any]) -> dict[str, str]:
        """Return the text of each known column of a row."""
        return {name: cell_at(cells, place) for name, place in self.places.items()}


def find_list(file: Path, column_of: Callable[[str], str], needed: Collection[str]) -> ForeignList | None:
    """Find a list by its headings, which may stand in two rows: "Target" above, the years below.

    Parameters
    ----------
    file : Path
        XLSX, already examined.
    column_of : function of str to str
        The column that a plain heading stands for, ``""`` for none.
    needed : collection of str
        Without these columns it is another list.

    Returns
    -------
    ForeignList or None
        The first one.

    Raises
    ------
    DataError
        If the workbook is broken or too large.
    """
    for rows in read_rows(file).values():
        for index, (_, cells) in enumerate(rows[:_SEARCHED]):
            headings = _headings(cells, column_of)
            if set(needed) <= {column for _, column, _ in headings}:
                below = rows[index + 1][1] if index + 1 < len(rows) else ()
                second = _second_row(below, {place for place, column, _ in headings if column}, column_of)
                return _list(headings + second, rows[index + 1 + bool(second) :])
    return None


def cell_at(cells: Sequence[Any], place: int) -> str:
    """Return the text of a cell, on one line; ``""`` where the row ends before it."""
    value = cells[place].value if place < len(cells) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_text(value)
    return " ".join(str("" if value is None else value).split())


def _headings(cells: Sequence[Any], column_of: Callable[[str], str]) -> list[tuple[int, str, str]]:
    texts = [cell_at(cells, place) for place in range(len(cells))]
    return [
        (place, column_of(plain_heading(re.sub(r"\(.*?\)", " ", text))), text)
        for place, text in enumerate(texts)
        if text
    ]


def _second_row(
    cells: Sequence[Any], taken: Collection[int], column_of: Callable[[str], str]
) -> list[tuple[int, str, str]]:
    """Return the headings of a row that holds nothing but headings, beside those above it."""
    found = _headings(cells, column_of)
    whole = all(column and place not in taken for place, column, _ in found)
    return found if whole else []


def _list(headings: Sequence[tuple[int, str, str]], rows: Rows) -> ForeignList:
    places: dict[str, int] = {}
    texts: dict[str, str] = {}
    for place, column, text in headings:
        if column and column not in places:
            places[column], texts[column] = place, text
    above = {place for place, column, _ in headings if column}
    unknown = tuple(
        text
        for place, column, text in headings
        if not column and place not in above and any(cell_at(cells, place) for _, cells in rows)
    )
    return ForeignList(texts, places, unknown, rows)


def is_numbering(texts: Collection[str]) -> bool:
    """Whether a row only numbers the columns, as tables of regulations do.

    Examples
    --------
    >>> is_numbering(["(1)", "(2)", "(3)"]), is_numbering(["1", "Sumur", "2"])
    (True, False)
    """
    filled = [text for text in texts if text]
    return len(filled) > 2 and all(re.fullmatch(r"\(?[0-9]{1,2}\)?", text) for text in filled)


def carried(above: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, str]:
    """Take over what stands merged above, down to the first column that has a text of its own.

    Parameters
    ----------
    above : mapping of str to str
        The columns whose cells may be merged, from the outermost, as the row above has them.
    texts : mapping of str to str
        The row.

    Returns
    -------
    dict of str to str
        The same columns as this row has them.

    Examples
    --------
    >>> carried({"misi": "1", "tujuan": "1.1"}, {"misi": "", "tujuan": "1.2"})
    {'misi': '1', 'tujuan': '1.2'}
    >>> carried({"misi": "1", "tujuan": "1.1"}, {"misi": "2", "tujuan": ""})
    {'misi': '2', 'tujuan': ''}
    """
    own = next((place for place, column in enumerate(above) if texts.get(column)), len(above))
    return {
        column: text if place < own else texts.get(column, "")
        for place, (column, text) in enumerate(above.items())
    }
