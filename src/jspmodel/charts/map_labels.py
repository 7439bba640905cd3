"""Names on a map: as large as their region lets them be, never cut, never over one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from jspmodel.cartogram import Room

_SIZES = (11, 10, 9)
"""Pixels, the first that fits."""
_LETTER, _LINE, _PAD = 0.57, 1.2, 2
"""Width of a letter and height of a line, in sizes; pixels free around a name."""
_FIGURE = len("100%")


@dataclass(frozen=True)
class Label:
    """A name where it is written.

    Attributes
    ----------
    region : str
    x, y : float
        Middle of its lines, in pixels.
    size : int
        Of its letters, in pixels.
    lines : tuple of str
    figure : int
        Letters of the figure below; 0 where there is no room for it.
    fits : bool
        Whether it stands within its region.
    """

    region: str
    x: float
    y: float
    size: int
    lines: tuple[str, ...]
    figure: int
    fits: bool = True

    @property
    def width(self) -> float:
        """Pixels from left to right."""
        return max(*map(len, self.lines), self.figure) * self.size * _LETTER

    @property
    def height(self) -> float:
        """Pixels from top to bottom, the figure counted in."""
        return (len(self.lines) + bool(self.figure)) * self.step

    @property
    def step(self) -> float:
        """Pixels from line to line."""
        return self.size * _LINE


def count_fitting(
    names: Mapping[str, str], rooms: Mapping[str, Room], scale: float, figure: int = _FIGURE
) -> int:
    """Return how many names and figures have room within their regions; takes what ``place_labels`` takes."""
    labels = [_in_room(region, name, rooms[region], scale, figure) for region, name in names.items()]
    return sum(label.fits + bool(label.figure) for label in labels)


def place_labels(
    names: Mapping[str, str], rooms: Mapping[str, Room], scale: float, figure: int = _FIGURE
) -> tuple[Label, ...]:
    """Place names in the middle of the room that regions have for them.

    Parameters
    ----------
    names : mapping of str to str
        By region code.
    rooms : mapping of str to Room
        In units of the map.
    scale : float
        Pixels a unit.
    figure : int
        Letters of the longest figure.

    Returns
    -------
    tuple of Label
        In the order of the names. A name larger than its region's room is written across its edge; one that
        would then lie over another is left out.
    """
    labels = [_in_room(region, name, rooms[region], scale, figure) for region, name in names.items()]
    placed = [label for label in labels if label.fits]
    for label in labels:
        if not label.fits:
            ways = (way for way in _moved(label) if not any(_overlap(way, other) for other in placed))
            placed += islice(ways, 1)
    order = {region: place for place, region in enumerate(names)}
    return tuple(sorted(placed, key=lambda label: order[label.region]))


def _in_room(region: str, name: str, room: Room, scale: float, letters: int) -> Label:
    """Return a name in its room, with its figure if that fits, as large as may be."""
    x, y = room.x * scale, room.y * scale
    wide, high = room.width * scale - 2 * _PAD, room.height * scale - 2 * _PAD
    for figure, size, lines in product((letters, 0), _SIZES, list(_broken(name))):
        label = Label(region, x, y, size, lines, figure)
        if label.width <= wide and label.height <= high:
            return label
    return Label(region, x, y, _SIZES[-1], _narrowest(name), figure=0, fits=False)


def _broken(name: str) -> Iterator[tuple[str, ...]]:
    """Yield a name in one line, and in two or three broken at its blanks."""
    words = name.split()
    yield (" ".join(words),)
    for first in range(1, len(words)):
        yield " ".join(words[:first]), " ".join(words[first:])
    for first in range(1, len(words) - 1):
        for second in range(first + 1, len(words)):
            yield " ".join(words[:first]), " ".join(words[first:second]), " ".join(words[second:])


def _narrowest(name: str) -> tuple[str, ...]:
    two: Sequence[tuple[str, ...]] = [lines for lines in _broken(name) if len(lines) <= 2]
    return min(two, key=lambda lines: max(map(len, lines)))


def _moved(label: Label) -> Iterator[Label]:
    """Yield a label where it stands, then beside and above and below that, ever further away."""
    yield label
    for far in (0.5, 0.8, 1.1):
        for across, down in ((0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1)):
            x = label.x + across * far * (label.width + 8)
            yield replace(label, x=x, y=label.y + down * far * (label.height + 8))


def _overlap(one: Label, other: Label) -> bool:
    return (
        abs(one.x - other.x) < (one.width + other.width) / 2 + 2
        and abs(one.y - other.y) < (one.height + other.height) / 2 + 1
    )
