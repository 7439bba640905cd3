"""A copy of a planner's workbook in which everything that is wrong is marked."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from jspmodel.errors import Problem
from jspmodel.intake import unreadable_file
from jspmodel.text import say
from jspmodel.workbook.layout import own_sheets
from jspmodel.workbook.reading import Reading
from jspmodel.workbook.sheet_wording import describe_problem, problem_rows, sheet_of

if TYPE_CHECKING:
    from jspmodel.scenario import Language

_MARK = "jspmodel: "
"""How our comments begin, by which a later copy finds and takes back what an earlier one marked."""
_RED = PatternFill("solid", fgColor="FFFF9B9B")
_YELLOW = PatternFill("solid", fgColor="FFFFF2B3")
_HEAD = PatternFill("solid", fgColor="FF1F4E5F")
_MOST = 5_000
"""Problems that are marked and listed."""
_LONGEST_COMMENT = 1_000


def mark_workbook(file: Path, reading: Reading, target: Path, language: Language) -> None:
    """Write a copy of a workbook with its problems marked; the workbook itself is left alone.

    Cells are red (yellow for a warning) with a comment that says what mends them; a first sheet lists every
    problem with a link to its cell. Macros and links to other files are left out; charts and pictures, which
    openpyxl does not read, are lost, as is a list whose items stand in another sheet without a name.

    Parameters
    ----------
    file : Path
        Already read.
    reading : Reading
    target : Path
    language : {"id", "en"}

    Raises
    ------
    DataError
        If openpyxl cannot copy the workbook, or the file cannot be written.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, keep_links=False)
            _mark(book, reading, language)
            unfinished = target.with_name(f".{target.name}.new")
            book.save(unfinished)
        unfinished.replace(target)
    except Exception as error:  # whatever openpyxl makes of parts that were not read before: drawings, styles
        raise unreadable_file("not_marked", file.name) from error


def _mark(book: Any, reading: Reading, language: Language) -> None:
    for title in own_sheets("problems") & set(book.sheetnames):
        del book[title]
    for sheet in book.worksheets:
        _unmark(sheet)
    for problem in [problem for problem in reading.problems if problem.cell][:_MOST]:
        _paint(book[sheet_of(problem, reading)], problem, describe_problem(problem, reading, language))
    _list(book, reading, language)


def _unmark(sheet: Any) -> None:
    for cell in list(sheet._cells.values()):  # iter_rows would make a cell of every blank
        if cell.comment and cell.comment.text.startswith(_MARK):
            cell.comment = None
            cell.fill = PatternFill()


def _paint(sheet: Any, problem: Problem, text: str) -> None:
    cell = sheet[problem.cell]
    if isinstance(cell, MergedCell):
        merged = next(span for span in sheet.merged_cells.ranges if problem.cell in span)
        cell = sheet.cell(merged.min_row, merged.min_col)
    if cell.comment and cell.comment.text.startswith(_MARK):
        text = f"{cell.comment.text.removeprefix(_MARK)}\n{text}"
    if not problem.warning or cell.fill.fgColor.rgb != _RED.fgColor.rgb:
        cell.fill = _YELLOW if problem.warning else _RED
    comment = Comment((_MARK + text)[:_LONGEST_COMMENT], "jspmodel")
    comment.width, comment.height = 340, 130
    cell.comment = comment


def _list(book: Any, reading: Reading, language: Language) -> None:
    """Put a sheet in front that lists every problem."""
    page = book.create_sheet(say("workbook.sheet_problems", language), 0)
    book.active = 0
    for sheet in book.worksheets[1:]:
        sheet.sheet_view.tabSelected = False
    page.append([say(f"workbook.problems_{key}", language) for key in ("kind", "sheet", "cell", "text")])
    for letter, width in zip("ABCD", (14, 28, 10, 100), strict=True):
        page.column_dimensions[letter].width = width
        page[f"{letter}1"].font, page[f"{letter}1"].fill = _font(bold=True, color="FFFFFFFF"), _HEAD
    page.freeze_panes = "A2"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for row, (problem, texts) in enumerate(problem_rows(reading, language)[:_MOST], 2):
        for place, text in enumerate(texts, 1):
            cell = page.cell(row, place)
            cell.value, cell.data_type = text, "s"  # never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        if problem.cell:
            page.cell(row, 3).hyperlink = Hyperlink(
                f"C{row}", location=f"{_quoted(sheet_of(problem, reading))}!{problem.cell}"
            )
            page.cell(row, 3).font = _font(color="FF0B5394", underline="single")


def _font(**style: Any) -> Font:
    return Font(name="Calibri", size=11, **style)


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"
