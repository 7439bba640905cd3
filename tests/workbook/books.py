"""Workbooks that tests make, as planners and other programs would."""

from __future__ import annotations

import csv
import io

import openpyxl

from jspmodel.workbook import read_workbook, write_template
from jspmodel.workbook.layout import sheet_name

FIRST = 7
"""Row of the first data in a template."""


def template(folder, place, language="id"):
    """Write the template of a case and return it opened, to be changed and saved by ``saved``."""
    file = place / "template.xlsx"
    file.unlink(missing_ok=True)
    write_template(folder, file, language)
    return openpyxl.load_workbook(file)


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
