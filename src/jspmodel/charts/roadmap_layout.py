"""The drawing of a roadmap: names, squares of the regions, bars over the years, placed in pixels."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from jspmodel.charts.style import BLUE, INK, MUTED, RULE, SKY, TRACK, VERMILION

WIDE, NARROW = 730, 334
"""Pixels of a roadmap in a page's column and on a phone."""
_NAME_ROOM, _LETTERS = 352, 57
"""Pixels that names have beside the bars, and letters of a line that surely fit there."""
_SQUARE, _COUNT_ROOM = 13, 44
MOST_SQUARES = 8
"""Regions that each have a column of squares; of more only their number is told."""
_ROW, _LINE, _HEADING, _YEARS, _LETTER = 19, 14, 27, 18, 6.4
"""Pixels of a row with one line, of a further line, of a group's heading, of the years above, of a letter."""


@dataclass(frozen=True)
class Row:
    """A selected programme.

    Attributes
    ----------
    name : str
        With its code.
    regions : tuple of str
        Codes.
    start, ready : int
        First year of building; first year in which it runs.
    due : float or None
        When its first open document is due, as a year with the part that has passed; None: not dated.
    """

    name: str
    regions: tuple[str, ...]
    start: int
    ready: int
    due: float | None


def draw_roadmap(
    groups: Sequence[tuple[str, Sequence[Row]]], regions: dict[str, str], years: Sequence[int], width: int
) -> alt.LayerChart:
    """Draw programmes in groups.

    Parameters
    ----------
    groups : sequence of (str, sequence of Row)
        Each with its heading.
    regions : dict of str to str
        Short names by code; of up to eight each has a column of squares, of more only their number is told.
    years : sequence of int
    width : int
        ``WIDE``, or ``NARROW``: names then stand above the bars.

    Returns
    -------
    LayerChart
    """
    return _Drawing(groups, regions, years, width).chart()


class _Drawing:
    def __init__(
        self,
        groups: Sequence[tuple[str, Sequence[Row]]],
        regions: dict[str, str],
        years: Sequence[int],
        width: int,
    ) -> None:
        self.groups, self.regions, self.years, self.width = groups, regions, years, width
        self.beside = width > NARROW
        self.squares = len(regions) <= MOST_SQUARES
        self.left = _NAME_ROOM if self.beside else 0
        self.first = self.left + (_SQUARE * len(regions) if self.squares else _COUNT_ROOM) + 12
        longest = max(map(len, regions.values()), default=0) if self.squares else 0
        self.top = max(_YEARS, longest * _LETTER + 6)
        self._place()

    def _place(self) -> None:
        """Give each heading and row its place from above."""
        self.headings: list[tuple[str, float]] = []
        self.rows: list[tuple[Row, float, float, list[str]]] = []
        y = self.top
        for heading, rows in self.groups:
            self.headings.append((heading, y + _HEADING - 10))
            y += _HEADING
            for row in rows:
                lines = textwrap.wrap(row.name, _LETTERS, break_on_hyphens=False)
                bar = y if self.beside else y + _LINE * len(lines)
                self.rows.append((row, y, bar + _ROW / 2, lines))
                y = max(y + _LINE * len(lines) + 7, bar + _ROW) if self.beside else bar + _ROW + 3
        self.height = y + 2

    def year(self, value: float) -> float:
        """Return where a time stands, in pixels from the left."""
        first, last = self.years[0], self.years[-1] + 1
        return self.first + (self.width - self.first) * (min(max(value, first), last) - first) / (
            last - first
        )

    def chart(self) -> alt.LayerChart:
        layers = [*self._grid(), *self._names(), *self._regions(), *self._bars()]
        padding = {"left": 2, "right": 2, "top": 4, "bottom": 2}
        return alt.LayerChart(layer=layers).properties(width=self.width, height=self.height, padding=padding)

    def _x(self, field: str = "x") -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, self.width], nice=False, zero=False))

    def _y(self, field: str = "y") -> alt.Y:
        return alt.Y(
            f"{field}:Q", axis=None, scale=alt.Scale(domain=[self.height, 0], nice=False, zero=False)
        )

    def _texts(self, rows: Sequence[tuple[float, float, str]], **look: Any) -> alt.Chart:
        data = alt.Chart(pd.DataFrame(rows, columns=["x", "y", "text"]))
        mark = data.mark_text(**{"align": "left", "fontSize": 12, "color": INK, **look})
        return mark.encode(x=self._x(), y=self._y(), text=alt.Text("text:N"))

    def _rects(self, rows: Sequence[tuple[float, float, float, float]], **look: Any) -> alt.Chart:
        """Draw rectangles: left, right, middle and height."""
        boxes = [(left, right, middle - high / 2, middle + high / 2) for left, right, middle, high in rows]
        data = alt.Chart(pd.DataFrame(boxes, columns=["x", "x2", "y", "y2"], dtype=float))
        return data.mark_rect(**look).encode(x=self._x(), x2=alt.X2("x2:Q"), y=self._y(), y2=alt.Y2("y2:Q"))

    def _grid(self) -> Iterator[alt.Chart]:
        edges = [self.year(year) for year in self.years]
        whole = [((self.top + self.height) / 2, self.height - self.top)]
        # Where names stand above the bars a line must not run through them.
        spans = whole if self.beside else [(y, _ROW - 3) for _, _, y, _ in self.rows]
        yield self._rects([(x, x + 1, y, high) for x in edges for y, high in spans], color=RULE)
        told = [(x + 3, self.top - 6, str(year)) for x, year in zip(edges, self.years, strict=True)]
        yield self._texts(told, color=MUTED)

    def _names(self) -> Iterator[alt.Chart]:
        yield self._texts([(0, y, heading) for heading, y in self.headings], fontWeight="bold", fontSize=13)
        told = [(0, y + 11, "\n".join(lines)) for _, y, _, lines in self.rows]
        yield self._texts(told, lineBreak="\n", lineHeight=_LINE, baseline="middle")

    def _regions(self) -> Iterator[alt.Chart]:
        if not self.squares:
            told = [(self.left, y, f"{len(row.regions)}/{len(self.regions)}") for row, _, y, _ in self.rows]
            yield self._texts(told, color=MUTED, baseline="middle")
            return
        column = {code: self.left + _SQUARE * k for k, code in enumerate(self.regions)}
        heads = [(column[code] + 6, self.top - 4, name) for code, name in self.regions.items()]
        yield self._texts(heads, angle=270, baseline="middle", color=MUTED)
        for joined, look in (
            (False, {"fill": "white", "stroke": TRACK}),
            (True, {"fill": BLUE, "stroke": BLUE}),
        ):
            boxes = [
                (x + 1.5, x + 10.5, y, 9)
                for row, _, y, _ in self.rows
                for code, x in column.items()
                if (code in row.regions) == joined
            ]
            yield self._rects(boxes, **look)

    def _bars(self) -> Iterator[alt.Chart]:
        end = self.years[-1] + 1
        build = [(self.year(row.start), self.year(row.ready), y, 10) for row, _, y, _ in self.rows]
        run = [(self.year(row.ready), self.year(end), y, 3) for row, _, y, _ in self.rows if row.ready < end]
        yield self._rects(run, color=SKY)
        yield self._rects(build, color=BLUE)
        due = [(self.year(row.due), y) for row, _, y, _ in self.rows if row.due is not None]
        data = alt.Chart(pd.DataFrame(due, columns=["x", "y"], dtype=float))
        mark = data.mark_point(shape="triangle-down", size=90, filled=True, opacity=1, color=VERMILION)
        yield mark.encode(x=self._x(), y=self._y())
