"""Marks in an open workbook: colours, comments, and a sheet that lists them."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

_MARK = "jspmodel: "
"""How our comments begin, by which a later copy finds and takes back what an earlier one marked."""
_RED = PatternFill("solid", fgColor="FFFF9B9B")
_YELLOW = PatternFill("solid", fgColor="FFFFF2B3")
_HEAD = PatternFill("solid", fgColor="FF1F4E5F")
_LONGEST_COMMENT = 1_000


def marked_copy(
    data: bytes,
    ours: Sequence[str],
    marks: Sequence[tuple[str, str, str, bool]],
    title: str,
    headings: Sequence[str],
    rows: Sequence[tuple[str, str, str, str]],
) -> bytes:
    """Return a copy of a workbook with marks.

    Parameters
    ----------
    data : bytes
        The workbook, already read.
    ours : sequence of str
        Sheets that list marks of an earlier copy.
    marks : sequence of tuple
        Sheet, cell, text and whether it is a warning.
    title : str
        Of the sheet that lists all.
    headings : sequence of str
        Of its four columns.
    rows : sequence of tuple of str
        Kind, sheet, cell and text.

    Returns
    -------
    bytes
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(BytesIO(data), keep_links=False)
        for name in set(ours) & set(book.sheetnames):
            del book[name]
        for sheet in book.worksheets:
            _unmark(sheet)
        for name, cell, text, is_warning in marks:
            _paint(book[name], cell, text, is_warning=is_warning)
        _list(book, title, headings, rows)
        copy = BytesIO()
        book.save(copy)
    return copy.getvalue()


def _unmark(sheet: Any) -> None:
    for cell in list(sheet._cells.values()):  # iter_rows would make a cell of every blank
        if cell.comment and cell.comment.text.startswith(_MARK):
            cell.comment = None
            cell.fill = PatternFill()


def _paint(sheet: Any, name: str, text: str, *, is_warning: bool) -> None:
    cell = sheet[name]
    if isinstance(cell, MergedCell):
        merged = next(span for span in sheet.merged_cells.ranges if name in span)
        cell = sheet.cell(merged.min_row, merged.min_col)
    if cell.comment and cell.comment.text.startswith(_MARK):
        text = f"{cell.comment.text.removeprefix(_MARK)}\n{text}"
    if not is_warning or cell.fill.fgColor.rgb != _RED.fgColor.rgb:
        cell.fill = _YELLOW if is_warning else _RED
    comment = Comment((_MARK + text)[:_LONGEST_COMMENT], "jspmodel")
    comment.width, comment.height = 340, 130
    cell.comment = comment


def _list(book: Any, title: str, headings: Sequence[str], rows: Sequence[tuple[str, str, str, str]]) -> None:
    """Put a sheet in front that lists every problem."""
    page = book.create_sheet(title, 0)
    book.active = 0
    for sheet in book.worksheets[1:]:
        sheet.sheet_view.tabSelected = False
    page.append(list(headings))
    for letter, width in zip("ABCD", (14, 28, 10, 100), strict=True):
        page.column_dimensions[letter].width = width
        page[f"{letter}1"].font, page[f"{letter}1"].fill = _font(bold=True, color="FFFFFFFF"), _HEAD
    page.freeze_panes = "A2"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for row, texts in enumerate(rows, 2):
        for place, text in enumerate(texts, 1):
            cell = page.cell(row, place)
            cell.value, cell.data_type = text, "s"  # never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        _, sheet, name, _ = texts
        if name:
            page.cell(row, 3).hyperlink = Hyperlink(f"C{row}", location=f"{_quoted(sheet)}!{name}")
            page.cell(row, 3).font = _font(color="FF0B5394", underline="single")


def _font(**style: Any) -> Font:
    return Font(name="Calibri", size=11, **style)


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"
