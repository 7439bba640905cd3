"""Plans at rising budgets, each keeping what the one before carries out: sought, bettered and bounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from jspmodel.case import Case
from jspmodel.proof import contradicts
from jspmodel.scenario import Scenario
from jspmodel.selection.parametric import state_parametric_model
from jspmodel.selection.postoptimal.nearby_plans import Choices, NearbyPlans, Valued
from jspmodel.selection.postoptimal.plan_model import Demand, DemandModel, with_carried_out
from jspmodel.solver import Array, NestedModels

Chain = tuple[Valued, ...]
"""A plan at each level, by rising budgets."""
STALE = 12
"""Searches around a chain that bring nothing, after which it is left as it is."""
SMALL = 400
"""Whole columns up to which all levels are searched at once, and not step by step."""
AGAIN = 50
"""Solutions that cannot be paid or are not fair, at most, that are excluded one by one."""
TRIES = 2
"""Searches around a plan of one level, when a chain is begun."""


def programs_of(choices: Choices) -> frozenset[str]:
    """Return what a plan carries out."""
    return frozenset(choice.program for choice in choices)


def state_level_models(case: Case, scenario: Scenario, levels: Sequence[float]) -> tuple[DemandModel, ...]:
    """State the model at several factors on the scenario's budgets.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    levels : sequence of float
        Factors on ``budget_scale.all``.

    Returns
    -------
    tuple of DemandModel

    Raises
    ------
    ScenarioError, InfeasibleError
        As ``state_parametric_model``.
    """
    stated, rows = with_carried_out(state_parametric_model(case, scenario))
    scales = [level * scenario.budget_scale.all for level in levels]
    return tuple(
        DemandModel(replace(stated, matrix=stated.at(scale), slack=stated.slack * scale), rows)
        for scale in scales
    )


class PlanChains:
    """Searches plans at some levels of the budgets that are nested: what one carries out, all later ones do.

    Parameters
    ----------
    models : sequence of DemandModel
        By rising budgets; one model is a chain of its own.
    weights : sequence of float
        What a unit of worth counts at each level, above 0.
    """

    def __init__(self, models: Sequence[DemandModel], weights: Sequence[float]) -> None:
        self._levels = [NearbyPlans(model) for model in models]
        self._all = frozenset(models[0].rows)
        # On average a worth counts as in a single model: HiGHS has absolute tolerances.
        self._weights = [weight * len(weights) / sum(weights) for weight in weights]
        self._slack = sum(w * model.stated.slack for w, model in zip(self._weights, models, strict=True))
        self._at = [level.relax(Demand()) for level in self._levels]
        self._infeasible = any(at.relaxed.infeasible for at in self._at)
        self._joint = NestedModels(
            [level.reoptimiser for level in self._levels],
            self._at,
            [level.carried for level in self._levels],
            self._weights,
        )
        self._draw = np.random.default_rng(1)

    @property
    def infeasible(self) -> bool:
        """Whether it is proven that some level has no plan."""
        return self._infeasible

    @property
    def small(self) -> bool:
        """Whether all levels are searched at once, to the end, rather than step by step."""
        return int(self._joint.at.matrix.integer.sum()) <= SMALL

    @property
    def bound(self) -> float:
        """What no chain exceeds, by the relaxations: the weighted mean of worths."""
        return (
            -np.inf if self._infeasible else (self._joint.at.relaxed.bound + self._slack) / len(self._weights)
        )

    def settled(self, chain: Chain | None, bound: float) -> bool:
        """Return whether no better chain is possible, but for the price of money."""
        return chain is not None and bound <= self.worth(chain) + 2 * self._slack / len(self._weights)

    def worth(self, chain: Chain) -> float:
        """Return the weighted mean of worths."""
        return sum(w * worth for w, (_, worth) in zip(self._weights, chain, strict=True)) / len(self._weights)

    def legal(self, place: int, choices: Choices) -> Valued | None:
        """Return a plan with its worth, if it keeps all rules at a level."""
        values = self._levels[place].solved(self._at[place], choices)
        return None if values is None else self._levels[place].judge(values)

    def begin(self, place: int, plan: Valued) -> Chain | None:
        """Begin a chain with a plan of one level: add to it with more money, thin it with less.

        Parameters
        ----------
        place : int
            The number of the level.
        plan : tuple of (tuple of Choice, float)

        Returns
        -------
        tuple of (tuple of Choice, float), or None
            None where no thinner plan is found at some level below.
        """
        chain = [plan]
        for above in range(place + 1, len(self._levels)):
            chain.append(self._richer(above, chain[-1]))
        for below in reversed(range(place)):
            thinner = self._best(below, Demand(out=self._all - programs_of(chain[0][0])), chain[0][0], None)
            if thinner is None:
                return None
            chain.insert(0, thinner)
        return tuple(chain)

    def _richer(self, place: int, plan: Valued) -> Valued:
        """Return the best plan found with more money that keeps what another carries out, or that plan."""
        found = self._best(place, Demand(into=programs_of(plan[0])), plan[0], plan)
        return plan if found is None else found

    def seek(self, place: int, hint: Choices | None) -> Valued | None:
        """Seek the best plan of one level by itself, near the relaxation and another plan."""
        return self._best(place, Demand(), hint, None)

    def _best(self, place: int, demand: Demand, hint: Choices | None, best: Valued | None) -> Valued | None:
        level = self._levels[place]
        at = level.relax(demand)
        if at.relaxed.infeasible:
            return best
        near = None if hint is None else level.values(hint)
        best = _better(best, level.near(at, near))
        if best is None:
            best = level.near(at, None)
        for _ in range(TRIES):
            values = None if best is None else level.solved(at, best[0])
            if values is not None:
                best = _better(best, level.around(at, values, self._draw))
        return best

    def improve(self, chain: Chain, work: float) -> Chain:
        """Search around a chain, freeing the same programmes at all levels.

        Parameters
        ----------
        chain : tuple of (tuple of Choice, float)
        work : float
            Units.

        Returns
        -------
        tuple of (tuple of Choice, float)
        """
        joint, values = self._joint, None if self.small else self._values(chain)
        if values is None:
            return chain
        begun, stale = joint.work, 0
        while stale < STALE and joint.work - begun < work and not self.settled(chain, self.bound):
            stale += 1
            found = joint.search_around(joint.at, values, self._draw)
            better = None if found is None else self._judged(found)
            if found is not None and better is not None and self.worth(better) > self.worth(chain):
                chain, values, stale = better, found, 0
        return chain

    def prove(self, chain: Chain | None, work: float) -> tuple[float, Chain | None]:
        """Bound all chains by branch and bound; return the bound, and the best chain that is known then.

        Parameters
        ----------
        chain : tuple of (tuple of Choice, float), or None
            The best that is known.
        work : float
            Units.

        Returns
        -------
        float, tuple of (tuple of Choice, float) or None
            The bound is ``-inf`` where it is proven that there is none.
        """
        joint, bound = self._joint, self.bound
        if self._infeasible:
            return -np.inf, chain
        begun = joint.work
        for _ in range(AGAIN):
            left = work - (joint.work - begun)
            if left <= 0 or self.settled(chain, bound):
                break
            values = None if chain is None else self._values(chain)
            found = joint.branch(joint.at, values, left)
            bound = min(bound, (found.bound + self._slack) / len(self._weights))
            if found.values is None or self._exclude(found.values):
                chain = chain if found.values is None else self._taken(chain, found.values)
                break
        if chain is not None and contradicts(self.worth(chain), bound):
            bound = np.inf
        return bound, chain

    def _taken(self, chain: Chain | None, values: Array) -> Chain | None:
        found = self._judged(values)
        if found is None or (chain is not None and self.worth(found) <= self.worth(chain)):
            return chain
        return found

    def _exclude(self, values: Array) -> bool:
        """Exclude what of a solution cannot be paid or is not fair, at every level that it holds for.

        Returns
        -------
        bool
            Whether there is nothing to exclude, or nothing that could be.
        """
        done = True
        for place, (level, part) in enumerate(zip(self._levels, self._joint.split(values), strict=True)):
            if level.judge(part) is None:
                rows, most = level.excluding(part)
                self._joint.limit(place, rows, most)
                done = done and not len(most)
        return done

    def _values(self, chain: Chain) -> Array | None:
        """Return a chain as a solution of all models; None where a plan breaks a row of its own."""
        plans = zip(self._levels, self._at, chain, strict=True)
        parts = [level.solved(at, choices) for level, at, (choices, _) in plans]
        some = [part for part in parts if part is not None]
        return np.concatenate(some) if len(some) == len(parts) else None

    def _judged(self, values: Array) -> Chain | None:
        """Return a solution of all models as a chain, if it keeps all rules at each level."""
        parts = zip(self._levels, self._joint.split(values), strict=True)
        judged = [level.judge(part) for level, part in parts]
        some = tuple(one for one in judged if one is not None)
        return some if len(some) == len(judged) else None


def _better(one: Valued | None, other: Valued | None) -> Valued | None:
    """Return the plan that is worth more; the first of equals."""
    if one is None or other is None:
        return one or other
    return other if other[1] > one[1] else one
