"""What an equity rule asks for: a first search without it, then one with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf

from jspmodel.measure import Impact, Measure
from jspmodel.plan import Choice
from jspmodel.proof import least_bound
from jspmodel.selection.formulation import Formulation, Model
from jspmodel.selection.infeasibility import clash, not_found
from jspmodel.selection.objectives import largest, tie
from jspmodel.selection.search.plans import read_choices
from jspmodel.solver import Array, ColumnMap, Effort, ProgressCallback, SearchRequest, SearchResult, Worker

FIRST = 0.45
"""Share of the effort for the search without the equity rule (``max_min``: and as much for the worst-off)."""
NEARER = 0.999
"""Part of the gap asked for that a search aims at: the price of money must not carry it over the gap."""
SLACK = 1e-6
"""How far below what the worst-off region can reach the total may push it, in percent: numerical noise."""


@dataclass(frozen=True)
class Step:
    """How far the selection is.

    ``stage`` is ``without_equity``, ``worst_off`` or ``selection``; ``objective`` and ``bound`` are infinite
    while nothing is known. ``choices`` is the best plan of the stage where it is told; one of ``selection``
    keeps all rules.
    """

    stage: str
    objective: float
    bound: float
    choices: tuple[Choice, ...] | None = None


Watch = Callable[[Step], None]


@dataclass(frozen=True)
class SelectionResult:
    """The choices, and what is proven of them.

    Attributes
    ----------
    bound : float
        No plan that keeps all rules is worth more.
    exact : bool
        Whether an equity rule rests on a proven optimum too.
    stopped : bool
        Whether the clock stopped a search.
    dropped : int
        Bounds that were dropped because a plan in hand was worth more.
    without, floor : float
        Impact of the plan without the equity rule; the impact that the rule asks for in each region.
    """

    choices: tuple[Choice, ...]
    bound: float
    exact: bool
    stopped: bool
    dropped: int = 0
    without: float = 0.0
    floor: float = 0.0


@dataclass
class Stages:
    """The searches that a scenario asks for, on one model and with one effort."""

    formulation: Formulation
    model: Model
    column_map: ColumnMap
    worker: Worker
    measure: Measure
    effort: Effort
    progress: Watch | None = None
    floor: float | None = None
    """Impact that the equity rule asks for in each region, in percent, once that is part of the search."""
    start: Array | None = None
    """A solution for the first search to start from."""
    bound: float = inf
    """What is known already: no plan is worth more."""
    dropped: int = 0
    """Bounds that were dropped because a plan in hand was worth more."""

    def run(self) -> SelectionResult:
        """Return the best choices found.

        Returns
        -------
        SelectionResult

        Raises
        ------
        InfeasibleError
            If no plan keeps all rules.
        SolverError
            If no plan was found, which does not mean that there is none.
        """
        mode = self.formulation.inputs.scenario.equity.mode
        if mode == "off":
            found = self._seek("selection", 1.0, self.start, bound=self.bound)
            return self._result([found])
        free = self._seek("without_equity", FIRST, self.start, bound=self.bound)
        return self._with_floor(free) if mode == "floor" else self._with_max_min(free)

    def _with_floor(self, free: SearchResult) -> SelectionResult:
        impact = self._impact(free.solution).total
        floor, found = self.formulation.inputs.scenario.equity.floor * impact, [free]
        if self._least(free.solution) < floor or not free.proven:
            known = (values for values in (free.values, self.start) if values is not None)
            start = next((values for values in known if self._least(values) >= floor), None)
            found.append(self._above(floor, start, hint=free.values, bound=free.bound))
        return replace(self._result(found), without=impact, floor=floor)

    def _with_max_min(self, free: SearchResult) -> SelectionResult:
        self.model.set_objective({self.formulation.variables.worst: 1.0})
        start = self._with_worst(free.solution, max(0.0, self._least(free.solution) - SLACK))
        fair = self._seek("worst_off", FIRST / (1 - FIRST), start)
        self.model.set_objective(self.formulation.objective)
        floor = max(0.0, self._least(fair.solution) - SLACK)
        allowed = self.formulation.inputs.scenario.solver.gap * floor + 2 * SLACK
        bound, dropped = least_bound(floor, [fair.bound])
        self.dropped += dropped
        exact = bound - tie(self.formulation.inputs) - floor <= allowed
        found = self._above(floor, fair.values, bound=free.bound)
        result = replace(self._result([free, found]), without=self._impact(free.solution).total, floor=floor)
        return replace(result, exact=exact, stopped=result.stopped or fair.stopped)

    def _result(self, found: list[SearchResult]) -> SelectionResult:
        """Put searches together of which each asks for what the one before asks, and more."""
        last = found[-1]
        bound, dropped = least_bound(last.objective, [one.bound for one in found])
        stopped = any(one.stopped for one in found)
        return SelectionResult(self._choices(last.solution), bound, True, stopped, self.dropped + dropped)

    def _above(
        self, floor: float, start: Array | None, hint: Array | None = None, bound: float = inf
    ) -> SearchResult:
        """Seek the best plan in which every region reaches a floor, from a start that does or a hint."""
        self.floor = floor
        self.model.set_bounds([(self.formulation.variables.worst, floor, 100.0)], lasting=True)
        known = None if start is None else self._with_worst(start, floor)
        return self._seek("selection", 1.0, known, hint, bound)

    def _with_worst(self, values: Array, least: float) -> Array:
        """Return a solution with another impact of the worst-off region."""
        worst, values = self.formulation.variables.worst, values.copy()
        assert worst is not None  # noqa: S101
        values[self.model.columns[worst.hash]] = least
        return values

    def _seek(
        self,
        stage: str,
        share: float,
        start: Array | None = None,
        hint: Array | None = None,
        bound: float = inf,
    ) -> SearchResult:
        """Search with a share of the effort that is left."""
        inputs = self.formulation.inputs
        watch = self._watch(stage)
        if watch:
            watch(None, -inf, inf)  # a stage that is over before the solver reports is told too
        stated = self.model.matrix
        request = SearchRequest(
            stated.cost,
            stated.lower,
            stated.upper,
            max(0.0, self.effort.left) * share,
            NEARER * inputs.scenario.solver.gap,
            start,
            hint,
            bound,
            self.effort.seconds * share,
        )
        result = self.worker.search(request, watch)
        self.effort.spend(result.work)
        self.dropped += result.dropped
        if result.status == "infeasible":
            rules = self.formulation.rules
            raise clash(inputs, with_equity=stage == "selection", rules=rules)
        if result.values is None:
            raise not_found(inputs, ["built", "relaxation", "parts", "whole"])
        return replace(result, bound=min(result.bound, largest(inputs)) + tie(inputs))

    def _watch(self, stage: str) -> ProgressCallback | None:
        progress = self.progress
        best: list[tuple[Choice, ...]] = [()]
        if progress is None:
            return None

        def told(values: Array | None, objective: float, bound: float) -> None:
            if values is not None:
                best[0] = self._choices(values)
            progress(Step(stage, objective, bound, best[0] if objective > -inf else None))

        return told

    def _choices(self, values: Array) -> tuple[Choice, ...]:
        variables = self.formulation.variables
        return read_choices(values, variables.start, variables.join, self.column_map)

    def _impact(self, values: Array) -> Impact:
        return self.measure.impact(self._choices(values))

    def _least(self, values: Array) -> float:
        """Return the impact of the worst-off region with a need."""
        return float(self._impact(values).by_region.min())
