"""Plans at rising budgets, each keeping what the one before carries out: sought, bettered and bounded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from jspmodel.proof import contradicts
from jspmodel.selection.postoptimal.joint_plans import as_fair_as, exclude_illegal, joint_solution
from jspmodel.selection.postoptimal.nearby_plans import Choices, NearbyPlans, Valued, programs_of
from jspmodel.selection.postoptimal.plan_model import Demand
from jspmodel.solver import Array, NestedModels, RelaxedModel

Chain = tuple[Valued, ...]
"""A plan at each level, by rising budgets."""
AnyChain = TypeVar("AnyChain", Chain, Chain | None)
SMALL = 400
"""Whole columns up to which all levels are searched at once, and not step by step."""
STALE = 25
"""Searches around a chain that bring nothing, after which it is left as it is."""
FREED, FEWEST = 8, 3
"""Programmes that a search around a chain frees at one level, and at least at each of several."""
AGAIN = 50
"""Solutions that cannot be paid or are not fair, at most, that are excluded one by one."""


class PlanChains:
    """Searches plans at some levels of the budgets that are nested: what one carries out, all later ones do.

    Parameters
    ----------
    levels : sequence of NearbyPlans
        By rising budgets; one level is a chain of its own.
    weights : sequence of float
        What a unit of worth counts at each level, above 0.
    """

    def __init__(self, levels: Sequence[NearbyPlans], weights: Sequence[float]) -> None:
        self._levels, self._draw = levels, np.random.default_rng(1)
        # On average a worth counts as in a single model: HiGHS has absolute tolerances.
        self._weights = [weight * len(weights) / sum(weights) for weight in weights]
        slack = sum(w * level.slack for w, level in zip(self._weights, levels, strict=True))
        self._slack = slack / len(levels)
        self._at = [level.relax(Demand()) for level in levels]
        self._joint = self._nested(self._at)

    def _nested(self, at: Sequence[RelaxedModel]) -> NestedModels:
        engines, carried = zip(*((level.reoptimiser, level.carried) for level in self._levels), strict=True)
        return NestedModels(engines, at, carried, self._weights)

    @property
    def infeasible(self) -> bool:
        """Whether it is proven that some level has no plan."""
        return self._joint.at.relaxed.infeasible

    @property
    def small(self) -> bool:
        """Whether all levels are searched at once, to the end, rather than step by step."""
        return int(self._joint.at.matrix.integer.sum()) <= SMALL

    @property
    def bound(self) -> float:
        """What no chain exceeds, by the relaxations: the weighted mean of worths."""
        return -np.inf if self.infeasible else self._mean(self._joint.at.relaxed.bound)

    def _mean(self, bound: float) -> float:
        """Return a bound on the joint model as one on the weighted mean of worths."""
        return bound / len(self._levels) + self._slack

    def worth(self, chain: Chain) -> float:
        """Return the weighted mean of worths."""
        return sum(w * worth for w, (_, worth) in zip(self._weights, chain, strict=True)) / len(self._levels)

    def settled(self, chain: Chain | None, bound: float) -> bool:
        """Return whether no better chain is possible, but for the price of money."""
        return chain is not None and bound <= self.worth(chain) + 2 * self._slack

    def legal(self, place: int, choices: Choices) -> Valued | None:
        """Return a plan with its worth, if it keeps all rules at a level."""
        values = self._levels[place].solved(self._at[place], choices)
        return None if values is None else self._levels[place].judge(values)

    def seek(self, place: int, hint: Choices | None = None) -> Valued | None:
        """Seek the best plan of one level by itself, near the relaxation, or near a plan that is given."""
        return self._best(place, Demand(), hint, None, brief=hint is not None)

    def begin(self, place: int, plan: Valued, *, brief: bool = False) -> Chain | None:
        """Begin a chain with a plan of one level: add to it with more money, thin it with less.

        Parameters
        ----------
        place : int
            The number of the level.
        plan : tuple of (tuple of Choice, float)
        brief : bool
            Whether one search a level is enough, where it finds something.

        Returns
        -------
        tuple of (tuple of Choice, float), or None
            None where no thinner plan is found at some level below.
        """
        chain = [plan]
        for above in range(place + 1, len(self._levels)):
            into = Demand(into=programs_of(chain[-1][0]))
            richer = self._best(above, into, chain[-1][0], chain[-1], brief=brief)
            chain.append(chain[-1] if richer is None else richer)
        for below in reversed(range(place)):
            only = Demand(out=self._levels[below].programs - programs_of(chain[0][0]))
            thinner = self._best(below, only, chain[0][0], None, brief=brief)
            if thinner is None:
                return None
            chain.insert(0, thinner)
        return tuple(chain)

    def _best(
        self, place: int, demand: Demand, hint: Choices | None, best: Valued | None, *, brief: bool
    ) -> Valued | None:
        """Seek the best plan of a level under a demand, near the relaxation and another plan.

        Brief: near the relaxation alone where there is none near the other plan.
        """
        level = self._levels[place]
        # A region must gain what it must in the best plan conceivable: so any plan that is found is fair.
        at = level.relax(demand, self._at[place].relaxed.bound)
        if at.relaxed.infeasible:
            return best
        for near in [None] if hint is None else [level.values(hint), None]:
            best = _better(best, level.near_or_thinned(at, near, demand))
            if brief and best is not None:
                break
        return best

    def improve(self, chain: Chain, work: float) -> Chain:
        """Search around a chain, freeing the same programmes at some neighbouring levels or all.

        Parameters
        ----------
        chain : tuple of (tuple of Choice, float)
        work : float
            Units, about.

        Returns
        -------
        tuple of (tuple of Choice, float)
        """
        if self.small:
            return chain
        at = as_fair_as(chain, self._levels, self._at)
        joint, values, stale = self._nested(at), joint_solution(chain, self._levels, at), 0
        while values is not None and stale < STALE and joint.work < work:
            if self.settled(chain, self.bound):
                break
            stale += 1
            found = joint.around(values, self._draw, *self._window())
            better = self._taken(chain, found)
            if found is not None:
                exclude_illegal(joint, self._levels, found)
            if better != chain:
                chain, values, stale = better, joint_solution(better, self._levels, at), 0
        return chain

    def _window(self) -> tuple[range, int]:
        """Draw neighbouring levels, one, two or all, and how many programmes are freed: fewer in more."""
        count = len(self._levels)
        width = min(count, (1, 2, count)[int(self._draw.integers(3))])
        first = int(self._draw.integers(count - width + 1))
        return range(first, first + width), max(FEWEST, FREED // width)

    def prove(self, chain: Chain | None, work: float) -> tuple[float, Chain | None]:
        """Bound all chains by branch and bound; return the bound, and the best chain that is known then.

        Parameters
        ----------
        chain : tuple of (tuple of Choice, float), or None
            The best that is known.
        work : float
            Units, about.

        Returns
        -------
        float, tuple of (tuple of Choice, float) or None
            The bound is ``-inf`` where it is proven that there is none.
        """
        joint, bound = self._joint, self.bound
        for _ in range(AGAIN):
            if self.infeasible or self.settled(chain, bound) or joint.work >= work:
                break
            values = None if chain is None else joint_solution(chain, self._levels, self._at)
            found = joint.branch(joint.at, values, work - joint.work)
            bound = min(bound, self._mean(found.bound))
            chain = self._taken(chain, found.values)
            if found.values is None or not exclude_illegal(joint, self._levels, found.values):
                break
        return (np.inf if chain is not None and contradicts(self.worth(chain), bound) else bound), chain

    def _taken(self, chain: AnyChain, values: Array | None) -> AnyChain | Chain:
        """Return a solution as a chain if it is one and better than another, else that."""
        found = None if values is None else self._judged(values)
        if found is None or (chain is not None and self.worth(found) <= self.worth(chain)):
            return chain
        return found

    def _judged(self, values: Array) -> Chain | None:
        """Return a solution of all models as a chain; of what cannot be paid, the best that is left."""
        chain: list[Valued] = []
        parts = zip(self._levels, self._joint.split(values), strict=True)
        for level, part in reversed(list(parts)):
            # With more money less may be left: then there is less to choose from below, too.
            out = level.programs - programs_of(chain[0][0]) if chain else frozenset[str]()
            plan = level.judge(part)
            if plan is None or out & programs_of(plan[0]):
                plan = level.thinned(part, Demand(out=out))
            if plan is None:
                return None
            chain.insert(0, plan)
        return tuple(chain)


def _better(one: Valued | None, other: Valued | None) -> Valued | None:
    """Return the plan that is worth more; the first of equals."""
    if one is None or other is None:
        return one or other
    return other if other[1] > one[1] else one
