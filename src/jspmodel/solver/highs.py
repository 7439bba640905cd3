"""HiGHS over a matrix: relaxations with a bound that holds, searches that tell of each better solution."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import inf
from types import MappingProxyType

import highspy
import numpy as np
from scipy import sparse

from jspmodel.reproducible import dot
from jspmodel.solver.effort import steps_of, work_of
from jspmodel.solver.matrix import NOISE, Array, Flags, Matrix
from jspmodel.solver.quiet import Quiet
from jspmodel.solver.result import SearchResult, Status

SolutionCallback = Callable[[Array], None]
"""Called with the values of each better solution."""
StepCallback = Callable[[float, float], "Array | bool"]
"""Called with the work done so far and the bound, at points that do not depend on the clock.

Returns a better solution that is known elsewhere, or whether to go on.
"""
Settings = Mapping[str, bool | int | float | str]
"""Options of HiGHS by name."""

SCALE = 1000.0
"""HiGHS sees the objective times this: its tolerances are absolute, the price that decides ties is small."""
LARGE = 100_000
"""Coefficients above which the first-order method is faster than the simplex method."""
STATUSES: dict[highspy.HighsModelStatus, Status] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kModelEmpty: "optimal",
    highspy.HighsModelStatus.kTimeLimit: "clock",
    highspy.HighsModelStatus.kInterrupt: "limit",
    highspy.HighsModelStatus.kSolutionLimit: "limit",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    # Payments are bounded by budgets and all else by 1, so no model of ours is unbounded.
    highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",
}
WITHOUT_HEURISTICS: Settings = {
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_rins": False,
}
"""HiGHS bounds only, from a solution that is known."""
WITHOUT_SUB_MIPS: Settings = {"mip_heuristic_run_rens": False, "mip_heuristic_run_rins": False}
"""From a plan, searches within the search take longer than what they find is worth."""
LACKING = 1e-6
"""By how much the rows of a model without solution must be out of reach, their largest multiplier being 1."""
ENUMERATION = 1 << 16
"""Rule of presolve that is never used: with it HiGHS 1.13 to 1.16 drop rows that still bind."""
PRESOLVED: Settings = {"presolve": "choose"}
"""Where only plans count, which are looked at again. Nothing that is proven rests on presolve: by it most
versions of HiGHS have lost a best solution now and then."""
NO_RESTART: Settings = {"mip_allow_restart": False}
"""A search of one node that starts again is longer, not better; a proof of a few seconds too."""
PLANS_ONLY: Settings = {**PRESOLVED, **NO_RESTART}
"""A short search for a plan that is looked at again."""


@dataclass(frozen=True)
class Options:
    """How many searches run at a time, and the seed of all."""

    threads: int = 2
    seed: int = 1


@dataclass(frozen=True, eq=False)
class RelaxationResult:
    """A solution of the relaxation, exact or nearly so, and a bound that holds in either case.

    Attributes
    ----------
    infeasible : bool
        Whether even the relaxation has no solution.
    values : array, shape (columns,)
    reduced_costs : array, shape (columns,)
        Reduced costs: what one unit more of a column at its bound would add, to first order.
    bound : float
        No solution is worth more.
    duals : array, shape (rows,)
        What one unit more on the right-hand side of a row would add, to first order.
    converged : bool
        Whether the tolerance was reached; if not, only the bound can be relied on.
    work : float
        What it took.
    """

    infeasible: bool
    values: Array
    reduced_costs: Array
    bound: float
    duals: Array
    converged: bool
    work: float = 0.0


def misreported(matrix: Matrix, values: Array, objective: float) -> bool:
    """Return whether values are not worth what HiGHS says that they are.

    Where presolve leaves nothing to search, HiGHS 1.16 has told what the best solution is worth together
    with the values of the start.
    """
    return abs(matrix.worth(values) - objective) > NOISE * max(1.0, abs(objective))


def relax(
    matrix: Matrix, options: Options, tolerance: float = 1e-4, seconds: float = inf
) -> RelaxationResult:
    r"""Solve the relaxation, in which whole columns may take any value between their bounds.

    A large one is solved by a first-order method (primal-dual hybrid gradient: Applegate et al. 2021) to a
    relative tolerance. Its multipliers y are only nearly optimal, but any y, cut to the signs that its row
    allows, bounds every solution (Neumaier and Shcherbina 2004):
    bound = sum_i max(y[i] row_lower[i], y[i] row_upper[i]) + sum_j max(d[j] lower[j], d[j] upper[j]) with
    reduced costs d = cost - y rows.

    Parameters
    ----------
    matrix : Matrix
        With finite bounds of columns; see ``Matrix.bounded``.
    options : Options
    tolerance : float
        Of the first-order method.
    seconds : float
        Safety net.

    Returns
    -------
    RelaxationResult
    """
    large = matrix.entries > LARGE
    highs = new_highs(options, seconds, PRESOLVED if large else {})
    if large:
        highs.setOptionValue("solver", "hipdlp")
        highs.setOptionValue("pdlp_optimality_tolerance", tolerance)
    state_relaxed(highs, matrix)
    highs.run()
    return read_relaxed(highs, matrix)


def state_relaxed(highs: highspy.Highs, matrix: Matrix) -> None:
    """State the relaxation of a matrix, as a minimisation.

    The first-order method of HiGHS 1.15 turns the signs of duals round when it maximises.
    """
    _state(highs, matrix, highspy.ObjSense.kMinimize, -(matrix.cost * SCALE), np.zeros_like(matrix.integer))


def state(highs: highspy.Highs, matrix: Matrix) -> None:
    """State a matrix, whose objective is maximised, with whole columns."""
    _state(highs, matrix, highspy.ObjSense.kMaximize, matrix.cost * SCALE, matrix.integer)


def _state(
    highs: highspy.Highs, matrix: Matrix, sense: highspy.ObjSense, cost: Array, integer: Flags
) -> None:
    """Hand over arrays as they are: a ``HighsLp`` is filled number by number, a tenth of a relaxation."""
    rows, (count, columns) = matrix.rows, matrix.rows.shape
    highs.passModel(
        *(columns, count, rows.nnz, int(highspy.MatrixFormat.kRowwise), int(sense), 0.0, cost),
        *(matrix.lower, matrix.upper, matrix.row_lower, matrix.row_upper),
        *(rows.indptr.astype(np.int32), rows.indices.astype(np.int32), rows.data),
        np.where(integer, int(highspy.HighsVarType.kInteger), int(highspy.HighsVarType.kContinuous)).astype(
            np.int32
        ),
    )


def add_rows(highs: highspy.Highs, rows: sparse.csr_array, most: Array) -> None:
    """Add rows to a model, which then goes on from where it was."""
    start, places = rows.indptr[:-1].astype(np.int32), rows.indices.astype(np.int32)
    highs.addRows(len(most), np.full(len(most), -inf), most, rows.nnz, start, places, rows.data)


def ended(highs: highspy.Highs, matrix: Matrix) -> highspy.HighsModelStatus:
    """Return how a run of HiGHS ended.

    A model without columns HiGHS calls empty and solved, whatever its rows ask for: it has no solution where
    one of them cannot be 0.
    """
    status = highs.getModelStatus()
    empty = status == highspy.HighsModelStatus.kModelEmpty
    if empty and not matrix.rows_hold(np.zeros(len(matrix.cost))):
        return highspy.HighsModelStatus.kInfeasible
    return status


def read_relaxed(highs: highspy.Highs, matrix: Matrix) -> RelaxationResult:
    """Return what HiGHS brought for the relaxation of a matrix, stated as a minimisation."""
    status, solution, info = ended(highs, matrix), highs.getSolution(), highs.getInfo()
    counts = (info.simplex_iteration_count, info.ipm_iteration_count, info.pdlp_iteration_count)
    work = work_of(sum(max(0, count) for count in counts), matrix.entries)
    if STATUSES.get(status) == "infeasible" and _without_solution(highs, matrix):
        empty = np.zeros(len(matrix.cost))
        return RelaxationResult(True, empty, empty, -np.inf, np.zeros(len(matrix.row_lower)), True, work)
    values = np.array(solution.col_value) if solution.value_valid else np.zeros(len(matrix.cost))
    duals = -np.array(solution.row_dual) / SCALE if solution.dual_valid else np.zeros(len(matrix.row_lower))
    duals = signed(matrix, duals)
    reduced_costs, bound = bound_of(matrix, duals)
    values = np.clip(values, matrix.lower, matrix.upper)
    return RelaxationResult(
        False, values, reduced_costs, bound, duals, STATUSES.get(status) == "optimal", work
    )


def _without_solution(highs: highspy.Highs, matrix: Matrix) -> bool:
    """Return whether a relaxation that HiGHS calls infeasible is shown to be."""
    if not len(matrix.cost) or (matrix.lower > matrix.upper + NOISE).any():
        return True  # rows without columns were looked at already
    return farkas_multipliers(highs, matrix) is not None


def signed(matrix: Matrix, duals: Array) -> Array:
    """Return multipliers cut to the signs that rows allow."""
    duals = np.where(np.isinf(matrix.row_lower), np.maximum(duals, 0.0), duals)
    return np.where(np.isinf(matrix.row_upper), np.minimum(duals, 0.0), duals)


def farkas_multipliers(highs: highspy.Highs, matrix: Matrix) -> Array | None:
    r"""Return multipliers that prove that the relaxation HiGHS has just called infeasible has no solution.

    By Farkas' lemma (1902): where nothing costs anything each solution is worth 0, so that there is none if
    some multipliers bound it below 0 (see ``bound_of``). What HiGHS says is not enough: it goes by
    tolerances, and its presolve has been wrong.

    Parameters
    ----------
    highs : Highs
    matrix : Matrix
        As it was stated.

    Returns
    -------
    array, shape (rows,), or None
        With which the bound is -1; None where what HiGHS tells proves nothing.
    """
    ray = np.asarray(highs.getDualRay()[2], dtype=np.float64)  # type: ignore[attr-defined]
    largest = np.abs(ray).max(initial=0.0)
    if len(ray) != len(matrix.row_lower) or not 0 < largest < inf:
        return None
    nothing = replace(matrix, cost=np.zeros(len(matrix.cost)))
    for side in (signed(matrix, ray / largest), signed(matrix, -ray / largest)):
        below = -bound_of(nothing, side)[1]
        if below > LACKING:
            return side / below
    return None


def bound_of(matrix: Matrix, duals: Array) -> tuple[Array, float]:
    """Return reduced costs and the bound that multipliers prove, cut to the signs that rows allow.

    Parameters
    ----------
    matrix : Matrix
    duals : array, shape (rows,)

    Returns
    -------
    array of shape (columns,), float
    """
    side = np.where(duals > 0, matrix.row_upper, matrix.row_lower)
    reduced_costs = matrix.cost - matrix.rows.T @ duals
    best = np.where(reduced_costs > 0, matrix.upper, matrix.lower)
    used, priced = duals != 0, reduced_costs != 0  # a bound that nothing presses on may be infinite
    return reduced_costs, dot(side[used], duals[used]) + dot(best[priced], reduced_costs[priced])


def maximise(
    matrix: Matrix,
    options: Options,
    gap: float,
    start: Array | None = None,
    *,
    nodes: int | None = None,
    settings: Settings = MappingProxyType({}),
    seconds: float = inf,
    on_solution: SolutionCallback | None = None,
    on_step: StepCallback | None = None,
) -> SearchResult:
    """Search for the best solution, with one thread: the same input takes the same way.

    Parameters
    ----------
    matrix : Matrix
    options : Options
    gap : float
        Share of the objective within which a solution counts as optimal.
    start : array, optional
        A solution to start from.
    nodes : int, optional
        Of branch and bound, at most.
    settings : mapping of str to object
        Further options of HiGHS, such as ``WITHOUT_HEURISTICS``; without ``PRESOLVED`` there is no presolve.
    seconds : float
        Safety net; HiGHS may overrun it.
    on_solution : callable, optional
    on_step : callable, optional

    Returns
    -------
    SearchResult
    """
    highs = new_highs(options, seconds, settings)
    highs.setOptionValue("mip_rel_gap", gap)
    if nodes is not None:
        highs.setOptionValue("mip_max_nodes", nodes)
    state(highs, matrix)
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = list(start)
        highs.setSolution(known)
    if on_solution is not None:
        highs.cbMipImprovingSolution.subscribe(
            lambda event: on_solution(np.array(event.data_out.mip_solution))
        )
    steps = _Steps(matrix.entries, on_step)
    highs.cbMipUserSolution.subscribe(steps.query)
    highs.cbMipInterrupt.subscribe(steps.check)
    highs.run()
    if steps.failed is not None:
        raise steps.failed
    solved = _solved(highs, matrix, gap, steps.work)
    if start is None or solved.values is None or not misreported(matrix, solved.values, solved.objective):
        return solved
    again = maximise(
        matrix,
        options,
        gap,
        nodes=nodes,
        settings=settings,
        seconds=seconds,
        on_solution=on_solution,
        on_step=on_step,
    )
    return replace(again, work=solved.work + again.work)


class _Steps:
    """Steps of a search, counted; at each it is asked whether to go on."""

    def __init__(self, entries: int, on_step: StepCallback | None) -> None:
        self._entries, self._on_step = entries, on_step
        self._checks, self._queries, self._stop = 0, 0, False
        self._told: Array | None = None
        self.failed: Exception | None = None

    @property
    def work(self) -> float:
        return steps_of(self._checks, self._queries, self._entries)

    def check(self, event: highspy.highs.HighsCallbackEvent) -> None:
        self._checks += 1
        self._ask(event)
        if self._stop:
            event.interrupt()

    def query(self, event: highspy.highs.HighsCallbackEvent) -> None:
        self._queries += 1
        self._ask(event)
        if self._told is not None and event.data_in is not None:
            event.data_in.setSolution(self._told)
            self._told = None

    def _ask(self, event: highspy.highs.HighsCallbackEvent) -> None:
        if self._on_step is None or self._stop:
            return
        try:
            told = self._on_step(self.work, event.data_out.mip_dual_bound / SCALE)
        except Exception as error:
            # HiGHS would print it and end as if nothing had gone wrong.
            self.failed, told = error, False
        if isinstance(told, np.ndarray):
            self._told = told
        else:
            self._stop = told is False


def _solved(highs: highspy.Highs, matrix: Matrix, gap: float, steps: float) -> SearchResult:
    how, info = ended(highs, matrix), highs.getInfo()
    status = STATUSES.get(how, "clock")
    has = how == highspy.HighsModelStatus.kModelEmpty or (
        info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    )
    objective, bound = info.objective_function_value / SCALE, info.mip_dual_bound / SCALE
    if not matrix.integer.any():
        # Without whole columns HiGHS solves a linear programme and leaves the bound of a search unset.
        bound = objective if status == "optimal" else inf
    elif status == "optimal" and has:
        # What HiGHS calls optimal is within the gap, even where it leaves its bound infinite.
        most = objective + gap * abs(objective)
        bound = min(bound, most) if np.isfinite(bound) else most
    work = max(work_of(max(0, info.simplex_iteration_count), matrix.entries), steps)
    values = np.array(highs.getSolution().col_value) if has else None
    objective, bound = objective if has else -inf, -inf if status == "infeasible" else bound
    return SearchResult(status, values, objective, bound, work, stopped=status == "clock")


def new_highs(options: Options, seconds: float, settings: Settings = MappingProxyType({})) -> highspy.Highs:
    """Return a silent HiGHS, with further settings of its own names."""
    highs = Quiet()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("parallel", "off")  # from 1.16 on nodes are searched at a time unless told otherwise
    highs.setOptionValue("threads", 1)  # the same way every time, and safe beside others
    highs.setOptionValue("random_seed", options.seed)
    highs.setOptionValue("time_limit", max(seconds, 0.05))
    highs.setOptionValue("log_to_console", False)
    highs.setOptionValue("presolve", "off")
    highs.setOptionValue("presolve_rule_off", ENUMERATION)
    for name, value in settings.items():
        highs.setOptionValue(name, value)
    return highs
