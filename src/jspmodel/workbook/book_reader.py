"""A workbook read sheet by sheet, in one pass, in a process that ends afterwards."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import iterparse

import openpyxl
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.packaging.relationship import get_dependents
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.worksheet._reader import (
    FORMULA_TAG,
    INLINE_STRING,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
)

from jspmodel.workbook.archive import examine
from jspmodel.workbook.book import MOST_COLUMNS, CellValue
from jspmodel.workbook.book_lines import FLAGS, RefusedBookError, cell_said, line_of

_MERGE_TAG = ROW_TAG.replace("}row", "}mergeCell")
_LAST_ROW = 1_048_576
"""Of a sheet, in any spreadsheet program."""
_MOST_LETTERS = 64 * 2**20
"""In all cells together: the same text may stand in many."""


def book_lines(data: bytes) -> Iterator[bytes]:
    """Yield a workbook as lines.

    Parameters
    ----------
    data : bytes
        Of the file.

    Yields
    ------
    bytes

    Raises
    ------
    RefusedBookError
    MemoryError
    """
    examine(data)
    try:
        yield from _lines(data)
    except (RefusedBookError, MemoryError):
        raise
    except Exception as error:  # whatever openpyxl makes of a broken file
        raise RefusedBookError("workbook_broken") from error


def _lines(data: bytes) -> Iterator[bytes]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it does not read: charts, extensions
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        _check_sheets(book._archive)
        struck = _struck_texts(book._archive)
        letters = 0
        for sheet in book.worksheets:
            reader = _SheetReader(sheet, struck)
            for number, cells in reader.rows():
                if letters + reader.letters > _MOST_LETTERS:
                    raise RefusedBookError("workbook_too_large")
                yield line_of("row", number, cells)
            letters += reader.letters
            is_hidden = sheet.sheet_state != "visible"
            yield line_of("sheet", sheet.title, is_hidden, reader.hidden, reader.merged)
        names = book._archive.namelist()
    macros = any(name.endswith("vbaProject.bin") or name.startswith("xl/macrosheets/") for name in names)
    yield line_of("book", macros, any(name.startswith("xl/externalLinks/") for name in names))


class _SheetReader:
    """Reads a sheet row by row; what is hidden and merged is known at its end."""

    def __init__(self, sheet: Any, struck: Mapping[int, str]) -> None:
        self.hidden: list[int] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.letters = 0
        self._sheet, self._struck, book = sheet, struck, sheet.parent
        self._shared = sheet._shared_strings
        self._looks: dict[int, tuple[str, int]] = {}
        self._places: dict[str, int] = {}
        self._parser = WorkSheetParser(
            None,
            self._shared,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )

    def rows(self) -> Iterator[tuple[int, list[object]]]:
        """Yield the rows in which something stands, their cells as lines have them."""
        number = last = 0
        with self._sheet._get_source() as source:
            for _, node in iterparse(source):  # noqa: S314 - entities were refused
                if node.tag == ROW_TAG:
                    said = node.get("r")
                    number = number + 1 if said is None else int(float(said))
                    if number > _LAST_ROW:
                        raise RefusedBookError("workbook_too_large")
                    if node.get("hidden") in {"1", "true"}:
                        self.hidden.append(number)
                    cells = self._cells(node)
                    node.clear()
                    if number > last and cells:
                        last = number
                        yield number, cells
                elif node.tag == _MERGE_TAG:
                    left, top, right, bottom = range_boundaries(node.get("ref"))
                    self.merged.append((left, right, top, bottom))

    def _cells(self, row: Any) -> list[object]:
        cells: list[object] = []
        place = -1
        for node in row:
            name = node.get("r")
            place = place + 1 if name is None else self._place(name)
            if len(node) == 0 or place >= MOST_COLUMNS:
                continue
            text, is_formula = None, False
            for child in node:
                if child.tag == VALUE_TAG:
                    text = child.text
                elif child.tag == FORMULA_TAG:
                    is_formula = True
            kind = node.get("t", "n")
            value, is_error = self._value(node, kind, text)
            if value is None and not is_formula:
                continue
            kept = None
            if isinstance(value, str):
                self.letters += len(value)
                kept = self._kept(node, kind, text)
            style = int(node.get("s", 0))
            look, flags = self._looks.get(style) or self._look(style)
            flags |= FLAGS["is_formula"] * is_formula | FLAGS["is_error"] * is_error
            cells.extend([None] * (place + 1 - len(cells)))
            cells[place] = cell_said(value, look, flags, kept)
        return cells

    def _place(self, name: str) -> int:
        letters = name.rstrip("0123456789")
        if letters not in self._places:
            self._places[letters] = column_index_from_string(letters) - 1
        return self._places[letters]

    def _value(self, node: Any, kind: str, text: str | None) -> tuple[CellValue, bool]:
        """Return the value of a cell, and whether it is an error."""
        if not text and kind != "inlineStr":
            return None, False
        if kind == "s":
            return self._shared[int(text or "")], False
        if kind == "str":
            return text, False
        said = self._parser.parse_cell(node)
        return said["value"], said["data_type"] == "e"

    def _kept(self, node: Any, kind: str, number: str | None) -> str | None:
        if kind == "s" and self._struck:
            return self._struck.get(int(number or -1))
        text = node.find(INLINE_STRING) if kind == "inlineStr" else None
        return None if text is None or text.find("{*}r") is None else kept_text(text)

    def _look(self, style: int) -> tuple[str, int]:
        """Return the number format of a style, and a flag where it strikes text out; it may not be there."""
        cell = ReadOnlyCell(self._sheet, 1, 1, None, style_id=style)
        look = _or_none(lambda: str(cell.number_format)) or ""
        self._looks[style] = look, FLAGS["is_struck"] * bool(_or_none(lambda: cell.font.strike))
        return self._looks[style]


def _check_sheets(archive: zipfile.ZipFile) -> None:
    """Refuse a workbook that names a sheet which is not there: openpyxl would go on without a word."""
    named = get_dependents(archive, "xl/_rels/workbook.xml.rels")
    sheets = {one.target for one in named if one.Type.endswith("/worksheet")}
    if not sheets <= set(archive.namelist()):
        raise RefusedBookError("workbook_broken")


def _or_none(said: Callable[[], Any]) -> Any:
    try:
        return said()
    except (AttributeError, IndexError, KeyError):  # a style that the workbook does not have
        return None


def _struck_texts(archive: zipfile.ZipFile) -> dict[int, str]:
    """Return what is left of the shared texts in which parts are struck out, by their number."""
    found: dict[int, str] = {}
    for name in archive.namelist():
        if name.lower().endswith("sharedstrings.xml") and re.search(rb"<(\w+:)?strike\b", archive.read(name)):
            number = 0
            with archive.open(name) as source:
                for _, node in iterparse(source):  # noqa: S314 - entities were refused
                    if node.tag.rpartition("}")[2] == "si":
                        if (kept := kept_text(node)) is not None:
                            found[number] = kept
                        number += 1
                        node.clear()
    return found


def kept_text(node: Any) -> str | None:
    """Return a text without its parts that are struck out; None where none are."""
    parts = CellRichText.from_tree(node)
    left = [str(part) for part in parts if not (isinstance(part, TextBlock) and part.font.strike)]
    return None if len(left) == len(parts) else "".join(left)
