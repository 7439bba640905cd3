"""The model that a plan answers, stated so that any programme can be demanded or refused by numbers alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from jspmodel.case import Case
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.parametric import ParametricModel, state_model_of_plan, state_parametric_model
from jspmodel.solver import Array, Matrix


@dataclass(frozen=True)
class Demand:
    """What is asked of a plan beside the rules.

    Attributes
    ----------
    into, out : frozenset of str
        Programmes that must be carried out, and that must not be.
    """

    into: frozenset[str] = frozenset()
    out: frozenset[str] = frozenset()

    def met_by(self, programs: Collection[str]) -> bool:
        """Return whether a set of programmes meets it."""
        return self.into <= set(programs) and self.out.isdisjoint(programs)


@dataclass(frozen=True, eq=False)
class DemandModel:
    """A model of which any programme can be demanded or refused, as processes pass it on.

    Attributes
    ----------
    stated : ParametricModel
        Its last rows say of each programme of ``rows`` whether it is carried out: sum_t start[p,t].
    rows : dict of str to int
        Those rows, by programme; one that can never start has none.
    """

    stated: ParametricModel
    rows: dict[str, int]

    def at(self, demand: Demand) -> Matrix:
        """Return the model under a demand."""
        low, high = self.limits(demand)
        return replace(self.stated.matrix, row_lower=low, row_upper=high)

    def limits(self, demand: Demand) -> tuple[Array, Array]:
        """Return what rows are at least and at most under a demand."""
        low, high = self.stated.matrix.row_lower.copy(), self.stated.matrix.row_upper.copy()
        low[[self.rows[program] for program in demand.into]] = 1.0
        high[[self.rows[program] for program in demand.out & self.rows.keys()]] = 0.0
        return low, high

    def least(self, total: float) -> float | None:
        """Return what each region with a need must gain in a plan of an impact; None without such a rule."""
        floor = self.stated.floor
        return None if floor is None else floor * total


@dataclass(frozen=True, eq=False)
class PlanModel(DemandModel):
    """The model of a plan: at the scenario's own budgets; regions reach the floor of the plan.

    Attributes
    ----------
    plan : Plan
    """

    plan: Plan

    def least(self, total: float) -> float | None:
        """Return the floor of the plan, whatever the impact; None without an equity rule."""
        return None if self.plan.equity is None else self.plan.equity.floor


def state_plan_model(case: Case, scenario: Scenario, plan: Plan) -> PlanModel:
    """State the model of a plan.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both: gives the floor of an equity rule.

    Returns
    -------
    PlanModel

    Raises
    ------
    ScenarioError
        If the scenario asks for rules that do not go together.
    """
    stated, rows = with_carried_out(state_model_of_plan(case, scenario, plan))
    return PlanModel(replace(stated, matrix=stated.matrix.bounded()), rows, plan)


def state_level_models(case: Case, scenario: Scenario, levels: Sequence[float]) -> tuple[DemandModel, ...]:
    """State the model at several factors on the scenario's budgets; equity floors follow each plan.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    levels : sequence of float
        Factors on ``budget_scale.all``.

    Returns
    -------
    tuple of DemandModel

    Raises
    ------
    ScenarioError, InfeasibleError
        As ``state_parametric_model``.
    """
    stated, rows = with_carried_out(state_parametric_model(case, scenario))
    scales = [level * scenario.budget_scale.all for level in levels]
    return tuple(
        DemandModel(replace(stated, matrix=stated.at(scale), slack=stated.slack_at(scale)), rows)
        for scale in scales
    )


def with_carried_out(model: ParametricModel) -> tuple[ParametricModel, dict[str, int]]:
    """Return a model with rows at its end that say of each programme whether it is carried out.

    Parameters
    ----------
    model : ParametricModel

    Returns
    -------
    ParametricModel, dict of str to int
        The places of these rows, by programme; one that can never start has none.
    """
    columns: dict[str, list[int]] = {}
    for (program, _), column in zip(model.start, model.column_map.start.tolist(), strict=True):
        columns.setdefault(program, []).append(column)
    places = np.array([column for some in columns.values() for column in some], dtype=np.int64)
    ends = np.cumsum([0, *map(len, columns.values())])
    shape = (len(columns), len(model.matrix.cost))
    rows = sparse.csr_array((np.ones(len(places)), places, ends), shape=shape)
    names, first = [f"carried_out({program})" for program in columns], len(model.names)
    stated = model.with_rows(rows, np.zeros(len(columns)), np.ones(len(columns)), names)
    return stated, {program: first + place for place, program in enumerate(columns)}
