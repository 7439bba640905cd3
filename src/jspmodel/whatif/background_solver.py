"""Searches beside the notebook: the newest question counts, an older one is given up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from threading import Condition, Event, Thread
from time import monotonic

from jspmodel.case import Case
from jspmodel.errors import SolverError
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.selection import Step
from jspmodel.selection.parametric import LiveModel, live_model
from jspmodel.whatif.question import Ended, Found, Question

TICK = 0.5
"""Seconds after which a search shows its progress and the best plan so far, and again and again."""
FIRST = "quick"
"""Effort of a first search; another with the scenario's own effort goes on from its plan."""


@dataclass(frozen=True)
class Progress:
    """How far a search is: seconds gone; found and possible at most (infinite: unknown)."""

    seconds: float
    objective: float = -inf
    bound: float = inf


class _Overtaken(Exception):  # noqa: N818
    """A newer question waits, or nobody does any more."""


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
        Called from threads: with a question and its plan, as soon as one is told and whenever a better one
        is, with progress after half a second and then on, with an error, and when nothing is left to do.
    """

    case: Case
    scenario: Scenario
    plan: Plan
    on_plan: Callable[[Question, Found], None]
    on_progress: Callable[[Progress], None]
    on_error: Callable[[Question, Exception], None]
    on_rest: Callable[[], None]
    _model: LiveModel | None = None
    _wanted: Question | None = None
    _best: Found | None = None
    _shown: Found | None = None
    _changed: Condition = field(default_factory=Condition)
    _waiting: bool = False
    _busy: bool = False
    _ended: bool = False
    _resting: Event = field(default_factory=Event)

    def start(self) -> None:
        """Begin; the model is stated at once, so that the first answer comes soon."""
        self._resting.set()
        Thread(target=self._run, daemon=True).start()

    def ask(self, question: Question) -> None:
        """Ask; an older question that is not answered yet is given up."""
        with self._changed:
            self._resting.clear()
            self._wanted, self._waiting, self._best = question, True, None
            self._changed.notify()

    def give_up(self) -> Found | None:
        """Answer no more of what is asked; return the best plan told for it, if any.

        Nothing more is told of it from now on. The search itself ends when it tells its next step.
        """
        with self._changed:
            best, self._wanted, self._waiting, self._best = self._best, None, False, None
            if not self._busy:
                self._resting.set()
            return best

    @property
    def seeking(self) -> bool:
        """Whether somebody waits for an answer."""
        return self._wanted is not None

    def end(self) -> None:
        """Answer nothing more."""
        with self._changed:
            self._ended = True
            self._changed.notify()
        self.give_up()

    def rest(self, seconds: float) -> bool:
        """Wait until nothing is left to do; return whether that came in time."""
        return self._resting.wait(seconds)

    def _run(self) -> None:
        if self._model is None:
            self._model = live_model(self.case, self.scenario, self.plan)
        while (question := self._next()) is not None:
            try:
                self._answer(question)
            except _Overtaken:
                pass
            except Exception as error:  # whatever it is: else the controls would be dead without a word
                if self._wanted is question:
                    self.on_error(question, error)
            with self._changed:
                if self._wanted is question:
                    self._wanted = None
                idle = not self._waiting
            if idle:  # told without holding anything: whoever hears it may hold what waits for us
                self.on_rest()
            with self._changed:
                self._busy = False
                if not self._waiting:
                    self._resting.set()

    def _next(self) -> Question | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._ended)
            self._waiting, self._busy = False, True
            return None if self._ended else self._wanted

    def _answer(self, question: Question) -> None:
        assert self._model is not None  # noqa: S101
        changes, solver, begun = question.changes(self.scenario), self.scenario.solver, monotonic()
        self._shown = None
        for effort in dict.fromkeys((FIRST, solver.effort)):
            try:
                with self._watched(question, begun) as watch:
                    live = self._model.solve(watch, **changes, solver={"effort": effort})
            except SolverError:
                if effort == solver.effort:
                    raise
                continue  # no plan yet: the longer search may find one
            near = live.gap is not None and live.gap <= solver.gap
            over = near or live.stopped or effort == solver.effort
            ended: Ended = "clock" if live.stopped else "done" if over else "going"
            self._tell(question, Found(live.choices, live.objective, live.bound, live.gap, ended))
            if over:
                return

    def _tell(self, question: Question, found: Found) -> None:
        """Show a plan, unless nobody waits for it any more."""
        with self._changed:
            if self._wanted is not question:
                raise _Overtaken
            self._best = self._shown = found
        self.on_plan(question, found)

    @contextmanager
    def _watched(self, question: Question, begun: float) -> Iterator[Callable[[Step], None]]:
        """Show what is found while a search runs; give it up if a newer question waits."""
        over, last = Event(), Step("", -inf, inf)

        def watch(step: Step) -> None:
            nonlocal last
            last = step
            with self._changed:
                if self._wanted is not question:
                    raise _Overtaken
                told = step.choices is not None and step.stage == "selection"
                best = Found.of(step) if told else self._best
                self._best = best
            if best is not None and self._shown is None:
                self._tell(question, best)

        def tick() -> None:
            while not over.wait(TICK) and self._wanted is question:
                self.on_progress(Progress(monotonic() - begun, last.objective, last.bound))
                best = self._best
                if best is not None and (self._shown is None or best.choices != self._shown.choices):
                    try:
                        self._tell(question, best)
                    except _Overtaken:
                        return

        ticker = Thread(target=tick, daemon=True)
        ticker.start()
        try:
            yield watch
        finally:
            over.set()
            ticker.join()
