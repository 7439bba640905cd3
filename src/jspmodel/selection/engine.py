"""Relaxations and searches for many models that are nearly alike; no clock decides what they find."""

from __future__ import annotations

from collections.abc import Callable

import highspy
import numpy as np
from scipy import sparse

from jspmodel.solver import parts
from jspmodel.solver.highs import Options, Relaxed, Settings, maximise, minimised, new, read_relaxed
from jspmodel.solver.matrix import Array, Layout, Matrix, restrict, with_rows
from jspmodel.solver.parts import Held

OPTIONS = Options(threads=1, seed=1)
NODES = 1
"""Nodes of a search: it ends by this or by its gap, never by the clock."""
GAP = 0.003
"""Share of the objective within which a search ends."""
NO_RESTART: Settings = {"mip_allow_restart": False}
"""A search of one node that starts again is longer, not better."""
NO_FIRST: Settings = {
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_root_reduced_cost": False,
}
"""Without what looks for a first solution, where one is known."""
SMALL, PROOF = 100, 10_000
"""Whole columns up to which a model is searched whole, and the nodes of that search."""
UNFAIR = 50
"""Unfair plans that are excluded at most."""
MANY, FEW = 8, 4
"""Programmes that a search around a plan leaves free: those that differ most; some that are drawn."""
EVEN = 0.1
"""Added to what draws a programme, so that each has a chance."""


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
        for part in (0.5, parts.WIDE):
            values = self.search(matrix, parts.near(self._layout, relaxed.values, part))
            if values is not None:
                return values
        return None

    def around(
        self, matrix: Matrix, plan: Array, relaxed: Relaxed, draw: np.random.Generator | None = None
    ) -> Array | None:
        """Free the programmes in which plan and relaxation differ most, or rather those if drawn."""
        layout = self._layout
        decides = np.concatenate([layout.start, layout.join])
        owner = layout.owner[decides]
        apart = np.bincount(owner, np.abs(plan - relaxed.values)[decides])
        if draw is None:
            order = np.argsort(-apart, kind="stable")[:MANY]
        else:
            chance = apart + EVEN
            order = draw.choice(len(apart), min(FEW, len(apart)), replace=False, p=chance / chance.sum())
        freed = np.isin(owner, order)
        return self.search(matrix, parts.as_in(plan, decides[~freed]), plan)

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
        if not matrix.allows(fixed):
            return None
        part = restrict(matrix, *held)
        known = part.inside(start) if start is not None and matrix.keeps(start) else None
        values, _ = _searched(part.matrix, NODES, GAP, known)
        whole = None if values is None else part.whole(values)
        return whole if whole is not None and matrix.keeps(whole) else None

    def prove(self, matrix: Matrix, fair: Callable[[Array], bool]) -> tuple[Array | None, float]:
        """Search a small model whole; return a fair solution, if one is found, and a bound on fair ones.

        Solutions that the measure finds unfair are excluded one by one. A model that is not small is not
        searched: its bound is infinite.
        """
        if matrix.whole.sum() > SMALL:
            return None, np.inf
        bound = np.inf
        for _ in range(UNFAIR):
            values, bound = _searched(matrix, PROOF, 0.0)
            if values is None or fair(values):
                return values, bound
            matrix = self._without(matrix, values)
        return None, bound

    def _without(self, matrix: Matrix, plan: Array) -> Matrix:
        """Exclude a plan: something that it has is not there, or something else is."""
        decides = np.concatenate([self._layout.start, self._layout.join])
        carried = np.round(plan[decides]) == 1
        row = np.zeros(len(plan))
        row[decides] = np.where(carried, 1.0, -1.0)
        return with_rows(
            matrix, sparse.csr_array(row[None, :]), np.full(1, -np.inf), np.array([carried.sum() - 1.0])
        )

    def carried(self, matrix: Matrix, plan: Array) -> Array | None:
        """Return a plan as a solution, payments and effects worked out again; None if it breaks a rule."""
        return self.search(matrix, parts.as_in(plan, np.concatenate([self._layout.start, self._layout.join])))


def _searched(
    matrix: Matrix, nodes: int, gap: float, start: Array | None = None
) -> tuple[Array | None, float]:
    """Return the solution found, if any, and the bound; the search ends by its nodes or its gap."""
    settings = NO_RESTART if start is None else {**NO_RESTART, **NO_FIRST}
    answer = maximise(matrix, OPTIONS, gap, start, nodes=nodes, settings=settings)
    return answer.values, answer.bound
