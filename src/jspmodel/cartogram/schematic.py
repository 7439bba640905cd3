"""A schematic map: one size for every region, neighbours side by side, no outside geometry."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jspmodel.cartogram.mosaic import Mosaic
from jspmodel.cartogram.neighbourhood import Neighbourhood
from jspmodel.cartogram.outlines import Ring, Room, outlines, room
from jspmodel.cartogram.square_exchange import refine
from jspmodel.cartogram.tile_map import arrange_tiles

_TURNED = (120, 240, 60)
"""How dear directions are, try by try: where all of them can be kept, fewer borders may touch."""
_MOST_TRIES, _REGIONS = 12, 72
"""Tries; regions of all tries together: a map of 36 regions is tried twice."""
_MOST_REFINED = 100
"""Regions of a map whose tiles are cut into squares; of more, the tiles stay as they are."""


@dataclass(frozen=True)
class SchematicMap:
    """Where each region is drawn, and how true that is.

    Attributes
    ----------
    rings : mapping of str to tuple of Ring
        By region: the line round it, then holes; in sides of small squares, y downwards.
    rooms : mapping of str to Room
        Where its name has room.
    borders, touching : int
        Pairs of regions that border on each other; those of them that touch on the map.
    untrue : int
        Pairs that touch and do not border on each other.
    """

    rings: Mapping[str, tuple[Ring, ...]]
    rooms: Mapping[str, Room]
    borders: int
    touching: int
    untrue: int


def schematic_map(
    regions: Sequence[str],
    borders: Sequence[tuple[str, str]],
    positions: Mapping[str, tuple[float, float]] | None,
) -> SchematicMap:
    """Draw up a map on which regions have one size and touch where they border on each other.

    Each region begins as a brick near its capital (``arrange_tiles``) and then trades small squares with the
    others (``refine``). Of several tries the one is kept on which most borders touch, then on which fewest
    pairs touch that do not border, then on which directions are truest. The same answer on any machine: the
    random numbers have fixed seeds, work is counted in steps. Not proven to be the best map there is.

    Parameters
    ----------
    regions : sequence of str
        Codes.
    borders : sequence of (str, str)
        Pairs of codes.
    positions : mapping of str to (float, float), or None
        Longitude and latitude of every region; None: they lie beside each other by borders alone.

    Returns
    -------
    SchematicMap

    Raises
    ------
    ValueError
        If there are no regions, or neither borders nor positions.

    Examples
    --------
    >>> two = schematic_map(["W", "E"], [("W", "E")], {"W": (110.0, -7.0), "E": (110.5, -7.0)})
    >>> two.touching, two.rooms["W"].x < two.rooms["E"].x
    (1, True)
    """
    if not regions or not (borders or positions):
        raise ValueError("a map takes regions with borders or positions")
    number = {region: place for place, region in enumerate(regions)}
    pairs = {tuple(sorted((number[a], number[b]))) for a, b in borders if a != b}
    known = Neighbourhood(
        len(regions),
        frozenset((a, b) for a, b in pairs),
        None if positions is None else _projected([positions[region] for region in regions]),
    )
    found = _best_mosaic(known)
    touching = found.touching()
    return SchematicMap(
        rings={region: outlines(found.squares[k], found.width) for region, k in number.items()},
        rooms={region: room(found.squares[k], found.width) for region, k in number.items()},
        borders=len(known.borders),
        touching=len(touching & known.borders),
        untrue=len(touching - known.borders) if known.borders else 0,
    )


def _projected(places: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Return degrees east and south, those east as long as those south at the middle of the map."""
    middle = sum(latitude for _, latitude in places) / len(places)
    narrow = round(math.cos(math.radians(middle)), 6)  # as far as every machine's cosine is the same
    return tuple((longitude * narrow, -latitude) for longitude, latitude in places)


@lru_cache(maxsize=32)
def _best_mosaic(known: Neighbourhood) -> Mosaic:
    best: tuple[tuple[int, int, float], Mosaic] | None = None
    for k in range(max(1, min(_MOST_TRIES, _REGIONS // known.count))):
        tried = Mosaic(known, arrange_tiles(known, seed=k, turned=_TURNED[k % len(_TURNED)]))
        if known.count <= _MOST_REFINED:
            refine(tried, seed=k)
        touching = tried.touching()
        lacking, untrue = len(known.borders - touching), len(touching - known.borders)
        rank = (lacking, untrue, _turned(tried))
        if best is None or rank < best[0]:
            best = rank, tried
        if known.borders and not lacking and not untrue:
            break
    if best is None:
        raise ValueError("a map takes one try at least")
    return best[1]


def _turned(mosaic: Mosaic) -> float:
    """Return how far neighbours are turned from their directions, summed: 0 is none, 2 a pair upside down."""
    known, total = mosaic.known, 0.0
    if known.positions is None:
        return total
    middles = [
        (
            sum(square % mosaic.width for square in squares) / len(squares),
            sum(square // mosaic.width for square in squares) / len(squares),
        )
        for squares in mosaic.squares[: mosaic.none]
    ]
    for a, b in sorted(known.borders):
        way, drawn = (
            (points[b][0] - points[a][0], points[b][1] - points[a][1])
            for points in (known.positions, middles)
        )
        length = math.sqrt((way[0] ** 2 + way[1] ** 2) * (drawn[0] ** 2 + drawn[1] ** 2))
        if length > 0:
            total += 1 - (way[0] * drawn[0] + way[1] * drawn[1]) / length
    return total
