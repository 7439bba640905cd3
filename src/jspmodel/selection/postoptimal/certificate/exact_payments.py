"""Payments that add up to the last digit: what a search rounded, mended by a flow in whole numbers."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Way = tuple[tuple[object, ...], ...]
"""The limits that a payment meets, from the budget that it is taken from to the cost that it pays."""


@dataclass(frozen=True)
class Shortage:
    """A cost of which a part cannot be paid exactly, and that part."""

    cost: tuple[object, ...]
    amount: int


def exact_payments(
    told: Mapping[str, int], ways: Mapping[str, Way], limits: Mapping[tuple[object, ...], int]
) -> tuple[dict[str, int], Shortage | None]:
    """Return payments within all limits that pay all costs, as near as may be to those told.

    A maximum flow from budgets to costs: what is told is cut to the limits, then whatever is missing is led
    along ways that have room, which may move other payments (Edmonds and Karp, "Theoretical improvements in
    algorithmic efficiency for network flow problems", 1972). In whole numbers nothing is rounded.

    Parameters
    ----------
    told : mapping of payment to amount
    ways : mapping of payment to tuple
        First its budget, last its cost, between them what limits several or this one alone.
    limits : mapping
        Of each part of a way.

    Returns
    -------
    dict of payment to amount, Shortage or None
        What a maximum flow leaves unpaid; None where all is paid.
    """
    flow = _Flow(ways, limits)
    for payment, amount in sorted(told.items()):
        flow.push(flow.path_of(payment), amount)
    short = None
    for cost in sorted({way[-1] for way in ways.values()}, key=str):
        while (left := flow.missing(cost)) > 0:
            path = flow.find(cost)
            if path is None:
                short = short or Shortage(cost, left)
                break
            flow.push(path, left)
    return {payment: flow.paid(payment) for payment in ways}, short


Edge = tuple[object, object]


class _Flow:
    """A network: the source, budgets, limits, costs. Each part of a way is an edge of its own."""

    def __init__(self, ways: Mapping[str, Way], limits: Mapping[tuple[object, ...], int]) -> None:
        self._ways = ways
        self._room: dict[Edge, int] = {}
        self._next: dict[object, list[object]] = defaultdict(list)
        self._limits = limits
        unlimited = sum(limits.values()) + 1
        for payment, way in ways.items():
            for part in way:
                self._add(("in", part), ("out", part), limits[part])
            self._add("source", ("in", way[0]), unlimited)
            self._add(("out", way[0]), payment, unlimited)
            places: list[object] = [payment]
            for part in way[1:]:
                self._add(places[-1], ("in", part), unlimited)
                places.append(("out", part))

    def _add(self, start: object, end: object, room: int) -> None:
        if (start, end) not in self._room:
            self._room[start, end] = room
            self._room[end, start] = 0
            self._next[start].append(end)
            self._next[end].append(start)

    def path_of(self, payment: str) -> list[object]:
        """Return the places that a payment goes through."""
        way = self._ways[payment]
        path: list[object] = ["source", ("in", way[0]), ("out", way[0]), payment]
        for part in way[1:]:
            path += [("in", part), ("out", part)]
        return path

    def find(self, cost: tuple[object, ...]) -> list[object] | None:
        """Return the shortest path with room from the source to a cost."""
        before: dict[object, object] = {"source": None}
        queue: deque[object] = deque(["source"])
        while queue:
            place = queue.popleft()
            if place == ("out", cost):
                path: list[object] = [place]
                while before[path[-1]] is not None:
                    path.append(before[path[-1]])
                return path[::-1]
            for other in self._next[place]:
                if other not in before and self._room[place, other] > 0:
                    before[other] = place
                    queue.append(other)
        return None

    def push(self, path: list[object], most: int) -> None:
        """Lead as much along a path as has room, at most so much."""
        edges = list(_edges(path))
        amount = min([most, *(self._room[edge] for edge in edges)])
        for start, end in edges:
            self._room[start, end] -= amount
            self._room[end, start] += amount

    def missing(self, cost: tuple[object, ...]) -> int:
        """Return what of a cost is not paid yet."""
        return self._room[("in", cost), ("out", cost)]

    def paid(self, payment: str) -> int:
        """Return what a payment comes to."""
        return self._room[payment, ("out", self._ways[payment][0])]


def _edges(path: list[object]) -> Iterable[Edge]:
    return ((path[k], path[k + 1]) for k in range(len(path) - 1))
