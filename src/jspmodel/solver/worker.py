"""A search in a process of its own, which can be ended whatever the solver does."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Any

from jspmodel.processes import Child, EndedError, Lender
from jspmodel.reproducible import dot
from jspmodel.solver.result import SearchResult

if TYPE_CHECKING:  # not at run time: whoever starts a child ahead has not imported the solver yet
    from jspmodel.solver.highs import Options
    from jspmodel.solver.matrix import Array, ColumnMap, Matrix
    from jspmodel.solver.progress import ProgressCallback

COMMAND = [sys.executable, "-P", "-m", "jspmodel.solver.worker_process"]
TICK = 0.2
"""Seconds after which who watches is told the same again."""
START = 1.0
"""Seconds more for a child that has not said anything yet: it may still be importing."""
GRACE, LEAST_GRACE = 0.08, 1.0
"""How long past its limit a search may take before it is ended: a share of the limit, but these seconds."""


@dataclass(frozen=True, eq=False)
class SearchRequest:
    """One search: what differs from the matrix that the child holds.

    Attributes
    ----------
    cost, lower, upper : array, shape (columns,)
    work : float
        Units that the search may take (see ``effort``).
    gap : float
    start : array or None
        A solution that is known already.
    hint : array or None
        What would be a solution but for some bounds.
    bound : float
        A bound that is known already.
    seconds : float
        Safety net, after which the child is ended.
    """

    cost: Array
    lower: Array
    upper: Array
    work: float
    gap: float
    start: Array | None = None
    hint: Array | None = None
    bound: float = inf
    seconds: float = inf


class Worker(Child):
    """A child process that searches one matrix, again and again; started again where it had to be ended."""

    def __init__(self) -> None:
        self._model: tuple[Matrix, ColumnMap, Options] | None = None
        super().__init__(COMMAND)

    def begin(self) -> None:
        """Start the process."""
        super().begin()
        self._start = START
        if self._model is not None:
            self.tell(self._model)

    def load(self, matrix: Matrix, column_map: ColumnMap, options: Options) -> None:
        """Tell the child what to search.

        Parameters
        ----------
        matrix : Matrix
        column_map : ColumnMap
        options : Options
        """
        self._model = (matrix, column_map, options)
        self.tell(self._model)

    def search(self, request: SearchRequest, progress: ProgressCallback | None = None) -> SearchResult:
        """Search, and come back in time.

        Parameters
        ----------
        request : SearchRequest
        progress : callable, optional

        Returns
        -------
        SearchResult
            Of a search that had to be ended: the best plan that it had told, and the best bound.

        Raises
        ------
        EndedError
            If the child ended by itself without any plan.
        """
        if not self.running:
            self.begin()
        with self.asked(request):
            return self._watched(request, progress)

    def _watched(self, request: SearchRequest, progress: ProgressCallback | None) -> SearchResult:
        start = request.start
        worth = -inf if start is None else float(dot(request.cost, start))
        best = SearchResult("clock", start, worth, request.bound, stopped=True)
        until = monotonic() + request.seconds + max(LEAST_GRACE, GRACE * request.seconds) + self._start
        self._start = 0.0
        try:
            for kind, *message in self._messages(until):
                plan = None
                if kind == "result":
                    return message[0]
                if kind == "plan":
                    plan = message[0]
                    best = replace(best, values=plan, objective=message[1])
                elif kind == "step":
                    best = replace(best, bound=message[1])
                if progress:
                    progress(plan, best.objective, best.bound)
        except EndedError:
            if best.values is None:
                raise
        return best

    def _messages(self, until: float) -> Iterator[tuple[Any, ...]]:
        """Yield what the child says, and now and then that it says nothing; past a time, end it."""
        while True:
            try:
                yield self.hear(max(0.0, min(TICK, until - monotonic())))
            except TimeoutError:
                if monotonic() >= until:
                    self.end()
                    return
                yield ("nothing",)  # who watches may want to give up


_workers = Lender(Worker)
atexit.register(_workers.end)


def borrow_worker() -> AbstractContextManager[Worker]:
    """Lend a worker, rather one that runs already."""
    return _workers.lend()


def start_worker() -> None:
    """Start a child that imports the solver by itself, while this process imports what states the model."""
    _workers.start_ahead()
