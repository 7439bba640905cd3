"""The search for nested plans: the best plan for each budget, chains begun with them, then bounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf

from jspmodel.processes import as_share, process_map
from jspmodel.selection.postoptimal.nearby_plans import UNKNOWN, Answer, Choices, NearbyPlans, Valued
from jspmodel.selection.postoptimal.nested_plans.plan_chains import SMALL, Chain, PlanChains
from jspmodel.selection.postoptimal.plan_model import DemandModel
from jspmodel.solver import work_of

FREE, CHAINS, PROOF = 0.15, 0.45, 0.4
"""Shares of the effort: the best plan for each budget, nested plans, bounds."""
SOME, MUCH = 4.0, 40.0
"""Units for nested plans from which they begin with the largest budget too, and with each."""
Told = Callable[[float], None] | None


@dataclass(frozen=True)
class Begin:
    """A search for nested plans: all levels, one of them, its plan, units of work."""

    places: tuple[int, ...]
    place: int
    plan: Valued
    work: float


@dataclass(frozen=True)
class Proof:
    """A search for a bound: some levels, the best chain known over them, units of work."""

    places: tuple[int, ...]
    chain: Chain | None
    work: float


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

    def hint(self, place: int, work: float) -> Choices | None:
        """Return a plan near which one search is enough where there is little effort: else they are long.

        What the smallest level finds all others build on: it is sought there as with more effort.
        """
        little = work < SOME * FREE / len(self.models)
        return self.known[1] if self.known is not None and place > 0 and little else None

    def small(self, places: Sequence[int]) -> bool:
        """Return whether some levels are searched whole, all at once."""
        return int(self.models[0].stated.matrix.integer.sum()) * len(places) <= SMALL

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
    sought = [(place, work * FREE / count) for place in range(count)]
    free = _carried(process_map(_free, levels, sought, workers, as_share(told, 0.0, FREE, count)))
    places = tuple(place for place, answer in enumerate(free) if answer.choices is not None)
    if not places:
        return NestedFinding(tuple(free), (), None, -inf)
    begun = _begun(levels, free, places, work * CHAINS)
    open_ = [place for place in range(count) if levels.open(place, free[place])]
    alone = _proofs(levels, [((place,), _alone(free[place])) for place in open_], work * PROOF)
    tasks: list[Begin | Proof] = [*begun, *alone]
    done = process_map(_do, levels, tasks, workers, as_share(told, FREE, CHAINS, len(tasks)))
    chain = max((one for _, one in done[: len(begun)] if one), key=lambda one: _worth(levels, places, one))
    for proof, (most, better) in zip(alone, done[len(begun) :], strict=True):
        place = proof.places[0]
        answer = free[place] if better is None else free[place].with_plan(*better[0])
        free[place] = answer.with_bound(most)
    bound, better = inf, None
    for proof in _proofs(levels, [(places, chain)], work * PROOF):
        bound, better = _do(levels, proof)
    chain = better or chain
    if told is not None:
        told(1.0)
    return NestedFinding(tuple(_carried(_with_chain(free, places, chain))), places, chain, bound)


def _begun(levels: Levels, free: Sequence[Answer], places: tuple[int, ...], work: float) -> list[Begin]:
    """Return with which plans chains begin: from below, which always gives one, from above, from everywhere.

    A small model begins from below alone: it is searched whole later.
    """
    anchors = places if work >= MUCH else dict.fromkeys((places[0], places[-1]))
    if levels.small(places) or work < SOME:
        anchors = places[:1]
    plans = [(place, free[place].choices, free[place].objective) for place in anchors]
    return [
        Begin(places, place, (choices, worth), work / len(anchors))
        for place, choices, worth in plans
        if choices is not None
    ]


def _proofs(
    levels: Levels, known: Sequence[tuple[tuple[int, ...], Chain | None]], work: float
) -> list[Proof]:
    """Return what is bounded: where the effort suffices for a relaxation, an iteration a row."""
    matrix = levels.models[0].stated.matrix
    proofs = [Proof(places, chain, work / len(known)) for places, chain in known]
    least = (work_of(len(p.places) * len(matrix.row_lower), len(p.places) * matrix.entries) for p in proofs)
    return [proof for proof, units in zip(proofs, least, strict=True) if proof.work >= units]


def _free(levels: Levels, task: tuple[int, float]) -> Answer:
    """Seek the best plan of one level by itself."""
    place, work = task
    chains = levels.chains([place])
    if chains.infeasible:
        return Answer(None, -inf, -inf)
    answer = UNKNOWN.with_bound(chains.bound)
    if levels.known is not None:
        known, choices, bound = levels.known
        legal = chains.legal(0, choices)
        answer = answer if legal is None else answer.with_plan(*legal)
        answer = answer.with_bound(bound) if legal is not None and place == known else answer
    found = chains.seek(0, levels.hint(place, work))
    answer = answer if found is None else answer.with_plan(*found)
    chain = _alone(answer)
    if chains.small:
        bound, chain = chains.prove(chain, work)
        answer = answer.with_bound(bound)
    elif chain is not None:
        chain = chains.improve(chain, work)
    return answer if chain is None else answer.with_plan(*chain[0])


def _do(levels: Levels, task: Begin | Proof) -> tuple[float, Chain | None]:
    """Return what no chain over some levels exceeds, if that was sought, and the best chain that is known."""
    if isinstance(task, Begin):
        return inf, _chain(levels, task)
    return levels.chains(task.places).prove(task.chain, task.work)


def _chain(levels: Levels, task: Begin) -> Chain | None:
    """Begin a chain with the best plan of one level, and better it."""
    chains = levels.chains(task.places)
    chain = chains.begin(task.places.index(task.place), task.plan, brief=task.work < SOME)
    return None if chain is None else chains.improve(chain, task.work)


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
