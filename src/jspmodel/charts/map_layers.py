"""Layers of a picture whose coordinates are pixels from its upper left corner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from jspmodel.charts.style import VERMILION

Size = tuple[float, float]
"""Width and height in pixels."""
Line = tuple[float, ...]
"""From x, y to x, y, and its width."""
Text = tuple[Any, ...]
"""x, y, text, size, colour, how it is aligned, and ``normal``, ``bold`` or ``italic``."""


def feature(polygons: list[Any], fill: str) -> dict[str, Any]:
    """Return an area as GeoJSON, in pixels from the upper left corner.

    Parameters
    ----------
    polygons : list
        Of lists of rings.
    fill : str
        Its colour.
    """
    return {
        "type": "Feature",
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        "fill": fill,
    }


def pixel(value: float) -> float:
    """Return a coordinate as exactly as it can be seen."""
    return round(value, 1)


def area_layer(features: list[dict[str, Any]], look: Mapping[str, Any]) -> alt.Chart:
    """Return areas filled with their ``fill``.

    Parameters
    ----------
    features : list of dict
        As ``feature`` returns them.
    look : mapping
        Properties of the mark.
    """
    shapes = alt.Chart(alt.InlineData(values=features)).mark_geoshape(**look)
    filled = shapes.encode(fill=alt.Fill("fill:N", scale=None, legend=None))
    return filled.project(type="identity", scale=1, translate=[0, 0])


def line_layer(lines: Sequence[Line], size: Size) -> alt.Chart:
    """Return lines.

    Parameters
    ----------
    lines : sequence of Line
    size : Size
        Of the whole picture.
    """
    frame = pd.DataFrame(lines, columns=["x", "y", "x2", "y2", "width"], dtype=float)
    rules = alt.Chart(frame).mark_rule(color=VERMILION, strokeCap="round")
    thick = alt.StrokeWidth("width:Q", scale=None, legend=None)
    return rules.encode(x=_across("x", size), y=_down("y", size), x2="x2:Q", y2="y2:Q", strokeWidth=thick)


def text_layers(texts: Sequence[Text], size: Size) -> list[alt.Chart]:
    """Return texts, a layer for each way they are set.

    Parameters
    ----------
    texts : sequence of Text
    size : Size
        Of the whole picture.
    """
    frame = pd.DataFrame(texts, columns=["x", "y", "text", "size", "colour", "align", "weight"])
    layers = []
    for (align, weight), rows in frame.groupby(["align", "weight"]):
        mark = alt.Chart(rows[["x", "y", "text", "size", "colour"]]).mark_text(
            align=align,
            baseline="middle",
            fontWeight="bold" if weight == "bold" else "normal",
            fontStyle="italic" if weight == "italic" else "normal",
        )
        layers.append(
            mark.encode(
                x=_across("x", size),
                y=_down("y", size),
                text=alt.Text("text:N"),
                size=alt.Size("size:Q", scale=None, legend=None),
                color=alt.Color("colour:N", scale=None, legend=None),
            )
        )
    return layers


def _across(field: str, size: Size) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, size[0]], nice=False, zero=False))


def _down(field: str, size: Size) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[size[1], 0], nice=False, zero=False))
