"""Effort: work of the solver, counted so that it is the same on any machine."""

from __future__ import annotations

from copy import copy
from math import inf

from jspmodel.solver.clock import Clock

COEFFICIENTS = 1e8
"""So many coefficients that iterations go through are one unit of work, about a second of one core."""
FEWEST = 10_000
"""Coefficients that an iteration counts at least: for small models it takes as long as for these."""
CHECK, QUERY = 40, 120
"""Iterations that HiGHS's checks of its limits stand for, and its queries for a better solution.

It checks between the steps of a search and asks at each node and round of cuts. So what does not iterate,
above all cuts at the root, is counted too.
"""
LEVELS = {"quick": 12.0, "standard": 150.0, "thorough": 1500.0}
"""Units of work of each level of effort, for a model of up to ``USUAL`` coefficients."""
USUAL = 100_000
"""Coefficients above which the units of a level grow with the model: an iteration costs as much more."""


def effort_units(effort: str | float, entries: int) -> float:
    """Return the work that an effort stands for.

    Parameters
    ----------
    effort : str or float
        A level, or how many times the work of ``standard``.
    entries : int
        Coefficients of the model.

    Returns
    -------
    float
    """
    level = LEVELS[effort] if isinstance(effort, str) else effort * LEVELS["standard"]
    return level * max(1.0, entries / USUAL)


def work_of(iterations: int, entries: int) -> float:
    """Return the work of iterations over a matrix, in units."""
    return iterations * max(entries, FEWEST) / COEFFICIENTS


def steps_of(checks: int, queries: int, entries: int) -> float:
    """Return the work that the steps of a search stand for, in units."""
    return (CHECK * checks + QUERY * queries) * entries / COEFFICIENTS


class Effort:
    """Work that is left, and a clock as a safety net.

    Parameters
    ----------
    work : float
        Units.
    seconds : float
        After which all ends, whatever is left.

    Attributes
    ----------
    left : float
        Units; below 0 where the last search took more than was left.
    spent : float
        Units.
    stopped : bool
        Whether the clock struck while work was left: then another run may find another plan.
    """

    def __init__(self, work: float, seconds: float = inf) -> None:
        self.left, self.spent, self._clock, self.stopped = work, 0.0, Clock(seconds), False

    @property
    def seconds(self) -> float:
        """Seconds until the clock strikes."""
        return self._clock.left

    @property
    def over(self) -> bool:
        """Whether nothing more may be begun."""
        struck = not self._clock.left
        self.stopped = self.stopped or (struck and self.left > 0)
        return struck or self.left <= 0

    def spend(self, work: float) -> None:
        """Take work that was done."""
        self.left -= work
        self.spent += work

    def fork(self) -> Effort:
        """Return what a search beside this one may take."""
        other = copy(self)
        other.spent = 0.0
        return other
