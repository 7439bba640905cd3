"""Maps side by side or below one another: areas filled by class, lines between regions, names, a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from jspmodel.charts.map_areas import MapAreas
from jspmodel.charts.map_labels import Label, count_fitting, place_labels
from jspmodel.charts.map_layers import Line, Size, Text, area_layer, feature, line_layer, pixel, text_layers
from jspmodel.charts.style import INK, MUTED, WIDTH

COLOURS = ("#eff3ff", "#bdd7e7", "#6baed6", "#2171b5", "#08306b")
"""Blues of ColorBrewer (Brewer and Harrower): told apart by the colour-blind and in grey."""
_FIRST_DARK, _SWATCH = 3, 78.0
"""Place of the first colour on which names are white; pixels from swatch to swatch."""
NARROW = 334
"""Pixels of a map for a phone."""
_BETWEEN, _KEY, _ROW, _HEADING, _FOOT = 20, 50, 26, 26, 24
"""Pixels between maps; for the key, and a second row of it; for a map's heading; for what stands below."""
_HIGHEST, _HIGHEST_BELOW = 440, 460
"""Pixels of a map: beside another, and below another."""
_WORTH_IT = 0.5
"""Names and figures, for each region, that must have more room for maps to stand below one another."""
_THINNEST, _THICKEST = 0.5, 5.0
"""Pixels of a line of no programme, and of most."""


@dataclass(frozen=True)
class Panel:
    """One map.

    Attributes
    ----------
    heading : str
    classes : mapping of str to int
        Place among ``COLOURS``, by region.
    figures : mapping of str to str
        Written below the names where there is room.
    lines : mapping of (str, str) to int
        Programmes between two regions.
    """

    heading: str
    classes: Mapping[str, int]
    figures: Mapping[str, str]
    lines: Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Key:
    """What colours and lines say.

    Attributes
    ----------
    title : str
    classes : sequence of str
        One for each colour.
    lines : tuple of (int, str)
        Numbers of programmes whose lines are shown, and what is written beside them.
    foot : str
        Stands below the maps.
    """

    title: str
    classes: Sequence[str]
    lines: tuple[tuple[int, str], ...]
    foot: str


@dataclass(frozen=True)
class Layout:
    """Where maps stand: pixels a unit, upper left corners, and the size of the whole."""

    scale: float
    corners: tuple[tuple[float, float], ...]
    size: Size

    @property
    def narrow(self) -> bool:
        """Whether there is room for one map beside none."""
        return self.size[0] <= NARROW


def layout(areas: MapAreas, names: Mapping[str, str], panels: int, width: float) -> Layout:
    """Return maps side by side, or below one another where many more names have room then.

    Parameters
    ----------
    areas : MapAreas
    names : mapping of str to str
        By region code.
    panels : int
        One or two.
    width : float
        Pixels of the whole; up to ``NARROW`` maps always stand below one another.
    """
    beside = min((width - _BETWEEN * (panels - 1)) / panels / areas.width, _HIGHEST / areas.height)
    below = min(width / areas.width, _HIGHEST_BELOW / areas.height)
    narrow = width <= NARROW
    top = float(_KEY + _ROW * narrow + _HEADING)
    more = count_fitting(names, areas.rooms, below) - count_fitting(names, areas.rooms, beside)
    if panels == 1 or (more <= _WORTH_IT * len(names) and not narrow):
        step = (width + _BETWEEN) / panels
        corners = tuple((k * step, top) for k in range(panels))
        return Layout(beside, corners, (width, _bottom(top, areas, beside)))
    each = _HEADING + areas.height * below + _BETWEEN
    corners = tuple((0.0, top + k * each) for k in range(panels))
    return Layout(below, corners, (width, _bottom(corners[-1][1], areas, below)))


def _bottom(top: float, areas: MapAreas, scale: float) -> float:
    return round(top + areas.height * scale + _FOOT, 1)


def has_room(areas: MapAreas, names: Mapping[str, str], panel: Panel) -> bool:
    """Return whether all names and figures of a map stand within their regions on a phone.

    Parameters
    ----------
    areas : MapAreas
    names : mapping of str to str
        By region code.
    panel : Panel
    """
    scale = layout(areas, names, 1, NARROW).scale
    letters = max(map(len, panel.figures.values()))
    return count_fitting(names, areas.rooms, scale, letters) == 2 * len(names)


