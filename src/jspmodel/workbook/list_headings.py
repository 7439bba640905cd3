"""The headings of a list that another system wrote, in one row or two."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from jspmodel.workbook.amounts import number_text
from jspmodel.workbook.layout import plain_heading
from jspmodel.workbook.sheet_cells import percent_shown

_OTHER_TIME = re.compile(
    r"kondisi (?:awal|kinerja)|\bawal\b|baseline|realisasi|(?<!target )capaian|prakiraan maju|forecast",
    re.IGNORECASE,
)
"""Headings of a group of columns that say what was, or what comes after the year of the list."""

ColumnOf = Callable[[str], str]
"""Gives the column that a plain heading stands for, ``""`` for none."""
Heading = tuple[int, str, str]
"""Place, column and text of a heading."""


def cell_at(cells: Sequence[Any], place: int) -> str:
    """Return the text of a cell, on one line; ``""`` where the row ends before it."""
    value = cells[place].value if place < len(cells) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        shown = percent_shown(value) if "%" in cells[place].look else number_text(value)
        return shown if isinstance(shown, str) else f"{shown.values['percent']}%"
    return " ".join(str("" if value is None else value).split())


def is_other_time(heading: str) -> bool:
    """Whether a heading says what was, or what comes after the year of the list.

    Examples
    --------
    >>> is_other_time("2024 (baseline)"), is_other_time("Target Capaian Setiap Tahun")
    (True, False)
    """
    return _OTHER_TIME.search(heading) is not None


def headings_of(cells: Sequence[Any], column_of: ColumnOf) -> list[Heading]:
    """Return the headings of a row; "2024 (baseline)" is not the column that "2024" would be."""
    texts = [cell_at(cells, place) for place in range(len(cells))]
    return [
        (
            place,
            column_of(plain_heading(text)) or ("" if is_other_time(text) else column_of(bare_heading(text))),
            text,
        )
        for place, text in enumerate(texts)
        if text
    ]


def bare_heading(text: str) -> str:
    """Return a plain heading without what stands in brackets.

    Examples
    --------
    >>> bare_heading("Pagu (Rp juta)")
    'pagu'
    """
    return plain_heading(re.sub(r"[(\[].*?[)\]]", " ", text))


def second_row(
    first: Sequence[Heading], cells: Sequence[Any], column_of: ColumnOf
) -> tuple[list[Heading], bool]:
    """Return the headings of the row below the first, and whether it holds nothing but headings.

    What stands below a heading of another time ("Kondisi awal", "Prakiraan maju") is no column of the list.
    """
    taken = {place for place, column, _ in first if column}
    found: list[Heading] = []
    whole = True
    for place, column, text in headings_of(cells, column_of):
        group = next((words for at, _, words in reversed(first) if at <= place), "")
        meant = "" if place in taken or is_other_time(group) else column
        whole &= bool(meant) or (place not in taken and (is_other_time(group) or is_other_time(text)))
        found.append((place, meant, text))
    return found, whole and bool(found)


def parts_of_groups(first: Sequence[Heading], cells: Sequence[Any]) -> list[Heading]:
    """Return what stands below headings over several columns, where a row holds nothing but that.

    Such a heading has none to its right: "Pagu" over "2027" and "2028". Each part stands for the column of
    its group, and is told with it.

    Parameters
    ----------
    first : sequence of Heading
    cells : sequence of Cell
        The row below.

    Returns
    -------
    list of Heading
        None where the row is one of the list.
    """
    own = {place for place, _, _ in first}
    found: list[Heading] = []
    wide: set[int] = set()
    for place in range(len(cells)):
        if not (text := cell_at(cells, place)):
            continue
        start, column, over = next((one for one in reversed(first) if one[0] <= place), (place, "", ""))
        wide |= {start} if place not in own else set()
        found.append((place, column, f"{over} {text}"))
    starts = {max((at for at in own if at <= place), default=-1) for place, _, _ in found}
    return found if found and starts == wide else []


def without_past_years(first: Sequence[Heading], below: Sequence[Any]) -> list[Heading]:
    """Return headings without the years below which the next row says that they are past: "Realisasi".

    Their place has no column then; only years are meant, below which no row of a list has such words.
    """
    return [
        (place, "" if column.isdigit() and is_other_time(cell_at(below, place)) else column, text)
        for place, column, text in first
    ]
