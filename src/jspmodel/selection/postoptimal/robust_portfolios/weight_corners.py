"""Weights of the criteria that lie in a polytope: what a plan is worth in its corners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.plan import Choice
from jspmodel.reproducible import dot
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.objectives import objective_of
from jspmodel.selection.parametric import ParametricModel
from jspmodel.selection.postoptimal.extension import Extension
from jspmodel.selection.postoptimal.robust_portfolios.information import LEVEL, NOTHING
from jspmodel.solver import Array

EVERYTHING = 100.0
"""What no plan exceeds, in percent."""
MOST_CRITERIA = 12
"""The corners of the weights are up to half as many times 2 to the power of this."""
SAME_CORNER = 1e-9
"""Weights that differ by less are one."""


@dataclass(frozen=True, eq=False)
class CriteriaWeights:
    r"""The weights of the criteria lie in a polytope: each in an interval, all adding up to 1.

    A plan is worth :math:`\sum_i \omega_i A_i`, up to a factor that is the same for all plans, where
    :math:`A_i` is what it closes of issue *i* and :math:`\omega_i` follows from the weights of the criteria
    in a linear way. So dominance needs to be looked at in the corners of the polytope only, and a profile is
    the worth in each of them. Held as they are: which issues count, and how alike regions are (their ties,
    which would follow the weights too). Where types of area weigh the criteria differently there would be a
    polytope each, with the corners of all of them together to look at: that is refused.

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

        Raises
        ------
        ValueError
            If there are too many criteria, or types of area with weights of their own.
        """
        case, scenario = model.case, model.scenario
        if (measure.area_types(case, scenario) != "").any():
            raise ValueError("weights that lie in intervals are not looked at by type of area")
        weights = measure.criteria_weights(case, scenario)
        if len(weights) > MOST_CRITERIA:
            raise ValueError(f"weights of at most {MOST_CRITERIA} criteria can be looked at")
        own = weights.to_numpy()
        # Without scores of issues no weight counts.
        corners = (
            own[None, :] if case.issue_scores.empty else corners_of((1 - spread) * own, (1 + spread) * own)
        )
        needs = np.array([_needs(case, _weighed(case, scenario, corner)) for corner in corners])
        stated = _needs(case, scenario)
        factor = np.divide(needs, stated, out=np.zeros_like(needs), where=stated > 0)
        inputs = read_inputs(case, scenario)
        helps = objective_of(scenario).helps
        judged = tuple(p.code for p in inputs.proposals.values() if helps(inputs, p))
        worth = np.array([_worth_of_columns(model, one) for one in factor])
        price = np.where(worth.any(axis=0), 0.0, model.matrix.cost)
        return cls(judged, corners, needs, measure.Measure(case, scenario), worth, price)

    def profile(self, choices: Sequence[Choice]) -> Array:
        """Return what a plan is worth in each corner."""
        closed = dot(self.measure.closed(self.measure.delivered(choices)), self.measure.year_weights)
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

    def add_worths(self, asked: Extension) -> list[int]:
        """Add a column for each corner that is at most what a plan is worth there."""
        count = len(self.worth)
        worths: list[int] = asked.columns(np.zeros(count), np.full(count, EVERYTHING)).tolist()
        for column, worth in zip(worths, self.worth, strict=True):
            places = np.flatnonzero(worth)
            asked.row(
                {column: 1.0, **dict(zip(places.tolist(), (-worth[places]).tolist(), strict=True))}, upper=0.0
            )
        return worths

    def ask_ahead(self, asked: Extension, worths: Sequence[int], profile: Array, unless: int) -> None:
        """Ask for a corner in which a plan is worth ``NOTHING`` more, or for as much in all of them."""
        *somewhere, everywhere = asked.columns(
            np.zeros(len(profile) + 1), np.ones(len(profile) + 1), integer=True
        ).tolist()
        for worth, there, level in zip(worths, somewhere, profile.tolist(), strict=True):
            asked.row({worth: 1.0, there: -level - NOTHING}, lower=0.0)
            asked.row({worth: 1.0, everywhere: -level + LEVEL}, lower=0.0)
        asked.row({**dict.fromkeys((*somewhere, everywhere), 1.0), unless: 1.0}, lower=1.0)

    def ask_level(self, asked: Extension, worths: Sequence[int], profile: Array) -> None:
        """Ask for as much in every corner."""
        for worth, level in zip(worths, profile.tolist(), strict=True):
            asked.row({worth: 1.0}, lower=level - LEVEL)


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
