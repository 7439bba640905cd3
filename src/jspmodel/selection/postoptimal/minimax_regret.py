"""Plans that hedge against wrong effects: the best at worst, and the one that is least regretted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

import numpy as np

from jspmodel.case import Case
from jspmodel.measure import computed_once, effect_ranges, pert
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Choice, Plan
from jspmodel.proof import least_bound
from jspmodel.scenario import Scenario
from jspmodel.selection.explanation.prices import other_settings
from jspmodel.selection.objectives import worth_of
from jspmodel.selection.postoptimal.effect_model import Worth, judge_at, state_effect_model
from jspmodel.selection.postoptimal.extension import Extension
from jspmodel.selection.postoptimal.plan_model import Demand
from jspmodel.solver import (
    Array,
    ColumnMap,
    Matrix,
    Options,
    SearchRequest,
    Worker,
    borrow_worker,
    effort_units,
)

SHARE = 0.25
"""Share of the scenario's effort for each search."""
EVERYTHING = 100.0
"""What no plan exceeds, in percent."""


@dataclass(frozen=True)
class EffectScenario:
    """What the effects might turn out to be.

    Attributes
    ----------
    name : str
    effects : tuple of float
        By row of ``program_effects``.
    """

    name: str
    effects: tuple[float, ...]


def effect_scenarios(
    case: Case, scenario: Scenario, draws: int = 0, *, seed: int = 1
) -> tuple[EffectScenario, ...]:
    """Return all effects at their lowest, as expected and at their highest, and some drawn ones.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    draws : int
        So many of PERT distributions, each row of the table by itself (see ``measure.pert``).
    seed : int

    Returns
    -------
    tuple of EffectScenario
        ``low``, ``mode``, ``high``, then ``draw 1`` and so on.
    """
    ranges = effect_ranges(case, scenario)
    low, mode, high = (ranges[end].to_numpy(float) for end in ("low", "mode", "high"))
    drawn = [
        pert(low, mode, high, np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(draw,))))
        for draw in range(draws)
    ]
    names = ("low", "mode", "high", *(f"draw {draw + 1}" for draw in range(draws)))
    return tuple(
        EffectScenario(name, tuple(values.tolist()))
        for name, values in zip(names, (low, mode, high, *drawn), strict=True)
    )


@dataclass(frozen=True)
class ScenarioWorth:
    """What a plan is worth under one scenario of effects.

    Attributes
    ----------
    name : str
        Of the scenario.
    worth : float
        Percent of the weighted gap closed.
    best_least, best_most : float or None
        The best plan under this scenario alone is worth at least and at most so much; None where that was not
        asked.
    """

    name: str
    worth: float
    best_least: float | None = None
    best_most: float | None = None


@dataclass(frozen=True)
class HedgedPlan:
    """A plan that hedges, and what that costs at the expected effects.

    Attributes
    ----------
    criterion : str
        ``maximin`` or ``minimax_regret``.
    choices : tuple of Choice
        In table order.
    least, most : float
        The best that a plan can do by the criterion lies between, in percentage points: the worth under its
        worst scenario (``maximin``; this plan reaches ``least``), or its largest regret (``minimax_regret``;
        that of this plan is at most ``most``).
    cost_least, cost_most : float
        At the expected effects the best plan is worth at least and at most so much more.
    leave, enter : tuple of str
        The programmes of the plan asked about that it does not carry out, and those that it has beside.
    scenarios : tuple of ScenarioWorth
    """

    criterion: str
    choices: tuple[Choice, ...]
    least: float
    most: float
    cost_least: float
    cost_most: float
    leave: tuple[str, ...]
    enter: tuple[str, ...]
    scenarios: tuple[ScenarioWorth, ...]


@computed_once()
def maximin_plan(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    effects: Sequence[EffectScenario] = (),
    *,
    workers: int = 2,
    progress: Callable[[float], None] | None = None,
) -> HedgedPlan:
    r"""Find the plan that is worth most under the worst of some scenarios of effects.

    .. math:: \max_z \min_k V_k(z)

    :math:`V_k(z)` is what plan *z* is worth under scenario *k* (Wald 1945; Kouvelis and Yu, *Robust Discrete
    Optimization and Its Applications*, 1997). No effect is worth less for being larger, so that where the
    lowest effects are among the scenarios this is the best plan at the lowest effects.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        Effects must count under its objective: ``gap_closed``.
    plan : Plan
        The answer to both. An equity rule asks of each region what it asked for in this plan, at the expected
        effects.
    effects : sequence of EffectScenario
        Those of ``effect_scenarios`` unless given.
    workers : int
        Searches at a time; the answer does not depend on them.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    HedgedPlan

    Raises
    ------
    ValueError
        If effects do not count.
    SolverError
        If the plan is of other settings.
    """
    with borrow_worker() as worker:
        hedge = _Hedge(case, scenario, plan, effects, workers, worker)
        bound = hedge.search(hedge.common, np.zeros(len(hedge.scenarios)))
    if progress:
        progress(1.0)
    best = max(hedge.pool, key=lambda choices: min(hedge.worths(choices)))
    worst = min(hedge.worths(best))
    return hedge.told("maximin", best, worst, max(worst, least_bound(worst, [bound, EVERYTHING])[0]))


