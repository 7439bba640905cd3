"""Shapes as a picture has them: in the plane, y downwards, no more points than can be seen."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

from jspmodel.cartogram.outlines import Ring, Room
from jspmodel.cartogram.simplification import Polygons, area, simplify

_MOST_POINTS, _OF_EACH = 800, 40
"""Points of a picture: at least; for each region more."""
_LINES = 24
"""Lines across an area along which room for a name is looked for."""


def plane(shapes: Mapping[str, Polygons], *, projected: bool) -> dict[str, Polygons]:
    """Return shapes ready to be drawn.

    Parameters
    ----------
    shapes : mapping of str to polygons
        By region; degrees, or a unit of length.
    projected : bool
        Whether it is a unit of length. Degrees are drawn on the equirectangular projection whose middle
        parallel is true: within a province of Indonesia no length is off by 1 percent.

    Returns
    -------
    dict of str to polygons
        y downwards, simplified where there are more points than can be seen.
    """
    heights = [y for parts in shapes.values() for part in parts for ring in part for _, y in ring]
    narrow = 1.0 if projected else round(math.cos(math.radians((min(heights) + max(heights)) / 2)), 6)
    flat = {
        region: tuple(tuple(tuple((x * narrow, -y) for x, y in ring) for ring in part) for part in parts)
        for region, parts in shapes.items()
    }
    most = _MOST_POINTS + _OF_EACH * len(shapes)
    return simplify(flat, most) if len(heights) > most else flat


def label_room(parts: Polygons) -> Room:
    """Return where the name of an area has most room: on the widest of lines across its largest part.

    Parameters
    ----------
    parts : polygons
        Of one region.

    Returns
    -------
    Room
        As wide as that line is inside, and as high as the area is around it.
    """
    largest = max(parts, key=lambda part: abs(area(part[0])))
    heights = [y for _, y in largest[0]]
    top, step = min(heights), (max(heights) - min(heights)) / _LINES
    lines = [(top + (k + 0.5) * step, *_widest(largest, top + (k + 0.5) * step)) for k in range(_LINES)]
    rooms = [_grown(lines, k, step) for k in range(_LINES)]
    return max(rooms, key=lambda room: min(room.width, 3 * room.height))


def _widest(part: tuple[Ring, ...], y: float) -> tuple[float, float]:
    """Return the ends of the longest piece of a line across an area that lies inside."""
    crossings = sorted(
        ax + (y - ay) * (bx - ax) / (by - ay)
        for ring in part
        for (ax, ay), (bx, by) in itertools.pairwise(ring)
        if (ay <= y) != (by <= y)
    )
    pieces = list(zip(crossings[::2], crossings[1::2], strict=False))
    return max(pieces, key=lambda piece: piece[1] - piece[0], default=(part[0][0][0], part[0][0][0]))


def _grown(lines: list[tuple[float, float, float]], k: int, step: float) -> Room:
    """Return the best rectangle that begins on a line and takes in lines below it."""
    left, right = lines[k][1:]
    best = Room((left + right) / 2, lines[k][0], right - left, step)
    for below in range(k + 1, len(lines)):
        left, right = max(left, lines[below][1]), min(right, lines[below][2])
        if right <= left:
            break
        height = (below - k + 1) * step
        if min(right - left, 3 * height) > min(best.width, 3 * best.height):
            best = Room((left + right) / 2, (lines[k][0] + lines[below][0]) / 2, right - left, height)
    return best
