"""What a search brought: the one type for it, be it one run of HiGHS, a whole search, or one in a child."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # not at run time: ``worker`` imports this, and starts a child before anything else
    from jspmodel.solver.matrix import Array

Status = Literal["optimal", "infeasible", "limit", "clock"]
"""How a search ended.

``optimal``: within the gap asked for; ``infeasible``: it is proven that there is no solution; ``limit``: its
nodes or its work were spent, or it was asked to do no more; ``clock``: the safety net stopped it.
"""


@dataclass(frozen=True, eq=False)
class SearchResult:
    """The best solution of a search, and what bounds all solutions.

    Attributes
    ----------
    status : str
        See ``Status``.
    values : array, shape (columns,), or None
        The best solution; None if none was found.
    objective, bound : float
        What it is worth (``-inf`` without one), and what no solution exceeds.
    work : float
        Units that the search took (see ``effort``).
    stopped : bool
        Whether the clock stopped a part of it: then another run may find another solution.
    dropped : int
        Sources of bounds that a solution in hand showed to be wrong.
    """

    status: Status
    values: Array | None = None
    objective: float = -inf
    bound: float = inf
    work: float = 0.0
    stopped: bool = False
    dropped: int = 0

    @property
    def proven(self) -> bool:
        """Whether the best solution is within the gap asked for."""
        return self.status == "optimal"

    @property
    def solution(self) -> Array:
        """The values of a search that is known to have found some.

        Raises
        ------
        ValueError
            If it found none.
        """
        if self.values is None:
            raise ValueError("the search found no solution")
        return self.values
