"""What is known of the space of two objectives: where a plan is, where none can be, and what is open."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from jspmodel.proof import contradicts

Point = tuple[float, float]
"""What a plan gains in the first and in the second objective; more is better."""


HALF, CLOSE = 0.5, 0.25
"""Parts of the resolution: how far beyond a point is searched on, and how near a corner counts as at it."""


@dataclass(frozen=True)
class Rectangle:
    """A part of the space: above ``low`` and up to ``high`` in both objectives."""

    low: Point
    high: Point

    def area(self, width: Point) -> float:
        """Return its area, each side as a part of a width."""
        sides = ((b - a) / w if w else 0.0 for a, b, w in zip(self.low, self.high, width, strict=True))
        first, second = (min(1.0, side) for side in sides)
        return first * second


@dataclass
class ObjectiveSpace:
    """Plans by what they gain, and corners beyond which no plan lies.

    Attributes
    ----------
    resolution : tuple of float
        Gains that differ by no more count as one.
    points : list of Point
        Of plans: those that no other dominates, by falling first and rising second gain.
    corners : list of Point
        No plan gains more than a corner in both objectives.
    dropped : int
        Corners that a plan showed to be wrong.
    """

    resolution: Point
    points: list[Point] = field(default_factory=list)
    corners: list[Point] = field(default_factory=list)
    dropped: int = 0

    def add(self, point: Point) -> None:
        """Take in what a plan gains; drop corners that it contradicts."""
        self.points = nondominated([*self.points, point], self.resolution)
        kept = [corner for corner in self.corners if not self._beyond(point, corner)]
        self.dropped += len(self.corners) - len(kept)
        self.corners = kept

    def rule_out(self, corner: Point) -> None:
        """Take in that no plan gains more than a corner in both objectives."""
        if any(self._beyond(point, corner) for point in self.points):
            self.dropped += 1
        elif not any(a <= corner[0] and b <= corner[1] for a, b in self.corners):
            self.corners = [one for one in self.corners if not (corner[0] <= one[0] and corner[1] <= one[1])]
            self.corners.append(corner)
            self.corners.sort(key=lambda one: one[1])

    def _beyond(self, point: Point, corner: Point) -> bool:
        return all(
            contradicts(gain, end) and gain > end + apart
            for gain, end, apart in zip(point, corner, self.resolution, strict=True)
        )

    def bound(self, second: float) -> float:
        """Return what no plan that gains more than so much in the second objective exceeds in the first."""
        # Corners rise in the second gain and fall in the first: the last one that is not beyond counts.
        place = bisect_right([corner[1] for corner in self.corners], second)
        return self.corners[place - 1][0] if place else inf

    @property
    def top(self) -> float:
        """What no plan exceeds in the second objective."""
        return min((second for first, second in self.corners if first < 0.0), default=inf)

    def open_between(self, low: float, high: float, floor: float) -> list[Rectangle]:
        """Return what is open from one second gain to another, above a first gain."""
        ends = [low, *(corner[1] for corner in self.corners if low < corner[1] < high), high]
        found = []
        for start, end in pairwise(ends):
            most = self.bound(start)
            if end - start > self.resolution[1] and most > floor + self.resolution[0]:
                found.append(Rectangle((floor, start), (most, end)))
        return _joined(found)

    def strips(self, most: Point) -> list[list[Rectangle]]:
        """Return what is open beside each point: one list more than points, by rising second gain.

        Parameters
        ----------
        most : Point
            What no plan exceeds in each objective.
        """
        marks = [0.0, *(second for _, second in self.points), min(most[1], self.top)]
        floors = [*(first for first, _ in self.points), 0.0]
        strips = []
        for (low, high), floor in zip(pairwise(marks), floors, strict=True):
            cut = (
                Rectangle(one.low, (min(one.high[0], most[0]), one.high[1]))
                for one in self.open_between(low, high, floor)
            )
            strips.append([one for one in cut if one.high[0] > floor + self.resolution[0]])
        return strips

    def bound_at(self, point: Point) -> float:
        """Return what no plan that gains as much as a point in the second objective exceeds in the first."""
        bound = self.bound(point[1] - CLOSE * self.resolution[1])
        return point[0] if bound <= point[0] + self.resolution[0] else bound


def nondominated(points: Iterable[Point], resolution: Point) -> list[Point]:
    """Return the points that no other dominates, those within the resolution of each other told as one.

    Examples
    --------
    >>> nondominated([(3, 1), (2, 2), (2, 1), (0, 5)], (0.1, 0.1))
    [(3, 1), (2, 2), (0, 5)]
    """
    kept: list[Point] = []
    for point in sorted(points, key=lambda one: (-one[0], -one[1])):
        if kept and point[1] <= kept[-1][1] + resolution[1]:
            continue
        if kept and kept[-1][0] - point[0] <= resolution[0]:
            kept.pop()
        kept.append(point)
    return kept


def _joined(rectangles: Sequence[Rectangle]) -> list[Rectangle]:
    """Join neighbours of the same first bound."""
    joined: list[Rectangle] = []
    for one in rectangles:
        if joined and joined[-1].high == (one.high[0], one.low[1]):
            joined[-1] = Rectangle(joined[-1].low, one.high)
        else:
            joined.append(one)
    return joined
