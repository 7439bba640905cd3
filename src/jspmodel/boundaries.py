"""Official shapes of the regions of a case, as its maps draw them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Point = tuple[float, float]
Ring = tuple[Point, ...]
"""Closed: the last point is the first."""
Polygon = tuple[Ring, ...]
"""The line round it, then holes."""
BOUNDARY_FILES = ("boundaries.geojson", "boundaries.topojson")
"""Names of the file in the folder of a case; one of them may be there."""


@dataclass(frozen=True)
class Boundaries:
    """Where each region of a case lies.

    Attributes
    ----------
    polygons : mapping of str to tuple of Polygon
        By region code, in the order of the table ``regions``. Outer rings run counter-clockwise, holes
        clockwise (RFC 7946).
    projected : bool
        Whether points are east and north in a unit of length; else degrees of longitude and latitude.
    """

    polygons: Mapping[str, tuple[Polygon, ...]]
    projected: bool = False

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        """Return how much it holds."""
        rings = [ring for parts in self.polygons.values() for part in parts for ring in part]
        return f"Boundaries({len(self.polygons)} regions, {sum(map(len, rings))} points)"
