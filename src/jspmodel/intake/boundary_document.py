"""The optional file of the shapes of a case, as features: GeoJSON, or TopoJSON with its arcs joined."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from jspmodel.boundaries import BOUNDARY_FILES
from jspmodel.errors import Problem
from jspmodel.intake.folder import files_of
from jspmodel.intake.regular_file import RefusedFileError, is_there, read_regular

MOST_BYTES = 10_000_000
MOST_POINTS = 400_000
MOST_FEATURES = 5_000


@dataclass(frozen=True)
class BoundaryDocument:
    """Features that nobody has judged yet.

    Attributes
    ----------
    file : str
        Where they were found.
    features : tuple
        What stands in ``features``, of whatever type.
    """

    file: str
    features: tuple[Any, ...]


class _UnusableError(Exception):
    """A file of which nothing can be judged further."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def find_boundaries(folder: Path) -> tuple[BoundaryDocument | None, list[Problem]]:
    """Read the shapes of a case, if its folder has some.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    BoundaryDocument or None
    list of Problem
    """
    there = [name for name in BOUNDARY_FILES if is_there(folder / name)]
    problems = [_other_name(path.name) for path in files_of(folder) if _is_other(path)]
    if not there:
        return None, problems
    if len(there) > 1:
        return None, [*problems, Problem("boundaries_twice", there[1], values={"other": there[0]})]
    try:
        content = _loaded(read_regular(folder / there[0], MOST_BYTES, links=True))
    except RefusedFileError as error:
        large, most = error.code == "file_too_large", MOST_BYTES // 1_000_000
        told = Problem("boundaries_too_large" if large else error.code, there[0], values={"most": most})
        return None, [*problems, told]
    except (ValueError, RecursionError, MemoryError):
        return None, [*problems, Problem("bad_json", there[0])]
    document, found = read_boundaries(content, there[0])
    return document, [*problems, *found]


def _is_other(path: Path) -> bool:
    return path.suffix.lower() in {".geojson", ".topojson"} and path.name not in BOUNDARY_FILES


def _other_name(name: str) -> Problem:
    return Problem("boundaries_name", name, values={"wanted": list(BOUNDARY_FILES)}, warning=True)


def _loaded(data: bytes) -> Any:
    # What JSON does not know counts as no number, and is told with its feature.
    return json.loads(data.decode("utf-8-sig"), parse_constant=lambda _: math.nan)


def read_boundaries(content: Any, file: str) -> tuple[BoundaryDocument | None, list[Problem]]:
    """Return the features of what a file, or somebody's program, holds.

    Parameters
    ----------
    content : Any
        JSON as Python has it.
    file : str

    Returns
    -------
    BoundaryDocument or None
    list of Problem
    """
    try:
        features = _features(content)
    except _UnusableError as unusable:
        return None, [Problem(unusable.code, file, values=unusable.values)]
    if not features:
        return None, [Problem("boundaries_empty", file)]
    if len(features) > MOST_FEATURES:
        return None, [Problem("boundaries_too_many", file, values={"most": MOST_FEATURES})]
    return BoundaryDocument(file, tuple(features)), []


def _features(content: Any) -> list[Any]:
    kind = content.get("type") if isinstance(content, Mapping) else None
    if kind == "FeatureCollection" and isinstance(content.get("features"), list | tuple):
        return list(content["features"])
    if kind == "Topology":
        return list(_of_topology(content))
    raise _UnusableError("boundaries_kind", found=kind if isinstance(kind, str) else "?")


def _of_topology(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the geometries of a topology as features, their arcs joined to rings."""
    objects = content.get("objects")
    if not isinstance(objects, Mapping) or len(objects) != 1:
        raise _UnusableError("topology_objects")
    (collection,) = objects.values()
    geometries = collection.get("geometries") if isinstance(collection, Mapping) else None
    if not isinstance(geometries, list):
        raise _UnusableError("topology_objects")
    arcs = _arcs(content)
    used = [0]
    for geometry in geometries:
        if not isinstance(geometry, Mapping):
            yield {"type": "Feature", "geometry": None}
            continue
        kind, rings = geometry.get("type"), geometry.get("arcs")
        coordinates: Any = None
        if kind == "Polygon":
            coordinates = _joined(rings, arcs, used)
        elif kind == "MultiPolygon" and isinstance(rings, list):
            coordinates = [_joined(part, arcs, used) for part in rings]
        shape = {"type": kind, "coordinates": coordinates}
        yield {
            "type": "Feature",
            "id": geometry.get("id"),
            "properties": geometry.get("properties"),
            "geometry": shape,
        }


def _arcs(content: Mapping[str, Any]) -> list[list[tuple[float, float]]]:
    """Return the arcs of a topology in its coordinates: sums of steps where it has a ``transform``."""
    try:
        arcs = [[(float(point[0]), float(point[1])) for point in arc] for arc in content["arcs"]]
        transform = content.get("transform")
        if transform is None:
            return arcs
        (wide, high), (left, top) = transform["scale"], transform["translate"]
        placed = []
        for arc in arcs:
            across, down = accumulate(x for x, _ in arc), accumulate(y for _, y in arc)
            placed.append([(left + wide * x, top + high * y) for x, y in zip(across, down, strict=True)])
    except (LookupError, TypeError, ValueError, OverflowError) as error:
        raise _UnusableError("topology_arcs") from error
    return placed


def _joined(rings: Any, arcs: list[list[tuple[float, float]]], used: list[int]) -> Any:
    """Return rings of arc numbers as rings of points; ``~k`` is arc k the other way round."""
    if not isinstance(rings, list) or not all(isinstance(ring, list) for ring in rings):
        return None
    joined = []
    for ring in rings:
        points: list[tuple[float, float]] = []
        for number in ring:
            if type(number) is not int or not -len(arcs) <= number < len(arcs):
                raise _UnusableError("topology_arcs")
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc if not points else arc[1:]
            used[0] += len(arc)
            if used[0] > MOST_POINTS:
                raise _UnusableError("boundaries_points", most=MOST_POINTS)
        joined.append(points)
    return joined
