"""The shapes of the regions of a case, from features that are judged against its table of regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jspmodel.boundaries import Boundaries
from jspmodel.errors import Problem
from jspmodel.intake.boundary_codes import coded_shapes
from jspmodel.intake.boundary_document import BoundaryDocument
from jspmodel.intake.boundary_shapes import Shape, judged_shapes, projection_of
from jspmodel.intake.draft import Draft

_NEAR = 0.2
"""Degrees that a capital may lie outside the rectangle round its region."""


def judged_boundaries(document: BoundaryDocument, draft: Draft) -> tuple[Boundaries | None, list[Problem]]:
    """Return the shapes of all regions, and everything that is wrong or odd with them.

    Parameters
    ----------
    document : BoundaryDocument
    draft : Draft
        Of the tables. Codes are not judged where the table of regions is not sound.

    Returns
    -------
    Boundaries or None
        None where a problem is an error.
    list of Problem
    """
    shapes, problems = judged_shapes(document)
    areas = [shape for shape in shapes if shape.polygons]
    if not areas:
        return None, problems
    projected, found = projection_of(areas, document.file)
    problems += found
    if "regions" not in draft.sound:
        return None, problems
    regions = draft["regions"]
    names = dict(zip(regions["region"], regions["name"], strict=True))
    coded, found = coded_shapes(shapes, names, document.file)
    problems += found
    if any(not problem.warning for problem in problems):
        return None, problems
    if not projected:
        problems += _elsewhere(coded, draft, document.file)
    return Boundaries({region: shape.polygons for region, shape in coded.items()}, projected), problems


def _elsewhere(coded: Mapping[str, Shape], draft: Draft, file: str) -> Iterator[Problem]:
    """Yield the regions whose capital lies far from their shape: two codes may have changed places."""
    rows: Any = draft["regions"].dropna(subset=["latitude", "longitude"]).itertuples()
    for row in rows:
        shape = coded[row.region]
        points = [point for part in shape.polygons for point in part[0]]
        (west, east), (south, north) = (
            (min(values) - _NEAR, max(values) + _NEAR) for values in zip(*points, strict=True)
        )
        if not (west <= row.longitude <= east and south <= row.latitude <= north):
            values = {"feature": shape.number, "value": row.region, "name": row.name}
            yield Problem("boundary_elsewhere", file, values=values, warning=True)


def geojson(boundaries: Boundaries) -> dict[str, Any]:
    """Return shapes as a GeoJSON file has them; ``judged_boundaries`` gives the same back.

    Parameters
    ----------
    boundaries : Boundaries
    """
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": region,
                "properties": {},
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [[[list(point) for point in ring] for ring in part] for part in polygons],
                },
            }
            for region, polygons in boundaries.polygons.items()
        ],
    }
