"""The child process of ``worker``: holds a matrix, searches it when asked, tells of each better plan."""

from __future__ import annotations

from dataclasses import replace

from jspmodel.processes import Owner
from jspmodel.solver.effort import Effort
from jspmodel.solver.highs import Options
from jspmodel.solver.matrix import Array, ColumnMap, Matrix
from jspmodel.solver.result import SearchResult
from jspmodel.solver.search import search
from jspmodel.solver.worker import SearchRequest


def main() -> None:
    """Search until the owner is gone."""
    owner = Owner()
    requests = owner.requests()
    model = next(requests)
    for message in requests:
        if isinstance(message, SearchRequest):
            owner.tell("result", _searched(model, message, owner))
        else:
            model = message


def _searched(model: tuple[Matrix, ColumnMap, Options], request: SearchRequest, owner: Owner) -> SearchResult:
    matrix, column_map, options = model

    def progress(plan: Array | None, objective: float, bound: float) -> None:
        if plan is not None:
            owner.tell("plan", plan, objective)
        owner.tell("step", objective, bound)

    matrix = replace(matrix, cost=request.cost, lower=request.lower, upper=request.upper).bounded()
    return search(
        matrix,
        column_map,
        options,
        Effort(request.work, request.seconds),
        request.gap,
        progress=progress,
        bound=request.bound,
        start=request.start,
        hint=request.hint,
    )


if __name__ == "__main__":
    main()
