"""The search for nested plans: the best plan for each budget, chains begun with them, then bounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from jspmodel.processes import process_map
from jspmodel.selection.postoptimal.nearby_plans import UNKNOWN, Answer, Choices
from jspmodel.selection.postoptimal.plan_chains import Chain, PlanChains
from jspmodel.selection.postoptimal.plan_model import DemandModel

FREE, CHAINS, PROOF = 0.3, 0.4, 0.3
"""Shares of the effort: the best plan for each budget, nested plans, bounds."""
Told = Callable[[float], None] | None
Proof = tuple[tuple[int, ...], Chain | None, float]
"""Some levels, the best chain known over them, units of work."""


@dataclass(frozen=True)
class Levels:
    """Models at rising budgets, what each counts, and a plan that is known at one of them.

    Attributes
    ----------
    models : tuple of DemandModel
    weights : tuple of float
        Above 0.
    known : tuple of (int, tuple of Choice, float), or None
        The number of the level, what the plan carries out, and what no plan at that level exceeds.
    """

    models: tuple[DemandModel, ...]
    weights: tuple[float, ...]
    known: tuple[int, Choices, float] | None

    def open(self, place: int, answer: Answer) -> bool:
        """Return whether a better plan of a level is not ruled out, but for the price of money."""
        return answer.bound > answer.objective + 2 * self.models[place].stated.slack

    def chains(self, places: Sequence[int]) -> PlanChains:
        """Return the search over some of the levels."""
        return PlanChains([self.models[k] for k in places], [self.weights[k] for k in places])


@dataclass(frozen=True)
class NestedFinding:
    """What a search for nested plans came to.

    Attributes
    ----------
    free : tuple of Answer
        The best plan for each budget alone, and what no plan there exceeds.
    places : tuple of int
        The levels that have a plan.
    chain : tuple of (tuple of Choice, float), or None
        The nested plans of these.
    bound : float
        What the weighted mean of worths of nested plans does not exceed, by branch and bound over these.
    """

    free: tuple[Answer, ...]
    places: tuple[int, ...]
    chain: Chain | None
    bound: float


def search_nested(levels: Levels, work: float, workers: int, told: Told) -> NestedFinding:
    """Search nested plans.

    Parameters
    ----------
    levels : Levels
    work : float
        Units, about.
    workers : int
        Processes; what is found does not depend on them.
    told : callable, optional
        Called with the share that is done.

    Returns
    -------
    NestedFinding
    """
    count = len(levels.models)
    tasks = [(place, work * FREE / count) for place in range(count)]
    free = _carried(process_map(_free, levels, tasks, workers, _share(told, 0.0, FREE, count)))
    places = tuple(place for place, answer in enumerate(free) if answer.choices is not None)
    if not places:
        return NestedFinding(tuple(free), (), None, -np.inf)
    anchors = _anchors(levels, places)
    begun = [(places, place, free[place], work * CHAINS / len(anchors)) for place in anchors]
    watch = _share(told, FREE, CHAINS, len(anchors))
    chains = [one for one in process_map(_chain, levels, begun, workers, watch) if one is not None]
    chain = max(chains, key=lambda one: _worth(levels, places, one))
    free = _carried(_with_chain(free, places, chain))
    open_ = [place for place in range(count) if levels.open(place, free[place])]
    proofs: list[Proof] = [(places, chain, work * PROOF / 2)]
    proofs += [((place,), _alone(free[place]), work * PROOF / 2 / len(open_)) for place in open_]
    proven = process_map(_prove, levels, proofs, workers, _share(told, FREE + CHAINS, PROOF, len(proofs)))
    bound, chain = proven[0][0], proven[0][1] or chain
    for place, (least, better) in zip(open_, proven[1:], strict=True):
        answer = free[place] if better is None else free[place].with_plan(*better[0])
        free[place] = answer.with_bound(least)
    return NestedFinding(tuple(_carried(_with_chain(free, places, chain))), places, chain, bound)


def _anchors(levels: Levels, places: Sequence[int]) -> list[int]:
    """Return the levels whose best plans begin chains: the smallest first, which always gives one."""
    known = None if levels.known is None else levels.known[0]
    ends = (places[0], places[-1], places[len(places) // 2] if known not in places else known)
    return list(dict.fromkeys(place for place in ends if place is not None))


def _free(levels: Levels, task: tuple[int, float]) -> Answer:
    """Seek the best plan of one level by itself."""
    place, work = task
    chains = levels.chains([place])
    if chains.infeasible:
        return Answer(None, -np.inf, -np.inf)
    answer, hint = UNKNOWN.with_bound(chains.bound), None
    if levels.known is not None:
        hint = levels.known[1]
        legal = chains.legal(0, hint) if place == levels.known[0] else None
        answer = answer if legal is None else answer.with_plan(*legal).with_bound(levels.known[2])
    found = chains.seek(0, hint)
    answer = answer if found is None else answer.with_plan(*found)
    chain = _alone(answer)
    if chains.small:
        bound, chain = chains.prove(chain, work)
        answer = answer.with_bound(bound)
    elif chain is not None:
        chain = chains.improve(chain, work)
    return answer if chain is None else answer.with_plan(*chain[0])


def _chain(levels: Levels, task: tuple[Sequence[int], int, Answer, float]) -> Chain | None:
    """Begin a chain with the best plan of one level, and better it."""
    places, place, answer, work = task
    if answer.choices is None:
        return None
    chains = levels.chains(places)
    begun = chains.begin(places.index(place), (answer.choices, answer.objective))
    return None if begun is None else chains.improve(begun, work)


def _prove(levels: Levels, task: Proof) -> tuple[float, Chain | None]:
    """Bound what can be had at some levels."""
    places, chain, work = task
    return levels.chains(places).prove(chain, work)


def _alone(answer: Answer) -> Chain | None:
    """Return a plan as a chain of one level."""
    return None if answer.choices is None else ((answer.choices, answer.objective),)


def _worth(levels: Levels, places: Sequence[int], chain: Chain) -> float:
    return sum(levels.weights[place] * worth for place, (_, worth) in zip(places, chain, strict=True))


def _with_chain(free: Sequence[Answer], places: Sequence[int], chain: Chain) -> list[Answer]:
    """Take nested plans where they are better than those known for their budgets."""
    taken = list(free)
    for place, plan in zip(places, chain, strict=True):
        taken[place] = taken[place].with_plan(*plan)
    return taken


def _carried(free: Sequence[Answer]) -> list[Answer]:
    """Carry plans to larger budgets, and bounds to smaller ones."""
    bounds = list(accumulate((answer.bound for answer in reversed(free)), min))[::-1]
    best, carried = UNKNOWN, []
    for answer, bound in zip(free, bounds, strict=True):
        best = answer if answer.objective > best.objective else best
        one = answer if best.choices is None else answer.with_plan(best.choices, best.objective)
        carried.append(one.with_bound(bound))
    return carried


def _share(told: Told, begun: float, part: float, count: int) -> Callable[[int], None] | None:
    return None if told is None else (lambda done: told(begun + part * done / count))
