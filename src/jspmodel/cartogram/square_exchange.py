"""Regions hand small squares to each other until those touch that border on each other.

A mosaic cartogram of equal weights as of Cano, Buchin, Castermans, Pieterse, Sonke and Speckmann (2015): a
region may wind round another, which a tile cannot. Every region stays in one piece and of (nearly) one size.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from jspmodel.cartogram.mosaic import SHORTEST, SIZE, Mosaic

_LACKING, _FAR, _WRONG, _WRONG_SIDE = 140, 25, 25, 4
"""What it costs: a border that does not touch, each square that it is apart, a touch without a border, each
side of it."""
_SIDE, _CORNER, _CROSS = 3, 6, 16
"""A side of any border, a corner, two corners in one point."""
_WIDE, _TALL = 0.25, 0.5
"""Squared distances from the middle of a region: across less, since names are wide."""
_HEAT = 60.0
"""The most that the first square may cost more."""
_EVEN, _EVEN_AT_LAST = 2.0, 40.0
"""What it costs to be a square too large or too small at first, and how much more at last."""
_STEPS, _MOST_STEPS = 16_000, 500_000
"""Tries for each region; for all of them."""


def _hangs_together(around: int) -> bool:
    """Whether those of eight squares around one hang together by sides; one at least is beside it."""
    ring = [bool(around & 1 << k) for k in range(8)]
    sides = ring[1] + ring[3] + ring[5] + ring[7]
    joined = sum(ring[k] and ring[k + 1] and ring[k + 2] for k in (1, 3, 5))
    return 0 < sides <= 1 + joined + (ring[7] and ring[0] and ring[1])


_BESIDE = 0b10101010
"""Those of the eight that share a side with the one in their midst."""
_HANGS_TOGETHER = [_hangs_together(around) for around in range(256)]
"""By the squares around one, the first being the lowest bit: looked up, as it is asked at each try."""


@dataclass
class _Change:
    """Whether a square goes over to another region, and what that changes."""

    square: int
    giver: int
    taker: int
    sides: dict[tuple[int, int], int]
    gaps: dict[tuple[int, int], int]


def _corner(near: int, far: int, one: int, other: int) -> int:
    """Return what a point costs, by the owners of two squares across from each other and of the others."""
    if near == one:
        return 0 if other == far else _CORNER
    if near == other:
        return 0 if one == far else _CORNER
    return _CORNER if far in (one, other) else _CROSS


class _Exchange:
    """Hands squares over, one after another."""

    def __init__(self, mosaic: Mosaic, seed: int) -> None:
        self.mosaic, self.known, self.none = mosaic, mosaic.known, mosaic.none
        self.owner, self.squares, self.shared = mosaic.owner, mosaic.squares, mosaic.shared
        self.random = random.Random(seed).random  # noqa: S311 (not for secrets: the same on any machine)
        width = self.width = mosaic.width
        self.across, self.down = (
            [s % width for s in range(len(self.owner))],
            [s // width for s in range(len(self.owner))],
        )
        self.beside = (1, -1, width, -width)
        self.around = (-width - 1, -width, -width + 1, 1, width + 1, width, width - 1, -1)
        self.inner = [
            square
            for square in range(2 * width, len(self.owner) - 2 * width)
            if 1 < square % width < width - 2
        ]
        self.borders = {*self.known.borders, *((b, a) for a, b in self.known.borders)}
        # Where no border is known, none can be wrong.
        self.wrong = (_WRONG, _WRONG_SIDE) if self.borders else (0, 0)
        self.sums = [[0, 0] for _ in self.squares]
        for region, squares in enumerate(self.squares):
            self.sums[region] = [sum(s % width for s in squares), sum(s // width for s in squares)]
        lacking = [(a, b) for a, b in sorted(self.known.borders) if self.shared[a][b] < SHORTEST]
        self.gaps = {pair: self._gap(*pair) for pair in lacking}

    def run(self, steps: int) -> None:
        """Try so often to hand a square over to a region beside it.

        Parameters
        ----------
        steps : int
            The first may cost most more; the nearer the last, the more it costs to be too large or too small.
        """
        owner, inner, beside, draw = self.owner, self.inner, self.beside, self.random
        count = len(inner)
        for k in range(steps):
            square = inner[int(draw() * count)]
            taker = owner[square + beside[int(draw() * 4)]]
            if owner[square] != taker:  # seldom, so that all else waits for it
                done = k / steps
                heat, evenness = _HEAT * (1 - done) * (1 - done), _EVEN + _EVEN_AT_LAST * done * done * done
                self._try(square, taker, heat, evenness)

    def _try(self, square: int, taker: int, heat: float, evenness: float) -> None:
        giver = self.owner[square]
        if not self._stays_whole(square, giver):
            return
        cost = self._evenness_cost(giver, taker) * evenness + self._shape_cost(square, giver, taker)
        change = _Change(square, giver, taker, self._side_changes(square, giver, taker), {})
        cost += self._side_cost(change) + self._corner_cost(square, taker) + self._gap_cost(change)
        if cost <= heat * self.random():
            self._carry_out(change)

    def _stays_whole(self, square: int, giver: int) -> bool:
        """Whether what is around a square hangs together without it; holes may be filled up."""
        owner, around, bit = self.owner, 0, 1
        for step in self.around:
            if owner[square + step] == giver:
                around |= bit
            bit += bit
        return _HANGS_TOGETHER[around] or (giver == self.none and not around & _BESIDE)

    def _evenness_cost(self, giver: int, taker: int) -> int:
        cost = 0
        if giver != self.none:
            cost += 1 - 2 * (len(self.squares[giver]) - SIZE)
        if taker != self.none:
            cost += 1 + 2 * (len(self.squares[taker]) - SIZE)
        return cost

    def _shape_cost(self, square: int, giver: int, taker: int) -> float:
        """Return how much less compact regions become: squared distances from where their middles are."""
        cost, across, down = 0.0, square % self.width, square // self.width
        for region, sign in ((giver, -1), (taker, 1)):
            if region != self.none:
                number = len(self.squares[region])
                x, y = across - self.sums[region][0] / number, down - self.sums[region][1] / number
                cost += sign * (_WIDE * x * x + _TALL * y * y)
        return cost

    def _side_changes(self, square: int, giver: int, taker: int) -> dict[tuple[int, int], int]:
        changes: dict[tuple[int, int], int] = {}
        for step in self.beside:
            other = self.owner[square + step]
            for region, more in ((giver, -1), (taker, 1)):
                if other != region:
                    pair = (region, other) if region < other else (other, region)
                    changes[pair] = changes.get(pair, 0) + more
        return changes

    def _side_cost(self, change: _Change) -> int:
        cost = 0
        for (a, b), more in change.sides.items():
            cost += _SIDE * more
            if more and b != self.none:
                old = self.shared[a][b]
                cost += self._touch_cost(a, b, old + more) - self._touch_cost(a, b, old)
        return cost

    def _touch_cost(self, a: int, b: int, sides: int) -> int:
        if (a, b) in self.borders:
            return 0 if sides >= SHORTEST else _LACKING - 40 * sides
        return self.wrong[0] + self.wrong[1] * sides if sides else 0

    def _corner_cost(self, square: int, taker: int) -> int:
        """Return how many more corners there are in the four points around a square."""
        own, width = self.owner, self.width
        giver, up, down = own[square], square - width, square + width
        north, west, east, south = own[up], own[square - 1], own[square + 1], own[down]
        cost = 0
        for far, one, other in (
            (own[up - 1], north, west),
            (own[up + 1], north, east),
            (own[down - 1], south, west),
            (own[down + 1], south, east),
        ):
            cost += _corner(taker, far, one, other) - _corner(giver, far, one, other)
        return cost

    def _gap_cost(self, change: _Change) -> int:
        """Return how much further apart those are that should touch and do not."""
        cost = 0
        for pair in self.gaps:
            for region, other in (pair, pair[::-1]):
                if region in (change.giver, change.taker):
                    gap = change.gaps.get(pair, self.gaps[pair])
                    others = self.squares[other]
                    own = self._way(
                        change.square, others - {change.square} if other == change.giver else others
                    )
                    if region == change.taker:
                        change.gaps[pair] = min(gap, own)
                    elif own == self.gaps[pair]:
                        change.gaps[pair] = min(
                            self._way(square, self.squares[other])
                            for square in self.squares[region]
                            if square != change.square
                        )
            cost += _FAR * (change.gaps.get(pair, self.gaps[pair]) - self.gaps[pair])
        return cost

    def _gap(self, a: int, b: int) -> int:
        return min(self._way(square, self.squares[b]) for square in self.squares[a])

    def _way(self, square: int, others: set[int]) -> int:
        x, y = self.across, self.down
        across, down = x[square], y[square]
        return min([abs(across - x[other]) + abs(down - y[other]) for other in others])

    def _carry_out(self, change: _Change) -> None:
        square, width = change.square, self.width
        for region, sign in ((change.giver, -1), (change.taker, 1)):
            self.sums[region][0] += sign * (square % width)
            self.sums[region][1] += sign * (square // width)
        self.squares[change.giver].discard(square)
        self.squares[change.taker].add(square)
        self.owner[square] = change.taker
        self.gaps.update(change.gaps)
        for (a, b), more in change.sides.items():
            self.shared[a][b] = self.shared[b][a] = self.shared[a][b] + more
            if (a, b) in self.borders:
                if self.shared[a][b] >= SHORTEST:
                    self.gaps.pop((a, b), None)
                elif (a, b) not in self.gaps:
                    self.gaps[a, b] = self._gap(a, b)


def refine(mosaic: Mosaic, seed: int) -> None:
    """Let the regions of a mosaic hand squares to each other, in place, until their borders touch.

    Parameters
    ----------
    mosaic : Mosaic
    seed : int
        Of the random numbers.
    """
    _Exchange(mosaic, seed).run(min(_STEPS * mosaic.none, _MOST_STEPS))
