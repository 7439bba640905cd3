"""Regions where they lie, joined by their ties."""

from __future__ import annotations

from typing import Literal

import altair as alt
import numpy as np
import pandas as pd

from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.style import BLUE, INK, VERMILION, WIDTH, validated_whole
from jspmodel.collaboration import Network
from jspmodel.scenario import Language
from jspmodel.text import Table, number, say, short_names

_MOST_NAMES, _MOST_FIGURES = 12, 10
_LOW, _HIGH, _MARGIN = 260, 640, 110
"""Pixels: height, room for names at the sides."""
_WIDE, _TALL = 90, 28
"""Pixels that a name takes up."""
_KM = 111.2
"""Of a degree of latitude."""
# Okabe and Ito (2008); the groups after these share the last colour.
Align = Literal["left", "center", "right"]
_SIDES: dict[str, tuple[Align, int, int]] = {
    "above": ("center", 0, -20),
    "below": ("center", 0, 22),
    "left": ("right", -14, 0),
    "right": ("left", 14, 0),
}
"""Alignment and offset of a name beside its dot."""
_COLOURS = [BLUE, VERMILION, "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#666666"]


@validated_whole
def collaboration_map(case: Case, network: Network, language: Language) -> alt.LayerChart:
    """Draw the regions at their capitals, without a background map, and the ties between them.

    Parameters
    ----------
    case : Case
    network : Network
        As ``read_network`` returns it.
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        Equal scale in both directions; in a circle where a region has no position. Of many regions the
        12 tied most are named.
    """
    known = bool(case.regions[["latitude", "longitude"]].notna().all(axis=None))
    spots = _spots(case, network, known)
    note = say("collaboration.map_note" if known else "collaboration.map_note_circle", language)
    named = _labelled_regions(spots, network)
    if len(spots) > len(named):
        note += " " + say("collaboration.map_part", language, n=len(named))
    message = Message(_title(case, network, language), note, _table(case, network, language))
    return with_message(_draw(spots, _lines(spots, network, language), named), message, language)


def _labelled_regions(spots: pd.DataFrame, network: Network) -> set[str]:
    """Return the regions tied most that stand far enough apart for their names."""
    named: list[str] = []
    km = _scales(spots)[2]
    for region in network.regions.nlargest(_MOST_NAMES, "strength")["region"]:
        apart = (spots.loc[named, ["x", "y"]] - spots.loc[region, ["x", "y"]]).abs() / km
        if not ((apart["x"] < _WIDE) & (apart["y"] < _TALL)).any():
            named.append(region)
    return set(named)


def _spots(case: Case, network: Network, known: bool) -> pd.DataFrame:
    """Return where regions stand, in km east and north (or on a circle), with their names."""
    regions = case.regions.set_index("region")
    if known:
        narrowing = np.cos(np.radians(regions["latitude"].mean()))
        x, y = regions["longitude"] * _KM * narrowing, regions["latitude"] * _KM
    else:
        angle = pd.Series(np.linspace(0, 2 * np.pi, len(regions), endpoint=False), index=regions.index)
        x, y = np.sin(angle) * 20, np.cos(angle) * 20
    spots = pd.DataFrame({"x": x - x.mean(), "y": y - y.mean(), "name": pd.Series(short_names(case))})
    own = network.regions.set_index("region")
    group = own["community"].clip(upper=len(_COLOURS))
    return spots.assign(group=group, side=[_side(region, spots, network) for region in spots.index])


def _side(region: str, spots: pd.DataFrame, network: Network) -> str:
    """Return the side of a dot that its ties leave free for its name."""
    away = np.zeros(2)
    for tie in network.ties.itertuples():
        if region in (tie.region_a, tie.region_b):
            other = tie.region_b if tie.region_a == region else tie.region_a
            step = (spots.loc[region, ["x", "y"]] - spots.loc[other, ["x", "y"]]).to_numpy(dtype=float)
            away += tie.weight * step / max(float(np.hypot(*step)), 1e-9)
    if abs(away[0]) > abs(away[1]):
        return "right" if away[0] > 0 else "left"
    return "below" if away[1] < 0 else "above"


