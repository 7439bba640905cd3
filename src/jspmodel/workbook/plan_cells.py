"""Cells of a plan that officials edited: what they say, what is struck out, merged, hidden."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import range_boundaries
from openpyxl.xml.functions import iterparse

from jspmodel.intake import Flaw, schema, unreadable_file
from jspmodel.workbook.grids import Rows
from jspmodel.workbook.sheet_cells import cell_text

_MOST_MERGED = 500_000
"""Cells that merged ranges may cover, counted again where ranges overlap."""
YEAR: Mapping[str, Any] = next(field for field in schema("plan")["fields"] if field["name"] == "start")
"""What a year is, as the table of a plan that somebody brings has it."""
_FIELDS: Mapping[str, Mapping[str, Any]] = {
    "start": YEAR,
    "year": YEAR,
    "budget": {"name": "budget", "type": "number", "unit": "miliar rupiah"},
}
"""The columns that hold no text."""


@dataclass(frozen=True)
class EditedRow:
    """A row below the headings.

    Attributes
    ----------
    number : int
        As a spreadsheet counts.
    texts : mapping of str to str
        By column, parts that are struck out left away; ``""`` where there is nothing.
    flaws : mapping of str to Flaw
        What is wrong with cells, by column.
    struck : frozenset of str
        Columns whose whole text is struck out.
    formulas : frozenset of str
        Columns whose value a formula gives.
    hidden : bool
    """

    number: int
    texts: Mapping[str, str]
    flaws: Mapping[str, Flaw]
    struck: frozenset[str]
    formulas: frozenset[str]
    hidden: bool

    @property
    def is_struck(self) -> bool:
        """Whether what names the row is struck out: its programme, or its region."""
        return bool(self.struck & {"code", "activity", "region_code", "region"})


@dataclass(frozen=True)
class SheetShape:
    """What of a sheet openpyxl does not read row by row.

    Attributes
    ----------
    hidden : frozenset of int
        Rows.
    merged : tuple of tuple of int
        First and last column, first and last row.
    inline : mapping of (int, int) to CellRichText
        Row, and column from 0, of texts that stand in their cells and whose parts look different.
    """

    hidden: frozenset[int]
    merged: tuple[tuple[int, int, int, int], ...]
    inline: Mapping[tuple[int, int], CellRichText]


def sheet_shape(path: Path, part: str) -> SheetShape:
    """Return which rows of a sheet are hidden, what is merged, and texts of several looks in their cells."""
    hidden, merged, last = set(), [], 0
    inline: dict[tuple[int, int], CellRichText] = {}
    with zipfile.ZipFile(path) as archive, archive.open(part) as file:
        for _, node in iterparse(file):
            tag = node.tag.rpartition("}")[2]
            if tag == "row":
                last = int(node.get("r") or last + 1)
                if node.get("hidden") in {"1", "true"}:
                    hidden.add(last)
                inline |= {(last, place): text for place, text in _inline(node)}
                node.clear()
            elif tag == "mergeCell":
                left, top, right, bottom = range_boundaries(node.get("ref"))
                merged.append((left, right, top, bottom))
    return SheetShape(frozenset(hidden), tuple(merged), inline)


def _inline(row: Any) -> Iterator[tuple[int, CellRichText]]:
    for cell in row:
        text = cell.find("{*}is") if cell.get("t") == "inlineStr" and cell.get("r") else None
        if text is not None and text.find("{*}r") is not None:
            yield range_boundaries(cell.get("r"))[0] - 1, CellRichText.from_tree(text)


def merged_into(
    file: str, rows: Rows, merged: Sequence[tuple[int, int, int, int]]
) -> dict[tuple[int, int], int]:
    """Return the row that says what stands in a cell (row, and column from 0) merged with one above it."""
    last = max((number for number, _ in rows), default=0)
    down = [(left, top, min(bottom, last)) for left, _, top, bottom in merged]
    if sum(max(0, bottom - top) for _, top, bottom in down) > _MOST_MERGED:
        raise unreadable_file("workbook_too_large", file)
    return {(row, left - 1): top for left, top, bottom in down for row in range(top + 1, bottom + 1)}


def edited_row(
    number: int, cells: Mapping[str, tuple[Any, bool, CellRichText | None]], *, hidden: bool
) -> EditedRow:
    """Return a row of cells, each with whether a formula gives its value, and its text of several looks."""
    texts: dict[str, str] = {}
    flaws: dict[str, Flaw] = {}
    struck, formulas = set(), set()
    for key, (cell, is_formula, inline) in cells.items():
        said, is_struck = _said(cell, is_formula, inline, key)
        texts[key] = said if isinstance(said, str) else ""
        if isinstance(said, Flaw):
            flaws[key] = said
        if is_struck:
            struck.add(key)
        if is_formula:
            formulas.add(key)
    return EditedRow(number, texts, flaws, frozenset(struck), frozenset(formulas), hidden)


def _said(cell: Any, is_formula: bool, inline: CellRichText | None, key: str) -> tuple[str | Flaw, bool]:
    """Return what a cell says, and whether all of it is struck out."""
    if cell is None or cell.value is None:
        return (Flaw("formula_not_calculated", {}) if is_formula else ""), False
    if cell.data_type == "e":
        return Flaw("formula_error", {"value": cell.value}), False
    value, struck = cell.value if inline is None else inline, _is_struck(cell)
    if isinstance(value, CellRichText):
        kept = "".join(_kept(value))
        struck, value = struck or (not kept.strip() and bool(str(value).strip())), kept
    field = _FIELDS.get(key, {"name": key, "type": "string"})
    if isinstance(value, str) and key not in _FIELDS:
        return " ".join(value.split()) if key != "location" else value.strip(), struck
    text = cell_text(value, field)
    return text, struck and bool(text)


def _kept(parts: CellRichText) -> Iterator[str]:
    """Yield the parts of a text that are not struck out."""
    for part in parts:
        if not isinstance(part, TextBlock):
            yield str(part)
        elif not part.font.strike:
            yield part.text


def _is_struck(cell: Any) -> bool:
    try:
        return bool(cell.font and cell.font.strike)
    except (IndexError, KeyError):  # a style that the workbook does not have
        return False
