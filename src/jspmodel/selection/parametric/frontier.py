"""The budget frontier: what more or less money would bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Choice
from jspmodel.processes import as_share, in_pieces, process_map
from jspmodel.scenario import Scenario
from jspmodel.selection.parametric.frontier_point import FrontierPoint
from jspmodel.selection.parametric.frontier_search import FrontierRange
from jspmodel.selection.parametric.parametric_model import ParametricModel, state_parametric_model

MOST = 1.5
"""Factor on the budgets up to which the frontier is drawn unless asked otherwise."""
TOGETHER = 25
"""Neighbouring points that one process takes, each going on from the plan before."""


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
        Other budgets begin with it, or with what is left of it where they do not pay for all.
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
    ranges = in_pieces(np.linspace(least, most, points).tolist(), TOGETHER)
    told = as_share(progress, 0.0, 1.0, len(ranges))
    given = (common, tuple(sorted(known, key=lambda choice: common.programs.index(choice.program))))
    found = [point for some in process_map(_range, given, ranges, workers, told) for point in some]
    return Frontier(tuple(_monotone(found)), common.floor)


def _range(given: tuple[ParametricModel, tuple[Choice, ...]], scales: Sequence[float]) -> list[FrontierPoint]:
    return FrontierRange(*given, scales).points()


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
