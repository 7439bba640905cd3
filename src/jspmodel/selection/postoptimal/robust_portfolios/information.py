"""What is known of the worth of plans: intervals of scores, or a set of weights of the criteria."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from jspmodel.plan import Choice
from jspmodel.selection.postoptimal.extension import Extension
from jspmodel.solver import Array

NOTHING = 1e-3
"""Worth that counts as none, in percent of the most that a plan could be worth.

It is above the solver's noise, a millionth of each programme, and above what the price of money takes.
"""
LEVEL = 1e-4
"""By how much a plan may fall short of another, in the same unit, and still count as level with it."""


class Information(Protocol):
    """A set of numbers, each of which gives every plan a worth: nothing more is known.

    Worth is told in percent of the most that a plan could be worth. A *profile* is what a plan's worth under
    each of the numbers follows from.

    Attributes
    ----------
    judged : tuple of str
        The programmes that it is about.
    price : array, shape (columns,)
        The price of money of each column of the model, 0 or below.
    unit : float
        What a percent is in the unit of the objective.
    """

    @property
    def judged(self) -> tuple[str, ...]:
        """See above."""

    @property
    def price(self) -> Array:
        """See above."""

    @property
    def unit(self) -> float:
        """See above."""

    def profile(self, choices: Sequence[Choice]) -> Array:
        """Return the profile of a plan, from the tables alone."""

    def worths(self, profile: Array) -> tuple[float, float, float]:
        """Return the least worth, that at the centre of the set, and the most."""

    def ahead(self, first: Array, second: Array) -> float:
        """Return the most by which the first of two profiles is worth more than the second."""

    def at_centre(self) -> Array:
        """Return what each column of the model is worth at a point inside the set."""

    def add_worths(self, asked: Extension) -> list[int]:
        """Add columns for what a plan is worth, to be used by the rows that ask for more."""

    def ask_ahead(self, asked: Extension, worths: Sequence[int], profile: Array, unless: int) -> None:
        """Ask, unless a column is 1, for a plan worth more than a profile somewhere, or level everywhere."""

    def ask_level(self, asked: Extension, worths: Sequence[int], profile: Array) -> None:
        """Ask for a plan that is nowhere worth less than a profile."""