def draw_panels(
    areas: MapAreas, panels: Sequence[Panel], names: Mapping[str, str], key: Key, width: float = WIDTH
) -> tuple[alt.LayerChart, int]:
    """Draw maps on one scale.

    Parameters
    ----------
    areas : MapAreas
    panels : sequence of Panel
        One or two.
    names : mapping of str to str
        By region code.
    key : Key
    width : float
        Pixels.

    Returns
    -------
    LayerChart
    int
        How many regions are named on it.
    """
    places = layout(areas, names, len(panels), width)
    longest = max(len(figure) for panel in panels for figure in panel.figures.values())
    labels = place_labels(names, areas.rooms, places.scale, longest)
    most = max((number for panel in panels for number in panel.lines.values()), default=1)
    plates: list[dict[str, Any]] = []
    shapes, lines, texts = _swatches(key, places), _key_lines(key, most, places), _key_texts(key, places)
    for panel, corner in zip(panels, places.corners, strict=True):
        shapes += _features(areas, panel, places.scale, corner)
        lines += _lines(areas, panel, most, places.scale, corner)
        texts.append((corner[0], corner[1] - 12, panel.heading, 12, INK, "left", "bold"))
        for label in labels:
            texts += _label_texts(label, panel, corner)
            plates.append(_plate(label, panel, corner))
    layers = [
        area_layer(shapes, {"stroke": INK, "strokeWidth": 1}),
        line_layer(lines, places.size),
        area_layer(plates if most > 1 or lines else [], {"opacity": 0.85}),
        *text_layers(texts, places.size),
    ]
    chart = alt.LayerChart(layer=layers)
    return chart.properties(width=width, height=places.size[1]), len(labels)


def _features(
    areas: MapAreas, panel: Panel, scale: float, corner: tuple[float, float]
) -> list[dict[str, Any]]:
    return [
        feature(
            [
                [
                    [[pixel(corner[0] + x * scale), pixel(corner[1] + y * scale)] for x, y in ring]
                    for ring in part
                ]
                for part in parts
            ],
            COLOURS[panel.classes[region]],
        )
        for region, parts in areas.polygons.items()
    ]


def _swatches(key: Key, places: Layout) -> list[dict[str, Any]]:
    """Return a rectangle for each class, below the title of the key."""
    return [
        feature([[[[x, 26.0], [x + 26, 26.0], [x + 26, 44.0], [x, 44.0], [x, 26.0]]]], COLOURS[k])
        for k, x in enumerate(place + 0.5 for place in _swatch_places(key, places))
    ]


def _swatch_places(key: Key, places: Layout) -> list[float]:
    step = min(_SWATCH, places.size[0] / len(key.classes))
    return [k * step for k in range(len(key.classes))]


def _key_lines(key: Key, most: int, places: Layout) -> list[Line]:
    return [(x, y, x + 24, y, _thickness(number, most)) for (number, _), x, y in _line_places(key, places)]


def _line_places(key: Key, places: Layout) -> list[tuple[tuple[int, str], float, float]]:
    """Return where samples of lines begin: right of the swatches, or below them."""
    first, down = (0.0, 35.0 + _ROW) if places.narrow else (len(key.classes) * _SWATCH + 8.0, 35.0)
    return [(line, first + k * 50.0, down) for k, line in enumerate(key.lines)]


def _key_texts(key: Key, places: Layout) -> list[Text]:
    texts: list[Text] = [(0.0, 12.0, key.title, 12, INK, "left", "normal")]
    for text, x in zip(key.classes, _swatch_places(key, places), strict=True):
        texts.append((x + 30, 35.0, text, 12, INK, "left", "normal"))
    for (_, text), x, y in _line_places(key, places):
        texts.append((x + 30, y, text, 12, INK, "left", "normal"))
    width, height = places.size
    return [*texts, (float(width), height - 8, key.foot, 12, MUTED, "right", "italic")]


def _label_texts(label: Label, panel: Panel, corner: tuple[float, float]) -> list[Text]:
    colour = "white" if panel.classes[label.region] >= _FIRST_DARK and label.fits else INK
    lines = [(line, "normal") for line in label.lines]
    if label.figure:
        lines.append((panel.figures[label.region], "bold"))
    first = corner[1] + label.y - (len(lines) - 1) * label.step / 2
    return [
        (corner[0] + label.x, first + k * label.step, line, label.size, colour, "center", weight)
        for k, (line, weight) in enumerate(lines)
    ]


def _plate(label: Label, panel: Panel, corner: tuple[float, float]) -> dict[str, Any]:
    """Return what is put below a name, so that no line runs through it."""
    fill = COLOURS[panel.classes[label.region]] if label.fits else "white"
    x, y = corner[0] + label.x, corner[1] + label.y
    left, right = x - label.width / 2 - 1, x + label.width / 2 + 1
    top, bottom = y - label.height / 2, y + label.height / 2
    ring = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    return feature([[[[pixel(a), pixel(b)] for a, b in ring]]], fill)


def _lines(areas: MapAreas, panel: Panel, most: int, scale: float, corner: tuple[float, float]) -> list[Line]:
    """Return where lines run, the thinnest last: from the middle of one region's room to the other's."""
    rows = []
    for (a, b), number in sorted(panel.lines.items(), key=lambda item: (-item[1], item[0])):
        ends = [areas.rooms[region] for region in (a, b)]
        points = [
            value for room in ends for value in (corner[0] + room.x * scale, corner[1] + room.y * scale)
        ]
        rows.append((*map(pixel, points), _thickness(number, most)))
    return rows


def _thickness(number: int, most: int) -> float:
    return round(_THINNEST + (_THICKEST - _THINNEST) * number / most, 2)
