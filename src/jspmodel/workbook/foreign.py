"""Lists that other systems write, found by their headings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from jspmodel.errors import Problem
from jspmodel.workbook.book import BLANK, Rows, column_letter
from jspmodel.workbook.grids import AnySheet, read_rows
from jspmodel.workbook.layout import plain_heading
from jspmodel.workbook.list_fields import field_word
from jspmodel.workbook.list_headings import (
    ColumnOf,
    Heading,
    cell_at,
    headings_of,
    parts_of_groups,
    second_row,
    without_past_years,
)
from jspmodel.workbook.money_units import MoneyUnit, combined, heading_unit, stated_unit
from jspmodel.workbook.stated_columns import NOTHING_STATED, StatedColumns

_SEARCHED = 40
"""Rows from the top among which the headings are looked for."""
_FEW = 3
"""A row with fewer cells than this is a title or a remark."""

_Ranked = tuple[int, int, str, str]
"""How much a heading counts (``StatedColumns.rank``), its place, column and text."""
_BY_FORM = 2
_KEPT = {1, 3}
_NUMBER = re.compile(r"\(?(?:rp\.? ?)?[0-9][0-9.,]*\)?", re.IGNORECASE)

_UNIT = re.compile(r"1?(?:000)+")
"""Digits that name a unit: thousands, millions."""
_ITEM = re.compile(r"\(?(?:[0-9]{1,3}|[A-Za-z])[.)]")

Row = TypeVar("Row")


class ListCell(NamedTuple):
    """A cell of a list: its value, its text on one line, how it is shown, and its name, such as ``G7``."""

    value: Any
    text: str
    shown_as: str
    name: str


@dataclass(frozen=True)
class ListRead(Generic[Row]):
    """What was read of a list.

    Attributes
    ----------
    rows : list
    unknown : tuple of str
        Headings that are not known.
    notes : list of Problem
        Warnings: what is hidden, left out or in doubt, with row or cell.
    """

    rows: list[Row]
    unknown: tuple[str, ...]
    notes: list[Problem]


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
    above : list of str
        Titles and remarks above the headings.
    rows : list of tuple
        Below the headings: row, as a spreadsheet counts, and its cells.
    notes : tuple of Problem
        Warnings where the sheet, or a row of it, is hidden, and of columns that only the case knows.
    words : tuple of str
        All its headings.
    again : mapping of str to list of str
        Headings of further columns that stand for the same as an earlier one, which alone is read.
    """

    headings: Mapping[str, str]
    places: Mapping[str, int]
    unknown: tuple[str, ...]
    above: Sequence[str]
    rows: Rows
    notes: tuple[Problem, ...]
    words: tuple[str, ...]
    again: Mapping[str, Sequence[str]]

    def texts(self, cells: Sequence[Any]) -> dict[str, str]:
        """Return the text of each known column of a row."""
        return {name: cell_at(cells, place) for name, place in self.places.items()}

    def unread(self, *asked: str) -> tuple[str, ...]:
        """Return the headings of columns that are not read, but those of columns that are asked about."""
        again = (texts for column, texts in self.again.items() if column not in asked)
        return (*self.unknown, *chain.from_iterable(again))

    def cell(self, cells: Sequence[Any], column: str, row: int) -> ListCell:
        """Return the cell of a known column in a row."""
        place = self.places[column]
        name = f"{column_letter(place)}{row}"
        if place >= len(cells):
            return ListCell(None, "", "", name)
        return ListCell(cells[place].value, cell_at(cells, place), cells[place].look, name)

    def unit(self, column: str, *, without: str) -> MoneyUnit | None:
        """Return the unit of a column of money: of its heading, of a row of units below, of a line above.

        Parameters
        ----------
        column : str
        without : str
            A column that is blank in a row of units.

        Returns
        -------
        MoneyUnit or None
        """
        below = [self.texts(cells) for _, cells in self.rows[:_FEW]]
        units = [
            heading_unit(f"({texts[column].strip('()')})")
            for texts in below
            if texts[column] and not texts[without] and not _is_number(texts[column])
        ]
        own = combined([heading_unit(self.headings[column]), *units[:1]])
        over = combined(map(stated_unit, self.above))
        return combined((own, over)) if own is None or not own.is_scaled or own.scale is None else own


def find_list(
    file: Path, form: ColumnOf, needed: Collection[str], stated: StatedColumns = NOTHING_STATED
) -> ForeignList | None:
    """Find a list by its headings, which may stand in two rows: "Target" above, the years below.

    Parameters
    ----------
    file : Path
        XLSX.
    form : function of str to str
        The column that a plain heading stands for, ``""`` for none.
    needed : collection of str
        Without these columns it is another list.
    stated : StatedColumns, optional
        What a person says of the headings.

    Returns
    -------
    ForeignList or None
        The first one, which tells of others; sheets that are hidden come last.

    Raises
    ------
    DataError
        If the workbook is broken or too large.
    """
    lists = ((sheet.name, _in_sheet(sheet, form, needed, stated)) for sheet in read_rows(file))
    found = {name: one for name, one in lists if one is not None}
    if not found:
        return None
    read, *others = found
    if not others:
        return found[read]
    told = Problem("other_lists", file.name, values={"sheet": read, "found": ", ".join(others)}, warning=True)
    return replace(found[read], notes=(told, *found[read].notes))


