"""The sheets of a plan that officials edited, found by their headings, as rows of texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import get_column_letter

from jspmodel.errors import Problem
from jspmodel.intake import unreadable_file
from jspmodel.text import LANGUAGES
from jspmodel.workbook.grids import Rows, filled_rows, reading_workbook
from jspmodel.workbook.layout import plain_heading
from jspmodel.workbook.plan_cells import EditedRow, edited_row, merged_into, sheet_shape
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

    name: str
    hidden: bool
    part: str
    places: Mapping[str, int]
    unread: tuple[str, ...]
    rows: Rows


def read_edited(path: Path) -> tuple[dict[str, EditedSheet], list[Problem]]:
    """Read the sheets of a plan that officials edit, known by their headings, whatever they are called now.

    Parameters
    ----------
    path : Path
        XLSX, already examined.

    Returns
    -------
    dict of str to EditedSheet
        ``plan``, ``participants``, or both.
    list of Problem
        Two sheets for one of them.

    Raises
    ------
    DataError
        If the workbook is broken, too large, or holds no plan.
    """
    with reading_workbook(path, rich_text=True) as book:
        raw = [(sheet, filled_rows(sheet, path.name)) for sheet in book.worksheets]
        names = [sheet.title for sheet in book.worksheets]
        found, problems = _find(raw, path.name)
        with reading_workbook(path, formulas=True) as again:
            sheets = {
                kind: _edited(path, kind, one, _formulas(again[one.name], path.name))
                for kind, one in found.items()
            }
    if not sheets and not problems:
        expected = [sheet_title("plan", language) for language in LANGUAGES]
        raise unreadable_file("plan_no_sheet", path.name, sheets=names, expected=expected)
    return sheets, problems


def _find(raw: Sequence[tuple[Any, Rows]], file: str) -> tuple[dict[str, _Found], list[Problem]]:
    found, problems = {}, []
    for kind in COLUMNS:
        headed = [(sheet, *_headings(rows, kind), rows) for sheet, rows in raw]
        fitting = [one for one in headed if NEEDED[kind] <= {*one[2]}]
        titles = {sheet_title(kind, language).casefold() for language in LANGUAGES}
        if not fitting and kind == "plan":  # somebody deleted the column of yes and no
            fitting = [
                one for one in headed if one[0].title.casefold() in titles and {"code", "start"} <= {*one[2]}
            ]
        if len(fitting) > 1:
            problems.append(
                Problem("plan_sheet_twice", file, values={"sheets": [s.title for s, *_ in fitting]})
            )
        elif fitting:
            sheet, last, places, unread, rows = fitting[0]
            hidden = sheet.sheet_state != "visible"
            found[kind] = _Found(sheet.title, hidden, sheet._worksheet_path, places, unread, rows[last + 1 :])
    return found, problems


def _headings(rows: Rows, kind: str) -> tuple[int, dict[str, int], tuple[str, ...]]:
    """Return which row holds the most headings of ours, the place of each, and the headings of others."""
    known = keys_by_heading(kind)
    best: tuple[int, dict[str, int], tuple[str, ...]] = (-1, {}, ())
    for index, (_, cells) in enumerate(rows[:_SEARCHED]):
        places: dict[str, int] = {}
        unread = []
        for place, cell in enumerate(cells):
            is_text = isinstance(cell.value, str | CellRichText)
            text = " ".join(str(cell.value).split()) if is_text else ""
            key = known.get(plain_heading(text), "")
            if key and key not in places:
                places[key] = place
            elif text:
                unread.append(text)
        if len(places) > len(best[1]):
            best = index, places, tuple(unread)
    return best


def _formulas(sheet: Any, file: str) -> frozenset[tuple[int, int]]:
    """Return row, and column from 0, of the formulas of a sheet."""
    return frozenset(
        (number, place)
        for number, cells in filled_rows(sheet, file)
        for place, cell in enumerate(cells)
        if cell.data_type == "f"
    )


def _edited(path: Path, kind: str, found: _Found, formulas: frozenset[tuple[int, int]]) -> EditedSheet:
    shape = sheet_shape(path, found.part)
    above = merged_into(path.name, found.rows, shape.merged)
    by_number = dict(found.rows)
    rows = []
    for number, _ in found.rows:
        cells = {}
        for key in COLUMNS[kind]:
            place = found.places.get(key, -1)
            row = above.get((number, place), number)
            own = by_number.get(row, ())
            cell = own[place] if 0 <= place < len(own) else None
            cells[key] = (cell, (row, place) in formulas, shape.inline.get((row, place)))
        rows.append(edited_row(number, cells, hidden=number in shape.hidden))
    letters = {key: get_column_letter(place + 1) for key, place in found.places.items()}
    return EditedSheet(found.name, found.hidden, letters, tuple(rows), found.unread)
