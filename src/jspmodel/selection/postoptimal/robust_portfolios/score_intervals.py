"""Scores that lie in intervals: how far one plan may be ahead of another, and rows that ask for that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from jspmodel.measure import shares_among
from jspmodel.plan import Choice
from jspmodel.reproducible import dot
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.objectives import largest
from jspmodel.selection.parametric import ParametricModel
from jspmodel.selection.postoptimal.extension import Extension
from jspmodel.selection.postoptimal.robust_portfolios.information import LEVEL, NOTHING
from jspmodel.solver import Array


@dataclass(frozen=True, eq=False)
class ScoreIntervals:
    r"""Each score lies in an interval of its own.

    With :math:`a_p` the part of the people reached by programme *p* in a plan (0 where it is not carried out)
    and :math:`\kappa` the points of complements, a plan is worth :math:`\sum_p s_p a_p + \kappa` for scores
    :math:`s_p \in [l_p, u_p]`, so that it is ahead of another, of :math:`a'` and :math:`\kappa'`, by at most

    .. math:: \sum_p \max \bigl( l_p (a_p - a'_p), \; u_p (a_p - a'_p) \bigr) + \kappa - \kappa'

    A profile is :math:`(a, \kappa)`. In the model the term of *p* is linear in the plan where :math:`a'_p` is
    0 (factor :math:`u_p`) or 1 (factor :math:`l_p`), and convex between: there a binary column says which of
    both it is.

    Attributes
    ----------
    low, high : array, shape (programmes,)
        In percent of all points.
    reached : tuple of dict of int to float
        By programme: the part of the people that a column of the model reaches.
    bonus : dict of int to float
        Complements: what a column is worth.
    share : dict of (program, region) to float
        The part of the people that a region is, among those that may take part.
    pairs : dict of (program, other) to float
    price : array, shape (columns,)
    unit : float
    """

    judged: tuple[str, ...]
    low: Array
    high: Array
    reached: tuple[dict[int, float], ...]
    bonus: dict[int, float]
    share: dict[tuple[str, str], float]
    pairs: dict[tuple[str, str], float]
    price: Array
    unit: float

    @classmethod
    def of(cls, model: ParametricModel, spread: float) -> ScoreIntervals:
        """Let each score be off by so much of itself.

        Parameters
        ----------
        model : ParametricModel
        spread : float
            Share, above 0 and at most 1.

        Returns
        -------
        ScoreIntervals
        """
        inputs, column_map = read_inputs(model.case, model.scenario), model.column_map
        unit = largest(inputs) / 100 or 1.0
        among = {p.code: shares_among(inputs.shares, p.regions) for p in inputs.proposals.values()}
        share = {(p, r): own / sum(there.values()) for p, there in among.items() for r, own in there.items()}
        reached: dict[str, dict[int, float]] = {p: {} for p in inputs.proposals}
        for (program, _), column in zip(model.start, column_map.start.tolist(), strict=True):
            if not inputs.proposals[program].regions:
                reached[program][column] = 1.0
        for (program, region, _), column in zip(model.join, column_map.join.tolist(), strict=True):
            reached[program][column] = share[program, region]
        decided = {*column_map.start.tolist(), *column_map.join.tolist(), *column_map.side.columns.tolist()}
        both = [c for c in np.flatnonzero(column_map.owner >= 0).tolist() if c not in decided]
        scored = [p for p in inputs.proposals.values() if p.score > 0]
        score = np.array([p.score for p in scored]) / unit
        intervals = cls(
            tuple(p.code for p in scored),
            (1 - spread) * score,
            (1 + spread) * score,
            tuple(reached[p.code] for p in scored),
            {column: float(model.matrix.cost[column]) / unit for column in both},
            share,
            {(p.code, o.code): value / unit for p, o, value in inputs.complements()},
            np.zeros(len(model.matrix.cost)),
            unit,
        )
        return replace(intervals, price=model.matrix.cost / unit - intervals.at_centre())

    def profile(self, choices: Sequence[Choice]) -> Array:
        """Return what part of the people each programme reaches, and the points of complements."""
        part = {c.program: self._reached(c) for c in choices}
        bonus = sum(value for (p, o), value in self.pairs.items() if p in part and o in part)
        return np.array([*(part.get(p, 0.0) for p in self.judged), bonus])

    def _reached(self, choice: Choice) -> float:
        # The sum of all regions is to be 1 to the last digit: rows differ between 1 and a part.
        return (
            round(sum(self.share[choice.program, r] for r in choice.regions), 12) if choice.regions else 1.0
        )

    def worths(self, profile: Array) -> tuple[float, float, float]:
        """Return the worth at the lowest, the middle and the highest scores."""
        low, high = (float(dot(end, profile[:-1]) + profile[-1]) for end in (self.low, self.high))
        return low, (low + high) / 2, high

    def ahead(self, first: Array, second: Array) -> float:
        """Return the sum in the formula of the class."""
        apart = first - second
        return float(np.maximum(self.low * apart[:-1], self.high * apart[:-1]).sum() + apart[-1])

    def at_centre(self) -> Array:
        """Return what each column is worth at the middle of the intervals."""
        worth = np.zeros(len(self.price))
        for middle, reached in zip((self.low + self.high) / 2, self.reached, strict=True):
            worth[[*reached]] = middle * np.array([*reached.values()])
        worth[[*self.bonus]] = [*self.bonus.values()]
        return worth

    def add_worths(self, asked: Extension) -> list[int]:
        """Add nothing: the columns of the model say it."""
        return []

    def ask_ahead(self, asked: Extension, worths: Sequence[int], profile: Array, unless: int) -> None:
        """Ask for ``NOTHING`` at least by the formula of the class, unless a column is 1.

        With positive intervals no other programmes of ``judged`` are worth the same everywhere.
        """
        terms, due = dict(self.bonus), NOTHING + float(profile[-1])
        most = due
        for low, high, reached, part in self._parts(profile):
            most += low * part
            if 0.0 < part < 1.0:
                terms[_larger(asked, low, high, reached, part)] = 1.0
            else:
                due += low * part
                terms |= _times(low if part else high, reached)
        asked.row({**terms, unless: most}, lower=due)

    def ask_level(self, asked: Extension, worths: Sequence[int], profile: Array) -> None:
        """Ask that the formula of the class, with the profile first, be 0 at most."""
        terms, due = dict(self.bonus), float(profile[-1])
        for low, high, reached, part in self._parts(profile):
            if 0.0 < part < 1.0:
                terms[_smaller(asked, low, high, reached, part)] = 1.0
            else:
                due += high * part
                terms |= _times(high if part else low, reached)
        asked.row(terms, lower=due - LEVEL)

    def _parts(self, profile: Array) -> list[tuple[float, float, dict[int, float], float]]:
        ends = (self.low.tolist(), self.high.tolist())
        return list(zip(*ends, self.reached, profile[:-1].tolist(), strict=True))


def _times(factor: float, terms: dict[int, float]) -> dict[int, float]:
    return {column: factor * value for column, value in terms.items()}


def _larger(asked: Extension, low: float, high: float, reached: dict[int, float], part: float) -> int:
    """Add a column that is at most max(low d, high d), d being what is reached less a part."""
    term = asked.column(-low * part, high * (1 - part))
    more = asked.column(0.0, 1.0, integer=True)
    width = high - low
    asked.row({term: 1.0, more: -width * (1 - part), **_times(-low, reached)}, upper=-low * part)
    asked.row({term: 1.0, more: width * part, **_times(-high, reached)}, upper=-high * part + width * part)
    return term


def _smaller(asked: Extension, low: float, high: float, reached: dict[int, float], part: float) -> int:
    """Add a column that is at most min(low d, high d), d being what is reached less a part."""
    term = asked.column(-high * part, low * (1 - part))
    for factor in (low, high):
        asked.row({term: 1.0, **_times(-factor, reached)}, upper=-factor * part)
    return term