def _lines(spots: pd.DataFrame, network: Network, language: Language) -> pd.DataFrame:
    a, b = spots.loc[network.ties["region_a"]], spots.loc[network.ties["region_b"]]
    figures = [number(weight, language, 2) for weight in network.ties["weight"]]
    columns = {"x": a["x"], "y": a["y"], "x2": b["x"], "y2": b["y"]}
    lines = pd.DataFrame({name: column.to_numpy() for name, column in columns.items()})
    return lines.assign(
        weight=network.ties["weight"],
        figure=pd.Series(figures, dtype="str"),
        middle_x=(lines["x"] + lines["x2"]) / 2,
        middle_y=(lines["y"] + lines["y2"]) / 2,
    )


def _draw(spots: pd.DataFrame, lines: pd.DataFrame, named: set[str]) -> alt.LayerChart:
    x, y, _, height = _scales(spots)
    thickest = 9 if len(lines) <= _MOST_FIGURES else 4
    width = alt.Size("weight:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=[0.5, thickest]))
    ties = alt.Chart(lines).mark_rule(color="#aab4be", strokeCap="round")
    dots = alt.Chart(spots).mark_circle(size=260, opacity=1, stroke="white", strokeWidth=1.5)
    colour = alt.Color(
        "group:O", legend=None, scale=alt.Scale(domain=list(range(1, len(_COLOURS) + 1)), range=_COLOURS)
    )
    layers = [
        ties.encode(x=_at(x, "x"), y=_up(y, "y"), x2="x2:Q", y2="y2:Q", size=width),
        dots.encode(x=_at(x, "x"), y=_up(y, "y"), color=colour),
    ]
    if len(lines) <= _MOST_FIGURES:
        layers += _haloed(lines, "figure", x, y, "middle_x", "middle_y")
    for side, shown in spots[spots.index.isin(named)].groupby("side"):
        align, dx, dy = _SIDES[str(side)]
        layers += _haloed(shown, "name", x, y, "x", "y", align=align, dx=dx, dy=dy, size=14)
    return alt.LayerChart(layer=layers).properties(width=WIDTH, height=height)


def _haloed(
    data: pd.DataFrame,
    field: str,
    x: alt.Scale,
    y: alt.Scale,
    at: str,
    up: str,
    *,
    align: Align = "center",
    dx: int = 0,
    dy: int = 0,
    size: int = 12,
) -> list[alt.Chart]:
    """Return texts with a white rim, so that no line runs through them."""
    marks = [
        alt.Chart(data).mark_text(
            align=align,
            dx=dx,
            dy=dy,
            fontSize=size,
            color=INK,
            stroke="white" if rim else INK,
            strokeWidth=rim,
        )
        for rim in (4, 0)
    ]
    return [mark.encode(x=_at(x, at), y=_up(y, up), text=alt.Text(f"{field}:N")) for mark in marks]


def _scales(spots: pd.DataFrame) -> tuple[alt.Scale, alt.Scale, float, int]:
    """Return scales across and up, with as many km a pixel in both directions, those km, and the height."""
    span_x, span_y = (max(float(np.ptp(spots[name])), 1.0) for name in ("x", "y"))
    room = WIDTH - 2 * _MARGIN
    height = int(min(_HIGH, max(_LOW, _MARGIN + room * span_y / span_x)))
    km = max(span_x / room, span_y / (height - _MARGIN))
    middle = [(spots[name].min() + spots[name].max()) / 2 for name in ("x", "y")]
    ends = [
        [float(centre - km * pixels / 2), float(centre + km * pixels / 2)]
        for centre, pixels in zip(middle, (WIDTH, height), strict=True)
    ]
    across, up = (alt.Scale(domain=end, nice=False, zero=False) for end in ends)
    return across, up, km, height


def _at(scale: alt.Scale, field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=scale)


def _up(scale: alt.Scale, field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _title(case: Case, network: Network, language: Language) -> str:
    if network.ties.empty:
        return say("collaboration.map_none", language)
    centre = network.regions.loc[network.regions["strength"].idxmax(), "region"]
    n = int((network.ties[["region_a", "region_b"]] == centre).any(axis=1).sum())
    names, others = short_names(case), len(network.regions) - 1
    return say("collaboration.map_title", language, region=names[centre], n=n, all=others)


def _table(case: Case, network: Network, language: Language) -> Table:
    names, keys = short_names(case), ("region", "group", "strength", "between")
    rows = tuple(
        (
            names[row.region],
            str(row.community),
            number(row.strength, language, 2),
            number(100 * row.betweenness, language),
        )
        for row in network.regions.itertuples()
    )
    columns = tuple(say(f"collaboration.column_{key}", language) for key in keys)
    return Table(columns, rows, tuple(key not in ("region", "group") for key in keys))
