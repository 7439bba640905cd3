"""Shapes with fewer points whose shared borders stay shared.

Lines are cut into arcs where three areas meet, as TopoJSON does, and each arc is simplified once for both its
sides by the areas of its triangles (Visvalingam and Whyatt 1993). Thin shapes may cross themselves: this is
for pictures, not for measuring.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jspmodel.cartogram.outlines import Point, Ring

Polygons = tuple[tuple[Ring, ...], ...]
Arc = tuple[Point, ...]

_GRID = 20_000
"""Steps across the whole to which points are rounded, so that what nearly meets does."""
_FEWEST = 4
"""Points of a ring, the last being the first."""


def simplify(shapes: Mapping[str, Polygons], most: int) -> dict[str, Polygons]:
    """Return shapes with about so many points.

    Parameters
    ----------
    shapes : mapping of str to polygons
        By region, in the plane.
    most : int
        Points of all arcs together; each ring keeps at least a triangle.

    Returns
    -------
    dict of str to polygons
        Rings that are too small to be seen are gone, but for the largest of a region.
    """
    rounded = _on_grid(shapes)
    rings = [ring for parts in rounded.values() for part in parts for ring in part]
    joints = _joints(rings)
    arcs = {_canonical(arc) for ring in rings for arc in _cut(ring, joints)}
    weights = {arc: _weights(arc) for arc in sorted(arcs)}
    ranked = sorted((weight for found in weights.values() for weight in found), reverse=True)
    least = ranked[most - 1] if len(ranked) > most else 0.0
    short = {
        arc: tuple(point for point, weight in zip(arc, found, strict=True) if weight >= least)
        for arc, found in weights.items()
    }
    return {
        region: _without_specks(
            [[_joined(_cut(ring, joints), short) for ring in part] for part in parts], rounded[region]
        )
        for region, parts in rounded.items()
    }


def _on_grid(shapes: Mapping[str, Polygons]) -> dict[str, Polygons]:
    """Return shapes with points on a grid, none twice in a row; rings that fall together are gone."""
    points = [point for parts in shapes.values() for part in parts for ring in part for point in ring]
    step = (
        max(
            max(x for x, _ in points) - min(x for x, _ in points),
            max(y for _, y in points) - min(y for _, y in points),
        )
        / _GRID
    )
    if step <= 0:
        return dict(shapes)
    found: dict[str, Polygons] = {}
    for region, parts in shapes.items():
        kept = [
            tuple(ring for ring in (_rounded(ring, step) for ring in part) if len(ring) >= _FEWEST)
            for part in parts
        ]
        found[region] = tuple(part for part in kept if part) or parts
    return found


def _rounded(ring: Ring, step: float) -> Ring:
    points = [(round(x / step) * step, round(y / step) * step) for x, y in ring]
    return tuple(point for k, point in enumerate(points) if k == 0 or point != points[k - 1])


def _joints(rings: Iterable[Ring]) -> set[Point]:
    """Return the points where lines part: those with more than two neighbours."""
    beside: dict[Point, set[Point]] = {}
    for ring in rings:
        for a, b in itertools.pairwise(ring):
            beside.setdefault(a, set()).add(b)
            beside.setdefault(b, set()).add(a)
    return {point for point, others in beside.items() if len(others) > 2}


def _cut(ring: Ring, joints: set[Point]) -> Iterator[Arc]:
    """Yield the arcs of a ring from joint to joint; a ring without joints is one arc from its first point."""
    points = list(ring[:-1])
    starts = [k for k, point in enumerate(points) if point in joints]
    first = starts[0] if starts else min(range(len(points)), key=points.__getitem__)
    turned = [*points[first:], *points[:first], points[first]]
    arc = [turned[0]]
    for point in turned[1:]:
        arc.append(point)
        if point in joints:
            yield tuple(arc)
            arc = [point]
    if len(arc) > 1:
        yield tuple(arc)


def _canonical(arc: Arc) -> Arc:
    return min(arc, arc[::-1])


def _weights(arc: Arc) -> list[float]:
    """Return how much each point of an arc counts; its ends, and of a closed arc two more, always do."""
    infinite = float("inf")
    weights = [infinite] * len(arc)
    before, after = [k - 1 for k in range(len(arc))], [k + 1 for k in range(len(arc))]
    heap = [(_triangle(arc[k - 1], arc[k], arc[k + 1]), k) for k in range(1, len(arc) - 1)]
    heapq.heapify(heap)
    current = {k: area for area, k in heap}
    left, highest = len(heap), 0.0
    fewest = 2 if arc[0] == arc[-1] else 0
    while heap and left > fewest:
        area, k = heapq.heappop(heap)
        if current.get(k) != area:
            continue
        highest = max(highest, area)  # never less than what had to go first
        weights[k] = highest
        del current[k]
        left -= 1
        a, b = before[k], after[k]
        after[a], before[b] = b, a
        for one in (a, b):
            if one in current:
                current[one] = _triangle(arc[before[one]], arc[one], arc[after[one]])
                heapq.heappush(heap, (current[one], one))
    return weights


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _joined(arcs: Iterable[Arc], short: Mapping[Arc, Arc]) -> Ring:
    """Return the arcs of a ring, made shorter, as one line again."""
    points: list[Point] = []
    for arc in arcs:
        known = _canonical(arc)
        found = short[known] if known == arc else short[known][::-1]
        points += found if not points else found[1:]
    return tuple(points)


def area(ring: Sequence[Point]) -> float:
    """Return the area within a ring, negative where it runs the other way round.

    Parameters
    ----------
    ring : sequence of Point
        Closed.
    """
    left, top = ring[0]
    return (
        sum(
            (ax - left) * (by - top) - (bx - left) * (ay - top)
            for (ax, ay), (bx, by) in itertools.pairwise(ring)
        )
        / 2
    )


def _without_specks(parts: Sequence[Sequence[Ring]], whole: Polygons) -> Polygons:
    """Return the parts of a region that are still areas; its largest as it was if none is."""
    kept = tuple(
        tuple(ring for ring in part if len(ring) >= _FEWEST)
        for part in parts
        if len(part[0]) >= _FEWEST and area(part[0]) != 0
    )
    return kept or (max(whole, key=lambda part: abs(area(part[0]))),)
