"""Features judged: polygons whose rings are closed, enclose something, and run the way RFC 7946 asks for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from jspmodel.boundaries import Point, Polygon, Ring
from jspmodel.errors import Problem
from jspmodel.intake.boundary_document import MOST_POINTS, BoundaryDocument

_FEWEST = 4
"""Points of a ring, the last being the first."""
_FURTHEST = 1e8
"""The largest coordinate of a map in metres."""


class _FlawedError(Exception):
    """Why a feature is no area."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Shape:
    """The area of one feature.

    Attributes
    ----------
    number : int
        Of the feature, counted from 1.
    feature : mapping
        As it stands in the file.
    polygons : tuple of Polygon
        Empty where it is none.
    """

    number: int
    feature: Mapping[str, Any]
    polygons: tuple[Polygon, ...]


def judged_shapes(document: BoundaryDocument) -> tuple[list[Shape], list[Problem]]:
    """Return the areas of features, and what is wrong with them.

    Parameters
    ----------
    document : BoundaryDocument

    Returns
    -------
    list of Shape
        One for each feature. A ring that runs the wrong way round is turned, without a word: which way it
        should run is plain, and many programs write it otherwise.
    list of Problem
    """
    shapes, problems, points = [], [], 0
    for number, feature in enumerate(document.features, start=1):
        found = feature if isinstance(feature, Mapping) else {}
        try:
            polygons = _polygons(found, MOST_POINTS - points)
        except _FlawedError as flaw:
            polygons = ()
            values = {"feature": number, **flaw.values}
            problems.append(Problem(flaw.code, document.file, values=values))
            if flaw.code == "boundaries_points":
                return [], problems
        points += sum(len(ring) for part in polygons for ring in part)
        shapes.append(Shape(number, found, polygons))
    return shapes, problems


def _polygons(feature: Mapping[str, Any], most: int) -> tuple[Polygon, ...]:
    geometry = feature.get("geometry")
    if feature.get("type") != "Feature" or not isinstance(geometry, Mapping):
        raise _FlawedError("boundary_no_geometry")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _FlawedError("boundary_kind", kind=kind if isinstance(kind, str) else "?")
    parts: Any = [coordinates] if kind == "Polygon" else coordinates
    if not _filled(parts) or not all(_filled(part) and all(map(_filled, part)) for part in parts):
        raise _FlawedError("boundary_coordinates")
    if sum(len(ring) for part in parts for ring in part) > most:
        raise _FlawedError("boundaries_points", most=MOST_POINTS)
    place, polygons = 0, []
    for part in parts:
        rings = []
        for k, ring in enumerate(part):
            place += 1
            rings.append(_ring(ring, place, outer=k == 0))
        polygons.append(tuple(rings))
    return tuple(polygons)


def _filled(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) > 0


def _ring(ring: Sequence[Any], place: int, *, outer: bool) -> Ring:
    points = tuple(_point(value, place) for value in ring)
    if points[0] != points[-1]:
        raise _FlawedError("boundary_open", ring=place)
    if len(points) < _FEWEST:
        raise _FlawedError("boundary_short", ring=place)
    turned = _area(points)
    if turned == 0 or not math.isfinite(turned):
        raise _FlawedError("boundary_flat", ring=place)
    return points if (turned > 0) == outer else points[::-1]


def _point(value: Any, place: int) -> Point:
    if isinstance(value, list | tuple) and len(value) >= 2:
        x, y = value[:2]
        if type(x) in (int, float) and type(y) in (int, float):
            try:
                point = float(x), float(y)
            except OverflowError:
                point = math.inf, math.inf
            if math.isfinite(point[0]) and math.isfinite(point[1]):
                return point
    raise _FlawedError("boundary_point", ring=place)


def _area(points: Ring) -> float:
    """Return twice the area within a ring, negative where it runs clockwise."""
    left, low = points[0]
    return math.fsum(
        (ax - left) * (by - low) - (bx - left) * (ay - low) for (ax, ay), (bx, by) in pairwise(points)
    )


def projection_of(shapes: Sequence[Shape], file: str) -> tuple[bool, list[Problem]]:
    """Return whether coordinates are a unit of length and no degrees, and what is wrong with them.

    Parameters
    ----------
    shapes : sequence of Shape
    file : str

    Returns
    -------
    bool
    list of Problem
        A warning where they are a unit of length: RFC 7946 asks for degrees.
    """
    across, up = (max(map(abs, values), default=0.0) for values in zip(*_points(shapes), strict=True))
    if across <= 180 and up <= 90:
        return False, []
    if across <= 90 and up <= 180:
        return False, [Problem("boundaries_swapped", file)]
    if max(across, up) > _FURTHEST:
        return True, [Problem("boundaries_far", file)]
    return True, [Problem("boundaries_projected", file, warning=True)]


def _points(shapes: Sequence[Shape]) -> Iterator[Point]:
    yield 0.0, 0.0
    for shape in shapes:
        for part in shape.polygons:
            for ring in part:
                yield from ring
