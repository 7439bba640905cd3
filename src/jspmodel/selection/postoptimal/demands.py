"""The best plans under many demands, one after the other: what one search finds, all others take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from jspmodel.processes import as_share, process_map
from jspmodel.selection.postoptimal.nearby_plans import UNKNOWN, Answer, Choices, NearbyPlans, Valued
from jspmodel.selection.postoptimal.pieces import pieces_of_work
from jspmodel.selection.postoptimal.plan_model import Demand, PlanModel

TOGETHER = 12
"""Demands that one process takes: each has the plans that it found before."""
LONG = 3
"""Demands that one process proves something of: each is long, and the last ones are waited for."""
TRIES = 2
"""Searches around the best plan of each demand."""
Found = tuple[Answer, Answer, tuple[Valued, ...]]
"""The best answer to a demand, the one beside the plan, and all plans that were come across."""


@dataclass(frozen=True, eq=False)
class Pool:
    """Plans that are known, and the best answer to each demand.

    Attributes
    ----------
    model : PlanModel
    plans : tuple of (tuple of Choice, float)
        That keep all rules and can be paid, with their worth, the best first.
    answers : dict of Demand to Answer
    beside : dict of Demand to Answer
        The best plans that keep all of the plan that a demand leaves; more may be added.
    """

    model: PlanModel
    plans: tuple[Valued, ...]
    answers: Mapping[Demand, Answer] = field(default_factory=dict)
    beside: Mapping[Demand, Answer] = field(default_factory=dict)

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
        self,
        demands: Sequence[Demand],
        workers: int,
        told: Callable[[float], None] | None = None,
        *,
        work: float = np.inf,
    ) -> Pool:
        """Answer demands: relax, search beside the plan and near it, then around what is found.

        Parameters
        ----------
        demands : sequence of Demand
        workers : int
            Processes; the answers do not depend on them.
        told : callable, optional
            Called with the share that is done.
        work : float
            Units for each demand, after which no search is begun for it any more once it has a plan.

        Returns
        -------
        Pool
        """
        return self._with(
            demands, _map(_seek, self, [(one, work) for one in demands], TOGETHER, workers, told)
        )

    def prove(
        self, allowed: Mapping[Demand, float], workers: int, told: Callable[[float], None] | None = None
    ) -> Pool:
        """Search on, and bound by branch and bound, with so many units of work for each demand.

        Parameters and result as of ``seek``.
        """
        return self._with(list(allowed), _map(_prove, self, list(allowed.items()), LONG, workers, told))

    def _with(self, demands: Sequence[Demand], found: Sequence[Found]) -> Pool:
        plans = dict(self.plans)
        plans.update(one for *_, some in found for one in some)
        best = tuple(sorted(plans.items(), key=lambda one: -one[1]))
        answers = {**self.answers, **dict(zip(demands, (answer for answer, *_ in found), strict=True))}
        beside = {**dict(zip(demands, (held for _, held, _ in found), strict=True)), **self.beside}
        pool = replace(self, plans=best, beside=beside)
        return replace(pool, answers={one: pool.taken(one, answer) for one, answer in answers.items()})

    def taken(self, demand: Demand, answer: Answer) -> Answer:
        """Return an answer with the best plan of the pool that meets the demand."""
        best = self.best(demand)
        return answer if best is None else answer.with_plan(*best)


def _map(
    answer: Callable[[Pool, tuple[tuple[Demand, float], ...]], list[Found]],
    pool: Pool,
    tasks: list[tuple[Demand, float]],
    together: int,
    workers: int,
    told: Callable[[float], None] | None,
) -> list[Found]:
    work = max((units for _, units in tasks), default=0.0)
    chunks = pieces_of_work(tasks, together, work, pool.model.stated.matrix)
    watch = as_share(told, 0.0, 1.0, len(chunks))
    return [one for some in process_map(answer, pool, chunks, workers, watch) for one in some]


def _seek(pool: Pool, tasks: tuple[tuple[Demand, float], ...]) -> list[Found]:
    plans, found = _begun(pool.model), list[Found]()
    for demand, work in tasks:
        search = _Search(plans, pool, demand, work).knowing(plan for *_, some in found for plan in some)
        found.append(search.beside().near().around().result)
    return found


def _prove(pool: Pool, tasks: tuple[tuple[Demand, float], ...]) -> list[Found]:
    plans = _begun(pool.model)
    return [_Search(plans, pool, demand).around().branch(work).result for demand, work in tasks]


def _begun(model: PlanModel) -> NearbyPlans:
    """Return what searches a model, relaxed without a demand: each demand is a small change of that."""
    plans = NearbyPlans(model)
    plans.relax(Demand())
    return plans


class _Search:
    """The search for the best plan under one demand."""

    def __init__(self, plans: NearbyPlans, pool: Pool, demand: Demand, work: float = np.inf) -> None:
        self._most = plans.reoptimiser.work + work
        self._plans, self._demand, self._at = plans, demand, plans.relax(demand)
        self._chosen: Choices = tuple(pool.model.plan.choices)
        self._draw = np.random.default_rng(1)
        self._answer = Answer(None, -np.inf, plans.bound(self._at))
        known = pool.answers.get(demand)
        if known is not None:
            self._answer = self._answer.with_bound(known.bound)
        self._answer = pool.taken(demand, self._answer)
        self._beside, self._found = UNKNOWN, list[Valued]()

    @property
    def result(self) -> Found:
        return self._answer, self._beside, tuple(self._found)

    @property
    def _open(self) -> bool:
        """Whether a further search may bring more than what is known, and there is work for it."""
        left = self._plans.reoptimiser.work < self._most
        return not self._answer.proven and (left or self._answer.choices is None)

    def knowing(self, plans: Iterable[Valued]) -> _Search:
        """Take plans that were found under other demands."""
        for choices, worth in plans:
            if self._demand.met_by([choice.program for choice in choices]):
                self._answer = self._answer.with_plan(choices, worth)
        return self

    def beside(self) -> _Search:
        """Search with all of the plan held that the demand leaves; for what it puts in, others may go."""
        if self._at.relaxed.infeasible:
            self._beside = Answer(None, -np.inf, -np.inf)
        elif self._demand.into:
            values = self._plans.values(self._chosen)
            self._take(self._plans.less(self._at, values, self._demand.into))
        else:
            rest = [choice for choice in self._chosen if choice.program not in self._demand.out]
            values, held = self._plans.values(rest), [choice.program for choice in rest]
            self._beside = self._plans.beside(self._at, values, held)
            if self._beside.choices is not None:
                self._take((self._beside.choices, self._beside.objective))
        return self

    def near(self) -> _Search:
        """Search what the relaxation and a plan that is known use."""
        if self._open:
            hint = self._answer.choices or self._chosen
            self._take(self._plans.near(self._at, self._plans.values(hint)))
            if self._answer.choices is None:
                self._take(self._plans.near(self._at, None))
        return self

    def around(self) -> _Search:
        """Search around the best plan."""
        for _ in range(TRIES):
            values = self._values() if self._open else None
            if values is not None:
                self._take(self._plans.around(self._at, values, self._draw))
        return self

    def branch(self, work: float) -> _Search:
        """Bound all plans by branch and bound."""
        if not self._answer.proven:
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
