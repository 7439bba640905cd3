"""How much a workbook would make a program create, counted before any of it is created."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import IO
from xml.parsers import expat

from jspmodel.workbook.book_lines import RefusedBookError

_BLOCK = 2**16
_XML = (".xml", ".rels", ".vml")
_MOST = {
    "workbook_cells": 400_000,
    "workbook_rows": 250_000,
    "workbook_merged": 200_000,
    "workbook_formats": 66_000,
    "workbook_strings": 250_000,
    "workbook_parts": 1_500_000,
}
"""Far more than any case has; the worst of each takes less than 512 MiB and ten seconds."""
_SORTS = {
    "c": "workbook_cells",
    "row": "workbook_rows",
    "si": "workbook_strings",
    **dict.fromkeys(("xf", "font", "fill", "border", "dxf", "cellStyle", "numFmt"), "workbook_formats"),
}
_FEW = frozenset({"definedName", "col", "dataValidation", "cfRule", "hyperlink", "comment", "protectedRange"})
"""What openpyxl makes large objects of; each counts as many."""
_HEAVY = 50
_DEEPEST = 100
_LONGEST = 2**20
"""Bytes of one text or one tag: a cell of Excel holds 32,767 letters."""
_SPAN = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


class Created:
    """Counts what the parts of a workbook would make a program create."""

    def __init__(self) -> None:
        self._count = dict.fromkeys(_MOST, 0)
        self._depth = 0
        self._fed = 0  # bytes since the last that the parser told of

    def count(self, part: IO[bytes], name: str) -> None:
        """Count what stands in a part; one that is no XML makes nothing, and one that breaks off no more.

        Parameters
        ----------
        part : file
            Opened.
        name : str
            Its name.

        Raises
        ------
        RefusedBookError
            If there is too much of something, or the XML defines entities, as no spreadsheet program does.
        """
        block = part.read(_BLOCK)
        plain = block.removeprefix(b"\xef\xbb\xbf").lstrip()
        if not (PurePosixPath(name.lower()).suffix in _XML or not plain or plain.startswith(b"<")):
            return
        parser, end, broken = self._parser(), b"", False
        while block:
            seen = end + block
            if b"\0" in seen or b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                raise RefusedBookError("workbook_unsafe")
            if not broken:
                try:
                    self._feed(parser, block)
                except expat.ExpatError:
                    broken = True  # whoever reads it gets no further
            end, block = block[-16:], part.read(_BLOCK)

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        self._depth = self._fed = 0
        return parser

    def _feed(self, parser: expat.XMLParserType, block: bytes) -> None:
        self._fed += len(block)
        parser.Parse(block, False)
        if self._fed > _LONGEST + _BLOCK:
            raise self._too_much("workbook_parts")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._fed = 0
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._too_much("workbook_parts")
        name = tag.rpartition(":")[2] if ":" in tag else tag
        self._add("workbook_parts", _HEAVY if name in _FEW else 1)
        if sort := _SORTS.get(name):
            self._add(sort, 1)
        elif name == "mergeCell":
            self._add("workbook_merged", _cells_of(attributes.get("ref", "")))

    def _end(self, tag: str) -> None:
        self._fed = 0
        self._depth -= 1

    def _add(self, sort: str, more: int) -> None:
        self._count[sort] += more
        if self._count[sort] > _MOST[sort]:
            raise self._too_much(sort)

    def _too_much(self, sort: str) -> RefusedBookError:
        return RefusedBookError(sort, _MOST[sort])


def _cells_of(span: str) -> int:
    """Return how many cells a span such as ``A1:C3`` has.

    Examples
    --------
    >>> _cells_of("A1:C3"), _cells_of("B2"), _cells_of("?")
    (9, 1, 1)
    """
    found = _SPAN.fullmatch(span)
    if found is None or found[3] is None:
        return 1
    left, top, right, bottom = found.groups()
    return (abs(_column(right) - _column(left)) + 1) * (abs(int(bottom) - int(top)) + 1)


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - ord("A") + 1
    return place
