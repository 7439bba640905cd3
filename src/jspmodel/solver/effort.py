"""Effort: work of the solver, counted so that it is the same on any machine."""

from __future__ import annotations

from math import inf

from jspmodel.solver.clock import Clock

COEFFICIENTS = 1e8
"""So many coefficients that iterations go through are one unit of work.

About a second of one core for some 50,000 coefficients, more for fewer: presolve and the cuts at the root are
not counted, as HiGHS does not tell of them.
"""
LEVELS = {"quick": 12.0, "standard": 150.0, "thorough": 1500.0}
"""Units of work of each level of effort, for a model of up to ``USUAL`` coefficients."""
USUAL = 100_000
"""Coefficients above which the units of a level grow with the model: an iteration costs as much more."""


def units(effort: str | float, entries: int) -> float:
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
    """Return the work of iterations over a matrix: their product, in units."""
    return iterations * max(entries, 1000) / COEFFICIENTS


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
    stopped : bool
        Whether the clock struck while work was left: then another run may find another plan.
    """

    def __init__(self, work: float, seconds: float = inf) -> None:
        self.left, self._clock, self.stopped = work, Clock(seconds), False

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
