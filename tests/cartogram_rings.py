"""What is drawn, measured from the lines alone: areas, and which regions share sides."""

from collections import Counter
from itertools import pairwise


def area(ring):
    """Shoelace formula, positive whichever way round."""
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))) / 2


def sides(ring):
    """The unit sides of a ring along the grid, each named by its middle."""
    for (ax, ay), (bx, by) in pairwise(ring):
        length = int(abs(bx - ax) + abs(by - ay))
        assert (ax == bx) != (ay == by)
        for k in range(length):
            step = (k + 0.5) / length
            yield ax + (bx - ax) * step, ay + (by - ay) * step


def shared_sides(rings):
    """How many sides each pair of regions shares; a side never belongs to three."""
    owners = {}
    for region, lines in rings.items():
        for ring in lines:
            for side in sides(ring):
                owners.setdefault(side, []).append(region)
    assert all(len(regions) <= 2 for regions in owners.values())
    return Counter(tuple(sorted(regions)) for regions in owners.values() if len(regions) == 2)
