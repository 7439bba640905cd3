"""The column headings that a phone shows beside each figure: once in the style instead of at each cell."""

from __future__ import annotations

import re
from html import unescape

_TABLE = re.compile(r"<table(?: class=\"([^\"]*)\")?>(.*?)</table>", re.DOTALL)
_ROW, _CELL = re.compile(r"<tr>(.*?)</tr>", re.DOTALL), re.compile(r"<t[dh]\b[^>]*>")
_LABEL = re.compile(r' data-label="([^"]*)"')


class ColumnLabels:
    """Collects the headings of tables: with ``style`` what ``moved`` returns looks as it did.

    Tables with the same headings share a class; a cell's heading is the custom property ``--label``.
    """

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, ...], str] = {}

    def moved(self, html: str) -> str:
        """Return HTML without the labels of its cells, its tables marked by their headings.

        Parameters
        ----------
        html : str
            As the templates write it: cells with ``data-label``.
        """
        return _TABLE.sub(self._table, html)

    def _table(self, found: re.Match[str]) -> str:
        kinds, inside = found.groups()
        labels = next(filter(any, map(_labels, _ROW.findall(inside))), ())
        if not labels:
            return found.group()
        mark = self._kinds.setdefault(labels, f"l{len(self._kinds)}")
        return f'<table class="{" ".join(filter(None, [kinds, mark]))}">{_LABEL.sub("", inside)}</table>'

    def style(self) -> str:
        """Return the rules that give each cell its label; letters that could mean something are codes."""
        rules = [
            f'.{mark} td:nth-child({place}){{--label:"{css_text(label)}"}}'
            for labels, mark in self._kinds.items()
            for place, label in enumerate(labels, start=1)
            if label
        ]
        return "\n".join(["", *rules, ""]) if rules else ""


def _labels(row: str) -> tuple[str, ...]:
    """Return the label of each cell of a row; empty where it has none."""
    cells = (_LABEL.search(cell) for cell in _CELL.findall(row))
    return tuple(unescape(found[1]) if found else "" for found in cells)


def css_text(text: str) -> str:
    """Return text for a string of a style sheet; letters that could mean something there are codes."""
    return "".join(letter if letter.isalnum() else f"\\{ord(letter):x} " for letter in text)
