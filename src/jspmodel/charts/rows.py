"""Charts made of rows whose names stand above the bars, so that they fit a phone as well as a page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt
import pandas as pd

from jspmodel.charts.style import BLUE, INK, MUTED, RULE, TRACK, WIDTH

_SHORT, _LONG = 32, 46
"""Letters of a name that surely fit (to fit a text by its width takes 15 ms), and of a line at most."""


def stacked(layers: Sequence[alt.Chart], rows: int, row_height: int) -> alt.LayerChart:
    """Lay layers over one another.

    Parameters
    ----------
    layers : sequence of Chart
        Encoded by ``across`` and ``down``.
    rows : int
        Number of rows.
    row_height : int
        Pixels.

    Returns
    -------
    LayerChart
    """
    return alt.LayerChart(layer=list(layers)).properties(
        width=WIDTH,
        height=max(1, rows) * row_height,
        padding={"left": 2, "right": 2, "top": 6, "bottom": 2},
    )


def across(field: str, first: float, last: float) -> alt.X:
    """Return a plain scale from left to right, without an axis: figures stand beside the bars."""
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[first, last], nice=False, zero=False))


def down() -> alt.Y:
    """Return the rows, from the field ``row`` (positions from 0)."""
    return alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))


def text(
    layer: alt.Chart, field: str, *, dy: float, size: int = 12, color: str, bold: bool = False
) -> alt.Chart:
    """Return a text at the left edge of each row, cut where the chart ends."""
    mark = layer.mark_text(
        align="left",
        dy=dy,
        fontSize=size,
        fontWeight="bold" if bold else "normal",
        color=color,
        limit=alt.ExprRef("width"),
    )
    return mark.encode(x=alt.value(0), y=down(), text=alt.Text(f"{field}:N"))


def within_ranges(data: alt.Chart, low: str, value: str, high: str, top: float) -> list[alt.Chart]:
    """Return a dot within a band a row, its name above and its figure behind (fields ``name``, ``figure``).

    Parameters
    ----------
    data : Chart
        Of the rows, as ``down`` wants them.
    low, value, high : str
        Fields of the ends of the band, and of the dot.
    top : float
        Where the scale, from 0 on, ends.

    Returns
    -------
    list of Chart
    """
    band = data.mark_bar(color=TRACK, size=10, yOffset=9)
    dot = data.mark_circle(color=BLUE, size=70, opacity=1, yOffset=9)
    figure = data.mark_text(align="left", dx=8, dy=9, fontSize=12, color=INK)
    return [
        band.encode(x=across(low, 0, top), x2=alt.X2(f"{high}:Q"), y=down()),
        dot.encode(x=across(value, 0, top), y=down()),
        text(data, "name", dy=-9, size=13, color=INK),
        figure.encode(x=across(high, 0, top), y=down(), text=alt.Text("figure:N")),
    ]


def lines_of(name: str) -> str:
    """Return a name as it stands beside bars: on one line, else on two; what is longer still is cut."""
    if len(name) <= _LONG:
        return name
    lines = textwrap.wrap(name, _LONG, max_lines=2, placeholder=" …", break_on_hyphens=False)
    return "\n".join(lines)


def beside(rows: pd.DataFrame, colour: str, room: float) -> Iterator[alt.Chart]:
    """Yield names at the left of bars, whole: those that need it on two lines of smaller letters.

    Parameters
    ----------
    rows : DataFrame
        ``row`` (positions from 0) and ``name``, as ``lines_of`` returns it.
    colour : str
    room : float
        Pixels for a name.

    Yields
    ------
    Chart
    """
    short, long = rows["name"].str.len() <= _SHORT, rows["name"].str.len() > _LONG
    looks: Sequence[dict[str, Any]] = (
        {"fontSize": 12},
        {"fontSize": 12, "limit": room},
        {"fontSize": 10, "limit": room, "lineBreak": "\n", "lineHeight": 10, "dy": -5},
    )
    for part, look in zip((rows[short], rows[~short & ~long], rows[long]), looks, strict=True):
        mark = alt.Chart(part).mark_text(align="left", color=colour, **look)
        yield mark.encode(x=alt.value(0), y=down(), text=alt.Text("name:N"))


def year_grid(years: Sequence[int], x: alt.X) -> list[alt.Chart]:
    """Return a line where each year begins, and the years above the rows.

    Parameters
    ----------
    years : sequence of int
    x : X
        Of the field ``year``.

    Returns
    -------
    list of Chart
    """
    data = alt.Chart(pd.DataFrame({"year": list(years), "name": [str(year) for year in years]}))
    names = data.mark_text(align="left", dx=2, dy=-10, fontSize=12, color=MUTED)
    return [
        data.mark_rule(color=RULE).encode(x=x),
        names.encode(x=x, y=alt.value(0), text=alt.Text("name:N")),
    ]
