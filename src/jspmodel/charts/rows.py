"""Charts made of rows whose names stand above the bars, so that they fit a phone as well as a page."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from jspmodel.charts.style import MUTED, RULE, WIDTH


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
