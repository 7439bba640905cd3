"""The model of a plan in which effects are numbers to be put in, or to be sought."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import sparse

from jspmodel.case import Case
from jspmodel.measure import effect_ranges
from jspmodel.plan import Choice, Plan
from jspmodel.proof import DOUBT
from jspmodel.scenario import Scenario
from jspmodel.selection.explanation import other_settings
from jspmodel.selection.objectives import worth_of
from jspmodel.selection.parametric import Portfolios
from jspmodel.selection.plan_audit import audit
from jspmodel.selection.postoptimal.extension import Extension
from jspmodel.selection.postoptimal.plan_model import Demand, PlanModel, state_plan_model
from jspmodel.solver import Array, Matrix, Places

Worth = dict[int, float]
"""What adds up to the worth of a plan: a column, and its factor."""
Judge = Callable[[Sequence[Choice]], float]
"""Gives what choices are worth, in percent."""


@dataclass(frozen=True, eq=False)
class EffectModel:
    """The model of a plan, without a worth: that is added for the effects that are asked about.

    An equity rule is one of the rules that make a plan: it is held at the expected effects, so that which
    plans there are does not hang on what the effects turn out to be.

    Attributes
    ----------
    case : Case
    scenario : Scenario
    model : PlanModel
        Stated with the highest effects, so that no column is missing; its own worth is 0.
    effects : tuple of (program, issue)
    low, mode, high : array, shape (effects,)
    row_effect : array of int, shape (rows of program_effects,)
        The number of the effect that a row of the table is of.
    cells : array of int, shape (cells,)
        Rows of the model: the effect delivered on an issue, in a region, by a year.
    pieces : sparse array, shape (cells, columns)
        The pieces of the diminishing returns that a cell fills.
    linked : tuple of arrays, each of shape (entries,)
        The number of the cell, the column that carries an effect into it, the number of the effect, and how
        many times the effect.
    width, worth : array, shape (columns,)
        How wide a piece is, and what it is worth.
    """

    case: Case
    scenario: Scenario
    model: PlanModel
    effects: tuple[tuple[str, str], ...]
    low: Array
    mode: Array
    high: Array
    row_effect: Places
    cells: Places
    pieces: sparse.csr_array
    linked: tuple[Places, Places, Places, Array]
    width: Array
    worth: Array

    def at(self, demand: Demand) -> Matrix:
        """Return the model under a demand, worth nothing but the price of money."""
        return self.model.at(demand)

    def effects_of(self, values: Array) -> Array:
        """Return effects by (program, issue) from those by row of the table.

        Parameters
        ----------
        values : array, shape (rows of program_effects,)

        Returns
        -------
        array, shape (effects,)
        """
        return _by_effect(self.row_effect, values, len(self.effects))

    def add_worth(self, asked: Extension, effects: Array) -> Worth:
        """Add what a plan is worth at some effects.

        Parameters
        ----------
        asked : Extension
            Of the model.
        effects : array, shape (effects,)

        Returns
        -------
        dict of int to float
        """
        cell, column, effect, times = self.linked
        return self.add_cells(asked, cell, column, times * effects[effect])

    def add_cells(self, asked: Extension, cell: Places, column: Places, factor: Array) -> Worth:
        """Add pieces, and cells that share what columns carry into them; return what the pieces are worth.

        Parameters
        ----------
        asked : Extension
        cell, column : array of int, shape (entries,)
        factor : array, shape (entries,)
            The effect that a column carries into a cell.

        Returns
        -------
        dict of int to float
        """
        own = self.pieces.tocoo()
        new = asked.columns(np.zeros(len(own.col)), self.width[own.col])
        asked.rows(
            np.concatenate([own.row, cell]),
            np.concatenate([new, column]),
            np.concatenate([np.ones(len(new)), -factor]),
            np.full(len(self.cells), -np.inf),
            np.zeros(len(self.cells)),
        )
        return dict(zip(new.tolist(), self.worth[own.col].tolist(), strict=True))

    def multiples(self, choices: Sequence[Choice]) -> sparse.csr_array:
        """Return how many times each effect a plan carries into each cell.

        Returns
        -------
        sparse array, shape (cells, effects)
        """
        plan = self._portfolios.linked(self.model.stated.values(choices)[None, :])[0]
        cell, column, effect, times = self.linked
        shape = (len(self.cells), len(self.effects))
        carried = sparse.csr_array((times * plan[column], (cell, effect)), shape=shape)
        carried.eliminate_zeros()
        return carried

    @cached_property
    def _portfolios(self) -> Portfolios:
        return Portfolios(self.model.stated)

    def by_row(self, effects: Array) -> Array:
        """Return effects by row of the table from those by (program, issue): each row as far in its range."""
        width, ranges = self.high - self.low, effect_ranges(self.case, self.scenario)
        far = np.divide(effects - self.low, width, out=np.zeros_like(width), where=width > 0)[self.row_effect]
        by_row: Array = (ranges["low"] + far * (ranges["high"] - ranges["low"])).to_numpy(float)
        return by_row


def judge_at(case: Case, scenario: Scenario, effects: Array) -> Judge:
    """Return what gives the worth of choices at some effects, from the tables alone.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    effects : array, shape (rows of program_effects,)

    Returns
    -------
    callable
    """
    return worth_of(replace(case, program_effects=case.program_effects.assign(effect=effects)), scenario)


def state_effect_model(case: Case, scenario: Scenario, plan: Plan) -> EffectModel:
    """State the model of a plan for effects to be put in.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        Effects must count under its objective.
    plan : Plan
        The answer to both: gives the floor of an equity rule.

    Returns
    -------
    EffectModel

    Raises
    ------
    SolverError
        If the plan does not keep the rules of the case and scenario, or is not worth what it says.
    """
    _require_answer(case, scenario, plan)
    table, ranges = case.program_effects, effect_ranges(case, scenario)
    stated = state_plan_model(
        replace(case, program_effects=table.assign(effect=ranges["high"])), scenario, plan
    )
    keys = list(zip(table["program"], table["issue"], strict=True))
    effects = tuple(dict.fromkeys(keys))
    number = {key: place for place, key in enumerate(effects)}
    row_effect = np.array([number[key] for key in keys], dtype=np.int64)
    low, mode, high = (
        _by_effect(row_effect, ranges[end].to_numpy(float), len(effects)) for end in ("low", "mode", "high")
    )
    matrix, model = stated.stated.matrix, stated.stated
    cells = np.sort(np.array(list(model.delivered), dtype=np.int64))
    entries = matrix.rows[cells].tocoo()
    carries = entries.data < 0
    cell, column = entries.row[carries].astype(np.int64), entries.col[carries].astype(np.int64)
    issue = [model.delivered[row][0] for row in cells.tolist()]
    effect = np.array(
        [
            number[model.programs[model.column_map.owner[c]], issue[k]]
            for k, c in zip(cell, column, strict=True)
        ],
        dtype=np.int64,
    )
    pieces = sparse.csr_array(entries)
    pieces.data = np.maximum(pieces.data, 0.0)
    pieces.eliminate_zeros()
    is_piece = np.zeros(len(matrix.cost), dtype=bool)
    is_piece[entries.col[~carries]] = True
    held = _at_expected(matrix, cells, is_piece, mode / np.where(high > 0, high, 1.0), effect, plan)
    return EffectModel(
        case,
        scenario,
        replace(
            stated, stated=replace(model, matrix=replace(held, cost=np.where(is_piece, 0.0, matrix.cost)))
        ),
        effects,
        low,
        mode,
        high,
        row_effect,
        cells,
        pieces,
        (cell, column, effect, -entries.data[carries] / high[effect]),
        matrix.upper,
        np.where(is_piece, matrix.cost, 0.0),
    )


def _require_answer(case: Case, scenario: Scenario, plan: Plan) -> None:
    """Raise an error unless a plan answers case and scenario: it and its bound are taken at their word."""
    floor = plan.equity.floor if plan.equity else 0.0
    verdict = audit(case, scenario, plan.choices, plan.funding, floor=floor)
    apart = abs(verdict.objective - plan.objective)
    if not verdict.passed or apart > DOUBT * max(1.0, abs(plan.objective)):
        raise other_settings()


def _by_effect(row_effect: Places, values: Array, count: int) -> Array:
    """Add up the rows of the table that are of one effect."""
    return np.bincount(row_effect, values, count).astype(float)


def _at_expected(
    matrix: Matrix, cells: Places, is_piece: Array, factor: Array, effect: Places, plan: Plan
) -> Matrix:
    """Return the model with the expected effects; nothing is delivered where no equity rule asks for it."""
    if plan.equity is None:
        return replace(matrix, upper=np.where(is_piece, 0.0, matrix.upper))
    rows = matrix.rows.copy()
    rows.data = rows.data.copy()
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    carries = np.isin(row, cells) & (rows.data < 0)
    rows.data[carries] *= factor[effect]
    return replace(matrix, rows=rows)
