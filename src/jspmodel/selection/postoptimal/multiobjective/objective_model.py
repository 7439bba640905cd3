"""The model with what plans gain in each objective function as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pulp

from jspmodel.case import Case
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Equity, Scenario
from jspmodel.selection.explanation import hold_floor
from jspmodel.selection.formulation import Formulation, Model, formulate
from jspmodel.selection.infeasibility import hopeless_locks, refuse
from jspmodel.selection.inputs import Inputs, read_inputs
from jspmodel.selection.objectives import Worth, score
from jspmodel.selection.parametric import as_parametric
from jspmodel.selection.postoptimal.multiobjective.objective_functions import ObjectiveFunction
from jspmodel.selection.postoptimal.plan_model import DemandModel
from jspmodel.selection.variables import Rows, Variables, label, times, total
from jspmodel.solver import Array, Places

RESOLUTION = 1e-5
"""Part of the most there can be of an objective within which two values count as one."""


@dataclass(frozen=True, eq=False)
class ObjectiveModel(DemandModel):
    r"""A model whose plans are measured by several objective functions.

    All are *gains* :math:`g_k`, from 0 to :math:`M_k`, of which more is better: of one of which less is
    better, the gain is what there is less than :math:`M_k`.

    .. math:: g_k \le f_k(x), \qquad \text{or} \quad g_k \le M_k - f_k(x)

    Attributes
    ----------
    scenario : Scenario
        By which plans are judged: without an equity rule where the worst-off region is one of the objectives.
    functions : tuple of ObjectiveFunction
    columns : array of int, shape (functions,)
        The column of each gain.
    terms : array, shape (functions, columns of the matrix)
        What columns add to each gain.
    most : array, shape (functions,)
        :math:`M_k`.
    floor : float or None
        What an equity rule asked for in the plan, in percent.
    """

    scenario: Scenario
    functions: tuple[ObjectiveFunction, ...]
    columns: Places
    terms: Array
    most: Array
    floor: float | None

    def least(self, total: float) -> float | None:
        """Return the floor of the plan, whatever the impact; None without an equity rule."""
        return self.floor

    @property
    def case(self) -> Case:
        """The case."""
        return self.stated.case

    @property
    def resolution(self) -> Array:
        """By how much two gains may differ and count as one."""
        return RESOLUTION * self.most

    def told(self, gains: Sequence[float]) -> tuple[float, ...]:
        """Return values in the units of the objectives from gains."""
        pairs = zip(self.functions, self.most.tolist(), gains, strict=True)
        return tuple(most - float(gain) if one.less else float(gain) for one, most, gain in pairs)

    def gains(self, values: Sequence[float]) -> Array:
        """Return gains from values in the units of the objectives."""
        pairs = zip(self.functions, self.most.tolist(), values, strict=True)
        return np.array([most - value if one.less else value for one, most, value in pairs])


@dataclass(frozen=True)
class ReferencePoint:
    r"""What a planner would like to reach of each objective, and what is still enough.

    .. math:: \sigma = \min_k \frac{g_k - r_k}{a_k - r_k}

    The achievement :math:`\sigma` of a plan is 1 where everything reaches its aspiration :math:`a_k`, 0 where
    the worst is at its reservation :math:`r_k` (Wierzbicki 1980).

    Attributes
    ----------
    aspirations, reservations : array, shape (functions,)
        As gains.
    """

    aspirations: Array
    reservations: Array

    @property
    def widths(self) -> Array:
        """From reservation to aspiration."""
        return self.aspirations - self.reservations

    @property
    def shift(self) -> float:
        """What is added to an achievement, so that it is 0 at least."""
        return float(max(0.0, (self.reservations / self.widths).max()))

    def achieved(self, gains: Array) -> float:
        """Return the achievement of gains."""
        return float(((gains - self.reservations) / self.widths).min())


def state_objectives(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    functions: Sequence[ObjectiveFunction],
    reference: ReferencePoint | None = None,
) -> ObjectiveModel:
    """State the model that a plan answers, with a column for what plans gain in each objective.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both: regions reach the floor of its equity rule, unless the worst-off region is one of
        the objectives: what is an objective is no rule.
    functions : sequence of ObjectiveFunction
    reference : ReferencePoint, optional
        Adds its achievement, shifted, as the last of the functions.

    Returns
    -------
    ObjectiveModel

    Raises
    ------
    ScenarioError
        If the scenario asks for rules that do not go together.
    InfeasibleError
        If a programme that is locked in cannot be carried out whatever else is done.
    """
    refuse(scenario)
    fair = any(one.name == "worst_off" for one in functions)
    judged = scenario.model_copy(update={"equity": Equity()}) if fair else scenario
    inputs = read_inputs(case, _as_stated(judged, functions, fair=fair))
    hopeless_locks(inputs)
    most = largest_gains(inputs, functions)
    stating = _Gains(formulate(inputs), functions, most)
    if reference is not None:
        stating.add_achievement(reference)
    formulation, functions = stating.formulation, stating.functions
    model = Model(formulation, scenario.solver)
    if not fair:
        hold_floor(formulation, model, plan)
    stated = as_parametric(formulation, model)
    matrix = replace(stated.matrix, cost=np.zeros_like(stated.matrix.cost)).bounded()
    columns = np.array([model.columns[gain.hash] for gain in stating.gains], dtype=np.int64)
    terms = -matrix.rows[[model.rows[label("gain", one.name)] for one in functions]].toarray()
    terms[:, columns] = 0.0
    return ObjectiveModel(
        replace(stated, matrix=matrix, slack=0.0),
        {},
        judged,
        tuple(functions),
        columns,
        terms,
        np.array(stating.most),
        None if fair or plan.equity is None else plan.equity.floor,
    )


def _as_stated(judged: Scenario, functions: Sequence[ObjectiveFunction], *, fair: bool) -> Scenario:
    """Return the scenario under which all variables are stated that some objective needs."""
    effects = any(one.effects for one in functions) or judged.equity.mode != "off"
    kind, equity = "gap_closed" if effects else "score", Equity(mode="floor") if fair else judged.equity
    return judged.model_copy(update={"objective": kind, "equity": equity})


def largest_gains(inputs: Inputs, functions: Sequence[ObjectiveFunction]) -> Array:
    """Return what no plan exceeds of each objective."""
    return np.array([max(one.most(inputs), 0.0) for one in functions])


class _Gains:
    """States a column for what plans gain in each objective.

    Attributes
    ----------
    functions, gains, most : list
    """

    def __init__(self, plain: Formulation, functions: Sequence[ObjectiveFunction], most: Array) -> None:
        self._plain, self._problem = plain, pulp.LpProblem("gains", pulp.LpMaximize)
        self._scored = _scored(self._problem, plain.variables, plain.inputs)
        self._reference: tuple[ReferencePoint, pulp.LpVariable] | None = None
        self.functions: list[ObjectiveFunction] = []
        self.gains: list[pulp.LpVariable] = []
        self.most: list[float] = []
        for one, high in zip(functions, most.tolist(), strict=True):
            self._add(one, high)

    def _add(self, function: ObjectiveFunction, most: float) -> None:
        self.functions.append(function)
        self.gains.append(self._problem.add_variable(label("gain", function.name), 0, most))
        self.most.append(most)

    def add_achievement(self, reference: ReferencePoint) -> None:
        """Add the achievement of a reference point, shifted, as an objective of its own."""
        most = reference.shift + reference.achieved(np.array(self.most))
        column = self._problem.add_variable(label("achievement"), 0, most)
        known = self.functions.copy()
        highest = self.most.copy()

        def value(case: Case, scenario: Scenario) -> Worth:
            judges = [one.value(case, scenario) for one in known]

            def achieved(choices: Sequence[Choice]) -> float:
                pairs = zip(known, highest, judges, strict=True)
                gains = [high - judge(choices) if one.less else judge(choices) for one, high, judge in pairs]
                return reference.shift + reference.achieved(np.array(gains))

            return achieved

        self._reference = reference, column
        terms = ((column, 1.0),)
        self._add(
            ObjectiveFunction("achievement", "share", lambda *_: iter(terms), value, lambda _: most), most
        )

    @property
    def formulation(self) -> Formulation:
        """The formulation with the rows that say what a plan gains."""
        return replace(self._plain, families=(*self._plain.families, self._rows))

    def _rows(self, variables: Variables, inputs: Inputs) -> Rows:
        for one, gain, high in zip(self.functions, self.gains, self.most, strict=True):
            own = self._scored if one.name == "score" else variables
            parts = times(1.0 if one.less else -1.0, one.terms(own, inputs))
            yield label("gain", one.name), total([(gain, 1.0)], parts) <= (high if one.less else 0.0)
        if self._scored is not variables and any(one.name == "score" for one in self.functions):
            yield from score.pairs(self._scored, inputs)
        if self._reference is not None:
            yield from self._achieved(*self._reference)

    def _achieved(self, reference: ReferencePoint, column: pulp.LpVariable) -> Rows:
        """Let the achievement be at most that of each objective."""
        widths, low = reference.widths.tolist(), reference.reservations.tolist()
        for one, gain, width, least in zip(self.functions, self.gains, widths, low, strict=False):
            row = total([(column, width), (gain, -1.0)]) <= reference.shift * width - least
            yield label("achieved", one.name), row


def _scored(problem: pulp.LpProblem, variables: Variables, inputs: Inputs) -> Variables:
    """Return the variables with complements as the score knows them: wherever and whenever both are there."""
    if inputs.scenario.objective == "score":
        return variables
    pairs = {
        (p.code, o.code, "", 0): problem.add_variable(label("both", p.code, o.code, "", 0), 0, 1)
        for p, o, _ in inputs.complements()
    }
    return replace(variables, both=pairs)
