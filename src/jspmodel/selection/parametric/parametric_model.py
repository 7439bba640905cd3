"""A model of which many near likes are asked: what they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from jspmodel.case import Case
from jspmodel.errors import Problem, ScenarioError
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.explanation import hold_floor
from jspmodel.selection.formulation import Formulation, Model, formulate, read_column_map
from jspmodel.selection.infeasibility import hopeless_locks, refuse
from jspmodel.selection.inputs import Inputs, read_inputs
from jspmodel.selection.objectives import tie
from jspmodel.selection.search import marked, read_choices
from jspmodel.selection.variables import label
from jspmodel.solver import Array, Benders, ColumnMap, Flags, Matrix, Options, with_rows


@dataclass(frozen=True)
class ScaledMoney:
    """What all budgets come to together at a factor on them.

    Attributes
    ----------
    scaled : float
        Rp billion that factors change, at a factor of 1.
    carried : float
        Rp billion carried over from years past, whatever the factor.
    """

    scaled: float
    carried: float = 0.0

    def at(self, scale: float) -> float:
        """Return Rp billion at a factor."""
        return scale * self.scaled + self.carried

    def part(self, scale: float) -> float:
        """Return what they come to at a factor, as a part of what they do at a factor of 1."""
        fixed = self.carried / self.at(1.0) if self.carried else 0.0
        return scale * (1.0 - fixed) + fixed


@dataclass(frozen=True, eq=False)
class ParametricModel:
    """A model whose budgets or effects are to be changed, as processes pass it on.

    Attributes
    ----------
    matrix : Matrix
        With ``budget_scale.all`` at 1; with an equity floor its last row is ``own_share``.
    start, join : tuple
        The keys of the columns in ``column_map.start`` and ``column_map.join``.
    names : tuple of str
        Of the rows.
    programs : tuple of str
        By the number that ``column_map`` gives them.
    delivered : dict of row to (issue, region, year)
        The rows of delivered effects.
    worst : int or None
        The column of the worst-off region's impact.
    slack : float
        What the price of money may take from the objective.
    floor : float or None
        Part of a plan's own impact that each region must reach.
    budgets : dict of (fund, year) to float
        At the same factor as the matrix, in Rp billion.
    """

    case: Case
    scenario: Scenario
    matrix: Matrix
    column_map: ColumnMap
    start: tuple[tuple[str, int], ...]
    join: tuple[tuple[str, str, int], ...]
    names: tuple[str, ...]
    programs: tuple[str, ...]
    delivered: dict[int, tuple[str, str, int]]
    worst: int | None
    slack: float
    floor: float | None
    budgets: dict[tuple[str, int], float]

    def with_rows(
        self, rows: sparse.csr_array, lower: Array, upper: Array, names: Sequence[str]
    ) -> ParametricModel:
        """Return the model with rows at its end in which no payments are.

        Parameters
        ----------
        rows : sparse array, shape (rows, columns)
        lower, upper : array, shape (rows,)
            What they are at least and at most.
        names : sequence of str

        Returns
        -------
        ParametricModel
        """
        side = self.column_map.side.with_rows(len(names))
        return replace(
            self,
            matrix=with_rows(self.matrix, rows, lower, upper),
            names=(*self.names, *names),
            column_map=replace(self.column_map, side=side),
        )

    def at(self, scale: float) -> Matrix:
        """Return the model at a factor on all budgets."""
        upper, fixed = self.matrix.row_upper.copy(), self.fixed_budgets
        rows = self.rows("fund_budget", "year_budget")
        upper[rows] = scale * (upper[rows] - fixed[rows]) + fixed[rows]
        return replace(self.matrix, row_upper=upper).bounded()

    @property
    def fixed_budgets(self) -> Array:
        """Return which part of each row's upper end no factor on all budgets changes: money carried over."""
        fixed = np.zeros(len(self.names))
        if self.case.carried_over:
            place = {name: row for row, name in enumerate(self.names)}
            for (fund, year), amount in self.case.carried_over.items():
                for name in (label("fund_budget", fund, year), label("year_budget", year)):
                    if name in place:
                        fixed[place[name]] += amount
        return fixed

    @property
    def money(self) -> ScaledMoney:
        """Return what all budgets come to together."""
        carried = {key: self.case.carried_over.get(key, 0.0) for key in self.budgets}
        scaled = sum(amount - carried[key] for key, amount in self.budgets.items())
        return ScaledMoney(scaled, sum(carried.values()))

    def slack_at(self, scale: float) -> float:
        """Return what the price of money may take from the objective at a factor on all budgets."""
        return self.slack * self.money.part(scale)

    def unpaid(self, options: Options) -> ParametricModel:
        """Return the model with sums in place of payments (see ``Benders``); its plans may lack money."""
        projection = Benders(self.matrix, self.column_map.side, options)
        row = {place: k for k, place in enumerate(projection.rows.tolist())}
        column = {place: k for k, place in enumerate(projection.kept.tolist())}
        sums = len(projection.matrix.row_lower) - len(row)
        return replace(
            self,
            matrix=projection.matrix,
            column_map=self.column_map.among(projection.kept, projection.sums),
            names=(*(self.names[place] for place in row), *(f"paid({k})" for k in range(sums))),
            delivered={row[place]: key for place, key in self.delivered.items()},
            worst=None if self.worst is None else column[self.worst],
        )

    def rows(self, *families: str) -> Flags:
        """Return which rows are of some families, by the kind in their names."""
        kinds = tuple(f"{family}(" for family in families)
        return np.array([name.startswith(kinds) for name in self.names], dtype=bool)

    def chosen(self, values: Array) -> tuple[Choice, ...]:
        """Return what values of columns carry out."""
        return read_choices(values, self.start, self.join, self.column_map)

    def values(self, choices: Iterable[Choice]) -> Array:
        """Return a plan as starts and joins, in the columns; 0 in all others."""
        return marked(choices, self.start, self.join, self.column_map, len(self.matrix.cost))


