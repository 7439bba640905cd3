"""What an import would change, shown before anything is written: names stand behind codes."""

from __future__ import annotations

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
    Reading,
    TableChange,
    WholeRow,
    has_choices,
    referenced,
    unit_of,
    words_by_choice,
)

_SHOWN = 8
"""Lines of each kind of change that are shown of a table."""
_LONGEST = 60
"""Characters of a cell that are shown."""
_NUMBERS = 3
"""Numbers of a row that are shown behind its name."""


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
        changed = [
            f"{self._key(cell.key)}: {self._fields[cell.column][self._title]}: "
            + " → ".join(self._cell(text, self._fields[cell.column]) for text in (cell.before, cell.after))
            for cell in self._change.changed
        ]
        added, removed = map(self._row, self._change.added), map(self._row, self._change.removed)
        signs = {"+": list(added), "-": list(removed), "~": changed}
        lines = []
        for sign, items in signs.items():
            lines += [f"  {sign} {item}" for item in items[:_SHOWN]]
            if len(items) > _SHOWN:
                lines.append(f"  {sign} " + say("workbook.more", self._language, count=len(items) - _SHOWN))
        return lines

    def _row(self, row: WholeRow) -> str:
        """Return a row by its key, the numbers that it says behind it."""
        numbers = [
            (field, row.cells[column])
            for column, field in self._fields.items()
            if field["type"] == "number" and row.cells.get(column) and column not in self._columns
        ]
        told = [
            " ".join(
                [str(field[self._title]), self._cell(text, field), unit_of(field, self._language)]
            ).strip()
            for field, text in numbers[:_NUMBERS]
        ]
        return ": ".join([self._key(row.key), *(["; ".join(told)] if told else [])])

    def _key(self, key: Sequence[str]) -> str:
        parts = zip(self._columns, key, strict=True)
        return ", ".join(
            printable(self._shown(text, self._fields[column]), _LONGEST) for column, text in parts if text
        )

    def _cell(self, text: str, field: Mapping[str, Any]) -> str:
        """Return a cell as a workbook shows it."""
        if not text:
            return say("workbook.blank", self._language)
        if field["type"] in {"integer", "number"}:
            return str(format_decimal(text, format="0.######", locale=self._language))
        return f'"{printable(self._shown(text, field), _LONGEST)}"'

    def _shown(self, text: str, field: Mapping[str, Any]) -> str:
        """Return a code with its name behind it, a choice by its word, other text as it is."""
        if has_choices(field):
            return words_by_choice(field, self._language).get(text, text)
        is_own = self._columns == [field["name"]]
        of_codes = self._change.table if is_own else referenced(self._change.table, field["name"])
        return f"{text} {self._names.get(of_codes, {}).get(text, '')}".strip()
