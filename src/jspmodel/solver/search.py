"""Seek a good plan and prove how good: restricted searches for the plan, a bound from the whole."""

from __future__ import annotations

from jspmodel.solver import parts
from jspmodel.solver.attempts import Attempts
from jspmodel.solver.large import search_large
from jspmodel.solver.matrix import Array
from jspmodel.solver.small import search_small


class Search(Attempts):
    """A search on one matrix; see ``Attempts``."""

    def run(self, start: Array | None = None, hint: Array | None = None) -> None:
        """Seek.

        Parameters
        ----------
        start : array, optional
            A solution that is known already.
        hint : array, optional
            What would be a solution but for the bounds of some columns.
        """
        if self.status == "infeasible":
            return
        near = None if hint is None else self.inside(hint)
        if start is not None:
            self.take(self.inside(start))
        if self.large:
            search_large(self, near)
        else:
            search_small(self, near)
        if self.plan is not None and not self.proven:
            self.attempt(parts.filled(self.layout, self.plan), 1.0, keep=0.0)
