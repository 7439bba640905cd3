"""What an equity rule asks for: a first search without it, then one with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jspmodel.errors import Problem, SolverError
from jspmodel.measure import Measure
from jspmodel.plan import Choice
from jspmodel.selection.conflicts import clash
from jspmodel.selection.formulation import Formulation
from jspmodel.selection.objective import tie
from jspmodel.selection.plans import read_choices
from jspmodel.selection.search import Clock, Found, Seeker
from jspmodel.selection.solve import Answer, Model

FIRST = 0.4
"""Share of the time for the search without the equity rule (under ``max_min``: and as much for the worst-off)."""
SLACK = 1e-6
"""How far below what the worst-off region can reach the total may push it, in percent: numerical noise."""


@dataclass(frozen=True)
class Step:
    """How far the selection is.

    ``stage`` is ``without_equity``, ``worst_off`` or ``selection``; ``objective`` and ``bound`` are infinite
    while nothing is known.
    """

    stage: str
    objective: float
    bound: float


Progress = Callable[[Step], None]


@dataclass(frozen=True)
class Outcome:
    """The choices, and what is proven of them.

    Attributes
    ----------
    bound : float
        No plan that keeps all rules is worth more.
    exact : bool
        Whether an equity rule rests on a proven optimum too.
    stopped : bool
        Whether the clock stopped a search.
    without, floor : float
        Impact of the plan without the equity rule; the impact that the rule asks for in each region.
    """

    choices: tuple[Choice, ...]
    bound: float
    exact: bool
    stopped: bool
    without: float = 0.0
    floor: float = 0.0


@dataclass
class Stages:
    """The searches that a scenario asks for, on one model and under one clock."""

    formulation: Formulation
    model: Model
    measure: Measure
    clock: Clock
    progress: Progress | None = None

    def run(self) -> Outcome:
        """Return the best choices found.

        Returns
        -------
        Outcome

        Raises
        ------
        InfeasibleError
            If no plan keeps all rules.
        SolverError
            If the time ran out before any plan was found.
        """
        mode = self.formulation.inputs.scenario.equity.mode
        if mode == "off":
            found = self._seek("selection", 1.0)
            return Outcome(self._choices(found.answer), self._bound(found), exact=True, stopped=found.stopped)
        free = self._seek("without_equity", FIRST)
        return self._with_floor(free) if mode == "floor" else self._with_max_min(free)

    def _with_floor(self, free: Found) -> Outcome:
        without = self._total(free.answer)
        floor = self.formulation.inputs.scenario.equity.floor * without
        return self._above(floor, free, free, self._bound(free), exact=True)

    def _with_max_min(self, free: Found) -> Outcome:
        self.model.aim({self.formulation.variables.worst: 1.0})
        worst = self._seek("worst_off", FIRST / (1 - FIRST))
        self.model.aim(self.formulation.problem.objective)
        floor = max(0.0, self._least(worst.answer) - SLACK)
        gap = self.formulation.inputs.scenario.solver.gap
        exact = worst.answer.bound - floor <= gap * floor + 2 * SLACK
        return self._above(floor, free, worst, self._bound(free), exact=exact)

    def _above(self, floor: float, free: Found, known: Found, bound: float, *, exact: bool) -> Outcome:
        """Seek the best plan in which every region reaches the floor, from what is known."""
        worst = self.formulation.variables.worst
        self.model.limit([(worst, floor, 100.0)], lasting=True)
        start = known.answer.with_value(worst, floor) if self._least(known.answer) >= floor else None
        found = known
        if start is None or known is not free or free.answer.status != "optimal":
            found = self._seek("selection", 1.0, start)
        stopped = free.stopped or known.stopped or found.stopped
        best = min(bound, self._bound(found))
        return Outcome(self._choices(found.answer), best, exact, stopped, self._total(free.answer), floor)

    def _seek(self, stage: str, share: float, start: Answer | None = None) -> Found:
        gap = self.formulation.inputs.scenario.solver.gap
        seeker = Seeker(self.formulation, self.model, self._watch(stage))
        found = seeker.seek(self.clock.left * share, gap, start)
        if found.answer.status == "infeasible":
            raise clash(self.formulation.inputs.scenario, with_equity=stage == "selection")
        if not found.answer.found:
            limit = self.formulation.inputs.scenario.solver.time_limit
            message = f"No plan found within {limit:g} seconds: raise solver.time_limit, or relax the scenario."
            raise SolverError(message, [Problem("no_plan_in_time", values={"seconds": limit})])
        return found

    def _watch(self, stage: str) -> Callable[[float, float], None] | None:
        progress = self.progress
        return progress and (lambda objective, bound: progress(Step(stage, objective, bound)))

    def _bound(self, found: Found) -> float:
        return found.answer.bound + tie(self.formulation.inputs)

    def _choices(self, answer: Answer) -> tuple[Choice, ...]:
        return read_choices(answer, self.formulation.variables)

    def _total(self, answer: Answer) -> float:
        return self.measure.impact(self._choices(answer)).total

    def _least(self, answer: Answer) -> float:
        return float(self.measure.impact(self._choices(answer)).by_region.min())