def _in_sheet(
    sheet: AnySheet, form: ColumnOf, needed: Collection[str], stated: StatedColumns
) -> ForeignList | None:
    column_of = stated.over(form)
    for index, (_, cells) in enumerate(sheet.rows[:_SEARCHED]):
        below = sheet.rows[index + 1][1] if index + 1 < len(sheet.rows) else ()
        first = without_past_years(headings_of(cells, column_of), below)
        second, whole = second_row(first, below, column_of)
        there = {column for _, column, _ in first} - {""}
        if set(needed) <= there:
            second = second if whole else parts_of_groups(first, below)
            return _list(_ranked(first + second, stated, form), sheet, index, bool(second))
        if set(needed) <= {column for _, column, _ in headings_of(below, column_of)}:
            continue  # the row below has them alone: this one is a line above the table
        if there and set(needed) <= there | {column for _, column, _ in second}:
            return _list(_ranked(first + second, stated, form), sheet, index, True)
    return None


def _ranked(headings: Sequence[Heading], stated: StatedColumns, form: ColumnOf) -> list[_Ranked]:
    ranked = [(stated.rank(text, column, form), place, column, text) for place, column, text in headings]
    return sorted(ranked, key=lambda heading: heading[0])


def _list(headings: Sequence[_Ranked], sheet: AnySheet, index: int, two: bool) -> ForeignList:
    places: dict[str, int] = {}
    texts: dict[str, str] = {}
    rows = sheet.rows[index + 1 + two :]
    again: dict[str, list[str]] = {}
    settled: set[str] = set()
    left: dict[int, str] = {}
    notes = list(sheet.hidden)
    taken = {place for _, place, column, _ in headings if column}
    for rank, place, column, text in headings:
        filled = any(cell_at(cells, place) for _, cells in rows)
        if column and column not in places:
            places[column], texts[column] = place, text
            settled |= {column} if rank < _BY_FORM else set()
            if rank in _KEPT:
                values = {"heading": text, "field": field_word(column)}
                notes.append(Problem("column_kept", sheet.name, values=values, warning=True))
        elif column and place == places[column]:
            continue  # the first part of a group
        elif column and filled and column not in settled:
            again.setdefault(column, []).append(text)
        elif filled and (column or place not in taken):
            left[place] = f"{left.get(place, '')} {text}".strip()  # of a group, and its own
    for column, text, place in _without_heading(headings, rows):
        if column and place == places[column] + 1 and _numbers_items(rows, places[column]):
            places[column] = place
        elif column in {"", *settled}:
            left[place] = text
        else:
            again.setdefault(column, []).append(text)
    notes += _not_calculated(places.values(), rows, sheet.name)
    rows = [
        (number, [BLANK if cell.is_error else cell for cell in cells])
        for number, cells in rows
        if not _repeats(cells, places, texts)
    ]
    unknown = tuple(left[place] for place in sorted(left))
    words = tuple(text for _, _, _, text in headings)
    lines = [[cell_at(cells, place) for place in range(len(cells))] for _, cells in sheet.rows[:index]]
    above = [text for line in lines if len([*filter(None, line)]) < _FEW for text in line if text]
    return ForeignList(texts, places, unknown, above, rows, tuple(notes), words, again)


def _numbers_items(rows: Rows, place: int) -> bool:
    """Whether a column only numbers what stands beside it, below one heading over both: "1.", "a)"."""
    texts = [text for _, cells in rows if (text := cell_at(cells, place))]
    return bool(texts) and all(map(_ITEM.fullmatch, texts))


def _repeats(cells: Sequence[Any], places: Mapping[str, int], headings: Mapping[str, str]) -> bool:
    """Whether a row says the headings once more, as on each page of a list that was printed."""
    said = [(cell_at(cells, place), headings[column]) for column, place in places.items()]
    said = [(text, heading) for text, heading in said if text]
    return len(said) > 1 and all(plain_heading(text) == plain_heading(heading) for text, heading in said)


def _not_calculated(places: Iterable[int], rows: Rows, sheet: str) -> Iterator[Problem]:
    """Yield the cells of known columns whose formula came to nothing yet, or to an error."""
    known = sorted(places)
    for number, cells in rows:
        for place in (place for place in known if place < len(cells)):
            name, cell = f"{column_letter(place)}{number}", cells[place]
            if cell.is_error:
                values = {"value": cell.value}
                yield Problem("formula_error", sheet, number, values=values, warning=True, cell=name)
            elif cell.is_formula and cell.value is None:
                yield Problem("formula_not_calculated", sheet, number, warning=True, cell=name)


def _without_heading(headings: Sequence[_Ranked], rows: Rows) -> Iterator[tuple[str, str, int]]:
    """Yield columns of the rows without a heading, with what they may be, their letter and their place.

    What stands right beside a heading may be the rest of its group, and so is taken for one of its columns.
    """
    by_place = {place: (column, text) for _, place, column, text in headings}
    width = max((len(cells) for _, cells in rows), default=0)
    column, over = "", ""
    for place in range(width):
        if place in by_place:
            column, over = by_place[place]
        elif any(cell_at(cells, place) for _, cells in rows):
            yield column, f"{over} [{column_letter(place)}]".strip(), place
        else:
            column, over = "", ""


def _is_number(text: str) -> bool:
    """Whether a text below a heading of money is the number of its column, or a total, and no unit.

    Examples
    --------
    >>> [_is_number(text) for text in ("(9)", "2.255.000.000", "Rp 45.500.000", "100000000")]
    [True, True, True, True]
    >>> [_is_number(text) for text in ("000", "Rp1.000", "juta")]
    [False, False, False]
    """
    digits = "".join(filter(str.isdigit, text))
    return _NUMBER.fullmatch(text) is not None and not _UNIT.fullmatch(digits)


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
