"""Searches for plans that hedge against scenarios of effects: one model with a worth for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf

import numpy as np

from jspmodel.case import Case
from jspmodel.measure import effect_ranges
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Choice, Plan
from jspmodel.proof import least_bound
from jspmodel.scenario import Scenario
from jspmodel.selection.explanation import other_settings
from jspmodel.selection.postoptimal.extension import Extension
from jspmodel.selection.postoptimal.plan_model import Demand
from jspmodel.selection.postoptimal.uncertain_effects.effect_model import Worth, judge_at, state_effect_model
from jspmodel.selection.postoptimal.uncertain_effects.effect_scenarios import (
    EffectScenario,
    require_scenarios,
)
from jspmodel.solver import Array, ColumnMap, Matrix, Options, SearchRequest, Worker, effort_units

SHARE = 0.05
"""Share of the scenario's effort for each search."""
EVERYTHING = 100.0
"""What no plan exceeds, in percent."""


class Hedge:
    """The model with what a plan is worth under each scenario, and the plans that searches of it come across.

    Attributes
    ----------
    scenarios : tuple of EffectScenario
    own_worths : list of dict of int to float
        By scenario: what adds up to the worth of a plan.
    expected : list of bool
        By scenario: whether its effects are those expected.
    common : dict of int to float
        The column that is at most the worth under each scenario, and a margin of it.
    pool : dict of tuple of Choice to array of float
        Plans, and what they are worth under each scenario.
    """

    def __init__(
        self,
        case: Case,
        scenario: Scenario,
        plan: Plan,
        effects: Sequence[EffectScenario],
        workers: int,
        worker: Worker,
    ) -> None:
        if not COUNTS[scenario.objective].effects:
            raise ValueError("hedging against wrong effects needs an objective under which effects count")
        self.scenarios = require_scenarios(case, scenario, effects)
        self._model, self._plan, self._worker = state_effect_model(case, scenario, plan), plan, worker
        numbers = [np.array(one.effects) for one in self.scenarios]
        mode = effect_ranges(case, scenario)["mode"].to_numpy(float)
        self.expected = [np.array_equal(one, mode) for one in numbers]
        self._judges = [judge_at(case, scenario, one) for one in numbers]
        stated = self._model.at(Demand())
        asked = Extension(stated)
        self.own_worths = [self._model.add_worth(asked, self._model.effects_of(one)) for one in numbers]
        column = asked.column(0.0, EVERYTHING)
        self.common: Worth = {column: 1.0}
        self._margin = asked.columns(np.zeros(len(numbers)), np.zeros(len(numbers)))
        for worth, margin in zip(self.own_worths, self._margin.tolist(), strict=True):
            minus = {place: -factor for place, factor in worth.items()}
            asked.row({column: 1.0, margin: -1.0, **minus}, upper=0.0)
        self._matrix = asked.matrix()
        self._solver = scenario.solver
        self._work = SHARE * effort_units(scenario.solver.effort, stated.entries)
        column_map = widened(self._model.model.stated.column_map, self._matrix)
        worker.load(self._matrix, column_map, Options(workers, scenario.solver.seed))
        self.pool: dict[tuple[Choice, ...], Array] = {}
        self._take(plan.choices)

    def search(self, worth: Worth, margins: Array) -> float:
        """Seek the plan of most worth, of the common worth with margins; return what no plan exceeds."""
        matrix, cost = self._matrix, self._matrix.cost.copy()
        cost[[*worth]] = [*worth.values()]
        lower, upper = matrix.lower.copy(), matrix.upper.copy()
        lower[self._margin], upper[self._margin] = margins, margins
        result = self._worker.search(
            SearchRequest(
                cost, lower, upper, self._work, self._solver.gap, seconds=self._solver.time_limit or inf
            )
        )
        if result.status == "infeasible":
            raise other_settings()
        if result.values is not None:
            self._take(self._model.model.stated.chosen(result.values))
        return result.bound + self._model.model.stated.slack

    def _take(self, choices: tuple[Choice, ...]) -> None:
        if choices not in self.pool:
            self.pool[choices] = np.array([judge(choices) for judge in self._judges])

    def worths(self, choices: tuple[Choice, ...]) -> Array:
        """Return what a plan is worth under each scenario."""
        return self.pool[choices]

    def best(self, value: Callable[[Array], float]) -> tuple[Choice, ...]:
        """Return the plan of most value; the one asked about where it is level with that.

        Parameters
        ----------
        value : callable
            From what a plan is worth under each scenario.

        Returns
        -------
        tuple of Choice
        """
        best = max(self.pool, key=lambda choices: value(self.pool[choices]))
        behind = value(self.pool[best]) - value(self.pool[self._plan.choices])
        return self._plan.choices if behind <= 2 * self._model.model.stated.slack else best

    def best_worths(self) -> Array:
        """Return the most that a plan come across is worth under each scenario."""
        best: Array = np.array([*self.pool.values()]).max(axis=0)
        return best

    def believed(self, bounds: Array) -> Array:
        """Return bounds that no plan come across contradicts."""
        pairs = zip(self.best_worths().tolist(), bounds.tolist(), strict=True)
        return np.array([max(best, least_bound(best, [bound, EVERYTHING])[0]) for best, bound in pairs])


def widened(column_map: ColumnMap, matrix: Matrix) -> ColumnMap:
    """Return the column map of a matrix with further columns and rows at its end, of no programme."""
    columns, rows = len(matrix.cost) - len(column_map.owner), len(matrix.row_lower)
    kinds = column_map.side.row_kind
    return replace(
        column_map,
        owner=np.append(column_map.owner, np.full(columns, -1)),
        places=np.concatenate([column_map.places, np.full((columns, 2), -1)]),
        side=replace(column_map.side, row_kind=np.append(kinds, np.full(rows - len(kinds), -1))),
    )
