"""From a relaxation to a plan: decide what is nearly decided, relax again, and search the rest."""

from __future__ import annotations

import numpy as np

from jspmodel.solver.effort import Effort
from jspmodel.solver.highs import Options, RelaxationResult, relax
from jspmodel.solver.matrix import NOT_FIXED, Array, ColumnMap, Matrix, restrict

FEW_STARTS, FEW_JOINS = 16, 400
"""So many undecided columns are left to a search."""
OUT, STEP, IN = 0.02, 0.05, 0.7
"""Below OUT (rising by STEP a round) a start counts as decided against, above IN as decided for."""
ROUNDS = 12
SLIGHT = 1e-4
"""Share of the objective that a column must cost before it is left out unused."""
COARSE = 1e-3
"""Tolerance of the relaxations on the way."""


def dive(
    matrix: Matrix,
    column_map: ColumnMap,
    relaxed: RelaxationResult,
    options: Options,
    effort: Effort,
    least: float,
) -> Array:
    """Decide step by step what the relaxation all but decides.

    Parameters
    ----------
    matrix : Matrix
    column_map : ColumnMap
    relaxed : RelaxationResult
        Of the matrix.
    options : Options
    effort : Effort
    least : float
        What the part that is left must be able to be worth.

    Returns
    -------
    array, shape (columns,)
        What is decided; ``FREE`` where a column is left to a search.
    """
    fixed, values = _unused(matrix, column_map, relaxed), relaxed.values
    for decide, few in ((_starts, FEW_STARTS), (_joins, FEW_JOINS)):
        columns = column_map.start if decide is _starts else column_map.join
        for step in range(ROUNDS):
            # Without any plan, what is left must be small enough to be searched, whatever that takes.
            if np.isnan(fixed[columns]).sum() <= few or (effort.over and least > -np.inf):
                break
            tried = decide(column_map, fixed, values, step)
            restriction = restrict(matrix, tried)
            next_ = relax(restriction.matrix, options, COARSE, effort.seconds)
            effort.spend(next_.work)
            if next_.infeasible or next_.bound <= least:
                break
            fixed, values = tried, restriction.expand(next_.values)
    return fixed


def _unused(matrix: Matrix, column_map: ColumnMap, relaxed: RelaxationResult) -> Array:
    """Leave out what the relaxation does not use and would have to pay for."""
    price = -relaxed.reduced_costs * np.where(np.isfinite(matrix.upper), matrix.upper, 1.0)
    idle = (relaxed.values <= 1e-3) & (matrix.lower == 0) & (price > SLIGHT * abs(relaxed.bound))
    idle[column_map.start] = False
    return np.where(idle & (column_map.owner >= 0), 0.0, NOT_FIXED)


def _starts(column_map: ColumnMap, fixed: Array, values: Array, step: int) -> Array:
    fixed = fixed.copy()
    open_ = np.flatnonzero(np.isnan(fixed[column_map.start]))
    value = values[column_map.start[open_]]
    fixed[column_map.start[open_[value < OUT + STEP * step]]] = 0.0
    for place in open_[value > IN]:
        rivals = column_map.start[column_map.program == column_map.program[place]]
        if np.isnan(fixed[column_map.start[place]]):
            fixed[rivals[np.isnan(fixed[rivals])]] = 0.0
            fixed[column_map.start[place]] = 1.0
    return _without_start(column_map, fixed)


def _joins(column_map: ColumnMap, fixed: Array, values: Array, step: int) -> Array:
    fixed = fixed.copy()
    open_ = column_map.join[np.isnan(fixed[column_map.join])]
    margin = STEP * (step + 1)
    fixed[open_[values[open_] < margin]] = 0.0
    fixed[open_[values[open_] > 1 - margin]] = 1.0
    return fixed


def _without_start(column_map: ColumnMap, fixed: Array) -> Array:
    """Let nobody join what does not start."""
    fixed[column_map.join[fixed[column_map.start[column_map.parent]] == 0.0]] = 0.0
    return fixed
