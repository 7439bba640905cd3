"""Hand a model over to HiGHS, once, and ask it again and again: the only place that knows the solver."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

import highspy
import numpy as np
import numpy.typing as npt
import pulp

from jspmodel.errors import Problem, SolverError
from jspmodel.scenario import Solver

SCALE = 1000.0
"""HiGHS sees the objective times this: its tolerances are absolute, the price that decides ties is small."""

Array = npt.NDArray[np.float64]
Key = TypeVar("Key", bound=Hashable)
Status = Literal["optimal", "clock", "infeasible"]
Watch = Callable[[float, float], None]
"""Called while a search runs, with the best objective and the bound so far (either may be infinite)."""

_STATUSES: dict[highspy.HighsModelStatus, Status] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kModelEmpty: "optimal",
    highspy.HighsModelStatus.kTimeLimit: "clock",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    # Payments are bounded by budgets and all else by 1, so no model of ours is unbounded.
    highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",
}
_threads_in_use: int | None = None


def solver_name() -> str:
    """Return the solver and its version, and what states the model."""
    return f"HiGHS {highspy.Highs().version()} (PuLP {pulp.__version__})"


@dataclass(frozen=True)
class Answer:
    """What a search brought.

    Attributes
    ----------
    status : str
        ``optimal``: within the gap asked for; ``clock``: stopped by the time limit; ``infeasible``.
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
    problem : LpProblem
    settings : Solver
    """

    def __init__(self, problem: pulp.LpProblem, settings: Solver) -> None:
        variables, rows = problem.variables(), problem.constraints()
        self.columns = {variable.hash: place for place, variable in enumerate(variables)}
        self.rows = {row.name: place for place, row in enumerate(rows)}
        lp = _lp(problem.objective, variables, rows, self.columns)
        self._stated = [
            np.array(part) for part in (lp.col_lower_, lp.col_upper_, lp.row_lower_, lp.row_upper_)
        ]
        self._bound: list[int] = []
        self._highs = highspy.Highs()
        self._set(output_flag=False, threads=settings.threads, random_seed=settings.seed)
        _share_scheduler(settings.threads)
        self._highs.passModel(lp)

    def maximise(
        self, seconds: float, gap: float, start: Answer | None = None, watch: Watch | None = None
    ) -> Answer:
        """Search for the best solution.

        Parameters
        ----------
        seconds : float
            Time limit of this search.
        gap : float
            Share of the objective within which a solution counts as optimal.
        start : Answer, optional
            A solution to start from.
        watch : callable, optional

        Returns
        -------
        Answer

        Raises
        ------
        SolverError
            If HiGHS ends in a way that says nothing.
        """
        self._set(time_limit=max(seconds, 0.05), mip_rel_gap=gap, solve_relaxation=False)
        if start is not None:
            known = highspy.HighsSolution()
            known.col_value = list(start.values)
            self._highs.setSolution(known)
        if watch is None:
            return self._run()
        # HiGHS calls this one even with its log off.
        self._highs.cbMipInterrupt.subscribe(lambda event: _tell(watch, event.data_out))
        try:
            return self._run()
        finally:
            self._highs.cbMipInterrupt.clear()

    def relax(self, seconds: float = highspy.kHighsInf) -> Answer:
        """Solve the relaxation, in which binary variables may take any value in 0-1.

        Parameters
        ----------
        seconds : float
            Time limit.

        Returns
        -------
        Answer
            Status ``optimal`` or ``infeasible``; ``clock`` where the time ran out.
        """
        # The clock of HiGHS runs on from one LP to the next; only that of a MIP starts anew.
        spent = self._highs.getRunTime()
        self._set(time_limit=spent + max(seconds, 0.05), solve_relaxation=True)
        return self._run()

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
                self._stated[0][where], self._stated[1][where] = low, high

    def bind(self, names: Iterable[str]) -> None:
        """Make inequalities hold with equality until ``reset``."""
        for name in names:
            place = self.rows[name]
            low, high = self._stated[2][place], self._stated[3][place]
            level = high if np.isfinite(high) else low
            self._highs.changeRowBounds(place, level, level)
            self._bound.append(place)

    def reset(self) -> None:
        """Take back ``limit`` and ``bind``."""
        low, high, row_low, row_high = self._stated
        self._highs.changeColsBounds(len(low), np.arange(len(low), dtype=np.int32), low, high)
        for place in self._bound:
            self._highs.changeRowBounds(place, row_low[place], row_high[place])
        self._bound.clear()

    def aim(self, objective: Mapping[pulp.LpVariable, float]) -> None:
        """Change the objective."""
        costs = np.zeros(len(self.columns))
        for variable, cost in objective.items():
            costs[self.columns[variable.hash]] = cost * SCALE
        self._highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)

    def add(self, variable: pulp.LpVariable, rows: Mapping[str, float]) -> None:
        """Add a continuous variable that is worth nothing, with its coefficients by row."""
        places = np.array([self.rows[name] for name in rows], dtype=np.int32)
        low, high = variable.lowBound, variable.upBound
        self._highs.addCol(0.0, low, high, len(places), places, np.array(list(rows.values()), dtype=float))
        self.columns[variable.hash] = len(self.columns)
        self._stated[0], self._stated[1] = np.append(self._stated[0], low), np.append(self._stated[1], high)

    def _run(self) -> Answer:
        highs = self._highs
        highs.run()
        ended, info = highs.getModelStatus(), highs.getInfo()
        if ended not in _STATUSES:
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
            _STATUSES[ended],
            found,
            info.objective_function_value / SCALE,
            bound / SCALE,
            values,
            dict(self.columns),
        )

    def _set(self, **options: bool | int | float | str) -> None:
        for name, value in options.items():
            self._highs.setOptionValue(name, value)


def _tell(watch: Watch, data: highspy.cb.HighsCallbackOutput) -> None:
    watch(data.mip_primal_bound / SCALE, data.mip_dual_bound / SCALE)


def _share_scheduler(threads: int) -> None:
    """HiGHS keeps one pool of threads a process and refuses to run with another number until it is reset."""
    global _threads_in_use
    if _threads_in_use not in (None, threads):
        highspy.Highs.resetGlobalScheduler(True)
    _threads_in_use = threads


def _lp(
    objective: pulp.LpAffineExpression,
    variables: list[pulp.LpVariable],
    rows: list[pulp.LpConstraint],
    columns: Mapping[int, int],
) -> highspy.HighsLp:
    entries = [[(columns[v.hash], factor) for v, factor in row.items()] for row in rows]
    flat = [entry for row in entries for entry in row]
    lp = highspy.HighsLp()
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.num_col_, lp.num_row_ = len(variables), len(rows)
    lp.col_cost_ = np.array([objective.get(v, 0.0) * SCALE for v in variables])
    lp.col_lower_ = _limits((v.lowBound for v in variables), -highspy.kHighsInf)
    lp.col_upper_ = _limits((v.upBound for v in variables), highspy.kHighsInf)
    lp.row_lower_ = _limits((row.getLb() for row in rows), -highspy.kHighsInf)
    lp.row_upper_ = _limits((row.getUb() for row in rows), highspy.kHighsInf)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *map(len, entries)], dtype=np.int32)
    lp.a_matrix_.index_ = np.array([place for place, _ in flat], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([factor for _, factor in flat], dtype=float)
    whole, part = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    lp.integrality_ = [whole if v.cat == pulp.LpInteger else part for v in variables]
    return lp


def _limits(values: Iterable[float | None], otherwise: float) -> Array:
    return np.array([otherwise if value is None else value for value in values], dtype=float)
