"""The budget frontier: what more or less money would bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario
from jspmodel.selection.alike import Alike, state_alike
from jspmodel.selection.crew import spread
from jspmodel.selection.cuts import tightened
from jspmodel.selection.engine import OPTIONS, Engine, with_least
from jspmodel.solver import parts
from jspmodel.solver.matrix import Array, Matrix
from jspmodel.solver.parts import EXACT

MOST = 1.5
"""Factor on the budgets up to which the frontier is drawn unless asked otherwise."""
TOGETHER = 10
"""Neighbouring points that share their cuts, whoever computes them."""
USUAL = 0.97
"""Part of its bound that a plan usually reaches: where the floor is held while plans are sought."""
EASY = 0.85
"""Part of that floor that is held where nothing is known yet."""


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
    """

    scale: float
    budget: float
    choices: tuple[Choice, ...] | None
    objective: float
    bound: float

    @property
    def gap(self) -> float:
        """(bound - objective) / objective; 0 if both are 0, NaN without a plan."""
        if self.objective > 0:
            return (self.bound - self.objective) / self.objective
        return 0.0 if self.bound <= 0 == self.objective else np.nan if self.choices is None else np.inf


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
        """One row a point: scale, budget (Rp billion), objective, bound, gap (0-1), selected (programmes)."""
        columns = ("scale", "budget", "objective", "bound", "gap")
        table = pd.DataFrame({name: [getattr(p, name) for p in self.points] for name in columns})
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


def budget_frontier(
    case: Case,
    scenario: Scenario,
    points: int = 100,
    *,
    least: float = 0.0,
    most: float = MOST,
    workers: int = 2,
    progress: Callable[[float], None] | None = None,
) -> Frontier:
    r"""Tell what the best plan is worth at many budgets, from none to ``most`` times those of the tables.

    The model is stated once. A plan that can be paid can be paid with more money, so plans are carried to
    larger budgets; a bound holds for smaller budgets too. Cuts found at one budget tighten the relaxation of
    the smaller ones (see ``cuts``). Searches end by their nodes, not by a clock: the same input gives the
    same frontier, with one worker or many; ``solver.gap`` and ``solver.time_limit`` play no part.

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
    common = state_alike(case, scenario)
    count = max(2, ceil(points / TOGETHER))
    ranges = [some.tolist() for some in np.array_split(np.linspace(least, most, points), count)]
    told = progress and (lambda done: progress(done / len(ranges)))
    found = [point for some in spread(_range, common, ranges, workers, told) for point in some]
    money = sum(common.budgets.values())
    return Frontier(tuple(_monotone(found, money)), common.floor)


@dataclass(frozen=True)
class _Found:
    """What was found at one budget."""

    scale: float
    choices: tuple[Choice, ...] | None
    objective: float
    bound: float


class _Judge:
    """Says by the measure what plans are worth, and whether they keep the floor."""

    def __init__(self, common: Alike) -> None:
        self._common = common
        self._measure = measure.Measure(common.case, common.scenario)

    def worth(self, choices: Sequence[Choice]) -> tuple[float, float]:
        """Return what a plan is worth, and the impact of the worst-off region as a part of its own."""
        if self._common.scenario.objective == "score":
            return measure.score(self._common.case, choices), 1.0
        impact = self._measure.impact(choices)
        return impact.total, float(impact.by_region.min()) / impact.total if impact.total > 0 else 1.0


class _Range:
    """Neighbouring points: their cuts are found at the largest budget, their plans from the smallest up."""

    def __init__(self, common: Alike, largest: float) -> None:
        self._common, self._engine, self._judge = common, Engine(common.layout), _Judge(common)
        self._tight = tightened(common.at(largest), common.rows("delivered"), OPTIONS)
        self._best: tuple[float, Array] | None = None

    def point(self, scale: float) -> _Found:
        common, engine = self._common, self._engine
        stated = common.at(scale)
        relaxed = engine.relax(self._tightened(stated))
        if relaxed.infeasible:
            return _Found(scale, None, np.nan, -np.inf)
        least = (common.floor or 0.0) * USUAL * relaxed.bound
        fair = with_least(stated, common.worst, least)
        guess = relaxed if common.floor is None else engine.relax(self._tightened(fair))
        if self._best is not None:
            carried = engine.carried(stated, self._best[1])
            self._best = None if carried is None else (self._best[0], carried)
        if not guess.infeasible:
            self._offer(engine.near(fair, guess))
        if self._best is None:
            easy = with_least(stated, common.worst, EASY * least)
            self._offer(engine.search(easy, parts.nothing(len(stated.cost))))
            self._offer(engine.carried(stated, np.zeros(len(stated.cost))))
        elif not guess.infeasible:
            self._offer(engine.around(fair, self._best[1], guess))
        bound = relaxed.bound + common.slack * max(1.0, scale)
        if self._best is None:
            return _Found(scale, None, np.nan, bound)
        return _Found(scale, common.chosen(self._best[1]), self._best[0], max(bound, self._best[0]))

    def _tightened(self, stated: Matrix) -> Matrix:
        """Return the model at a budget with the cuts of a larger one."""
        own = len(stated.row_upper)
        high = np.append(stated.row_upper, self._tight.row_upper[own:])
        return replace(self._tight, row_upper=high, lower=stated.lower, upper=stated.upper)

    def _offer(self, values: Array | None) -> None:
        """Keep a plan if it is better than the best, and no region falls below the floor."""
        if values is None:
            return
        worth, least = self._judge.worth(self._common.chosen(values))
        if least >= (self._common.floor or 0.0) - EXACT and (self._best is None or worth > self._best[0]):
            self._best = (worth, values)


def _range(common: Alike, scales: Sequence[float]) -> list[_Found]:
    some = _Range(common, scales[-1])
    return [some.point(scale) for scale in scales]


def _monotone(found: Sequence[_Found], money: float) -> list[FrontierPoint]:
    """Carry plans to larger budgets and bounds to smaller ones."""
    bounds = np.minimum.accumulate([point.bound for point in found[::-1]])[::-1]
    best, points = found[0], []
    for point, bound in zip(found, bounds.tolist(), strict=True):
        if best.choices is None or point.objective > best.objective:
            best = point
        highest = bound if best.choices is None else max(bound, best.objective)
        points.append(FrontierPoint(point.scale, money * point.scale, best.choices, best.objective, highest))
    return points
