"""Cells of a plan that officials edited: what they say, what is struck out, merged, hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any

from jspmodel.intake import Flaw, schema, unreadable_file
from jspmodel.workbook.book import Cell, Rows, Span
from jspmodel.workbook.sheet_cells import cell_text

SAME = 5e-4
"""Rp billion by which an amount that somebody typed may differ: less is rounding."""
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

    @property
    def money(self) -> float:
        """Rp billion in the column of the budget; NaN where there is no number."""
        try:
            return float(self.texts["budget"])
        except ValueError:
            return nan

    def has_money(self, amount: float) -> bool:
        """Whether the budget is an amount: a difference that is rounding does not count."""
        return abs(self.money - amount) <= SAME


def merged_into(file: str, rows: Rows, merged: Sequence[Span]) -> dict[tuple[int, int], int]:
    """Return the row that says what stands in a cell (row, and column from 0) merged with one above it."""
    last = max((number for number, _ in rows), default=0)
    down = [(left, top, min(bottom, last)) for left, _, top, bottom in merged]
    if sum(max(0, bottom - top) for _, top, bottom in down) > _MOST_MERGED:
        raise unreadable_file("workbook_too_large", file)
    return {(row, left - 1): top for left, top, bottom in down for row in range(top + 1, bottom + 1)}


def edited_row(number: int, cells: Mapping[str, Cell], *, hidden: bool) -> EditedRow:
    """Return a row of cells."""
    texts: dict[str, str] = {}
    flaws: dict[str, Flaw] = {}
    struck, formulas = set(), set()
    for key, cell in cells.items():
        said, is_struck = _said(cell, key)
        texts[key] = said if isinstance(said, str) else ""
        if isinstance(said, Flaw):
            flaws[key] = said
        if is_struck:
            struck.add(key)
        if cell.is_formula:
            formulas.add(key)
    return EditedRow(number, texts, flaws, frozenset(struck), frozenset(formulas), hidden)


def _said(cell: Cell, key: str) -> tuple[str | Flaw, bool]:
    """Return what a cell says, and whether all of it is struck out."""
    if cell.value is None:
        return (Flaw("formula_not_calculated", {}) if cell.is_formula else ""), False
    if cell.is_error:
        return Flaw("formula_error", {"value": cell.value}), False
    value, struck = cell.value, cell.is_struck
    if cell.kept is not None:
        struck, value = struck or (not cell.kept.strip() and bool(str(value).strip())), cell.kept
    field = _FIELDS.get(key, {"name": key, "type": "string"})
    if isinstance(value, str) and key not in _FIELDS:
        return " ".join(value.split()) if key != "location" else value.strip(), struck
    text = cell_text(value, field)
    return text, struck and bool(text)
