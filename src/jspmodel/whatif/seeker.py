"""Searches beside the notebook: the newest question counts, an older one is given up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from queue import Queue
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

from jspmodel.case import Case
from jspmodel.errors import SolverError
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.live import LiveModel, LivePlan, live_model
from jspmodel.selection.stages import Step
from jspmodel.whatif.question import Question

TICK = 0.5
"""Seconds after which a search shows its progress, and again and again."""
FIRST = 2.0
"""Seconds until a first plan is shown; the search then goes on from it."""


@dataclass(frozen=True)
class Progress:
    """How far a search is: seconds gone, of how many; found and possible at most (infinite: unknown)."""

    seconds: float
    limit: float
    objective: float = -inf
    bound: float = inf


class _Overtaken(Exception):  # noqa: N818
    """A newer question waits."""


@dataclass
class Seeker:
    """One thread that answers one question at a time.

    Attributes
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The first search starts from it.
    on_plan, on_progress, on_error, on_rest : callable
        Called from the thread: with a question and its plan (twice where the search goes on), with progress
        after half a second and then on, with an error, and when nothing is left to do.
    """

    case: Case
    scenario: Scenario
    plan: Plan
    on_plan: Callable[[Question, LivePlan], None]
    on_progress: Callable[[Progress], None]
    on_error: Callable[[Exception], None]
    on_rest: Callable[[], None]
    _asked: Queue[Question | None] = field(default_factory=Queue)
    _resting: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)
    _model: LiveModel | None = None

    def start(self) -> None:
        """Begin; the model is stated at once, so that the first answer comes soon."""
        self._resting.set()
        Thread(target=self._run, daemon=True).start()

    def ask(self, question: Question) -> None:
        """Ask; an older question that is not answered yet is given up."""
        with self._lock:
            self._resting.clear()
            self._asked.put(question)

    def end(self) -> None:
        """Answer nothing more."""
        self._asked.put(None)

    def rest(self, seconds: float) -> bool:
        """Wait until nothing is left to do; return whether that came in time."""
        return self._resting.wait(seconds)

    def _run(self) -> None:
        self._state()
        while (question := self._latest()) is not None:
            try:
                self._answer(question)
            except _Overtaken:
                continue
            except Exception as error:  # whatever it is: else the controls would be dead without a word
                self.on_error(error)
            with self._lock:
                if self._asked.empty():
                    self.on_rest()
                    self._resting.set()

    def _state(self) -> None:
        if self._model is None:
            self._model = live_model(self.case, self.scenario, self.plan)

    def _latest(self) -> Question | None:
        question = self._asked.get()
        while not self._asked.empty():
            question = self._asked.get()
        return question

    def _answer(self, question: Question) -> None:
        assert self._model is not None  # noqa: S101
        changes, limit = question.changes(self.scenario), self.scenario.solver.time_limit or 15
        begun = monotonic()
        rounds = (FIRST, limit) if limit > FIRST else (limit,)
        for seconds in rounds:
            solver: dict[str, Any] = {"time_limit": seconds}
            try:
                with self._watched(begun, sum(rounds)) as watch:
                    found = self._model.solve(watch, **changes, solver=solver)
            except SolverError:
                if seconds < limit:  # no plan yet: the longer search may find one
                    continue
                raise
            self.on_plan(question, found)
            near = found.gap is not None and found.gap <= self.scenario.solver.gap
            if near or not found.stopped:
                return

    @contextmanager
    def _watched(self, begun: float, limit: float) -> Iterator[Callable[[Step], None]]:
        """Tell progress now and then while a search runs; give it up if a newer question waits."""
        over, last = Event(), Step("", -inf, inf)

        def watch(step: Step) -> None:
            nonlocal last
            last = step
            if not self._asked.empty():
                raise _Overtaken

        def tick() -> None:
            while not over.wait(TICK):
                self.on_progress(Progress(monotonic() - begun, limit, last.objective, last.bound))

        ticker = Thread(target=tick, daemon=True)
        ticker.start()
        try:
            yield watch
        finally:
            over.set()
            ticker.join()
