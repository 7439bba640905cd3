"""The cost game of a joint programme: what each coalition of its regions would pay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.collaboration.games.coalition_masks import Array, Members
from jspmodel.collaboration.games.game import MOST_TABULATED, Coalition, CostGame
from jspmodel.plan import Choice
from jspmodel.reproducible import dot
from jspmodel.scenario import Scenario

_MARGIN = 1e-4


class JointCost(CostGame):
    """The cost game of a joint programme with costs of its own in each region, shared costs and a threshold.

    A coalition S of regions that reaches the threshold, sum_{r in S} volume[r] >= min_volume and
    |S| >= min_regions, pays c(S) = sum_{r in S} own[r] + shared; any other pays what its members would
    each pay alone, c(S) = sum_{r in S} (own[r] + shared).

    The core is never empty where all regions together reach the threshold: own[r] + shared / n is in it.

    Parameters
    ----------
    regions : sequence of str
    own : array of shape (regions,)
        Rp billion.
    shared : float
        Rp billion, due once however many take part.
    volume : array of shape (regions,)
        In the unit of ``min_volume``.
    min_volume : float
        0: none is asked for.
    min_regions : int
    """

    def __init__(
        self,
        regions: Sequence[str],
        own: Array,
        shared: float,
        volume: Array,
        min_volume: float,
        min_regions: int,
    ) -> None:
        super().__init__(regions, self._of_one)
        self.own, self.shared, self.volume = own, shared, volume
        # The audit lets a coalition pass that is short by no more than its tolerance.
        self.min_volume, self.min_regions = min_volume - 1e-5, min_regions

    def _of_one(self, coalition: Coalition) -> float:
        return float(self.costs(np.array([[player in coalition for player in self.players]]))[0])

    def reaches(self, coalitions: Members) -> Members:
        """Return which coalitions reach the threshold, shape (coalitions,)."""
        enough = dot(coalitions, self.volume) >= self.min_volume
        return np.asarray(enough & (coalitions.sum(axis=1) >= self.min_regions))

    def costs(self, coalitions: Members) -> Array:
        """Return what coalitions cost; see ``CostGame.costs``."""
        size = coalitions.sum(axis=1)
        times = np.where(self.reaches(coalitions), np.minimum(size, 1), size)
        return np.asarray(dot(coalitions, self.own) + self.shared * times)

    def unhappiest(self, shares: Array, normals: Array) -> Members:
        """Return coalitions with the largest excess; see ``CostGame.unhappiest``.

        Beyond 20 regions by integer programmes: of the coalitions that reach the threshold the unhappiest is
        the solution of a knapsack problem; of the others only single regions and their union can be.
        """
        count = len(self.players)
        if count <= MOST_TABULATED:
            return super().unhappiest(shares, normals)
        over = shares - self.own
        asked = [sign * normal for normal in normals for sign in (1, -1)] or [None]
        alone = [np.eye(count, dtype=bool), (over > self.shared)[None, :]]
        found = np.concatenate([*alone, *(self._best_reaching(over, normal) for normal in asked)])
        found = found[found.any(axis=1) & ~found.all(axis=1)]
        if len(normals):
            found = found[np.any(np.abs(dot(found, normals.T)) > 1e-8, axis=1)]
        return found[np.argsort(self.costs(found) - dot(found, shares), kind="stable")]

    def _best_reaching(self, over: Array, normal: Array | None) -> Members:
        """Return the coalition, not all, that reaches the threshold and pays most over its own costs."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # a second to import: only where it is used

        ones = np.ones(len(over))
        rules = [
            LinearConstraint(self.volume, self.min_volume),
            LinearConstraint(ones, max(self.min_regions, 1), len(over) - 1),
        ]
        if normal is not None:
            rules.append(LinearConstraint(normal, _MARGIN))
        tiny = 1e-10 * max(1.0, float(np.abs(over).max()))
        found = milp(tiny - over, integrality=ones, bounds=Bounds(0, 1), constraints=rules)
        return np.empty((0, len(over)), dtype=bool) if found.x is None else np.array([found.x > 0.5])


def joint_cost(case: Case, scenario: Scenario, choice: Choice) -> JointCost:
    """Return the cost game of a programme that is carried out together.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    choice : Choice
        Start and regions decide which costs fall into the horizon.

    Returns
    -------
    JointCost
        Players: the regions that take part, in their order; costs in Rp billion over the horizon.
    """
    costs = measure.yearly_costs(case, choice, measure.horizon(case, scenario)).sum(axis=1)
    thresholds = measure.records(case.programs, "program", "min_volume", "min_regions")
    min_volume, min_regions = next(least for program, *least in thresholds if program == choice.program)
    volumes = volume_of(case, choice.program, choice.regions)
    return JointCost(
        choice.regions,
        np.array([costs.get(region, 0.0) for region in choice.regions]),
        float(costs.get("", 0.0)),
        np.nan_to_num(volumes),
        float(np.nan_to_num(min_volume)),
        int(max(1, np.nan_to_num(min_regions))),
    )


def volume_of(case: Case, program: str, regions: Iterable[str]) -> Array:
    """Return the volume that each region brings into a programme; NaN where the table gives none."""
    rows = measure.records(case.program_regions, "program", "region", "volume")
    volume = {region: volume for of, region, volume in rows if of == program}
    return np.array([volume.get(region, np.nan) for region in regions], dtype=float)
