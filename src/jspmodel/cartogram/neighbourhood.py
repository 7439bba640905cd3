"""What a schematic map is drawn up from: who borders on whom, and where capitals are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Neighbourhood:
    """Which regions border on each other, and where their capitals are.

    Attributes
    ----------
    count : int
        Of the regions, which are 0, 1, ...
    borders : frozenset of (int, int)
        The smaller number first.
    positions : tuple of (float, float) or None
        East and south, in any unit; None where they are not known.
    """

    count: int
    borders: frozenset[tuple[int, int]]
    positions: tuple[tuple[float, float], ...] | None = None
    links: tuple[tuple[int, int], ...] = field(init=False)
    """Pairs that hold together what no border does, nearest capitals first."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "links", tuple(_links(self)))


def _links(known: Neighbourhood) -> Iterator[tuple[int, int]]:
    """Yield a pair for each two parts that no border joins: a spanning tree of the parts (Kruskal)."""
    part = list(range(known.count))

    def top(region: int) -> int:
        while part[region] != region:
            region = part[region]
        return region

    for a, b in sorted(known.borders):
        part[top(b)] = top(a)
    if len({top(region) for region in range(known.count)}) < 2:
        return
    pairs = [(a, b) for b in range(known.count) for a in range(b)]
    for a, b in sorted(pairs, key=lambda pair: (squared_distance(known, *pair), pair)):
        if top(a) != top(b):
            part[top(b)] = top(a)
            yield a, b


def squared_distance(known: Neighbourhood, a: int, b: int) -> float:
    """Return the squared distance of two capitals; 0 where they are not known.

    Parameters
    ----------
    known : Neighbourhood
    a, b : int
        Regions.
    """
    if known.positions is None:
        return 0.0
    (ax, ay), (bx, by) = known.positions[a], known.positions[b]
    return (ax - bx) * (ax - bx) + (ay - by) * (ay - by)
