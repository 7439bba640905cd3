"""Workbooks that tests make, as planners and other programs would."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from functools import cache
from pathlib import Path

import openpyxl

from jspmodel.workbook import read_workbook, write_template
from jspmodel.workbook.layout import FIRST_PLAN, own_sheets, sheet_name

FIRST = 7
"""Row of the first data in a template."""


def template(folder, language="id", *more, whole=False):
    """Return the template of a case opened, to be changed and saved by ``saved``.

    Without ``whole`` it has the sheets on which something stands, those that are named, and what it keeps of
    itself on the hidden sheet: to open, save and read the other forty takes a second a test.
    """
    return openpyxl.load_workbook(io.BytesIO(template_bytes(folder, language, *more, whole=whole)))


def template_bytes(folder, language="id", *more, whole=False):
    """Return the template of a case as ``template`` opens it, written once for all tests with the same tables."""
    contents = tuple((file.name, file.read_bytes()) for file in sorted(folder.glob("*.csv")))
    return _written(contents, language) if whole else _cut(contents, language, more)


@cache
def _written(contents, language):
    with tempfile.TemporaryDirectory() as place:
        folder, file = Path(place) / "case", Path(place) / "template.xlsx"
        folder.mkdir()
        for name, data in contents:
            (folder / name).write_bytes(data)
        write_template(folder, file, language)
        return file.read_bytes()


@cache
def _cut(contents, language, more):
    book = openpyxl.load_workbook(io.BytesIO(_written(contents, language)))
    lists, kept = own_sheets("lists"), {sheet_name(FIRST_PLAN), *more}
    assert {*more} <= {*book.sheetnames}
    for sheet in book.worksheets:
        if sheet.title in lists:
            for place in [place for place, cell in sheet._cells.items() if not is_kept(str(cell.value))]:
                del sheet._cells[place]
        elif sheet.title not in kept and sheet.cell(FIRST, 1).value is None:
            del book[sheet.title]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def is_kept(text):
    """Whether a cell of the hidden sheet says what a workbook keeps of itself."""
    return bool(re.fullmatch("[a-z_]+=[0-9a-f]*", text))


def saved(book, place, name="filled.xlsx"):
    """Save a workbook and return where."""
    book.save(place / name)
    return place / name


def plain_book(tables):
    """Return a workbook of our own making: one sheet a table, the CSV cells below their headings."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table, text in tables.items():
        sheet = book.create_sheet(sheet_name(table))
        for row in csv.reader(io.StringIO(text)):
            sheet.append(row)
    return book


def column(sheet, heading, row=5):
    """Return the letter of the column under an Indonesian heading of a template."""
    return next(cell.column_letter for cell in sheet[row] if cell.value == heading)


def read(book, place, folder):
    """Save a workbook and read it beside a case."""
    return read_workbook(saved(book, place), folder)


def told(reading):
    """Return code, cell and table of each error."""
    return [(problem.code, problem.cell, problem.file.removesuffix(".csv")) for problem in reading.errors]
