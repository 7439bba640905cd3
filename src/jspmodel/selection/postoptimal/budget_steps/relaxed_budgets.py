"""Bounds at many budgets by relaxations alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from jspmodel.processes import as_share, in_pieces, process_map
from jspmodel.selection.parametric import ParametricModel
from jspmodel.selection.postoptimal.budget_steps.scaled_budgets import demanding
from jspmodel.solver import ONE_THREAD, Benders, Reoptimiser

TOGETHER = 40
"""Neighbouring budgets that one process takes, each relaxation going on from the last."""


def relaxed_bounds(
    common: ParametricModel,
    scales: Sequence[float],
    workers: int,
    *,
    program: str | None = None,
    told: Callable[[float], None] | None = None,
) -> list[tuple[float, float]]:
    """Return what no plan is worth more than at some factors on all budgets.

    Parameters
    ----------
    common : ParametricModel
    scales : sequence of float
        In any order.
    workers : int
        Processes; the bounds do not depend on them.
    program : str, optional
        Must be in the plan.
    told : callable, optional
        Called with the share that is done.

    Returns
    -------
    list of (scale, bound)
        By rising scale; ``-inf`` where there is no plan.
    """
    model = common if program is None else demanding(common, program)
    parts = in_pieces(sorted(set(scales)), TOGETHER)
    watch = as_share(told, 0.0, 1.0, len(parts))
    return [one for some in process_map(_relaxed, model, parts, workers, watch) for one in some]


def _relaxed(common: ParametricModel, scales: Sequence[float]) -> list[tuple[float, float]]:
    """Relax from the largest budget down: rows that are added hold for smaller ones."""
    stated = _unpaid(common, scales[-1])
    column_map = common.column_map.among(stated.kept, stated.sums)
    reoptimiser = Reoptimiser(stated.matrix, column_map, stated.sums)
    bounds = []
    for scale in reversed(scales):
        relaxed = reoptimiser.relax(_unpaid(common, scale).matrix).relaxed
        bounds.append((scale, -np.inf if relaxed.infeasible else relaxed.bound + common.slack_at(scale)))
    return bounds[::-1]


def _unpaid(common: ParametricModel, scale: float) -> Benders:
    return Benders(common.at(scale), common.column_map.side, ONE_THREAD)
