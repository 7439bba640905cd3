"""The search for nested plans: the best plan for each budget, chains begun with them, then bounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from jspmodel.processes import process_map
from jspmodel.selection.postoptimal.nearby_plans import UNKNOWN, Answer, Choices, NearbyPlans, Valued
from jspmodel.selection.postoptimal.plan_chains import Chain, PlanChains
from jspmodel.selection.postoptimal.plan_model import DemandModel
from jspmodel.solver import work_of

FREE, CHAINS, PROOF = 0.2, 0.6, 0.2
"""Shares of the effort: the best plan for each budget, nested plans, bounds."""
WIDE, ROUGH = 0.5, 0.2
"""Shares of the effort for nested plans: few levels at once, and around what is found."""
LEAST = 2.0
"""Units for nested plans, at least, for there to be a second search."""
Told = Callable[[float], None] | None
Begin = tuple[tuple[int, ...], tuple[int, ...], dict[int, Valued], float]
"""All levels, those of the first chain, plans of some of these with which it may begin, units of work."""
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
        return PlanChains([NearbyPlans(self.models[k]) for k in places], [self.weights[k] for k in places])


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
    begun = _begun(levels, free, places, work * CHAINS)
    chains = process_map(_chain, levels, begun, workers, _share(told, FREE, CHAINS, len(begun)))
    chain = max((one for one in chains if one is not None), key=lambda one: _worth(levels, places, one))
    free = _carried(_with_chain(free, places, chain))
    proofs = _proofs(levels, free, places, chain, work * PROOF)
    proven = process_map(_prove, levels, proofs, workers, _share(told, FREE + CHAINS, PROOF, len(proofs)))
    bound = np.inf
    for (some, _, _), (most, better) in zip(proofs, proven, strict=True):
        if some == places:
            bound, chain = most, better or chain
        if len(some) == 1:
            answer = free[some[0]] if better is None else free[some[0]].with_plan(*better[0])
            free[some[0]] = answer.with_bound(most)
    return NestedFinding(tuple(_carried(_with_chain(free, places, chain))), places, chain, bound)


def _begun(levels: Levels, free: Sequence[Answer], places: tuple[int, ...], work: float) -> list[Begin]:
    """Return with which plans chains begin: from below, which always gives one, and the middle; from above.

    Where the effort is small, all in one search.
    """
    plans = {place: (answer.choices, answer.objective) for place, answer in enumerate(free) if answer.choices}
    known = None if levels.known is None else levels.known[0]
    half = places[len(places) // 2]
    middle = half if known is None or known not in places else known
    first, last = [places[0], middle], [places[-1]]
    some = [(first, middle), (last, half)] if work >= 2 * LEAST else [([*first, *last], middle)]
    begun: list[Begin] = []
    for anchors, between in some:
        rough = tuple(sorted({places[0], between, places[-1]}))
        begun.append((places, rough, {k: plans[k] for k in anchors}, work / len(some)))
    return begun


def _proofs(
    levels: Levels, free: Sequence[Answer], places: tuple[int, ...], chain: Chain, work: float
) -> list[Proof]:
    """Return what is to be bounded: each level at which a better plan is not ruled out, and all at once.

    Only where the effort suffices for a relaxation, an iteration a row.
    """
    open_ = [place for place, answer in enumerate(free) if levels.open(place, answer)]
    alone: list[Proof] = [((place,), _alone(free[place]), work / len(open_)) for place in open_]
    matrix = levels.models[0].stated.matrix

    def suffices(proof: Proof) -> bool:
        count = len(proof[0])
        return proof[2] >= work_of(count * len(matrix.row_lower), count * matrix.entries)

    return [proof for proof in (*alone, (places, chain, work)) if suffices(proof)]


def _free(levels: Levels, task: tuple[int, float]) -> Answer:
    """Seek the best plan of one level by itself."""
    place, work = task
    chains = levels.chains([place])
    if chains.infeasible:
        return Answer(None, -np.inf, -np.inf)
    answer = UNKNOWN.with_bound(chains.bound)
    if levels.known is not None:
        known, choices, bound = levels.known
        legal = chains.legal(0, choices)
        answer = answer if legal is None else answer.with_plan(*legal)
        answer = answer.with_bound(bound) if legal is not None and place <= known else answer
    found = chains.seek(0)
    answer = answer if found is None else answer.with_plan(*found)
    chain = _alone(answer)
    if chains.small:
        bound, chain = chains.prove(chain, work)
        answer = answer.with_bound(bound)
    elif chain is not None:
        chain = chains.improve(chain, work)
    return answer if chain is None else answer.with_plan(*chain[0])


def _chain(levels: Levels, task: Begin) -> Chain | None:
    """Begin a chain over few levels with the best plan of one, then fill it up.

    Few are searched at once, with all that their relaxations use: which programmes are in at the smallest
    budget is decided with a view to the largest. What lies between is soon found then.
    """
    places, rough, known, work = task
    models = [NearbyPlans(levels.models[place]) for place in places]
    at = [places.index(place) for place in rough]
    chains = PlanChains([models[k] for k in at], _shared_out([levels.weights[k] for k in places], at))
    begun = [chains.begin(rough.index(place), plan) for place, plan in known.items()]
    there = [chain for chain in begun if chain is not None]
    if not there:
        return None
    chain = chains.widen(max(there, key=chains.worth), work * WIDE)
    chain = chains.improve(chain, work * ROUGH)
    whole = PlanChains(models, [levels.weights[place] for place in places])
    return whole.improve(whole.fill(dict(zip(at, chain, strict=True))), work * (1 - WIDE - ROUGH))


def _shared_out(weights: Sequence[float], at: Sequence[int]) -> list[float]:
    """Return the weights of some levels, each with those of the levels that it is the nearest of."""
    nearest = [min(at, key=lambda k: abs(k - place)) for place in range(len(weights))]
    return [sum(w for w, k in zip(weights, nearest, strict=True) if k == one) for one in at]


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
