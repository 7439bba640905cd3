"""Cuts that hold for every effect: found once, they tighten the relaxation of many models alike.

What the rules allow does not depend on what programmes bring about. So the rows of delivered effects are
priced into the objective by their multipliers (Lagrangian relaxation: Geoffrion 1974), and HiGHS looks for
cuts of what is left: budgets, coalitions, order. Whatever the multipliers, such a cut holds for all effects
and for every objective; a budget may be smaller afterwards, not larger.
"""

from __future__ import annotations

from dataclasses import replace

from jspmodel.solver.cutting import root_cuts, with_rows
from jspmodel.solver.highs import Options, relax
from jspmodel.solver.matrix import Array, Flags, Matrix

SECONDS = 600.0
"""No clock: the root node ends by itself."""


def tightened(matrix: Matrix, effects: Flags, options: Options) -> Matrix:
    """Return the matrix with further rows that every solution in whole numbers keeps.

    Parameters
    ----------
    matrix : Matrix
        With finite bounds of columns.
    effects : array of bool, shape (rows,)
        The rows of delivered effects, whose coefficients may change afterwards.
    options : Options

    Returns
    -------
    Matrix
        The further rows come last.
    """
    if not matrix.whole.any():
        return matrix
    duals = multipliers(matrix, options)
    rest = ~effects
    frame = replace(
        matrix,
        cost=matrix.cost - matrix.rows.T @ (duals * effects),
        rows=matrix.rows[rest],
        row_lower=matrix.row_lower[rest],
        row_upper=matrix.row_upper[rest],
    )
    cuts, _ = root_cuts(frame, options, SECONDS)
    return with_rows(matrix, *cuts)


def multipliers(matrix: Matrix, options: Options) -> Array:
    """Return what one unit more on each right-hand side adds in the relaxation; 0 if it has no solution."""
    return relax(matrix, options, SECONDS).duals
