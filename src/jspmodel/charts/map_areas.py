"""What a map of the regions of a case is drawn from: their official shapes, else a schematic map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jspmodel.boundaries import Boundaries
from jspmodel.cartogram import Polygons, Room, SchematicMap, label_room, plane, schematic_map
from jspmodel.case import Case

Areas = Mapping[str, Polygons]


@dataclass(frozen=True)
class MapAreas:
    """Regions in the plane, y downwards, the corner at the upper left being (0, 0).

    Attributes
    ----------
    polygons : mapping of str to polygons
        By region code.
    rooms : mapping of str to Room
        Where the name of each region has room.
    width, height : float
        Of them all.
    schematic : SchematicMap or None
        How true it is; None where the shapes are official.
    """

    polygons: Areas
    rooms: Mapping[str, Room]
    width: float
    height: float
    schematic: SchematicMap | None


def map_areas(case: Case) -> MapAreas | None:
    """Return where the regions of a case are drawn; None where nothing says where they lie.

    Parameters
    ----------
    case : Case

    Returns
    -------
    MapAreas or None
        None where there are no shapes, no borders, and not every region has a position.
    """
    if case.boundaries is not None:
        return _official(case.boundaries)
    borders = tuple(zip(case.borders["region_a"], case.borders["region_b"], strict=True))
    regions = tuple(case.regions["region"])
    positions = _positions(case)
    if not regions or not (borders or positions):
        return None
    found = schematic_map(regions, borders, positions)
    return _from_corner({region: (rings,) for region, rings in found.rings.items()}, found.rooms, found)


@lru_cache(maxsize=4)
def _official(boundaries: Boundaries) -> MapAreas:
    drawn = plane(boundaries.polygons, projected=boundaries.projected)
    return _from_corner(drawn, {region: label_room(parts) for region, parts in drawn.items()}, None)


def _positions(case: Case) -> dict[str, tuple[float, float]] | None:
    places = case.regions[["longitude", "latitude"]]
    if not len(places) or places.isna().any(axis=None):
        return None
    spots = zip(places["longitude"].tolist(), places["latitude"].tolist(), strict=True)
    return dict(zip(case.regions["region"], spots, strict=True))


def _from_corner(areas: Areas, rooms: Mapping[str, Room], schematic: SchematicMap | None) -> MapAreas:
    points = [point for parts in areas.values() for part in parts for ring in part for point in ring]
    left, top = (min(values) for values in zip(*points, strict=True))
    right, bottom = (max(values) for values in zip(*points, strict=True))
    return MapAreas(
        polygons={
            region: tuple(
                tuple(tuple((x - left, y - top) for x, y in ring) for ring in part) for part in parts
            )
            for region, parts in areas.items()
        },
        rooms={
            region: Room(room.x - left, room.y - top, room.width, room.height)
            for region, room in rooms.items()
        },
        width=right - left,
        height=bottom - top,
        schematic=schematic,
    )
