"""What is known of the worth of plans: intervals of scores, or a set of weights of the criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Protocol

import numpy as np

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.objectives import largest, objective_of
from jspmodel.selection.parametric import ParametricModel
from jspmodel.selection.postoptimal.extension import Extension
from jspmodel.solver import Array

NOTHING = 1e-3
"""Worth that counts as none, in percent of the most that a plan could be worth.

It is above the solver's noise, a millionth of each programme, and above what the price of money takes.
"""
LEVEL = 1e-4
"""By how much a plan may fall short of another, in the same unit, and still count as level with it."""
SAME_CORNER = 1e-9
"""Weights that differ by less are one."""


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

    def ask_ahead(self, asked: Extension, profile: Array, unless: int) -> None:
        """Ask, unless a column is 1, for a plan worth more than a profile somewhere, or level everywhere."""

    def ask_level(self, asked: Extension, profile: Array) -> None:
        """Ask for a plan that is nowhere worth less than a profile."""


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
        whole = {p.code: sum(inputs.shares[r] for r in p.regions) for p in inputs.proposals.values()}
        share = {
            (p.code, r): inputs.shares[r] / whole[p.code]
            for p in inputs.proposals.values()
            for r in p.regions
        }
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
        low, high = (float(end @ profile[:-1] + profile[-1]) for end in (self.low, self.high))
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

    def ask_ahead(self, asked: Extension, profile: Array, unless: int) -> None:
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

    def ask_level(self, asked: Extension, profile: Array) -> None:
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


@dataclass(frozen=True, eq=False)
class CriteriaWeights:
    r"""The weights of the criteria lie in a polytope: each in an interval, all adding up to 1.

    A plan is worth :math:`\sum_i \omega_i A_i`, up to a factor that is the same for all plans, where
    :math:`A_i` is what it closes of issue *i* and :math:`\omega_i` follows from the weights of the criteria
    in a linear way. So dominance needs to be looked at in the corners of the polytope only, and a profile is
    the worth in each of them. Held as they are: which issues count, and how alike regions are (their ties,
    which would follow the weights too).

    Attributes
    ----------
    corners : array, shape (corners, criteria)
    needs : array, shape (corners, issues, regions)
        Parts of all needs.
    measure : Measure
    worth : array, shape (corners, columns)
        What a column of the model is worth in a corner, in percent.
    price : array, shape (columns,)
    """

    judged: tuple[str, ...]
    corners: Array
    needs: Array
    measure: measure.Measure
    worth: Array
    price: Array
    unit: float = 1.0

    @classmethod
    def of(cls, model: ParametricModel, spread: float) -> CriteriaWeights:
        """Let each weight be off by so much of itself before all are scaled to add up to 1.

        Parameters
        ----------
        model : ParametricModel
        spread : float
            Share, above 0 and at most 1.

        Returns
        -------
        CriteriaWeights
        """
        case, scenario = model.case, model.scenario
        weights = measure.criteria_weights(case, scenario)
        corners = corners_of((1 - spread) * weights.to_numpy(), (1 + spread) * weights.to_numpy())
        needs = np.array([_needs(case, _weighed(case, scenario, corner)) for corner in corners])
        own = _needs(case, scenario)
        factor = np.divide(needs, own, out=np.zeros_like(needs), where=own > 0)
        inputs = read_inputs(case, scenario)
        helps = objective_of(scenario).helps
        judged = tuple(p.code for p in inputs.proposals.values() if helps(inputs, p))
        worth = np.array([_worth_of_columns(model, one) for one in factor])
        price = np.where(worth.any(axis=0), 0.0, model.matrix.cost)
        return cls(judged, corners, needs, measure.Measure(case, scenario), worth, price)

    def profile(self, choices: Sequence[Choice]) -> Array:
        """Return what a plan is worth in each corner."""
        closed = self.measure.closed(self.measure.delivered(choices)) @ self.measure.year_weights
        return 100 * np.einsum("cir,ir->c", self.needs, closed)

    def worths(self, profile: Array) -> tuple[float, float, float]:
        """Return the least worth in a corner, the mean over all corners, and the most."""
        return float(profile.min()), float(profile.mean()), float(profile.max())

    def ahead(self, first: Array, second: Array) -> float:
        """Return the largest difference in a corner."""
        return float((first - second).max())

    def at_centre(self) -> Array:
        """Return what each column is worth on average over the corners."""
        centre: Array = self.worth.mean(axis=0)
        return centre

    def ask_ahead(self, asked: Extension, profile: Array, unless: int) -> None:
        """Ask for a corner in which a plan is worth ``NOTHING`` more, or for as much in all of them."""
        *somewhere, everywhere = asked.columns(
            np.zeros(len(profile) + 1), np.ones(len(profile) + 1), integer=True
        ).tolist()
        for corner, level in enumerate(profile.tolist()):
            asked.row({**self._terms(corner), somewhere[corner]: -level - NOTHING}, lower=0.0)
            asked.row({**self._terms(corner), everywhere: -level + LEVEL}, lower=0.0)
        asked.row({**dict.fromkeys((*somewhere, everywhere), 1.0), unless: 1.0}, lower=1.0)

    def ask_level(self, asked: Extension, profile: Array) -> None:
        """Ask for as much in every corner."""
        for corner, level in enumerate(profile.tolist()):
            asked.row(self._terms(corner), lower=level - LEVEL)

    def _terms(self, corner: int) -> dict[int, float]:
        places = np.flatnonzero(self.worth[corner])
        return dict(zip(places.tolist(), self.worth[corner][places].tolist(), strict=True))


def _weighed(case: Case, scenario: Scenario, corner: Array) -> Scenario:
    """Return a scenario with other weights of the criteria, and the same issues."""
    weights = dict(zip(case.criteria["criterion"], corner.tolist(), strict=True))
    counted = list(measure.weights(case, scenario).index)
    return scenario.model_copy(update={"criteria_weights": weights, "priority_issues": counted})


def _needs(case: Case, scenario: Scenario) -> Array:
    """Return the parts of all needs, by issue and region."""
    needs = measure.needs(case, scenario).to_numpy()
    return needs / needs.sum()


def _worth_of_columns(model: ParametricModel, factor: Array) -> Array:
    """Return what columns are worth where each need counts so many times, the price of money aside."""
    needs = measure.needs(model.case, model.scenario)
    issues, regions = ({code: k for k, code in enumerate(axis)} for axis in (needs.index, needs.columns))
    worth, rows = np.zeros(len(model.matrix.cost)), model.matrix.rows
    for row, (issue, region, _) in model.delivered.items():
        entries = slice(*rows.indptr[row : row + 2])
        columns = rows.indices[entries][rows.data[entries] > 0]
        worth[columns] = model.matrix.cost[columns] * factor[issues[issue], regions[region]]
    return worth


def corners_of(low: Array, high: Array) -> Array:
    """Return the corners of the weights between low and high that add up to 1.

    In a corner all weights but one are at an end of their intervals.

    Parameters
    ----------
    low, high : array, shape (weights,)

    Returns
    -------
    array, shape (corners, weights)

    Examples
    --------
    >>> corners_of(np.array([0.4, 0.4]), np.array([0.6, 0.6])).tolist()
    [[0.6, 0.4], [0.4, 0.6]]
    """
    found: dict[tuple[float, ...], Array] = {}
    for free in range(len(low)):
        others = [k for k in range(len(low)) if k != free]
        for ends in product((0, 1), repeat=len(others)):
            corner = low.copy()
            corner[others] = [(low, high)[end][k] for k, end in zip(others, ends, strict=True)]
            corner[free] = 1 - corner[others].sum()
            if low[free] - SAME_CORNER <= corner[free] <= high[free] + SAME_CORNER:
                found.setdefault(tuple(np.round(corner / SAME_CORNER).tolist()), corner)
    return np.array(list(found.values()))
