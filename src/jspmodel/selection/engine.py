"""Relaxations and searches for many models that are nearly alike; no clock decides what they find."""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np

from jspmodel.selection.known import keeps
from jspmodel.solver import parts
from jspmodel.solver.highs import Options, Relaxed, minimised, new, read_relaxed, to_lp
from jspmodel.solver.matrix import Array, Layout, Matrix, restrict
from jspmodel.solver.parts import Held

OPTIONS = Options(threads=1, seed=1)
NODES = 1
"""Nodes of a search: it ends by this or by its gap, never by the clock."""
GAP = 0.003
"""Share of the objective within which a search ends."""
FREED = 4
"""Programmes that a search around a plan leaves free."""


class Engine:
    """Asks HiGHS about one model after another, each relaxation going on from the last.

    Parameters
    ----------
    layout : Layout
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._highs = new(OPTIONS, highspy.kHighsInf)

    def relax(self, matrix: Matrix) -> Relaxed:
        """Solve the relaxation; its bound holds whatever the solver does (see ``highs.relax``)."""
        highs = self._highs
        basis = highs.getBasis()
        highs.passModel(minimised(matrix))
        same = basis.valid and (len(basis.col_status), len(basis.row_status)) == matrix.rows.shape[::-1]
        highs.setOptionValue("presolve", "off" if same else "choose")
        if same:
            highs.setBasis(basis)
        highs.run()
        return read_relaxed(highs, matrix)

    def near(self, matrix: Matrix, relaxed: Relaxed) -> Array | None:
        """Search near the relaxation: its coalitions, and its starts as far as they are decided."""
        for part in (0.5, 0.05):
            values = self.search(matrix, parts.near(self._layout, relaxed.values, part))
            if values is not None:
                return values
        return None

    def around(self, matrix: Matrix, plan: Array, relaxed: Relaxed, turn: int = 0) -> Array | None:
        """Free the programmes in which plan and relaxation differ most; the next ones with the next turn."""
        layout = self._layout
        decides = np.concatenate([layout.start, layout.join])
        owner = layout.owner[decides]
        apart = np.bincount(owner, np.abs(plan - relaxed.values)[decides])
        order = np.argsort(-apart, kind="stable")
        freed = np.isin(owner, order[turn * FREED // 2 : turn * FREED // 2 + FREED])
        fixed, follows = parts.nothing(len(plan))
        fixed[decides[~freed]] = np.round(plan[decides[~freed]])
        return self.search(matrix, (fixed, follows), plan)

    def search(self, matrix: Matrix, held: Held, start: Array | None = None) -> Array | None:
        """Search a part of a model; None if nothing is found.

        Parameters
        ----------
        matrix : Matrix
        held : Held
        start : array, shape (columns,), optional
            A solution that agrees with what is held.

        Returns
        -------
        array, shape (columns,), or None
        """
        fixed = held[0]
        if ((fixed < matrix.lower - parts.EXACT) | (fixed > matrix.upper + parts.EXACT)).any():
            return None
        part = restrict(matrix, *held)
        highs = new(OPTIONS, highspy.kHighsInf)
        highs.setOptionValue("mip_max_nodes", NODES)
        highs.setOptionValue("mip_rel_gap", GAP)
        highs.setOptionValue("mip_allow_restart", False)
        highs.passModel(to_lp(part.matrix))
        if start is not None and keeps(matrix, start):
            known = highspy.HighsSolution()
            known.col_value = list(part.inside(start))
            highs.setSolution(known)
        highs.run()
        if highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        values = part.whole(np.array(highs.getSolution().col_value))
        return values if keeps(matrix, values) else None

    def carried(self, matrix: Matrix, plan: Array) -> Array | None:
        """Return a plan as a solution, payments and effects worked out again; None if it breaks a rule."""
        fixed, follows = parts.nothing(len(plan))
        decides = np.concatenate([self._layout.start, self._layout.join])
        fixed[decides] = np.round(plan[decides])
        return self.search(matrix, (fixed, follows))


def with_least(matrix: Matrix, column: int | None, least: float) -> Matrix:
    """Return the matrix with a lower bound on a column, if there is one."""
    if column is None:
        return matrix
    lower = matrix.lower.copy()
    lower[column] = least
    return replace(matrix, lower=lower)
