"""A search in a process of its own, which can be ended whatever the solver does."""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from math import inf
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

from jspmodel.errors import Problem, SolverError

if TYPE_CHECKING:  # not at run time: whoever starts a child ahead has not imported the solver yet
    from jspmodel.solver.highs import Options, Status
    from jspmodel.solver.matrix import Array, Layout, Matrix
    from jspmodel.solver.state import Told

COMMAND = [sys.executable, "-P", "-m", "jspmodel.solver.child"]
TICK = 0.2
"""Seconds after which who watches is told the same again."""
START = 1.0
"""Seconds more for a child that has not said anything yet: it may still be importing."""
GRACE, LEAST_GRACE = 0.08, 1.0
"""How long past its limit a search may take before it is ended: a share of the limit, but these seconds."""


@dataclass(frozen=True, eq=False)
class Question:
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
    proof : bool
        Whether to prove the gap; if not, a good plan is enough.
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
    proof: bool = True


@dataclass(frozen=True, eq=False)
class Result:
    """What a search brought.

    Attributes
    ----------
    best : array or None
    objective, bound : float
    status : str
        ``infeasible`` if there is no solution.
    stopped : bool
        Whether the clock stopped a part of it.
    proven : bool
        Whether the best solution is within the gap.
    work : float
        Units that the search took.
    dropped : int
        Sources of bounds that a plan in hand showed to be wrong.
    """

    best: Array | None = None
    objective: float = -inf
    bound: float = inf
    status: Status = "clock"
    stopped: bool = True
    proven: bool = False
    work: float = 0.0
    dropped: int = 0


class Worker:
    """A child process that searches one matrix, again and again.

    Its messages are pickles over its own pipes; nothing else can write to them.

    Attributes
    ----------
    owner : int
        The process that may talk to it.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._held: tuple[Matrix, Layout, Options] | None = None
        self._heard: Queue[Any] = Queue()
        self._said: Queue[Any] = Queue()
        self._new = True
        self.owner = os.getpid()
        self._begin()

    def hold(self, matrix: Matrix, layout: Layout, options: Options) -> None:
        """Tell the child what to search.

        Parameters
        ----------
        matrix : Matrix
        layout : Layout
        options : Options
        """
        self._held = (matrix, layout, options)
        if self._child is not None:
            self._tell(self._held)

    def ask(self, question: Question, watch: Told | None = None) -> Result:
        """Search, and come back in time.

        Parameters
        ----------
        question : Question
        watch : callable, optional

        Returns
        -------
        Result
            Of a search that had to be ended: the best plan that it had told, and the best bound.

        Raises
        ------
        SolverError
            If the child ended by itself without any plan.
        """
        if self._child is None:
            self._begin()
            self._tell(self._held)
        try:
            return self._answer(question, watch)
        except BaseException:
            self.end()  # it may still be at the question
            raise

    def _answer(self, question: Question, watch: Told | None) -> Result:
        self._tell(question)
        grace = max(LEAST_GRACE, GRACE * question.seconds) + (START if self._new else 0.0)
        self._new = False
        until = monotonic() + question.seconds + grace
        start = question.start
        worth = -inf if start is None else float(question.cost @ start)
        known = Result(start, worth, question.bound)
        while True:
            try:
                kind, *told = self._heard.get(timeout=max(0.0, min(TICK, until - monotonic())))
            except Empty:
                if monotonic() >= until:
                    self.end()
                    return known
                if watch:
                    watch(None, known.objective, known.bound)  # who watches may want to give up
                continue
            if kind == "result":
                return told[0]
            if kind == "ended":
                return self._broken(known)
            if kind == "plan":
                known = replace(known, best=told[0], objective=told[1])
            else:
                known = replace(known, bound=told[1])
            if watch:
                watch(told[0] if kind == "plan" else None, known.objective, known.bound)

    def _broken(self, known: Result) -> Result:
        assert self._child is not None  # noqa: S101
        code = self._child.wait()
        self.end()
        if known.best is None:
            text = f"exit code {code}"
            raise SolverError(
                f"The solver's process ended by itself: {text}.",
                [Problem("solver_failed", values={"status": text})],
            )
        return known

    def _begin(self) -> None:
        self._new = True
        self._child = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        self._heard = Queue()
        self._listener = Thread(target=_listen, args=(self._child, self._heard), daemon=True)
        self._listener.start()
        self._said = Queue()
        self._speaker = Thread(target=_speak, args=(self._child, self._said), daemon=True)
        self._speaker.start()

    def _tell(self, message: object) -> None:
        self._said.put(message)

    def end(self) -> None:
        """End the child, whatever it does."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._listener.join()
            self._said.put(None)
            self._speaker.join()
            for pipe in (self._child.stdin, self._child.stdout):
                with suppress(BrokenPipeError):  # what was still to be written is not needed
                    pipe.close()  # type: ignore[union-attr]
            self._child = None


_idle: list[Worker] = []


@contextmanager
def borrow() -> Iterator[Worker]:
    """Lend a worker, rather one that runs already: a start takes as long as a small search."""
    while _idle and _idle[-1].owner != os.getpid():
        _idle.pop()  # a fork of its process must not talk to it
    worker = _idle.pop() if _idle else Worker()
    try:
        yield worker
    finally:
        _idle.append(worker)


def start_ahead() -> None:
    """Start a child that imports the solver by itself, while this process imports what states the model."""
    if not _idle:
        _idle.append(Worker())


@atexit.register
def _end_all() -> None:
    while _idle:
        worker = _idle.pop()
        if worker.owner == os.getpid():
            worker.end()


def _speak(child: subprocess.Popen[bytes], said: Queue[Any]) -> None:
    """Pass messages on, apart from who waits for the answer: a child that hangs reads none, and time runs."""
    with suppress(OSError, ValueError):  # the listener hears of the end
        while (message := said.get()) is not None:
            pickle.dump(message, child.stdin, pickle.HIGHEST_PROTOCOL)  # type: ignore[arg-type]
            child.stdin.flush()  # type: ignore[union-attr]


def _listen(child: subprocess.Popen[bytes], heard: Queue[Any]) -> None:
    try:
        while True:
            heard.put(pickle.load(child.stdout))  # type: ignore[arg-type]  # noqa: S301
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        heard.put(("ended",))
