"""Cuts that hold for every effect: found once, they tighten the relaxation of many models alike.

What the rules allow does not depend on what programmes bring about. So the rows of delivered effects are
priced into the objective by their multipliers (Lagrangian relaxation: Geoffrion 1974), and HiGHS looks for
cuts of what is left: budgets, coalitions, order. Whatever the multipliers, such a cut holds for all effects
and for every objective; a budget may be smaller afterwards, not larger.
"""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np
from scipy import sparse

from jspmodel.solver.highs import Options, new, relax, to_lp
from jspmodel.solver.matrix import Array, Flags, Matrix

QUIET: dict[str, bool | int | float | str] = {
    "presolve": "off",
    "mip_max_nodes": 1,
    "mip_heuristic_effort": 0.0,
    "mip_allow_restart": False,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_rins": False,
}
"""HiGHS only looks for cuts, of the columns as they are."""
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
    return with_rows(matrix, *_found(frame, options))


def multipliers(matrix: Matrix, options: Options) -> Array:
    """Return what one unit more on each right-hand side adds in the relaxation; 0 if it has no solution."""
    return relax(matrix, options, SECONDS).duals


def with_rows(matrix: Matrix, rows: sparse.csr_array, low: Array, high: Array) -> Matrix:
    """Return the matrix with further rows."""
    return replace(
        matrix,
        rows=sparse.vstack([matrix.rows, rows], format="csr"),
        row_lower=np.append(matrix.row_lower, low),
        row_upper=np.append(matrix.row_upper, high),
    )


def _found(frame: Matrix, options: Options) -> tuple[sparse.csr_array, Array, Array]:
    """Return the cuts that are in the relaxation when the root node ends."""
    highs = new(options, SECONDS)
    for name, value in QUIET.items():
        highs.setOptionValue(name, value)
    count = len(frame.cost)
    cuts = [(sparse.csr_array((0, count)), np.zeros(0), np.zeros(0))]

    def read(event: highspy.HighsCallbackEvent) -> None:
        pool = event.data_out
        number, begins = pool.cutpool_num_cut, np.array(pool.cutpool_start)
        values = np.array(pool.cutpool_value)[: begins[number]]
        places = np.array(pool.cutpool_index)[: begins[number]]
        rows = sparse.csr_array((values, places, begins[: number + 1]), shape=(number, count))
        low, high = (np.array(side)[:number] for side in (pool.cutpool_lower, pool.cutpool_upper))
        cuts.append((rows, low, high))

    highs.cbMipGetCutPool.subscribe(read)
    highs.passModel(to_lp(frame))
    highs.run()
    return cuts[-1]
