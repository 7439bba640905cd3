"""A matrix as a file that other solvers read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import highspy

from jspmodel.solver.highs import state
from jspmodel.solver.matrix import Matrix
from jspmodel.solver.quiet import Quiet


def write_model_file(matrix: Matrix, columns: Sequence[str], rows: Sequence[str], file: Path) -> bool:
    """Write a matrix with names of its columns and rows, in its own units.

    Parameters
    ----------
    matrix : Matrix
    columns, rows : sequence of str
        Names, in order.
    file : Path
        Its ending, ``.mps`` or ``.lp``, says which format.

    Returns
    -------
    bool
        Whether HiGHS, which writes it, could.
    """
    highs = Quiet()
    highs.setOptionValue("output_flag", False)
    state(highs, matrix)
    lp = highs.getLp()
    lp.col_cost_, lp.col_names_, lp.row_names_ = matrix.cost, list(columns), list(rows)
    highs.passModel(lp)
    return bool(highs.writeModel(str(file)) != highspy.HighsStatus.kError)
