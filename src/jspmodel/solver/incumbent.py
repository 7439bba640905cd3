"""The best plan of a search and what bounds it: the one place where both are compared."""

from __future__ import annotations

from copy import copy
from math import inf, isnan

from jspmodel.proof import contradicts
from jspmodel.solver.matrix import Array


class Incumbent:
    """The best plan, and the bounds by what gave them.

    A bound below a plan in hand is no proof: it is dropped, what gave it is not believed again, and the
    search goes on with the others.

    Attributes
    ----------
    plan : array or None
        The best solution.
    objective : float
        What it is worth; ``-inf`` without one.
    """

    def __init__(self) -> None:
        self.plan: Array | None = None
        self.objective = -inf
        self._bounds: dict[str, float] = {}
        self._wrong: set[str] = set()

    @property
    def dropped(self) -> int:
        """How many sources of bounds were found wrong."""
        return len(self._wrong)

    @property
    def bound(self) -> float:
        """No solution is worth more: the lowest bound that no plan contradicts; infinite without one."""
        return min(self._bounds.values(), default=inf)

    def offer(self, plan: Array, objective: float) -> bool:
        """Keep a solution if it is the best so far; return whether it is."""
        if objective <= self.objective:
            return False
        self.plan, self.objective = plan, objective
        for source in [source for source, bound in self._bounds.items() if contradicts(objective, bound)]:
            self._doubt(source)
        return True

    def lower(self, source: str, bound: float) -> bool:
        """Take over a bound if it is the lowest of its source; return whether it is believed."""
        if source in self._wrong or isnan(bound):
            return False
        if contradicts(self.objective, bound):
            self._doubt(source)
            return False
        self._bounds[source] = min(bound, self._bounds.get(source, inf))
        return True

    def proven(self, gap: float, exact: float) -> bool:
        """Return whether the plan is within a share of its worth, or an amount, of the bound."""
        return self.plan is not None and self.bound - self.objective <= gap * abs(self.objective) + exact

    def fork(self) -> Incumbent:
        """Return another one that knows the same."""
        other = copy(self)
        other._bounds, other._wrong = dict(self._bounds), set(self._wrong)
        return other

    def heed(self, other: Incumbent) -> None:
        """Take over which sources of bounds another one found wrong."""
        for source in other._wrong:
            self._doubt(source)

    def bounds(self) -> dict[str, float]:
        """Return the bounds that are believed, by what gave them."""
        return dict(self._bounds)

    def _doubt(self, source: str) -> None:
        self._wrong.add(source)
        self._bounds.pop(source, None)