def refuse_max_min(scenario: Scenario) -> None:
    """Refuse what a family of plans cannot be ordered by."""
    refuse(scenario)
    if scenario.equity.mode == "max_min":
        problem = Problem("max_min_one_plan", f"{scenario.name}.yaml", column="equity.mode")
        raise ScenarioError("equity.mode max_min goes with one plan only: choose floor or off.", [problem])


def state_parametric_model(case: Case, scenario: Scenario) -> ParametricModel:
    """State the model, with all budgets as in the tables.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    ParametricModel

    Raises
    ------
    ScenarioError
        If the scenario asks for ``equity: max_min``, or for rules that do not go together.
    InfeasibleError
        If a programme that is locked in cannot be carried out whatever else is done.
    """
    refuse_max_min(scenario)
    scale = scenario.budget_scale.model_copy(update={"all": 1.0})
    inputs = read_inputs(case, scenario.model_copy(update={"budget_scale": scale}))
    model, worst, pieces = _state(scenario, inputs, None)
    floor = scenario.equity.floor if scenario.equity.mode == "floor" else None
    if floor is None or worst is None:
        return model
    share = _own_share(model.matrix, pieces, worst, floor)
    return replace(model.with_rows(share, np.zeros(1), np.full(1, np.inf), ["own_share()"]), floor=floor)


def state_model_of_plan(case: Case, scenario: Scenario, plan: Plan) -> ParametricModel:
    """State the model that a plan answers, at the scenario's own budgets.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both: with an equity rule each region with a need reaches what the rule asked for in it.

    Returns
    -------
    ParametricModel
        Its ``floor`` is None: what a region must reach does not hang on the plan that is sought.

    Raises
    ------
    ScenarioError
        If the scenario asks for rules that do not go together.
    InfeasibleError
        If a programme that is locked in cannot be carried out whatever else is done.
    """
    refuse(scenario)
    return _state(scenario, read_inputs(case, scenario), plan)[0]


def _state(
    scenario: Scenario, inputs: Inputs, plan: Plan | None
) -> tuple[ParametricModel, int | None, list[int]]:
    """Return the model, the column of the worst-off region, and those of the pieces of phi."""
    hopeless_locks(inputs)
    formulation = formulate(inputs)
    model, variables = Model(formulation, scenario.solver), formulation.variables
    if plan is not None:
        hold_floor(formulation, model, plan)
    stated = replace(as_parametric(formulation, model), scenario=scenario)
    return stated, stated.worst, [model.columns[piece.hash] for piece in variables.piece.values()]


def as_parametric(formulation: Formulation, model: Model) -> ParametricModel:
    """Return a model that is stated as the arrays that processes pass on; its ``floor`` is None."""
    variables, inputs = formulation.variables, formulation.inputs
    return ParametricModel(
        inputs.case,
        inputs.scenario,
        model.matrix,
        read_column_map(formulation, model),
        tuple(variables.start),
        tuple(variables.join),
        tuple(model.rows),
        tuple(inputs.proposals),
        {model.rows[label("delivered", i, r, t)]: (i, r, t) for i, r, t, _ in variables.piece},
        None if variables.worst is None else model.columns[variables.worst.hash],
        tie(inputs),
        None,
        inputs.budgets,
    )


def _own_share(matrix: Matrix, pieces: list[int], worst: int, floor: float) -> sparse.csr_array:
    """Return the row that asks for worst >= floor * impact of the plan itself.

    A solution may let pieces of phi lie idle to keep this row, so plans are judged by the measure as well.
    """
    row = np.zeros(len(matrix.cost))
    row[pieces] = -floor * matrix.cost[pieces]
    row[worst] = 1.0
    return sparse.csr_array(row[None, :])
