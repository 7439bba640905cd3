"""Workbooks that tests make, as planners and other programs would."""

from __future__ import annotations

import csv
import io
import tempfile
from functools import cache
from pathlib import Path

import openpyxl

from jspmodel.workbook import read_workbook, write_template
from jspmodel.workbook.layout import sheet_name

FIRST = 7
"""Row of the first data in a template."""


def template(folder, language="id"):
    """Return the template of a case opened, to be changed and saved by ``saved``."""
    contents = tuple((file.name, file.read_bytes()) for file in sorted(folder.glob("*.csv")))
    return openpyxl.load_workbook(io.BytesIO(_written(contents, language)))


@cache
def _written(contents, language):
    """Write a template once for all tests that start from the same tables."""
    with tempfile.TemporaryDirectory() as place:
        folder, file = Path(place) / "case", Path(place) / "template.xlsx"
        folder.mkdir()
        for name, data in contents:
            (folder / name).write_bytes(data)
        write_template(folder, file, language)
        return file.read_bytes()


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
