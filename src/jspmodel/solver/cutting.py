"""Rows that every solution in whole numbers keeps, found by HiGHS at its root node."""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np
from scipy import sparse

from jspmodel.solver.highs import Options, new, to_lp
from jspmodel.solver.matrix import Array, Matrix

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

Rows = tuple[sparse.csr_array, Array, Array]
"""Rows, and their lower and upper sides."""


def with_rows(matrix: Matrix, rows: sparse.csr_array, low: Array, high: Array) -> Matrix:
    """Return the matrix with further rows."""
    return replace(
        matrix,
        rows=sparse.vstack([matrix.rows, rows], format="csr"),
        row_lower=np.append(matrix.row_lower, low),
        row_upper=np.append(matrix.row_upper, high),
    )


def root_cuts(matrix: Matrix, options: Options, seconds: float) -> tuple[Rows, bool]:
    """Return the cuts that are in the relaxation when the root node ends, and whether it ended in time."""
    highs = new(options, seconds)
    for name, value in QUIET.items():
        highs.setOptionValue(name, value)
    count = len(matrix.cost)
    cuts: list[Rows] = [(sparse.csr_array((0, count)), np.zeros(0), np.zeros(0))]

    def read(event: highspy.HighsCallbackEvent) -> None:
        pool = event.data_out
        number, begins = pool.cutpool_num_cut, np.array(pool.cutpool_start)
        values = np.array(pool.cutpool_value)[: begins[number]]
        places = np.array(pool.cutpool_index)[: begins[number]]
        rows = sparse.csr_array((values, places, begins[: number + 1]), shape=(number, count))
        low, high = (np.array(side)[:number] for side in (pool.cutpool_lower, pool.cutpool_upper))
        cuts.append((rows, low, high))

    highs.cbMipGetCutPool.subscribe(read)
    highs.passModel(to_lp(matrix))
    highs.run()
    return cuts[-1], highs.getModelStatus() != highspy.HighsModelStatus.kTimeLimit
