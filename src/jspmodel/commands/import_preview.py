"""What an import would change, shown before anything is written: names stand behind codes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from babel.numbers import format_decimal
from rich.markup import escape
from rich.table import Table

from jspmodel.commands.console import OUT
from jspmodel.intake import schema
from jspmodel.scenario import Language
from jspmodel.text import printable, say
from jspmodel.workbook import (
    CellChange,
    Reading,
    TableChange,
    WholeRow,
    is_year,
    referenced,
    unit_of,
    words_by_choice,
)

_SHOWN = 8
"""Lines of each kind of change that are shown of a table."""
_LONGEST = 60
"""Characters of a cell that are shown."""
_SAID = 3
"""Numbers and choices of a row that are shown behind its name."""
_RANGE = re.compile(r"-?[0-9]")
"""How a unit begins that only says where the values of a column lie."""
_IN_WORDS = {"level", "profile"}
"""Columns that say in words how much, or when."""


def show_changes(reading: Reading, language: Language) -> None:
    """Show how many rows of each table change, and which.

    Parameters
    ----------
    reading : Reading
    language : {"id", "en"}
    """
    table = Table(say("workbook.contents_sheet", language))
    for kind in ("added", "changed", "removed"):
        table.add_column(say(f"workbook.column_{kind}", language), justify="right")
    parts = [_ChangedTable(change, reading.names, language) for change in reading.changes]
    for part in parts:
        table.add_row(escape(part.title), *map(str, part.counts()))
    OUT.print(table)
    for part in parts:
        OUT.print(escape("\n".join([part.title, *part.lines()])), soft_wrap=True)


class _ChangedTable:
    """A table that changes, in words."""

    def __init__(
        self, change: TableChange, names: Mapping[str, Mapping[str, str]], language: Language
    ) -> None:
        described = schema(change.table)
        self._change, self._names, self._language = change, names, language
        self._title = "title" if language == "id" else "title_en"
        self._fields = {field["name"]: field for field in described["fields"]}
        self._columns: list[str] = described["primaryKey"]
        self.title = str(described[self._title])

    def counts(self) -> tuple[int, int, int]:
        """Return how many rows are added, changed and removed."""
        changed = len({cell.key for cell in self._change.changed})
        return len(self._change.added), changed, len(self._change.removed)

    def lines(self) -> list[str]:
        """Return the changes, one a line: + added, - removed, ~ changed."""
        changed = [f"{self._key(cell.key)}: {self._turned(cell)}" for cell in self._change.changed]
        added, removed = map(self._row, self._change.added), map(self._row, self._change.removed)
        signs = {"+": list(added), "-": list(removed), "~": changed}
        lines = []
        for sign, items in signs.items():
            lines += [f"  {sign} {item}" for item in items[:_SHOWN]]
            if len(items) > _SHOWN:
                lines.append(f"  {sign} " + say("workbook.more", self._language, count=len(items) - _SHOWN))
        return lines

    def _short(self, field: Mapping[str, Any]) -> str:
        """Return the heading of a column without what it says of how to fill it in."""
        return str(field[self._title]).partition(" (")[0]

    def _turned(self, cell: CellChange) -> str:
        """Return what a cell was and is, with its unit once."""
        field = self._fields[cell.column]
        before = self._cell(cell.before, field) if cell.after else self._figure(cell.before, field)
        return f"{field[self._title]}: {before} → {self._figure(cell.after, field)}"

    def _row(self, row: WholeRow) -> str:
        """Return a row by its key, the numbers and choices that it says behind it."""
        said = [
            (field, row.cells[column])
            for column, field in self._fields.items()
            if _is_told(field) and row.cells.get(column) and column not in self._columns
        ]
        told = [f"{self._short(field)} {self._figure(text, field)}" for field, text in said[:_SAID]]
        return ": ".join([self._key(row.key), *(["; ".join(told)] if told else [])])

    def _key(self, key: Sequence[str]) -> str:
        parts = zip(self._columns, key, strict=True)
        return ", ".join(
            printable(self._shown(text, self._fields[column]), _LONGEST) for column, text in parts if text
        )

    def _figure(self, text: str, field: Mapping[str, Any]) -> str:
        """Return a cell with the unit of its column behind it."""
        unit = unit_of(field, self._language) if text and not is_year(field) else ""
        return self._cell(text, field) + (f" {unit}" if unit and not _RANGE.match(unit) else "")

    def _cell(self, text: str, field: Mapping[str, Any]) -> str:
        """Return a cell as a workbook shows it."""
        if not text:
            return say("workbook.blank", self._language)
        if field["type"] in {"integer", "number"}:
            return str(format_decimal(text, format="0.######", locale=self._language))
        return f'"{printable(self._shown(text, field), _LONGEST)}"'

    def _shown(self, text: str, field: Mapping[str, Any]) -> str:
        """Return a code with its name behind it, a choice by its word, other text as it is."""
        if word := words_by_choice(field, self._language).get(text):
            return word
        is_own = self._columns == [field["name"]]
        of_codes = self._change.table if is_own else referenced(self._change.table, field["name"])
        return f"{text} {self._names.get(of_codes, {}).get(text, '')}".strip()


def _is_told(field: Mapping[str, Any]) -> bool:
    """Whether a row is told by a column: how much, when, or a choice other than its status."""
    is_choice = "enum" in field.get("constraints", {}) and field["name"] != "status"
    return field["type"] == "number" or is_choice or field["name"] in _IN_WORDS
