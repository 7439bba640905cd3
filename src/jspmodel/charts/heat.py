"""A square matrix of many names: the darker a cell, the larger its figure."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd

from jspmodel.charts.style import BLUE, INK, VERMILION, WIDTH

_MARGIN = 130
_LARGEST, _SMALLEST = 30, 12
"""Pixels of a cell."""


def heat_matrix(
    values: npt.NDArray[np.float64], names: Sequence[str], edges: Sequence[int]
) -> alt.LayerChart:
    """Draw a square matrix.

    Parameters
    ----------
    values : array of shape (n, n)
        0-1; 0 is an empty cell.
    names : sequence of str
        Of rows and columns.
    edges : sequence of int
        Positions before which a group ends.

    Returns
    -------
    LayerChart
    """
    n = len(names)
    side = n * min(_LARGEST, max(_SMALLEST, (WIDTH - _MARGIN) // max(1, n)))
    rows, columns = np.nonzero(values)
    cells = pd.DataFrame({"row": rows, "column": columns, "value": values[rows, columns]})
    layers = [_cells(cells, n), *_groups(edges, n), *_names(names, side / max(1, n))]
    return alt.LayerChart(layer=layers).properties(width=side, height=side)


def _scale(n: int) -> alt.Scale:
    return alt.Scale(domain=[0, n], nice=False, zero=False)


def _across(field: str, n: int) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=_scale(n))


def _down(field: str, n: int) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[n, 0], nice=False, zero=False))


def _cells(cells: pd.DataFrame, n: int) -> alt.Chart:
    ends = cells.assign(row_end=cells["row"] + 0.94, column_end=cells["column"] + 0.94)
    colour = alt.Color("value:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=["#e3edf5", BLUE]))
    return (
        alt.Chart(ends)
        .mark_rect()
        .encode(
            x=_across("column", n),
            x2=alt.X2("column_end:Q"),
            y=_down("row", n),
            y2=alt.Y2("row_end:Q"),
            color=colour,
        )
    )


def _groups(edges: Sequence[int], n: int) -> list[alt.Chart]:
    data = alt.Chart(pd.DataFrame({"edge": [edge - 0.03 for edge in edges]}, dtype=float))
    rule = data.mark_rule(color=VERMILION, size=1)
    return [rule.encode(x=_across("edge", n)), rule.encode(y=_down("edge", n))]


def _names(names: Sequence[str], cell: float) -> list[alt.Chart]:
    data = alt.Chart(pd.DataFrame({"place": [k + 0.5 for k in range(len(names))], "name": list(names)}))
    n, size = len(names), min(12.0, cell - 1)
    room = _MARGIN - 8
    down = data.mark_text(align="right", x=-6, baseline="middle", fontSize=size, color=INK, limit=room)
    across = data.mark_text(
        align="left", y=-6, angle=270, baseline="middle", fontSize=size, color=INK, limit=room
    )
    return [
        down.encode(y=_down("place", n), text=alt.Text("name:N")),
        across.encode(x=_across("place", n), text=alt.Text("name:N")),
    ]
