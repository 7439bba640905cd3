"""Rows that every solution in whole numbers keeps, found by HiGHS at its root node."""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np
from scipy import sparse

from jspmodel.solver.highs import Options, Settings, new, to_lp
from jspmodel.solver.matrix import Array, Matrix

CUTS_ALONE: Settings = {
    "mip_max_nodes": 1,
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_rins": False,
}
"""HiGHS only looks for cuts at its root node."""
AS_STATED: Settings = {"presolve": "off", "mip_allow_restart": False}
"""Cuts are of the columns as they are."""

LOCK, CLOSED = np.sqrt([2.0, 3, 5, 7, 11, 13, 17, 19, 23, 29]), 17.28653
"""Numbers of which no sum of some is CLOSED: the nearest miss it by 0.03; sums of fractions do not."""

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
    """Look for cuts.

    A solution that HiGHS finds on the way would let it cut off all that is worth less, which other objectives
    or budgets may need. So it is given a row more that no whole numbers keep, apart from all others: it finds
    no solution, and what it cuts off is never whole.

    Parameters
    ----------
    matrix : Matrix
    options : Options
    seconds : float
        Time limit.

    Returns
    -------
    rows : tuple
        The cuts that are in the relaxation when the root node ends.
    finished : bool
        Whether it ended in time.
    """
    highs = new(options, seconds, {**CUTS_ALONE, **AS_STATED})
    count = len(matrix.cost)
    cuts: list[Rows] = [(sparse.csr_array((0, count)), np.zeros(0), np.zeros(0))]

    def read(event: highspy.HighsCallbackEvent) -> None:
        pool = event.data_out
        number, begins = pool.cutpool_num_cut, np.array(pool.cutpool_start)
        values = np.array(pool.cutpool_value)[: begins[number]]
        places = np.array(pool.cutpool_index)[: begins[number]]
        rows = sparse.csr_array((values, places, begins[: number + 1]), shape=(number, count + len(LOCK)))
        ours = np.flatnonzero(np.diff(rows[:, count:].tocsr().indptr) == 0)
        low, high = (np.array(side)[:number][ours] for side in (pool.cutpool_lower, pool.cutpool_upper))
        cuts.append((rows[ours][:, :count].tocsr(), low, high))

    highs.cbMipGetCutPool.subscribe(read)
    highs.passModel(to_lp(_locked(matrix)))
    highs.run()
    status = highs.getModelStatus()
    found = highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return cuts[0 if found else -1], status != highspy.HighsModelStatus.kTimeLimit


def _locked(matrix: Matrix) -> Matrix:
    count = len(LOCK)
    return Matrix(
        cost=np.append(matrix.cost, np.zeros(count)),
        lower=np.append(matrix.lower, np.zeros(count)),
        upper=np.append(matrix.upper, np.ones(count)),
        row_lower=np.append(matrix.row_lower, CLOSED),
        row_upper=np.append(matrix.row_upper, CLOSED),
        rows=sparse.block_diag([matrix.rows, sparse.csr_array(LOCK[None, :])], format="csr"),
        whole=np.append(matrix.whole, np.ones(count, dtype=bool)),
    )
