"""Plans of several models that are searched side by side: as one solution, and what of one is ruled out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from scipy import sparse

from jspmodel.selection.postoptimal.nearby_plans import NearbyPlans, Valued
from jspmodel.selection.postoptimal.plan_model import Demand
from jspmodel.solver import Array, RelaxedModel


class JointModels(Protocol):
    """Models side by side, as one."""

    def split(self, plan: Array) -> list[Array]:
        """Return the values of each model's columns."""

    def limit(self, place: int, rows: sparse.csr_array, most: Array) -> None:
        """Add rows over the columns of one model, which have no lower limit."""


def joint_solution(
    plans: Sequence[Valued], nearby: Sequence[NearbyPlans], models: Sequence[RelaxedModel]
) -> Array | None:
    """Return plans, one a model, as a solution of all; None where one breaks a row of its own."""
    every = zip(nearby, models, plans, strict=True)
    parts = [one.solved(at, choices) for one, at, (choices, _) in every]
    some = [part for part in parts if part is not None]
    return np.concatenate(some) if len(some) == len(parts) else None


def as_fair_as(
    plans: Sequence[Valued], nearby: Sequence[NearbyPlans], models: Sequence[RelaxedModel]
) -> list[RelaxedModel]:
    """Return the models in which regions must gain what they must in the best plans, or as in these."""
    every = zip(nearby, models, plans, strict=True)
    totals = [min(at.relaxed.bound, one.fair_up_to(choices)) for one, at, (choices, _) in every]
    return [one.relax(Demand(), total) for one, total in zip(nearby, totals, strict=True)]


def exclude_illegal(joint: JointModels, nearby: Sequence[NearbyPlans], values: Array) -> bool:
    """Exclude what of a solution cannot be paid or is not fair; return whether anything was excluded."""
    excluded = False
    for place, (one, part) in enumerate(zip(nearby, joint.split(values), strict=True)):
        if one.judge(part) is None:
            rows, most = one.excluding(part)
            joint.limit(place, rows, most)
            excluded = excluded or len(most) > 0
    return excluded
