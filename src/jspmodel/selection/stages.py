"""What an equity rule asks for: a first search without it, then one with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from jspmodel.errors import Problem, SolverError
from jspmodel.measure import Impact, Measure
from jspmodel.plan import Choice
from jspmodel.selection.conflicts import clash
from jspmodel.selection.formulation import Formulation
from jspmodel.selection.objective import tie
from jspmodel.selection.plans import read_choices
from jspmodel.selection.search import Clock, Search
from jspmodel.selection.solve import Answer, Model, Watch

FIRST = 0.45
"""Share of the time for the search without the equity rule (``max_min``: and as much for the worst-off)."""
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
            return Outcome(self._choices(found), self._bound(found), exact=True, stopped=found.stopped)
        free = self._seek("without_equity", FIRST)
        return self._with_floor(free) if mode == "floor" else self._with_max_min(free)

    def _with_floor(self, free: Search) -> Outcome:
        floor = self.formulation.inputs.scenario.equity.floor * self._impact(free).total
        return self._above(floor, free, free, exact=True)

    def _with_max_min(self, free: Search) -> Outcome:
        self.model.aim({self.formulation.variables.worst: 1.0})
        known = self._seek("worst_off", FIRST / (1 - FIRST))
        self.model.aim(self.formulation.problem.objective)
        floor = max(0.0, self._least(known) - SLACK)
        gap = self.formulation.inputs.scenario.solver.gap
        return self._above(floor, free, known, exact=known.bound - floor <= gap * floor + 2 * SLACK)

    def _above(self, floor: float, free: Search, known: Search, *, exact: bool) -> Outcome:
        """Seek the best plan in which every region reaches the floor, from what is known."""
        worst = self.formulation.variables.worst
        self.model.limit([(worst, floor, 100.0)], lasting=True)
        reached = self._least(known) >= floor
        found = known
        if not (reached and known is free and free.proven):
            bound = free.bound if known is free else inf
            start = known.best.with_value(worst, floor) if known.best else None
            found = self._seek("selection", 1.0, start=start, reached=reached, bound=bound)
        stopped = free.stopped or known.stopped or found.stopped
        bound = min(self._bound(free), self._bound(found))
        return Outcome(self._choices(found), bound, exact, stopped, self._impact(free).total, floor)

    def _seek(
        self,
        stage: str,
        share: float,
        *,
        start: Answer | None = None,
        reached: bool = False,
        bound: float = inf,
    ) -> Search:
        """Search for a share of the time left, from a start that reaches the floor or hints at one."""
        scenario = self.formulation.inputs.scenario
        seconds, gap = self.clock.left * share, scenario.solver.gap
        search = Search(self.formulation, self.model, seconds, gap, self._watch(stage), bound)
        search.run(start if reached else None, None if reached else start)
        if search.status == "infeasible":
            raise clash(scenario, with_equity=stage == "selection")
        if search.best is None:
            limit = scenario.solver.time_limit
            message = (
                f"No plan found within {limit:g} seconds: raise solver.time_limit, or relax the scenario."
            )
            raise SolverError(message, [Problem("no_plan_in_time", values={"seconds": limit})])
        return search

    def _watch(self, stage: str) -> Watch | None:
        progress = self.progress
        return progress and (lambda objective, bound: progress(Step(stage, objective, bound)))

    def _bound(self, found: Search) -> float:
        return found.bound + tie(self.formulation.inputs)

    def _choices(self, found: Search) -> tuple[Choice, ...]:
        return read_choices(found.best, self.formulation.variables) if found.best else ()

    def _impact(self, found: Search) -> Impact:
        return self.measure.impact(self._choices(found))

    def _least(self, found: Search) -> float:
        return float(self._impact(found).by_region.min())
