"""Neighbouring points of the budget frontier: bounds, and the search for plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from jspmodel import measure
from jspmodel.plan import Choice
from jspmodel.selection.objectives import worth_of
from jspmodel.selection.parametric.frontier_point import FrontierPoint
from jspmodel.selection.parametric.parametric_model import ParametricModel
from jspmodel.solver import (
    INTEGRALITY_TOLERANCE,
    ONE_THREAD,
    Array,
    Benders,
    Matrix,
    RelaxedModel,
    Reoptimiser,
    any_plan,
    solve_small,
)

TRIES = 4
"""Further searches around a plan at each point."""
FAR = 0.05
"""Step of the factor on budgets beyond which the plan before is no guide to what is worth having now."""


class PlanMeasure:
    """Says by the measure what plans are worth, and whether they keep the floor."""

    def __init__(self, common: ParametricModel) -> None:
        self._worth = worth_of(common.case, common.scenario)
        self._measure = measure.measure_of(common.case, common.scenario)
        self._floor = common.floor

    def worth(self, choices: Sequence[Choice]) -> float:
        """Return what a plan is worth; -inf where a region falls below the floor."""
        return self._worth(choices) if self._floor is None or self._keeps(self._floor, choices) else -np.inf

    def _keeps(self, floor: float, choices: Sequence[Choice]) -> bool:
        impact = self._measure.impact(choices)
        return bool(impact.by_region.min() >= floor * impact.total - 2 * INTEGRALITY_TOLERANCE)


class FrontierRange:
    """Neighbouring points: bounds from the largest down, then plans from the smallest up."""

    def __init__(self, common: ParametricModel, known: tuple[Choice, ...], scales: Sequence[float]) -> None:
        self._common, self._judge, self._scales = common, PlanMeasure(common), scales
        self._known = known
        self._draw = np.random.default_rng(1)
        self._at: Array | None = None
        self._before = -np.inf
        self._best: tuple[float, tuple[Choice, ...]] | None = None
        self._stated = [self._unpaid(scale) for scale in scales]
        widest = self._stated[-1]
        column_map = common.column_map.among(widest.kept, widest.sums)
        self._reoptimiser = Reoptimiser(widest.matrix, column_map, widest.sums, payments=widest)

    def _unpaid(self, scale: float) -> Benders:
        return Benders(self._common.at(scale), self._common.column_map.side, ONE_THREAD)

    def points(self) -> list[FrontierPoint]:
        """Return what is found at each scale."""
        relaxed = [self._reoptimiser.relax(one.matrix) for one in reversed(self._stated)]
        points = zip(self._scales, self._stated, reversed(relaxed), strict=True)
        return [self._point(*one) for one in points]

    def _point(self, scale: float, stated: Benders, at: RelaxedModel) -> FrontierPoint:
        nothing = FrontierPoint(
            scale,
            self._common.money.at(scale),
            None,
            np.nan,
            -np.inf,
            2 * self._common.slack_at(scale),
        )
        if at.relaxed.infeasible:
            return nothing
        whole = self._common.at(scale)
        values, proven = solve_small(
            whole, self._common.column_map, lambda found: self._worth(found) > -np.inf
        )
        self._take(stated, None if values is None else stated.project(values))
        if proven == np.inf and not self._take_known(scale):
            self._search(scale, stated, at, whole)
        bound = min(at.relaxed.bound, proven) + self._common.slack_at(scale)
        if self._best is None:
            return replace(nothing, bound=bound)
        worth, choices = self._best
        return replace(nothing, choices=choices, objective=worth, bound=max(bound, worth))

    def _take_known(self, scale: float) -> bool:
        """Take the known plan at its own budget, unless a better one is at hand; return whether it is taken.

        It is the answer of a longer search than one here.
        """
        if not self._known or abs(scale - self._common.scenario.budget_scale.all) > INTEGRALITY_TOLERANCE:
            return False
        worth = self._judge.worth(self._known)
        if worth <= (-np.inf if self._best is None else self._best[0]):
            return False
        self._best, self._at = (worth, self._known), None  # the next budget begins with it
        return True

    def _carry_known(self, stated: Benders, at: RelaxedModel) -> None:
        """Begin with the known plan, or with what is left of it where the budget does not pay for all."""
        known = stated.project(self._common.values(self._known))
        whole = self._reoptimiser.recompute(at, known)
        self._take(stated, self._reoptimiser.thin(at, known, stated) if whole is None else whole)

    def _search(self, scale: float, stated: Benders, at: RelaxedModel, whole: Matrix) -> None:
        """Look for a plan near the relaxation, and around it; where that brings nothing, for any."""
        at, search = self._reoptimiser.searchable(at), self._reoptimiser
        if self._at is None and self._known:
            self._carry_known(stated, at)
        values = search.search_near(at, self._at, wide=scale - self._before > FAR)
        self._before = scale
        if values is not None and not self._take(stated, values):
            self._take(stated, search.thin(at, values, stated))
        if self._best is None or not self._best[0]:
            self._take(stated, search.recompute(at, np.zeros(len(stated.matrix.cost))))
            values = any_plan(whole)
            self._take(stated, None if values is None else stated.project(values))
        for _ in range(TRIES):
            if self._at is not None:
                values = search.search_around(at, self._at, self._draw)
                if values is not None and not self._take(stated, values):
                    at = search.cannot_be_paid(at, values, stated) or at

    def _take(self, stated: Benders, values: Array | None) -> bool:
        """Go on from a better solution that can be paid; keep its plan if the measure finds it better.

        Returns
        -------
        bool
            False where it cannot be paid.
        """
        cost = stated.matrix.worth
        if values is None or (self._at is not None and cost(values) <= cost(self._at)):
            return True
        whole = stated.complete(values, cut=False)
        if whole is None:
            return False
        self._at, worth = stated.project(whole), self._worth(whole)
        if worth > (-np.inf if self._best is None else self._best[0]):
            self._best = (worth, self._common.chosen(whole))
        return True

    def _worth(self, values: Array) -> float:
        return self._judge.worth(self._common.chosen(values))
