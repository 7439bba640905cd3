"""Hand a model over to HiGHS, once, and ask it again and again: the only place that knows the solver."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import highspy
import numpy as np
import pulp
from scipy import sparse

from jspmodel.errors import Problem, SolverError
from jspmodel.scenario import Solver
from jspmodel.selection.formulation.arrays import read_arrays
from jspmodel.selection.formulation.statement import Formulation
from jspmodel.selection.variables import Rows
from jspmodel.solver.effort import Effort, work_of
from jspmodel.solver.highs import SCALE, STATUSES, Options, Status, new, to_lp
from jspmodel.solver.matrix import Array, Matrix, Places
from jspmodel.solver.quiet import Quiet

NODES = 2_000
"""Nodes of branch and bound after which a search gives up: the questions that are asked here are small."""

Key = TypeVar("Key", bound=Hashable)


def solver_name() -> str:
    """Return the solver and its version, and what states the model."""
    return f"HiGHS {Quiet().version()} (PuLP {pulp.__version__})"


@dataclass(frozen=True)
class Answer:
    """What a search brought.

    Attributes
    ----------
    status : str
        ``optimal``: within the gap asked for; ``clock``: stopped by the safety net; ``nodes``: given up;
        ``infeasible``.
    found : bool
        Whether there is a solution.
    objective, bound : float
        Of the best solution found; of the best that could be.
    values : array
        Of the variables, by the place in ``columns``.
    """

    status: Status
    found: bool
    objective: float
    bound: float
    values: Array
    columns: Mapping[int, int]

    def of(self, variables: Mapping[Key, pulp.LpVariable]) -> dict[Key, float]:
        """Return the values of variables; one that the model does not use is 0."""
        places = ((key, self.columns.get(variable.hash)) for key, variable in variables.items())
        return {key: 0.0 if place is None else float(self.values[place]) for key, place in places}

    def chosen(self, variables: Mapping[Key, pulp.LpVariable]) -> list[Key]:
        """Return the keys of the binary variables that are 1."""
        return [key for key, value in self.of(variables).items() if value > 0.5]

    def with_value(self, variable: pulp.LpVariable, value: float) -> Answer:
        """Return the answer with another value of one variable."""
        values = self.values.copy()
        values[self.columns[variable.hash]] = value
        return replace(self, values=values)


class Model:
    """A maximisation in HiGHS: stated once, then changed and asked again.

    Parameters
    ----------
    stated : Formulation or LpProblem
        Its rows are read as they are stated, some at a time: for a large model PuLP's objects take several
        times the room of its arrays, and the garbage collector would go through all of them again and again.
    settings : Solver

    Raises
    ------
    ValueError
        If two rows have the same name.
    """

    def __init__(self, stated: Formulation | pulp.LpProblem, settings: Solver) -> None:
        rows = stated.rows() if isinstance(stated, Formulation) else _named_rows(stated)
        self.matrix, self.columns, self.rows = read_arrays(stated.objective, rows)
        self.options = Options(settings.threads, settings.seed)
        self._highs = new(self.options, highspy.kHighsInf)
        self._highs.passModel(to_lp(self.matrix))

    def maximise(self, gap: float, *, effort: Effort | None = None, nodes: int = NODES) -> Answer:
        """Search for the best solution.

        Parameters
        ----------
        gap : float
            Share of the objective within which a solution counts as optimal.
        effort : Effort, optional
            What the search takes is taken from it; its clock is a safety net.
        nodes : int
            Of branch and bound, at most.

        Returns
        -------
        Answer

        Raises
        ------
        SolverError
            If HiGHS ends in a way that says nothing.
        """
        seconds = highspy.kHighsInf if effort is None else max(effort.seconds, 0.05)
        self._set(time_limit=seconds, mip_rel_gap=gap, mip_max_nodes=nodes, solve_relaxation=False)
        return self._run(effort)

    def answer(self, values: Array, objective: float, bound: float) -> Answer:
        """Return a solution that was found elsewhere."""
        return Answer("clock", True, objective, bound, values, self.columns)

    def relax(self, effort: Effort | None = None) -> Answer:
        """Solve the relaxation, in which binary variables may take any value in 0-1.

        Parameters
        ----------
        effort : Effort, optional
            What it takes is taken from it; its clock is a safety net.

        Returns
        -------
        Answer
            Status ``optimal`` or ``infeasible``; ``clock`` where the safety net struck.
        """
        # The clock of HiGHS runs on from one LP to the next; only that of a MIP starts anew.
        seconds = highspy.kHighsInf if effort is None else max(effort.seconds, 0.05)
        self._set(time_limit=self._highs.getRunTime() + seconds, solve_relaxation=True)
        return self._run(effort)

    def duals(self) -> dict[str, float]:
        """Return what one unit more on the right-hand side of each row adds, after ``relax``."""
        duals = self._highs.getSolution().row_dual
        return {name: float(duals[place]) / SCALE for name, place in self.rows.items() if place < len(duals)}

    def limit(self, bounds: Iterable[tuple[pulp.LpVariable, float, float]], *, lasting: bool = False) -> None:
        """Change the bounds of variables, until ``reset`` unless lasting."""
        known = [(self.columns[v.hash], low, high) for v, low, high in bounds if v.hash in self.columns]
        if known:
            where, low, high = (np.array(part) for part in zip(*known, strict=True))
            self._highs.changeColsBounds(
                len(known), where.astype(np.int32), low.astype(float), high.astype(float)
            )
            if lasting:
                lower, upper = self.matrix.lower.copy(), self.matrix.upper.copy()
                lower[where], upper[where] = low, high
                self.matrix = replace(self.matrix, lower=lower, upper=upper)

    def hold(self, matrix: Matrix) -> None:
        """Go on with another matrix of the same columns and rows."""
        basis = self._highs.getBasis()
        self.matrix = matrix
        self._highs.passModel(to_lp(matrix))
        if basis.valid:
            self._highs.setBasis(basis)

    def reset(self) -> None:
        """Take back ``limit``."""
        stated = self.matrix
        places = np.arange(len(stated.lower), dtype=np.int32)
        self._highs.changeColsBounds(len(places), places, stated.lower, stated.upper)

    def aim(self, objective: Mapping[pulp.LpVariable, float]) -> None:
        """Change the objective."""
        costs = np.zeros(len(self.columns))
        for variable, cost in objective.items():
            costs[self.columns[variable.hash]] = cost
        self.matrix = replace(self.matrix, cost=costs)
        self._highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs * SCALE)

    def add(self, variable: pulp.LpVariable, rows: Mapping[str, float]) -> None:
        """Add a continuous variable that is worth nothing, with its coefficients by row."""
        places = np.array([self.rows[name] for name in rows], dtype=np.int64)
        low, high = variable.lowBound, variable.upBound
        self._highs.addCol(
            0.0, low, high, len(places), places.astype(np.int32), np.array(list(rows.values()), dtype=float)
        )
        self.columns[variable.hash] = len(self.columns)
        self.matrix = _with_column(self.matrix, low, high, places, np.array(list(rows.values()), dtype=float))

    def _run(self, effort: Effort | None) -> Answer:
        highs = self._highs
        highs.run()
        ended, info = highs.getModelStatus(), highs.getInfo()
        if effort is not None:
            effort.spend(work_of(max(0, info.simplex_iteration_count), self.matrix.entries))
        if ended not in STATUSES:
            text = highs.modelStatusToString(ended)
            raise SolverError(
                f"HiGHS ended with: {text}.", [Problem("solver_failed", values={"status": text})]
            )
        empty = ended == highspy.HighsModelStatus.kModelEmpty
        found = empty or info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        relaxed = highs.getOptionValue("solve_relaxation")[1]
        bound = info.objective_function_value if relaxed or empty else info.mip_dual_bound
        values = np.array(highs.getSolution().col_value)
        return Answer(
            STATUSES[ended],
            found,
            info.objective_function_value / SCALE,
            bound / SCALE,
            values,
            dict(self.columns),
        )

    def _set(self, **options: bool | int | float | str) -> None:
        for name, value in options.items():
            self._highs.setOptionValue(name, value)


def _named_rows(problem: pulp.LpProblem) -> Rows:
    return ((row.name, row) for row in problem.constraints())


def _with_column(matrix: Matrix, low: float, high: float, rows: Places, factors: Array) -> Matrix:
    column = sparse.csr_array((factors, (rows, np.zeros(len(rows), int))), shape=(len(matrix.row_lower), 1))
    return replace(
        matrix,
        cost=np.append(matrix.cost, 0.0),
        lower=np.append(matrix.lower, low),
        upper=np.append(matrix.upper, high),
        rows=sparse.hstack([matrix.rows, column], format="csr"),
        whole=np.append(matrix.whole, False),
    )
