"""The best plans under many demands, one after the other: what one search finds, all others take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from jspmodel.processes import process_map
from jspmodel.selection.postoptimal.nearby_plans import Answer, Choices, NearbyPlans, Valued
from jspmodel.selection.postoptimal.plan_model import Demand, PlanModel

TOGETHER = 6
"""Demands that one process takes, each relaxation going on from the one before."""
TRIES = 4
"""Searches around the best plan of each demand."""


@dataclass(frozen=True, eq=False)
class Pool:
    """Plans that are known, and the best answer to each demand.

    Attributes
    ----------
    model : PlanModel
    plans : tuple of (tuple of Choice, float)
        That keep all rules and can be paid, with their worth, the best first.
    answers : dict of Demand to Answer
    """

    model: PlanModel
    plans: tuple[Valued, ...]
    answers: Mapping[Demand, Answer] = field(default_factory=dict)

    @classmethod
    def of(cls, model: PlanModel) -> Pool:
        """Return the pool in which the plan of the model is alone."""
        plan = model.plan
        return cls(model, ((tuple(plan.choices), plan.objective),))

    def best(self, demand: Demand) -> Valued | None:
        """Return the best plan that meets a demand."""
        met = (one for one in self.plans if demand.met_by([choice.program for choice in one[0]]))
        return next(met, None)

    def seek(
        self, demands: Sequence[Demand], workers: int, told: Callable[[float], None] | None = None
    ) -> Pool:
        """Answer demands: relax, search near the plan, then around what is found.

        Parameters
        ----------
        demands : sequence of Demand
        workers : int
            Processes; the answers do not depend on them.
        told : callable, optional
            Called with the share that is done.

        Returns
        -------
        Pool
        """
        return self._with(demands, _map(_seek, self, [(one, 0.0) for one in demands], workers, told))

    def prove(
        self, allowed: Mapping[Demand, float], workers: int, told: Callable[[float], None] | None = None
    ) -> Pool:
        """Search on, and bound by branch and bound, with so many units of work for each demand.

        Parameters and result as of ``seek``.
        """
        return self._with(list(allowed), _map(_prove, self, list(allowed.items()), workers, told))

    def _with(self, demands: Sequence[Demand], found: Iterable[tuple[Answer, tuple[Valued, ...]]]) -> Pool:
        found = list(found)
        plans = dict(self.plans)
        plans.update(one for _, some in found for one in some)
        best = tuple(sorted(plans.items(), key=lambda one: -one[1]))
        answers = {**self.answers, **dict(zip(demands, (answer for answer, _ in found), strict=True))}
        pool = replace(self, plans=best)
        return replace(pool, answers={one: pool.taken(one, answer) for one, answer in answers.items()})

    def taken(self, demand: Demand, answer: Answer) -> Answer:
        """Return an answer with the best plan of the pool that meets the demand."""
        best = self.best(demand)
        return answer if best is None else answer.with_plan(*best)


def _map(
    work: Callable[[Pool, tuple[tuple[Demand, float], ...]], list[tuple[Answer, tuple[Valued, ...]]]],
    pool: Pool,
    tasks: list[tuple[Demand, float]],
    workers: int,
    told: Callable[[float], None] | None,
) -> Iterable[tuple[Answer, tuple[Valued, ...]]]:
    chunks = [tuple(tasks[k : k + TOGETHER]) for k in range(0, len(tasks), TOGETHER)]
    watch = None if told is None else (lambda done: told(done / len(chunks)))
    return [one for some in process_map(work, pool, chunks, workers, watch) for one in some]


def _seek(pool: Pool, tasks: tuple[tuple[Demand, float], ...]) -> list[tuple[Answer, tuple[Valued, ...]]]:
    plans = NearbyPlans(pool.model)
    return [_Search(plans, pool, demand).near().around().result for demand, _ in tasks]


def _prove(pool: Pool, tasks: tuple[tuple[Demand, float], ...]) -> list[tuple[Answer, tuple[Valued, ...]]]:
    plans = NearbyPlans(pool.model)
    return [_Search(plans, pool, demand).around().branch(work).result for demand, work in tasks]


class _Search:
    """The search for the best plan under one demand."""

    def __init__(self, plans: NearbyPlans, pool: Pool, demand: Demand) -> None:
        self._plans, self._at = plans, plans.relax(demand)
        self._draw = np.random.default_rng(1)
        self._answer = Answer(None, -np.inf, plans.bound(self._at))
        known = pool.answers.get(demand)
        if known is not None:
            self._answer = self._answer.with_bound(known.bound)
        self._answer = pool.taken(demand, self._answer)
        self._hint: Choices = self._answer.choices or tuple(pool.model.plan.choices)
        self._found: list[Valued] = []

    @property
    def result(self) -> tuple[Answer, tuple[Valued, ...]]:
        return self._answer, tuple(self._found)

    @property
    def _over(self) -> bool:
        return self._answer.bound <= self._answer.objective

    def near(self) -> _Search:
        """Search what the relaxation and a plan that is known use."""
        if not self._over:
            self._take(self._plans.near(self._at, self._plans.values(self._hint)))
            if self._answer.choices is None:
                self._take(self._plans.near(self._at, None))
        return self

    def around(self) -> _Search:
        """Search around the best plan."""
        for _ in range(TRIES):
            values = self._values()
            if values is not None and not self._over:
                self._take(self._plans.around(self._at, values, self._draw))
        return self

    def branch(self, work: float) -> _Search:
        """Bound all plans by branch and bound."""
        if not self._over:
            bound, found = self._plans.branch(self._at, self._values(), work)
            self._take(found)
            self._answer = self._answer.with_bound(bound)
        return self

    def _values(self) -> np.ndarray | None:
        if self._answer.choices is None:
            return None
        return self._plans.solved(self._at, self._answer.choices)

    def _take(self, found: Valued | None) -> None:
        if found is not None:
            self._found.append(found)
            self._answer = self._answer.with_plan(*found)
