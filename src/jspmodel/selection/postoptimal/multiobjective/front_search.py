"""The search for the front of two objectives: the largest part that is open is asked about next."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

import numpy as np

from jspmodel.selection.postoptimal.multiobjective.objective_search import ObjectiveSearch, Question
from jspmodel.selection.postoptimal.multiobjective.objective_space import (
    HALF,
    ObjectiveSpace,
    Point,
    Rectangle,
)
from jspmodel.selection.postoptimal.nearby_plans import Choices

FIRST, SECOND = np.array([1.0, 0.0]), np.array([0.0, 1.0])
POINTS = 15
"""Points that the effort is shared among."""
WHOLE, PARTS = 4, 2
"""Questions for each, about: of a model that is searched whole, and of one that is searched in parts."""
AUGMENTED = 1e-3
"""What the second objective counts beside the first, by the ranges of both, where one question must do."""
FEWEST, LEAST = 24, 4
"""Questions of a model that is searched in parts, with fewer there is hardly a front; of a large one."""
RELAXED = 30
"""Relaxations between the two ends."""
USUAL = 100_000
"""Coefficients of the model above which questions and relaxations are fewer."""
TRIES = 3
"""So often the same part is asked about, each time with twice the work."""

Told = Callable[[float], None]


class FrontSearch:
    r"""Fills the space of two objectives: epsilon constraints, box by box.

    With *f* and *g* what a plan gains in the first and in the second objective, each question is

    .. math:: \max f(x) \; \text{ such that } \; g(x) \ge \epsilon, \qquad \text{then} \quad
        \max g(x) \; \text{ such that } \; f(x) \ge f^*

    or the same with *f* and *g* exchanged (Haimes, Lasdon and Wismer 1971; in boxes: Boland, Charkhgard and
    Savelsbergh 2015). A model that is searched in parts is asked one question a box, *g* counting a
    thousandth beside *f* (augmented: Mavrotas 2009). A bound *b* of the first says that no plan with
    :math:`g \ge \epsilon` gains more than *b*: a corner of the space that is ruled out, whether or not the
    search ended with a proof.

    Parameters
    ----------
    search : ObjectiveSearch
        Of two objectives.
    work : float
        Units that all searches together may take.
    told : callable, optional
        Called with the share that is done.
    """

    def __init__(self, search: ObjectiveSearch, work: float, told: Told | None = None) -> None:
        self._search, self._told = search, told
        self._begun, self._all = search.spent, work
        self._work = work / POINTS / (WHOLE if search.whole else PARTS)
        most = search.model.most
        first, second = search.model.resolution.tolist()
        self.most: Point = (float(most[0]), float(most[1]))
        self.space = ObjectiveSpace((first, second))
        self._asked = 0
        self._tried: dict[tuple[Point, Point], int] = {}

    def run(self) -> None:
        """Search until nothing is open, the effort is spent, or no question is left."""
        for choices in list(self._search.pool):
            self._take(choices)
        self._end(0)
        self._end(1)
        self._relax()
        while not self._over:
            box = self._largest()
            if box is None:
                break
            self._split(*box)

    @property
    def _over(self) -> bool:
        return self._spent >= self._all and self._asked >= self._few(FEWEST)

    def _few(self, count: int) -> int:
        """Return how many of something a model is asked, by its size; none where it is searched whole."""
        entries = self._search.model.stated.matrix.entries
        return 0 if self._search.whole else max(LEAST, round(count * min(1.0, USUAL / entries)))

    @property
    def _spent(self) -> float:
        return self._search.spent - self._begun

    def _relax(self) -> None:
        """Rule out what relaxations rule out, from the one end to the other."""
        low, high = self.space.points[0][1], min(self.space.top, self.most[1])
        steps = self._few(RELAXED)
        for least in np.linspace(low, high, steps + 1, endpoint=False)[1:].tolist():
            self.space.rule_out((self._search.relax(Question(FIRST, np.array([0.0, least]))), least))

    def _end(self, which: int) -> None:
        """Find the best of one objective, and the most of the other there."""
        best = self._most(which, -inf, 4 * self._work)
        if best is not None:
            self._polish(which, best, 2 * self._work)

    def _largest(self) -> tuple[Point, Point, int] | None:
        """Return the two points between which most is open, and how often that was asked about."""
        points = self.space.points
        if len(points) < 2:
            return None
        width = (points[0][0] - points[-1][0], points[-1][1] - points[0][1])
        best, found = 0.0, None
        for low, high, strip in zip(points, points[1:], self.space.strips(self.most)[1:-1], strict=False):
            tries = self._tried.get((low, high), 0)
            area = sum(one.area(width) for one in strip) / 4.0**tries
            if area > best and tries < TRIES:
                best, found = area, (low, high, tries)
        return found

    def _split(self, low: Point, high: Point, tries: int) -> None:
        """Ask about the middle of a box, then about what is left of it below."""
        self._tried[low, high] = tries + 1
        work = self._work * 2.0**tries
        strip = self.space.open_between(low[1], high[1], high[0])
        middle = _middle(strip)
        if not self._search.whole:
            # What would be asked next rests on a proof that is hardly ever in reach: go on elsewhere instead.
            self._most(0, middle, work, AUGMENTED * (low[0] - high[0]) / (high[1] - low[1]))
            return
        found = self._most(0, middle, work)
        if found is not None and self._new(found, high):
            found = self._polish(0, found, work)
        first = max(high[0], found[0] if found is not None else -inf)
        if self._over:
            return
        # What is left lies above the first gain of the point just found (or of the upper end).
        below = self._most(1, first + HALF * self.space.resolution[0], work)
        if below is not None and self._new(below, low):
            self._polish(1, below, work)

    def _new(self, point: Point, known: Point) -> bool:
        return any(
            abs(a - b) > apart for a, b, apart in zip(point, known, self.space.resolution, strict=True)
        )

    def _most(self, which: int, least: float, work: float, beside: float = 0.0) -> Point | None:
        """Seek the most of one objective with a least gain in the other; note what that proves.

        ``beside`` is what the other counts in the sum that is sought.
        """
        self._asked += 1
        floors = np.zeros(2)
        floors[1 - which] = max(0.0, least)
        weights = (FIRST, SECOND) if which == 0 else (SECOND, FIRST)
        question = Question(weights[0] + beside * weights[1], floors)
        bound = self._search.seek(question, work) - beside * float(floors[1 - which])
        for choices in list(self._search.pool):
            self._take(choices)
        self.space.rule_out((bound, least) if which == 0 else (least, bound))
        if self._told is not None:
            self._told(min(1.0, self._spent / self._all, self._asked / max(1, self._few(FEWEST))))
        best = self._search.best(question)
        return None if best is None else self._take(best)

    def _polish(self, which: int, point: Point, work: float) -> Point:
        """Hold what was found in one objective, and seek the most of the other."""
        least = point[which] - HALF * self.space.resolution[which]
        found = self._most(1 - which, least, work)
        return point if found is None else found

    def _take(self, choices: Choices) -> Point:
        first, second = self._search.take(choices).tolist()
        self.space.add((first, second))
        return first, second


def _middle(strip: list[Rectangle]) -> float:
    """Return the second gain in the middle of the widest open part."""
    widest = max(strip, key=lambda one: one.high[1] - one.low[1])
    return 0.5 * (widest.low[1] + widest.high[1])
