"""A matrix whose cells are bars: a pale track for the whole, a dark bar for the part, figures above."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from jspmodel.charts.rows import across, down, stacked, text
from jspmodel.charts.style import BLUE, INK, MUTED, RULE, TRACK

_ROW, _FILL = 52, 0.9


def bar_matrix(cells: pd.DataFrame, rows: Sequence[str], columns: Sequence[str]) -> alt.LayerChart:
    """Draw rows and columns of small bars; length carries the meaning, colour only repeats it.

    Parameters
    ----------
    cells : DataFrame
        ``row`` and ``column`` (positions from 0), ``whole`` and ``part`` (0-1, shares of a cell's width),
        ``text`` (the figures).
    rows, columns : sequence of str
        Names in order.

    Returns
    -------
    LayerChart
    """
    bars = cells.assign(
        whole=cells["column"] + _FILL * cells["whole"].clip(0, 1),
        part=cells["column"] + _FILL * cells["part"].clip(0, 1),
    )
    names = pd.DataFrame({"row": range(len(rows)), "name": list(rows)})
    layers = [
        _lines(names),
        text(alt.Chart(names), "name", dy=-14, size=13, color=INK, bold=True),
        _headings(columns),
        _bars(bars, "whole", TRACK, len(columns)),
        _bars(bars, "part", BLUE, len(columns)),
        _figures(bars, len(columns)),
    ]
    return stacked(layers, len(rows), _ROW)


def _bars(bars: pd.DataFrame, end: str, colour: str, columns: int) -> alt.Chart:
    mark = alt.Chart(bars).mark_bar(color=colour, size=9, yOffset=17)
    return mark.encode(x=across("column", 0, columns), x2=f"{end}:Q", y=down())


def _figures(bars: pd.DataFrame, columns: int) -> alt.Chart:
    mark = alt.Chart(bars).mark_text(align="left", fontSize=12, dy=3, color=INK)
    return mark.encode(x=across("column", 0, columns), y=down(), text=alt.Text("text:N"))


def _lines(names: pd.DataFrame) -> alt.Chart:
    mark = alt.Chart(names).mark_rule(color=RULE, yOffset=-_ROW / 2)
    return mark.encode(x=alt.value(0), x2=alt.value("width"), y=down())


def _headings(columns: Sequence[str]) -> alt.Chart:
    data = pd.DataFrame({"column": range(len(columns)), "name": list(columns)})
    room = alt.ExprRef(f"width / {max(1, len(columns))} - 1")
    mark = alt.Chart(data).mark_text(align="left", dy=-10, fontSize=11, color=MUTED, limit=room)
    return mark.encode(x=across("column", 0, len(columns)), y=alt.value(0), text=alt.Text("name:N"))
