"""Plans that hedge against wrong effects: the best at worst, and the one that is least regretted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Choice, Plan
from jspmodel.proof import least_bound
from jspmodel.scenario import Scenario
from jspmodel.selection.objectives import worth_of
from jspmodel.selection.postoptimal.uncertain_effects.effect_scenarios import EffectScenario
from jspmodel.selection.postoptimal.uncertain_effects.hedge import EVERYTHING, Hedge
from jspmodel.solver import borrow_worker


@dataclass(frozen=True)
class ScenarioWorth:
    """What a plan is worth under one scenario of effects.

    Attributes
    ----------
    name : str
        Of the scenario.
    worth : float
        Percent of the weighted gap closed.
    asked : float
        What the plan asked about is worth.
    best_least, best_most : float or None
        The best plan under this scenario alone is worth at least and at most so much; None where that was not
        asked.
    """

    name: str
    worth: float
    asked: float
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
    expected : float
        What this plan is worth at the expected effects.
    cost_least, cost_most : float
        There the best plan is worth at least and at most so much more.
    leave, enter : tuple of str
        The programmes of the plan asked about that it does not carry out, and those that it has beside.
    scenarios : tuple of ScenarioWorth
    """

    criterion: str
    choices: tuple[Choice, ...]
    least: float
    most: float
    expected: float
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
        If effects do not count, or a scenario has not one for each row within what the row says at most.
    SolverError
        If the plan is of other settings.
    """
    with borrow_worker() as worker:
        hedge = Hedge(case, scenario, plan, effects, workers, worker)
        bound = hedge.search(hedge.common, np.zeros(len(hedge.scenarios)))
    if progress:
        progress(1.0)
    best = hedge.best(lambda worths: float(worths.min()))
    worst, most = min(hedge.worths(best)), max(min(worths) for worths in hedge.pool.values())
    most = max(most, least_bound(most, [bound, EVERYTHING])[0])
    return _Told(case, scenario, plan, hedge).plan(
        "maximin", best, worst, most, [(None, None)] * len(hedge.scenarios)
    )


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
        hedge = Hedge(case, scenario, plan, effects, workers, worker)
        free, count = np.full(len(hedge.scenarios), EVERYTHING), len(hedge.scenarios)
        bounds = np.zeros(count)
        for place, worth in enumerate(hedge.own_worths):
            # At the expected effects the plan asked about is the best known, and bounded already.
            bounds[place] = plan.bound if hedge.expected[place] else hedge.search(worth, free)
            if progress:
                progress((place + 1) / (count + 1))
        bounds = hedge.believed(bounds)
        bound = hedge.search(hedge.common, bounds.max() - bounds)
    if progress:
        progress(1.0)
    found, sought = hedge.best_worths(), bounds
    # What the last search came across may show that a bound is wrong: its own, or one that it was asked with.
    known = max(min(worths + sought.max() - sought) for worths in hedge.pool.values())
    bound, _ = least_bound(known, [bound, EVERYTHING])
    least = max(0.0, sought.max() - bound - float(max(sought - found)))
    bounds = hedge.believed(sought)
    best = hedge.best(lambda worths: -float(max(bounds - worths)))
    most = float(max(bounds - hedge.worths(best)))
    ends = list(zip(found.tolist(), bounds.tolist(), strict=True))
    return _Told(case, scenario, plan, hedge).plan("minimax_regret", best, min(least, most), most, ends)


@dataclass(frozen=True, eq=False)
class _Told:
    """Writes down a plan, with what it costs at the expected effects."""

    case: Case
    scenario: Scenario
    asked: Plan
    hedge: Hedge

    def plan(
        self,
        criterion: Literal["maximin", "minimax_regret"],
        choices: tuple[Choice, ...],
        least: float,
        most: float,
        best: Sequence[tuple[float | None, float | None]],
    ) -> HedgedPlan:
        """Return a plan with what was found of it, and of the best under each scenario."""
        judge = worth_of(self.case, self.scenario)
        worth, found = (
            judge(choices),
            max([self.asked.objective, *(judge(other) for other in self.hedge.pool)]),
        )
        bound = max(found, least_bound(found, [self.asked.bound, EVERYTHING])[0])
        chosen, before = ({one.program for one in plan} for plan in (choices, self.asked.choices))
        codes = [item.program for item in self.asked.programs]
        theirs, ours = (self.hedge.worths(some).tolist() for some in (choices, self.asked.choices))
        by_scenario = zip(self.hedge.scenarios, theirs, ours, best, strict=True)
        return HedgedPlan(
            criterion,
            tuple(sorted(choices, key=lambda one: codes.index(one.program))),
            float(least),
            float(most),
            worth,
            max(0.0, found - worth),
            max(0.0, bound - worth),
            tuple(code for code in codes if code in before - chosen),
            tuple(code for code in codes if code in chosen - before),
            tuple(ScenarioWorth(one.name, value, asked, *ends) for one, value, asked, ends in by_scenario),
        )
