"""Squares of a region as closed lines, and where its name has most room."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

Point = tuple[float, float]
Ring = tuple[Point, ...]
"""Closed: the last point is the first."""
_WIDE = 1.8
"""How much wider than high a name and its figure are."""


@dataclass(frozen=True)
class Room:
    """The largest rectangle of a region that a name may fill.

    Attributes
    ----------
    x, y : float
        Its middle.
    width, height : float
    """

    x: float
    y: float
    width: float
    height: float


def outlines(squares: Collection[int], width: int) -> tuple[Ring, ...]:
    """Return the lines round squares: the outer one clockwise on the screen, holes the other way.

    Parameters
    ----------
    squares : collection of int
        Numbers of squares in rows of ``width``, from above.
    width : int

    Returns
    -------
    tuple of Ring
        In sides of squares, corners only.
    """
    inside = set(squares)
    steps: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for square in sorted(inside):
        x, y = square % width, square // width
        for beside, start, end in (
            (square - width, (x, y), (x + 1, y)),
            (square + 1, (x + 1, y), (x + 1, y + 1)),
            (square + width, (x + 1, y + 1), (x, y + 1)),
            (square - 1, (x, y + 1), (x, y)),
        ):
            if beside not in inside:
                steps.setdefault(start, []).append(end)
    rings = []
    while steps:
        ring = list(_walk(steps, min(steps)))
        rings.append(tuple(_corners(ring)))
    return tuple(rings)


def _walk(
    steps: dict[tuple[int, int], list[tuple[int, int]]], start: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield the points of one line, which are taken out; where two meet in a point, it turns right."""
    here, way = start, (0, 0)
    while here in steps:
        yield here
        ends = steps[here]
        right = (here[0] - way[1], here[1] + way[0])
        end = right if right in ends else ends[0]
        ends.remove(end)
        if not ends:
            del steps[here]
        here, way = end, (end[0] - here[0], end[1] - here[1])


def _corners(ring: list[tuple[int, int]]) -> Iterator[Point]:
    count = len(ring)
    corners = [
        point
        for k, point in enumerate(ring)
        if (point[0] - ring[k - 1][0], point[1] - ring[k - 1][1])
        != (ring[(k + 1) % count][0] - point[0], ring[(k + 1) % count][1] - point[1])
    ]
    for x, y in [*corners, corners[0]]:
        yield float(x), float(y)


def room(squares: Collection[int], width: int) -> Room:
    """Return the rectangle of squares in which a name has most room.

    Parameters
    ----------
    squares, width
        As ``outlines`` takes them.
    """
    inside = set(squares)
    best: tuple[float, int, int, int, int] | None = None
    for square in sorted(inside):
        x, y, across = square % width, square // width, width
        for high in range(1, 1 + max(other // width for other in inside) - y):
            wide = 0
            while wide < across and square + (high - 1) * width + wide in inside:
                wide += 1
            across = min(across, wide)
            if across == 0:
                break
            worth = min(across, _WIDE * high) + 0.1 * min(high, across)
            if best is None or worth > best[0]:
                best = (worth, x, y, across, high)
    if best is None:
        raise ValueError("a region without squares has no room for a name")
    _, x, y, across, high = best
    return Room(x + across / 2, y + high / 2, float(across), float(high))
