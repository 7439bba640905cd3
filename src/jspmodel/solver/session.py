"""A matrix in HiGHS: passed once, then changed and solved again and again, each time from the last basis."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import highspy
import numpy as np

from jspmodel.errors import Problem, SolverError
from jspmodel.solver.effort import Effort, work_of
from jspmodel.solver.highs import SCALE, STATUSES, Options, ended, new_highs, state
from jspmodel.solver.matrix import Array, Matrix, Places, with_columns
from jspmodel.solver.result import SearchResult

NODES = 2_000
"""Nodes of branch and bound after which a search gives up: the models that are solved here are small."""
LEAST_SECONDS = 0.05
"""What HiGHS gets at least."""


class Session:
    """A matrix that HiGHS holds.

    Parameters
    ----------
    matrix : Matrix
    options : Options

    Attributes
    ----------
    matrix : Matrix
        With all changes that last.
    """

    def __init__(self, matrix: Matrix, options: Options) -> None:
        self.matrix, self._highs = matrix, new_highs(options, highspy.kHighsInf)
        state(self._highs, matrix)

    def maximise(self, gap: float, effort: Effort | None = None) -> SearchResult:
        """Search for the best solution, with ``NODES`` nodes at most.

        Parameters
        ----------
        gap : float
            Share of the objective within which a solution counts as optimal.
        effort : Effort, optional
            What the search takes is taken from it; its clock is a safety net.

        Returns
        -------
        SearchResult

        Raises
        ------
        SolverError
            If HiGHS ends in a way that says nothing.
        """
        self._set(mip_rel_gap=gap, mip_max_nodes=NODES, solve_relaxation=False)
        return self._run(effort)

    def relax(self, effort: Effort | None = None) -> SearchResult:
        """Solve the relaxation, in which whole columns may take any value between their bounds.

        Parameters
        ----------
        effort : Effort, optional
            What it takes is taken from it; its clock is a safety net.

        Returns
        -------
        SearchResult
            Status ``optimal`` or ``infeasible``; ``clock`` where the safety net struck.

        Raises
        ------
        SolverError
            If HiGHS ends in a way that says nothing.
        """
        self._set(solve_relaxation=True)
        # The clock of HiGHS runs on from one LP to the next; only that of a MIP starts anew.
        return self._run(effort, since=self._highs.getRunTime())

    def set_bounds(self, columns: Places, lower: Array, upper: Array, *, lasting: bool = False) -> None:
        """Change the bounds of columns, until ``reset_bounds`` unless lasting."""
        if not len(columns):
            return
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), lower, upper)
        if lasting:
            all_lower, all_upper = self.matrix.lower.copy(), self.matrix.upper.copy()
            all_lower[columns], all_upper[columns] = lower, upper
            self.matrix = replace(self.matrix, lower=all_lower, upper=all_upper)

    def reset_bounds(self) -> None:
        """Take back what ``set_bounds`` changed, unless it lasts."""
        places = np.arange(len(self.matrix.lower), dtype=np.int32)
        self._highs.changeColsBounds(len(places), places, self.matrix.lower, self.matrix.upper)

    def set_cost(self, cost: Array) -> None:
        """Change the objective."""
        self.matrix = replace(self.matrix, cost=cost)
        self._highs.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost * SCALE)

    def set_matrix(self, matrix: Matrix) -> None:
        """Go on from the last basis with another matrix of the same columns and rows."""
        basis = self._highs.getBasis()
        self.matrix = matrix
        state(self._highs, matrix)
        if basis.valid:
            self._highs.setBasis(basis)

    def add_column(self, upper: float, column: dict[int, float]) -> None:
        """Add a column from 0 to a bound that is worth nothing, with its coefficients by row."""
        rows, factors = np.array(list(column), dtype=np.int32), np.array(list(column.values()), dtype=float)
        self._highs.addCol(0.0, 0.0, upper, len(rows), rows, factors)
        self.matrix = with_columns(self.matrix, [column], 0.0, upper)

    def _run(self, effort: Effort | None, since: float = 0.0) -> SearchResult:
        highs, seconds = self._highs, inf if effort is None else effort.seconds
        self._set(time_limit=since + max(seconds, LEAST_SECONDS))
        highs.run()
        how, info = ended(highs, self.matrix), highs.getInfo()
        work = work_of(max(0, info.simplex_iteration_count), self.matrix.entries)
        if effort is not None:
            effort.spend(work)
        if how not in STATUSES:
            text = highs.modelStatusToString(how)
            raise SolverError(
                f"HiGHS ended with: {text}.", [Problem("solver_failed", values={"status": text})]
            )
        empty = how == highspy.HighsModelStatus.kModelEmpty
        found = empty or info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        relaxed = highs.getOptionValue("solve_relaxation")[1]
        bound = info.objective_function_value if relaxed or empty else info.mip_dual_bound
        status = STATUSES[how]
        if status == "infeasible":
            bound = -inf
        return SearchResult(
            status,
            np.array(highs.getSolution().col_value) if found else None,
            info.objective_function_value / SCALE if found else -inf,
            bound / SCALE,
            work,
            stopped=status == "clock",
        )

    def _set(self, **options: bool | int | float | str) -> None:
        for name, value in options.items():
            self._highs.setOptionValue(name, value)
