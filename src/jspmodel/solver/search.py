"""The best solution of a matrix, and the proof of how good it is."""

from __future__ import annotations

from math import inf

from jspmodel.solver import kernel_search, large_neighbourhood
from jspmodel.solver.effort import Effort
from jspmodel.solver.highs import Options
from jspmodel.solver.matrix import Array, ColumnMap, Matrix
from jspmodel.solver.progress import ProgressCallback
from jspmodel.solver.result import SearchResult
from jspmodel.solver.state import SearchState


def search(
    matrix: Matrix,
    column_map: ColumnMap,
    options: Options,
    effort: Effort,
    gap: float,
    *,
    progress: ProgressCallback | None = None,
    bound: float = inf,
    start: Array | None = None,
    hint: Array | None = None,
) -> SearchResult:
    """Search.

    Parameters
    ----------
    matrix : Matrix
        With finite bounds of columns.
    column_map : ColumnMap
    options : Options
        ``threads`` says how many searches run at a time, not what they find.
    effort : Effort
    gap : float
        Share of the objective within which a solution counts as optimal.
    progress : callable, optional
        Told of each better solution, and of each better bound.
    bound : float
        A bound that is known already.
    start : array, shape (columns,), optional
        A solution that is known already.
    hint : array, shape (columns,), optional
        What would be a solution but for the bounds of some columns.

    Returns
    -------
    SearchResult
    """
    state = SearchState(matrix, column_map, options, effort, gap, progress, start)
    state.lower("known", bound)
    if not state.relaxation.infeasible and not state.proven:
        if state.model.large:
            large_neighbourhood.search(state, hint)
        else:
            kernel_search.search(state, hint)
    return state.result