@computed_once()
def minimax_regret_plan(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    effects: Sequence[EffectScenario] = (),
    *,
    workers: int = 2,
    progress: Callable[[float], None] | None = None,
) -> HedgedPlan:
    r"""Find the plan whose largest regret over some scenarios of effects is least.

    .. math:: \min_z \max_k \bigl( V_k^* - V_k(z) \bigr), \qquad V_k^* = \max_y V_k(y)

    :math:`V_k(z)` is what plan *z* is worth under scenario *k* (Savage 1951; Kouvelis and Yu, *Robust
    Discrete Optimization and Its Applications*, 1997). The best plan of each scenario is sought first. Where
    it is only known that :math:`V_k^* \in [L_k, U_k]`, the plan sought is the one whose regret against the
    :math:`U_k` is least, and so much is proven: with *b* the least that the search proves for it, no plan's
    largest regret is below :math:`b - \max_k (U_k - L_k)`.

    Parameters and errors as of ``maximin_plan``.

    Returns
    -------
    HedgedPlan
    """
    with borrow_worker() as worker:
        hedge = _Hedge(case, scenario, plan, effects, workers, worker)
        free, count = np.full(len(hedge.scenarios), EVERYTHING), len(hedge.scenarios)
        bounds = np.zeros(count)
        for place, worth in enumerate(hedge.own_worths):
            bounds[place] = hedge.search(worth, free)
            if progress:
                progress((place + 1) / (count + 1))
        bounds = hedge.believed(bounds)
        bound = hedge.search(hedge.common, bounds.max() - bounds)
    if progress:
        progress(1.0)
    found = hedge.best_worths()
    bounds = np.maximum(bounds, found)
    best = min(hedge.pool, key=lambda choices: max(bounds - hedge.worths(choices)))
    most = float(max(bounds - hedge.worths(best)))
    least = max(0.0, bounds.max() - min(bound, EVERYTHING) - float(max(bounds - found)))
    return hedge.told("minimax_regret", best, min(least, most), most, (found, bounds))


class _Hedge:
    """The model with what a plan is worth under each scenario, and the plans that searches of it come across.

    Attributes
    ----------
    scenarios : tuple of EffectScenario
    own_worths : list of dict of int to float
        By scenario: what adds up to the worth of a plan.
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
        self._model, self._plan, self._worker = state_effect_model(case, scenario, plan), plan, worker
        self.scenarios = tuple(effects) or effect_scenarios(case, scenario)
        numbers = [np.array(one.effects) for one in self.scenarios]
        self._judges = [judge_at(case, scenario, one) for one in numbers]
        self._expected = worth_of(case, scenario)
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

    def best_worths(self) -> Array:
        """Return the most that a plan come across is worth under each scenario."""
        best: Array = np.array([*self.pool.values()]).max(axis=0)
        return best

    def believed(self, bounds: Array) -> Array:
        """Return bounds that no plan come across contradicts."""
        pairs = zip(self.best_worths().tolist(), bounds.tolist(), strict=True)
        return np.array([max(best, least_bound(best, [bound, EVERYTHING])[0]) for best, bound in pairs])

    def told(
        self,
        criterion: Literal["maximin", "minimax_regret"],
        choices: tuple[Choice, ...],
        least: float,
        most: float,
        best: tuple[Array, Array] | None = None,
    ) -> HedgedPlan:
        """Write down a plan, with what it costs at the expected effects."""
        worth = self._expected(choices)
        found = max([self._plan.objective, *(self._expected(other) for other in self.pool)])
        bound = max(found, least_bound(found, [self._plan.bound, EVERYTHING])[0])
        chosen, asked = {one.program for one in choices}, {one.program for one in self._plan.choices}
        codes = [item.program for item in self._plan.programs]
        names = [one.name for one in self.scenarios]
        ends = (
            [(None, None)] * len(names)
            if best is None
            else list(zip(*(e.tolist() for e in best), strict=True))
        )
        return HedgedPlan(
            criterion,
            choices,
            float(least),
            float(most),
            float(max(0.0, found - worth)),
            float(max(0.0, bound - worth)),
            tuple(code for code in codes if code in asked - chosen),
            tuple(code for code in codes if code in chosen - asked),
            tuple(
                ScenarioWorth(name, float(own), *end)
                for name, own, end in zip(names, self.worths(choices), ends, strict=True)
            ),
        )


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
