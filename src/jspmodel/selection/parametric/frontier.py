"""The budget frontier: what more or less money would bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Choice
from jspmodel.processes import as_share, process_map
from jspmodel.proof import Finding, finding, relative_gap
from jspmodel.scenario import Scenario
from jspmodel.selection.objectives import worth_of
from jspmodel.selection.parametric.parametric_model import ParametricModel, state_parametric_model
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

MOST = 1.5
"""Factor on the budgets up to which the frontier is drawn unless asked otherwise."""
TOGETHER = 25
"""Neighbouring points that one process takes, each going on from the plan before."""
TRIES = 4
"""Further searches around a plan at each point."""


@dataclass(frozen=True)
class FrontierPoint:
    """A plan at one budget.

    Attributes
    ----------
    scale : float
        Factor on all budgets, in place of ``budget_scale.all``.
    budget : float
        Rp billion of all funds and years together.
    choices : tuple of Choice or None
        The best plan found, in table order; None where no plan is known: then what is locked in or demanded
        costs more than the budget, or no plan was found.
    objective, bound : float
        What the plan is worth (NaN without one), and what no plan at this budget exceeds (``-inf`` where it
        is proven that there is no plan).
    tolerance : float
        What the price of money may take from either at this budget.
    """

    scale: float
    budget: float
    choices: tuple[Choice, ...] | None
    objective: float
    bound: float
    tolerance: float = 0.0

    @property
    def gap(self) -> float | None:
        """As that of a ``Plan``: None where nothing is proven, or there is no plan."""
        return relative_gap(self.objective, self.bound, self.tolerance)

    @property
    def finding(self) -> Finding:
        """Whether a plan was found, none was, or it is proven that there is none."""
        return finding(found=self.choices is not None, bound=self.bound)


@dataclass(frozen=True, eq=False)
class Frontier:
    """Plans from no money to much.

    Attributes
    ----------
    points : tuple of FrontierPoint
        By rising budget: neither the objective nor the bound ever falls.
    floor : float or None
        With an equity floor: the part of the plan's own impact that each region reaches in each plan.
    """

    points: tuple[FrontierPoint, ...]
    floor: float | None

    @property
    def table(self) -> pd.DataFrame:
        """One row a point: scale, budget (Rp billion), objective, bound, gap (0-1), selected (programmes).

        A gap of NaN: nothing is proven, or there is no plan.
        """
        columns = ("scale", "budget", "objective", "bound", "gap")
        values = {name: [getattr(p, name) for p in self.points] for name in columns}
        table = pd.DataFrame(values, dtype=float)
        counts = [None if p.choices is None else len(p.choices) for p in self.points]
        return table.assign(selected=pd.array(counts, dtype="Int64"))

    @property
    def plans(self) -> pd.DataFrame:
        """One row a point and programme that its plan carries out: scale, program, start, regions."""
        rows = [
            (point.scale, choice.program, choice.start, " ".join(choice.regions))
            for point in self.points
            for choice in point.choices or ()
        ]
        return pd.DataFrame(rows, columns=["scale", "program", "start", "regions"])


@computed_once()
def budget_frontier(
    case: Case,
    scenario: Scenario,
    points: int = 100,
    *,
    least: float = 0.0,
    most: float = MOST,
    known: Sequence[Choice] = (),
    workers: int = 2,
    progress: Callable[[float], None] | None = None,
) -> Frontier:
    r"""Tell what the best plan is worth at many budgets, from none to ``most`` times those of the tables.

    The model is stated once. A plan that can be paid can be paid with more money, so plans are carried to
    larger budgets; a bound holds for smaller budgets too. A plan is sought near the relaxation and bettered
    by searches around it (see ``engine``); a small model is searched whole. Searches end by their nodes,
    not by a clock: the same input gives the same frontier, with one worker or many; ``solver`` plays no
    part.

    An equity floor is kept as a share of *the plan's own* impact: impact[r] >= floor * impact for each region
    with a need. ``select_programs`` takes the same share of the best plan without the rule, which is a little
    more; that would ask more of a plan just because the budget grew. ``bound`` holds for both.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    points : int
        At least 2; evenly spaced.
    least, most : float
        The smallest and the largest factor on all budgets.
    known : sequence of Choice
        A plan that ``budget_scale.all`` of the scenario pays for, such as the answer of ``select_programs``:
        it stands at that budget, where nothing more is sought, unless a better one has been found below.
    workers : int
        Processes.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    Frontier

    Raises
    ------
    ValueError
        If there are fewer than 2 points, or not ``0 <= least < most``.
    ScenarioError
        If the scenario asks for ``equity: max_min`` (which would rank the worst-off region before the
        impact, so that impact may fall as money grows), or for rules that do not go together.
    InfeasibleError
        If a programme that is locked in cannot be carried out at any budget.
    """
    if points < 2 or not 0 <= least < most:
        raise ValueError("points must be at least 2, least at least 0 and below most")
    common = state_parametric_model(case, scenario)
    count = max(2, ceil(points / TOGETHER))
    ranges = [some.tolist() for some in np.array_split(np.linspace(least, most, points), count)]
    told = as_share(progress, 0.0, 1.0, len(ranges))
    given = (common, tuple(sorted(known, key=lambda choice: common.programs.index(choice.program))))
    found = [point for some in process_map(_range, given, ranges, workers, told) for point in some]
    return Frontier(tuple(_monotone(found)), common.floor)


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


class _Range:
    """Neighbouring points: bounds from the largest down, then plans from the smallest up."""

    def __init__(self, common: ParametricModel, known: tuple[Choice, ...], scales: Sequence[float]) -> None:
        self._common, self._judge, self._scales = common, PlanMeasure(common), scales
        self._known = known
        self._draw = np.random.default_rng(1)
        self._at: Array | None = None
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
            sum(self._common.budgets.values()) * scale,
            None,
            np.nan,
            -np.inf,
            2 * self._common.slack * scale,
        )
        if at.relaxed.infeasible:
            return nothing
        whole = self._common.at(scale)
        values, proven = solve_small(
            whole, self._common.column_map, lambda found: self._worth(found) > -np.inf
        )
        self._take(stated, None if values is None else stated.project(values))
        if proven == np.inf and not self._take_known(scale):
            self._search(stated, at, whole)
        bound = min(at.relaxed.bound, proven) + self._common.slack * scale
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
        self._best = (worth, self._known)
        return True

    def _search(self, stated: Benders, at: RelaxedModel, whole: Matrix) -> None:
        """Look for a plan near the relaxation, and around it; where that brings nothing, for any."""
        at, search = self._reoptimiser.searchable(at), self._reoptimiser
        values = search.search_near(at, self._at)
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
        cost = stated.matrix.cost
        if values is None or (self._at is not None and cost @ values <= cost @ self._at):
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


def _range(given: tuple[ParametricModel, tuple[Choice, ...]], scales: Sequence[float]) -> list[FrontierPoint]:
    return _Range(*given, scales).points()


def _monotone(found: Sequence[FrontierPoint]) -> list[FrontierPoint]:
    """Carry plans to larger budgets and bounds to smaller ones."""
    bounds = np.minimum.accumulate([point.bound for point in found[::-1]])[::-1]
    best, points = found[0], []
    for point, bound in zip(found, bounds.tolist(), strict=True):
        if best.choices is None or point.objective > best.objective:
            best = point
        highest = bound if best.choices is None else max(bound, best.objective)
        points.append(replace(point, choices=best.choices, objective=best.objective, bound=highest))
    return points
