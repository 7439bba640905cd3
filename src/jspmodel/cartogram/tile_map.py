"""One tile a region: where each stands among bricks, so that neighbours touch and keep their direction.

A tile map as of McNeill and Hale (2017), found by threshold accepting (Dueck and Scheuer 1990): numbers that
come from a fixed seed, steps counted, no clock.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence

from jspmodel.cartogram.neighbourhood import Neighbourhood, squared_distance

Tile = tuple[int, int]
"""Half bricks from the left, rows from above; their sum is even, since every other row is shifted by half."""

BESIDE: tuple[Tile, ...] = ((2, 0), (-2, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))
"""Steps to the six bricks that touch one."""
BRICK_WIDTH, BRICK_HEIGHT = 6, 4
"""Sides of a brick in the small squares of ``Mosaic``."""
_APART, _WRONG, _LINK = 100, 12, 30
"""What it costs: a border a tile apart, a touch without a border, two islands a tile further apart."""
_MOVES, _MOST_MOVES = 1500, 90_000
"""Tries for each region; for all of them."""
_HEAT = 80.0
"""Cost that a first try may add."""


def tiles_apart(a: Tile, b: Tile) -> int:
    """Return how many steps from touching brick to touching brick lie between two; 1 where they touch."""
    down, across = abs(a[1] - b[1]), abs(a[0] - b[0])
    return down + max(0, (across - down) // 2)


class _Search:
    """A layout that is changed step by step."""

    def __init__(self, known: Neighbourhood, seed: int, turned: int) -> None:
        self.known, self.turned = known, turned
        self.random = random.Random(seed).random  # noqa: S311 (not for secrets: the same on any machine)
        self.weights: list[dict[int, int]] = [{} for _ in range(known.count)]
        for a, b in known.links:
            self.weights[a][b] = self.weights[b][a] = _LINK
        for a, b in sorted(known.borders):
            # Each seed holds other borders dear: where not all can touch, another one gives way.
            self.weights[a][b] = self.weights[b][a] = int(_APART * (0.4 + self.random()))
        self.mates = [sorted(mates) for mates in self.weights]
        self.borders = {*known.borders, *((b, a) for a, b in known.borders)}
        self.directions = dict(_directions(known, self.mates))
        # Where no border is known, none can be wrong.
        self.wrong = _WRONG if known.borders else 0
        self.ways: dict[tuple[int, int, int, int], int] = {}
        self.at: dict[Tile, int] = {}
        self.tiles: list[Tile] = []

    def pair_cost(self, a: int, b: int, across: int, down: int) -> int:
        """Return what a pair that belongs together costs so far apart, in half bricks and rows."""
        cost = self.weights[a][b] * (tiles_apart((0, 0), (across, down)) - 1)
        if (a, b) in self.directions:
            x, y = across * BRICK_WIDTH / 2, down * BRICK_HEIGHT
            east, south = self.directions[a, b]
            cost += round(self.turned * (1 - (x * east + y * south) / math.sqrt(x * x + y * y)))
        return cost

    def cost(self, region: int, tile: Tile, but: int = -1) -> int:
        """Return what a region costs on a tile, without what it shares with another."""
        total = 0
        for mate in self.mates[region]:
            if mate != but:
                x, y = self.tiles[mate]
                way = region, mate, x - tile[0], y - tile[1]
                if way not in self.ways:
                    self.ways[way] = self.pair_cost(*way)
                total += self.ways[way]
        for step in BESIDE:
            other = self.at.get((tile[0] + step[0], tile[1] + step[1]), region)
            if other not in (region, but) and (region, other) not in self.borders:
                total += self.wrong
        return total

    def step(self, heat: float) -> int:
        """Move one region, or change two over, if it costs less or little more; return the change of cost."""
        region = int(self.random() * self.known.count)
        mates = self.mates[region]
        near = self.tiles[mates[int(self.random() * len(mates))] if mates and self.random() < 0.8 else region]
        beside = BESIDE[int(self.random() * len(BESIDE))]
        old, new = self.tiles[region], (near[0] + beside[0], near[1] + beside[1])
        if new == old:
            return 0
        other = self.at.get(new)
        before = self._cost_of(region, other)
        self._swap(region, other, old, new)
        change = self._cost_of(region, other) - before
        if change <= heat * self.random():
            return change
        self._swap(region, other, new, old)
        return 0

    def _cost_of(self, region: int, other: int | None) -> int:
        own = self.cost(region, self.tiles[region])
        return own if other is None else own + self.cost(other, self.tiles[other], but=region)

    def _swap(self, region: int, other: int | None, old: Tile, new: Tile) -> None:
        del self.at[old]
        if other is not None:
            self.at[old], self.tiles[other] = other, old
        self.at[new], self.tiles[region] = region, new


def _directions(
    known: Neighbourhood, mates: Sequence[Sequence[int]]
) -> Iterator[tuple[tuple[int, int], tuple[float, float]]]:
    """Yield the way from each region to those it belongs with, one long, where capitals are known."""
    for a, others in enumerate(mates):
        for b in others:
            length = math.sqrt(squared_distance(known, a, b))
            if known.positions is not None and length > 0:
                (ax, ay), (bx, by) = known.positions[a], known.positions[b]
                yield (a, b), ((bx - ax) / length, (by - ay) / length)


def arrange_tiles(known: Neighbourhood, seed: int, turned: int) -> list[Tile]:
    """Place each region on a brick of its own.

    Parameters
    ----------
    known : Neighbourhood
    seed : int
        Of the random numbers.
    turned : int
        What it costs to turn the direction of a neighbour by a right angle; a border a tile apart costs 40 to
        140.

    Returns
    -------
    list of Tile
        By region; the cheapest layout that was met.
    """
    search = _Search(known, seed, turned)
    search.tiles = _first_tiles(known, search.mates)
    search.at = {tile: region for region, tile in enumerate(search.tiles)}
    moves = min(_MOVES * known.count, _MOST_MOVES) if known.count > 1 else 0
    best, cost, lowest = list(search.tiles), 0, 0
    for k in range(moves):
        cost += search.step(_HEAT * (1 - k / moves) * (1 - k / moves))
        if cost < lowest:
            best, lowest = list(search.tiles), cost
    return best


def _first_tiles(known: Neighbourhood, mates: Sequence[Sequence[int]]) -> list[Tile]:
    """Return the free bricks nearest to the capitals; without capitals, one beside the other by borders."""
    order = sorted(range(known.count), key=lambda region: -len(mates[region]))
    taken: dict[Tile, int] = {}
    if known.positions is not None:
        across, down = (_spread(list(values), known.count) for values in zip(*known.positions, strict=True))
        for region in order:
            taken[_nearest_free(across[region], down[region], taken)] = region
    else:
        _grow(order, mates, taken)
    return [tile for tile, _ in sorted(taken.items(), key=lambda item: item[1])]


def _spread(values: Sequence[float], count: int) -> list[float]:
    """Return positions across as much room as the bricks need, each direction by itself."""
    low, high = min(values), max(values)
    side = math.sqrt(count * BRICK_WIDTH * BRICK_HEIGHT)
    return [(value - low) / (high - low) * side if high > low else 0.0 for value in values]


def _nearest_free(across: float, down: float, taken: Mapping[Tile, int]) -> Tile:
    """Return the brick nearest to a place that nobody has, looking further away ring by ring."""
    middle = (round(across / (BRICK_WIDTH / 2)), round(down / BRICK_HEIGHT))
    reach = 0
    while True:
        free = [
            (x, y)
            for y in range(middle[1] - reach, middle[1] + reach + 1)
            for x in range(middle[0] - 2 * reach - 1, middle[0] + 2 * reach + 2)
            if (x + y) % 2 == 0 and (x, y) not in taken
        ]
        if free:
            return min(free, key=lambda tile: (_squared_way(tile, across, down), tile))
        reach += 1


def _squared_way(tile: Tile, across: float, down: float) -> float:
    x, y = tile[0] * BRICK_WIDTH / 2 - across, tile[1] * BRICK_HEIGHT - down
    return x * x + y * y


def _grow(order: Sequence[int], mates: Sequence[Sequence[int]], taken: dict[Tile, int]) -> None:
    """Place regions one after another, those first that most placed ones border on."""
    placed: dict[int, Tile] = {}
    left = list(order)
    while left:
        region = max(left, key=lambda one: (sum(mate in placed for mate in mates[one]), -left.index(one)))
        left.remove(region)
        near = [placed[mate] for mate in mates[region] if mate in placed]
        free = {(x + step[0], y + step[1]) for x, y in taken for step in BESIDE} - taken.keys() or {(0, 0)}
        tile = min(sorted(free), key=lambda one: (sum(tiles_apart(one, mate) for mate in near), one))
        placed[region] = tile
        taken[tile] = region
