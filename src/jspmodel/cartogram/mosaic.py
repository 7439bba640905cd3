"""Bricks cut into small squares, each of which a region owns."""

from __future__ import annotations

from collections.abc import Sequence

from jspmodel.cartogram.neighbourhood import Neighbourhood
from jspmodel.cartogram.tile_map import BRICK_HEIGHT, BRICK_WIDTH, Tile

SIZE = BRICK_WIDTH * BRICK_HEIGHT
"""Squares of a region."""
SHORTEST = 2
"""Sides of squares that a border is long at least, so that it is seen."""
_MARGIN = 6


class Mosaic:
    """Squares in rows, each with the number of its region; ``count`` of the regions stands for none.

    Parameters
    ----------
    known : Neighbourhood
    tiles : sequence of Tile
        As ``arrange_tiles`` returns them.
    """

    def __init__(self, known: Neighbourhood, tiles: Sequence[Tile]) -> None:
        self.known, self.none = known, known.count
        left = min(x for x, _ in tiles) * (BRICK_WIDTH // 2) - _MARGIN
        top = min(y for _, y in tiles) * BRICK_HEIGHT - _MARGIN
        self.width = max(x for x, _ in tiles) * (BRICK_WIDTH // 2) + BRICK_WIDTH + _MARGIN - left
        self.height = max(y for _, y in tiles) * BRICK_HEIGHT + BRICK_HEIGHT + _MARGIN - top
        self.owner = [self.none] * (self.width * self.height)
        self.squares: list[set[int]] = [set() for _ in range(known.count + 1)]
        for region, (x, y) in enumerate(tiles):
            first = (y * BRICK_HEIGHT - top) * self.width + x * (BRICK_WIDTH // 2) - left
            for row in range(BRICK_HEIGHT):
                for square in range(first + row * self.width, first + row * self.width + BRICK_WIDTH):
                    self.owner[square] = region
                    self.squares[region].add(square)
        self.shared = [[0] * (known.count + 1) for _ in range(known.count + 1)]
        for square, region in enumerate(self.owner[: -self.width]):
            for other in (self.owner[square + 1], self.owner[square + self.width]):
                if other != region:
                    self.shared[region][other] += 1
                    self.shared[other][region] += 1

    def touching(self) -> frozenset[tuple[int, int]]:
        """Return the pairs of regions that share sides; of those that should, enough to be seen."""
        return frozenset(
            (a, b)
            for b in range(self.none)
            for a in range(b)
            if self.shared[a][b] >= (SHORTEST if (a, b) in self.known.borders else 1)
        )
