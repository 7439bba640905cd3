"""The search for a plan in two stages: each future alone, the mean future, then all futures at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from jspmodel.processes import as_share, process_map
from jspmodel.proof import contradicts
from jspmodel.selection.postoptimal.nearby_plans import UNKNOWN, Answer, Choices, NearbyPlans
from jspmodel.selection.postoptimal.plan_model import DemandModel
from jspmodel.selection.postoptimal.two_stage.staged_plans import Bundle, StagedPlans
from jspmodel.solver import Array, RiskAversion

ALONE, FOLLOW, WHOLE = 0.15, 0.05, 0.8
"""Shares of the effort: each future alone, what follows the plan for the mean, all futures at once."""
BETTER = 0.75
"""Share of a search of all futures that goes into better plans; the rest into the bound."""
Told = Callable[[float], None] | None


@dataclass(frozen=True)
class Alone:
    """A search of one future by itself: its number, units of work."""

    place: int
    work: float


@dataclass(frozen=True)
class Follow:
    """A search of what follows in a future from a plan that begins: its number, the plan, units of work."""

    place: int
    plan: Choices
    work: float


@dataclass(frozen=True)
class Whole:
    """A search of all futures at once: what for, bundles that are known, units of work."""

    aim: RiskAversion
    known: tuple[Bundle, ...]
    work: float


@dataclass(frozen=True)
class Futures:
    """The models of all futures and, behind them, of the mean future.

    Attributes
    ----------
    models : tuple of DemandModel
        The last is that of the mean future.
    chances : tuple of float
        Without the mean future.
    recourse_year : int
    scarcest : int
        The number of the future of the least money: what starts there can mostly be paid in the others.
    """

    models: tuple[DemandModel, ...]
    chances: tuple[float, ...]
    recourse_year: int
    scarcest: int

    @property
    def slack(self) -> float:
        """What the price of money may take from the worth of a plan in any of them."""
        return max(model.stated.slack for model in self.models)

    def plans(self, aim: RiskAversion) -> StagedPlans:
        """Return the search of all futures at once."""
        nearby = [NearbyPlans(model) for model in self.models[:-1]]
        return StagedPlans(nearby, self.chances, self.recourse_year, aim)

    def alone(self, place: int, recourse_year: int = 0) -> StagedPlans:
        """Return the search of one future by itself; what starts before a year is held where it is asked."""
        return StagedPlans([NearbyPlans(self.models[place])], (1.0,), recourse_year, RiskAversion())


@dataclass(frozen=True)
class AimFinding:
    """What is found for an aim: plans for all futures, and what none exceed; ``-inf``: there are none."""

    aim: RiskAversion
    bundle: Bundle | None
    bound: float


@dataclass(frozen=True)
class StagedFinding:
    """What a search in two stages came to.

    Attributes
    ----------
    alone : tuple of Answer
        The best plan of each future by itself.
    of_mean : Answer
        The best plan of the mean future.
    follows : tuple of Answer
        What follows in each future from the beginning of that plan; empty where there is none.
    aims : tuple of AimFinding
        In the order of what was asked; the limit last, where it was sought.
    """

    alone: tuple[Answer, ...]
    of_mean: Answer
    follows: tuple[Answer, ...]
    aims: tuple[AimFinding, ...]


def search_stages(
    futures: Futures,
    aims: Sequence[RiskAversion],
    limit: RiskAversion | None,
    work: float,
    workers: int,
    told: Told,
) -> StagedFinding:
    """Search plans in two stages.

    Parameters
    ----------
    futures : Futures
    aims : sequence of RiskAversion
        What is maximised, each by itself; what is found for one is known to the others.
    limit : RiskAversion, optional
        A last aim, which is sought where what is found for the others reaches its least tail.
    work : float
        Units, about.
    workers : int
        Processes; what is found does not depend on them.
    told : callable, optional
        Called with the share that is done.

    Returns
    -------
    StagedFinding
    """
    count = len(futures.chances)
    tasks: list[Alone | Follow] = [Alone(k, work * ALONE / (count + 1)) for k in range(count + 1)]
    *alone, of_mean = process_map(_answer, futures, tasks, workers, as_share(told, 0.0, ALONE, count + 1))
    begun = [answer.choices for answer in (of_mean, alone[futures.scarcest]) if answer.choices is not None]
    tasks = [Follow(k, plan, work * FOLLOW / 2 / count) for plan in begun for k in range(count)]
    answers = process_map(_answer, futures, tasks, workers, as_share(told, ALONE, FOLLOW, len(tasks)))
    follows = [tuple(answers[k : k + count]) for k in range(0, len(answers), count)]
    known = tuple(bundle for bundle in map(_bundle, follows) if bundle is not None)
    share = work * WHOLE / (len(aims) + (limit is not None))
    wholes = [Whole(aim, known, share) for aim in aims]
    found = process_map(_whole, futures, wholes, workers, as_share(told, ALONE + FOLLOW, WHOLE, len(aims)))
    bundles = tuple(one.bundle for one in found if one.bundle is not None)
    if limit is not None and any(_reaches(futures, limit, bundle) for bundle in bundles):
        last = _whole(futures, Whole(limit, bundles, share))
        found, bundles = [*found, last], (*bundles, *(() if last.bundle is None else (last.bundle,)))
    if told is not None:
        told(1.0)
    return StagedFinding(
        tuple(_with_plans(answer, place, bundles) for place, answer in enumerate(alone)),
        of_mean,
        follows[0] if of_mean.choices is not None else (),
        tuple(_best(futures, one, bundles) for one in found),
    )


def _bundle(answers: Sequence[Answer]) -> Bundle | None:
    plans = [answer.plan for answer in answers]
    known = tuple(plan for plan in plans if plan is not None)
    return known if len(known) == len(plans) else None


def _answer(futures: Futures, task: Alone | Follow) -> Answer:
    if isinstance(task, Alone):
        return _alone(futures.alone(task.place), task.work)
    return futures.alone(task.place, futures.recourse_year).follow(task.plan, 0, task.work)


def _alone(plans: StagedPlans, work: float) -> Answer:
    bundle, bound = _search(plans, (), work)
    if bundle is None:
        return replace(UNKNOWN, bound=bound)
    return UNKNOWN.with_plan(*bundle[0]).with_bound(bound)


def _whole(futures: Futures, task: Whole) -> AimFinding:
    return AimFinding(task.aim, *_search(futures.plans(task.aim), task.known, task.work))


def _search(plans: StagedPlans, known: Sequence[Bundle], work: float) -> tuple[Bundle | None, float]:
    if plans.infeasible:
        return None, -inf
    bundle = plans.begin()
    for other in known:
        bundle = plans.better(bundle, other)
    left = max(0.0, work - plans.work)
    if bundle is not None:
        bundle = plans.improve(bundle, BETTER * left)
    bound, bundle = plans.prove(bundle, work if plans.small else (1 - BETTER) * left)
    return bundle, bound


def _worths(bundle: Bundle) -> Array:
    return np.array([worth for _, worth in bundle])


def _reaches(futures: Futures, aim: RiskAversion, bundle: Bundle) -> bool:
    return aim.allows(_worths(bundle), np.array(futures.chances), 2 * futures.slack)


def _best(futures: Futures, found: AimFinding, bundles: Sequence[Bundle]) -> AimFinding:
    """Take plans that were found for another aim where they are better for this one."""
    chances = np.array(futures.chances)
    best, bound = found.bundle, found.bound
    for bundle in bundles:
        value = found.aim.value(_worths(bundle), chances)
        known = -inf if best is None else found.aim.value(_worths(best), chances)
        if value > known and _reaches(futures, found.aim, bundle):
            best, bound = bundle, (inf if contradicts(value, bound) else bound)
    return replace(found, bundle=best, bound=bound)


def _with_plans(answer: Answer, place: int, bundles: Sequence[Bundle]) -> Answer:
    """Take plans for all futures where they are better than that of a future by itself."""
    for bundle in bundles:
        answer = answer.with_plan(*bundle[place])
    return answer
