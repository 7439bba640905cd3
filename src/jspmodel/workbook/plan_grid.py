"""The sheets of a plan that officials edited, found by their headings, as rows of texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jspmodel.errors import Problem
from jspmodel.intake import unreadable_file
from jspmodel.text import LANGUAGES
from jspmodel.workbook.book import BLANK, BookSheet, Rows, column_letter
from jspmodel.workbook.book_door import read_book, unused_parts
from jspmodel.workbook.layout import plain_heading
from jspmodel.workbook.plan_cells import EditedRow, edited_row, merged_into
from jspmodel.workbook.plan_columns import COLUMNS, NEEDED, keys_by_heading, sheet_title

_SEARCHED = 40
"""Filled rows from the top among which the headings are looked for."""


@dataclass(frozen=True)
class EditedSheet:
    """A sheet of a plan as it came back.

    Attributes
    ----------
    name : str
        What it is called now.
    hidden : bool
    letters : mapping of str to str
        Letter of each column that is there.
    rows : tuple of EditedRow
    unread : tuple of str
        Headings of columns that are not ours.
    """

    name: str
    hidden: bool
    letters: Mapping[str, str]
    rows: tuple[EditedRow, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True)
class _Found:
    """A sheet that is one of a plan's: where its headings are, and what stands below them."""

    sheet: BookSheet
    places: Mapping[str, int]
    unread: tuple[str, ...]
    rows: Rows


def read_edited(path: Path) -> tuple[dict[str, EditedSheet], list[Problem], list[Problem]]:
    """Read the sheets of a plan that officials edit, known by their headings, whatever they are called now.

    Parameters
    ----------
    path : Path
        XLSX.

    Returns
    -------
    dict of str to EditedSheet
        ``plan``, ``participants``, or both; ``funding`` beside them.
    list of Problem
        Warnings of parts of the workbook that are not used.
    list of Problem
        Two sheets for one of them.

    Raises
    ------
    DataError
        If the workbook is refused, or holds no plan.
    """
    book = read_book(path)
    found, problems = _find(book.sheets, path.name)
    sheets = {kind: _edited(path, kind, one) for kind, one in found.items()}
    if not sheets.keys() & {"plan", "participants"} and not problems:
        expected = [sheet_title("plan", language) for language in LANGUAGES]
        names = [sheet.name for sheet in book.sheets]
        raise unreadable_file("plan_no_sheet", path.name, sheets=names, expected=expected)
    return sheets, unused_parts(book, path), problems


def _find(sheets: Sequence[BookSheet], file: str) -> tuple[dict[str, _Found], list[Problem]]:
    found, problems = {}, []
    rows = [(sheet, sheet.filled) for sheet in sheets]
    for kind in COLUMNS:
        headed = [(sheet, *_headings(filled, kind), filled) for sheet, filled in rows]
        fitting = [one for one in headed if NEEDED[kind] <= {*one[2]}]
        titles = {sheet_title(kind, language).casefold() for language in LANGUAGES}
        if not fitting and kind == "plan":  # somebody deleted the column of yes and no
            fitting = [
                one for one in headed if one[0].name.casefold() in titles and {"code", "start"} <= {*one[2]}
            ]
        if len(fitting) > 1:
            problems.append(
                Problem("plan_sheet_twice", file, values={"sheets": [s.name for s, *_ in fitting]})
            )
        elif fitting:
            sheet, last, places, unread, filled = fitting[0]
            found[kind] = _Found(sheet, places, unread, filled[last + 1 :])
    return found, problems


def _headings(rows: Rows, kind: str) -> tuple[int, dict[str, int], tuple[str, ...]]:
    """Return which row holds the most headings of ours, the place of each, and the headings of others."""
    known = keys_by_heading(kind)
    best: tuple[int, dict[str, int], tuple[str, ...]] = (-1, {}, ())
    for index, (_, cells) in enumerate(rows[:_SEARCHED]):
        places: dict[str, int] = {}
        unread = []
        for place, cell in enumerate(cells):
            text = " ".join(cell.value.split()) if isinstance(cell.value, str) else ""
            key = known.get(plain_heading(text), "")
            if key and key not in places:
                places[key] = place
            elif text:
                unread.append(text)
        if len(places) > len(best[1]):
            best = index, places, tuple(unread)
    return best


def _edited(path: Path, kind: str, found: _Found) -> EditedSheet:
    sheet = found.sheet
    above = merged_into(path.name, found.rows, sheet.merged)
    by_number = dict(found.rows)
    hidden = frozenset(sheet.hidden_rows)
    rows = []
    for number, _ in found.rows:
        cells = {}
        for key in COLUMNS[kind]:
            place = found.places.get(key, -1)
            own = by_number.get(above.get((number, place), number), ())
            cells[key] = own[place] if 0 <= place < len(own) else BLANK
        rows.append(edited_row(number, cells, hidden=number in hidden))
    letters = {key: column_letter(place) for key, place in found.places.items()}
    return EditedSheet(sheet.name, sheet.is_hidden, letters, tuple(rows), found.unread)
