"""The parts of the report as blocks of text: read from their HTML, so that a memo says the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from jspmodel.documents.plain_text import Words

_TEXTS = {"h2", "h3", "h4", "p", "li", "caption", "th", "td", "dt", "dd", "pre"}
_BLANKS = re.compile(r"[ \t\r\n]+")
_OUTSIDE = {"script", "style", "svg", "nav", "button"}
"""What says nothing on paper."""


@dataclass(frozen=True)
class Text:
    """A heading, a paragraph or an item of a list.

    Attributes
    ----------
    kind : {"h2", "h3", "h4", "p", "note", "eyebrow", "item", "step", "dt", "dd", "pre"}
        ``item`` has a bullet, ``step`` a number.
    words : sequence of Words
    first : bool
        Whether a list starts here.
    """

    kind: str
    words: Sequence[Words]
    first: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table."""

    words: Sequence[Words]
    heading: bool = False
    numeric: bool = False
    span: int = 1


@dataclass
class TableBlock:
    """A table.

    Attributes
    ----------
    caption : sequence of Words
    rows : list of list of Cell
        The first is the row of headings.
    kind : set of str
        As the report marks it: ``wide``, ``matrix``, ``cards`` ...
    """

    kind: set[str]
    caption: Sequence[Words] = ()
    rows: list[list[Cell]] = field(default_factory=list)

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return max((sum(cell.span for cell in row) for row in self.rows), default=0)

    @property
    def filled(self) -> int:
        """How many rows it has beside that of headings and those that name a group."""
        return sum(len(row) > 1 for row in self.rows[1:])


Block = Text | TableBlock


def blocks(html: str) -> list[Block]:
    """Return what a part of the report says, block by block.

    Parameters
    ----------
    html : str
        As ``Fragment.html`` has it.

    Returns
    -------
    list of Text and TableBlock
    """
    reader = _BlockParser()
    reader.feed(str(html))
    reader.close()
    return reader.found


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]


class _BlockParser(HTMLParser):
    """Collects words until the element that they stand in ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._open: list[_Open] = []
        self._words: list[Words] = []
        self._grid: TableBlock | None = None
        self._counted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._say("\n")
            return
        if tag in {"input", "img", "hr"}:
            return
        self._open.append(_Open(tag, {name: value or "" for name, value in attrs}))
        if tag in _TEXTS:
            self._words = []
        if tag in {"ul", "ol"}:
            self._counted = 0
        if tag == "table":
            self._grid = TableBlock(self._marks())
        if tag == "tr" and self._grid:
            self._grid.rows.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._grid:
            self.found.append(self._grid)
            self._grid = None
        if tag in _TEXTS:
            self._end(tag)
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._inside(*_OUTSIDE) or not self._inside(*_TEXTS):
            return
        self._say(data if self._inside("pre") else _BLANKS.sub(" ", data))

    def _say(self, text: str) -> None:
        languages = (one.attributes["lang"] for one in reversed(self._open) if "lang" in one.attributes)
        self._words.append(Words(text, next(languages, ""), self._inside("strong", "b")))

    def _end(self, tag: str) -> None:
        words, self._words = _stripped(self._words), []
        if self._grid and tag in {"th", "td"}:
            attributes = self._open[-1].attributes
            numeric = "n" in attributes.get("class", "").split()
            span = int(attributes.get("colspan", "1"))
            self._grid.rows[-1].append(Cell(words, tag == "th", numeric, span))
        elif self._grid and tag == "caption":
            self._grid.caption = words
        elif words:
            self._text(tag, words)

    def _text(self, tag: str, words: tuple[Words, ...]) -> None:
        kind = tag
        if tag == "li":
            self._counted += 1
            kind = "step" if self._inside("ol") else "item"
        marks = {"note", "eyebrow"} & {*self._open[-1].attributes.get("class", "").split()}
        if tag == "p" and marks:
            kind = marks.pop()
        self.found.append(Text(kind, words, first=tag == "li" and self._counted == 1))

    def _inside(self, *tags: str) -> bool:
        return any(one.tag in tags for one in self._open)

    def _marks(self) -> set[str]:
        return {mark for one in self._open for mark in one.attributes.get("class", "").split()}


def _stripped(words: Sequence[Words]) -> tuple[Words, ...]:
    """Return words without the blanks at both ends that come from the way HTML is laid out."""
    kept = list(words)
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(" "))
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return tuple(word for word in kept if word.text)
