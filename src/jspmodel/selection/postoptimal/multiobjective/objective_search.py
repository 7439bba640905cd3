"""Searches for plans by several objective functions, one question after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from jspmodel import measure
from jspmodel.errors import Problem, SolverError
from jspmodel.plan import Plan
from jspmodel.reproducible import dot
from jspmodel.selection.explanation import Evaluation, evaluate
from jspmodel.selection.postoptimal.multiobjective.objective_model import ObjectiveModel
from jspmodel.selection.postoptimal.nearby_plans import Choices, NearbyPlans
from jspmodel.selection.postoptimal.plan_model import Demand
from jspmodel.solver import ONE_THREAD, Array, Matrix, RelaxedModel, maximise, neighbourhoods, restrict

WHOLE = 300
"""Whole columns up to which a model is searched whole by branch and bound."""
NOISE = 1e-8
"""Part of the most of an objective by which a plan may miss what it is asked for: noise of the solver."""
AROUND, MOST_AROUND = 4, 60
"""Searches around the best plan of a question, at least and at most."""
FOUND = 0.5
"""Part of the work of a question in which plans are sought; the rest is for its bound."""
STARTS = 3
"""Plans that are tried to begin a search from."""
LEAST_WORK = 0.002
"""Units that a question counts at least, so that whoever asks again and again comes to an end."""


@dataclass(frozen=True)
class Question:
    """The largest weighted sum of gains, each gain being at least so much.

    Attributes
    ----------
    weights, least : array, shape (functions,)
    """

    weights: Array
    least: Array


class ObjectiveSearch:
    """Searches a model of objectives, and keeps every plan that it comes across.

    Attributes
    ----------
    model : ObjectiveModel
    pool : dict of tuple of Choice to array
        Plans that keep all rules, and what they gain in each objective, by the tables.
    spent : float
        Units of work.

    Parameters
    ----------
    model : ObjectiveModel
    """

    def __init__(self, model: ObjectiveModel) -> None:
        self.model, self.spent = model, 0.0
        self.pool: dict[Choices, Array] = {}
        self._judges = [one.value(model.case, model.scenario) for one in model.functions]
        self._solutions: dict[Choices, Array | None] = {}
        small = int(model.stated.matrix.integer.sum()) <= WHOLE
        self._asked_so_far = 0
        self._parts = None if small else _Parts(model)

    def seek(self, question: Question, work: float) -> float:
        """Seek the best plan of a question; keep what is found, and return what no plan exceeds.

        Parameters
        ----------
        question : Question
        work : float
            Units.

        Returns
        -------
        float
            ``-inf``: it is proven that there is no such plan.
        """
        if self._beyond(question):
            return -inf
        seek = self._whole if self._parts is None else self._in_parts
        return self._offset(question) + seek(self._asked(question), question, work)

    def relax(self, question: Question) -> float:
        """Return what no plan of a question exceeds, by a relaxation; no work is counted.

        Infinite for a model that is searched whole: its searches prove more.
        """
        if self._parts is None:
            return inf
        if self._beyond(question):
            return -inf
        return self._offset(question) + self._parts.bound(self._parts.relax_as(self._asked(question)))

    @property
    def whole(self) -> bool:
        """Whether the model is searched whole."""
        return self._parts is None

    def _beyond(self, question: Question) -> bool:
        """Return whether more is asked for than there can be."""
        return bool((question.least > self.model.most + self.model.resolution).any())

    def _offset(self, question: Question) -> float:
        """Return what is to be added to the sum of columns: losses are counted from the most there can be."""
        less = np.array([one.less for one in self.model.functions])
        return float(dot(question.weights, np.where(less, self.model.most, 0.0)))

    def _asked(self, question: Question) -> Matrix:
        """Return the model with the costs and bounds of a question."""
        model, stated = self.model, self.model.stated.matrix
        lower = stated.lower.copy()
        lower[model.columns] = np.clip(question.least, 0.0, model.most)
        return replace(stated, cost=dot(question.weights, model.terms), lower=lower)

    def best(self, question: Question) -> Choices | None:
        """Return the best plan that is known for a question."""
        return next(self._able(question), None)

    def _able(self, question: Question) -> Iterator[Choices]:
        noise = NOISE * self.model.most
        able = [one for one, gains in self.pool.items() if (gains >= question.least - noise).all()]
        yield from sorted(able, key=lambda one: -float(dot(question.weights, self.pool[one])))

    def _whole(self, matrix: Matrix, question: Question, work: float) -> float:
        """Search the model whole, by branch and bound."""
        start = self._start(matrix, question)
        found = maximise(matrix, ONE_THREAD, 0.0, start, on_step=lambda done, _: done < work)
        self.spent += max(found.work, LEAST_WORK)
        if found.values is not None:
            self.take(self.model.stated.chosen(found.values))
        return -inf if found.status == "infeasible" else found.bound

    def _start(self, matrix: Matrix, question: Question) -> Array | None:
        """Return the best solution that is known and keeps the bounds."""
        for choices, _ in zip(self._able(question), range(STARTS), strict=False):
            values = self.solution(choices)
            if values is not None and matrix.bounds_hold(values):
                return values
        return None

    def _in_parts(self, matrix: Matrix, question: Question, work: float) -> float:
        """Relax, search near the relaxation and around the best plan, then bound by branch and bound."""
        parts = self._parts
        assert parts is not None  # noqa: S101
        self._asked_so_far += 1
        before, draw = parts.work, np.random.default_rng(self._asked_so_far)
        at = parts.relax_as(matrix)
        if at.relaxed.infeasible:
            self.spent += LEAST_WORK
            return -inf
        self._met(parts.near_plan(at, self.best(question)))
        tries = 0
        while tries < AROUND or (tries < MOST_AROUND and parts.work - before < FOUND * work):
            self._met(parts.around_plan(at, self.best(question), draw))
            tries += 1
        left = work - (parts.work - before)
        bound, met = parts.bounded(at, self.best(question), max(0.0, left))
        self._met(met)
        self.spent += max(parts.work - before, LEAST_WORK)
        return bound

    def _met(self, plans: Iterable[Choices]) -> None:
        """Keep plans that were come across."""
        for choices in plans:
            self.take(choices)

    def take(self, choices: Choices) -> Array:
        """Keep a plan that keeps all rules; return what it gains."""
        if choices not in self.pool:
            self.pool[choices] = self.model.gains([judge(choices) for judge in self._judges])
        return self.pool[choices]

    def solution(self, choices: Choices) -> Array | None:
        """Return a plan as a solution of the model, with all that it gains; None where it breaks a rule."""
        if choices not in self._solutions:
            stated, cost = self.model.stated, np.zeros(len(self.model.stated.matrix.cost))
            cost[self.model.columns] = 1.0 / np.maximum(self.model.most, 1.0)
            decides = np.concatenate([stated.column_map.start, stated.column_map.join])
            held = neighbourhoods.fixed_as_in(stated.values(choices), decides)
            part = restrict(replace(stated.matrix, cost=cost), *held)
            found = maximise(part.matrix, ONE_THREAD, 0.0)
            self._solutions[choices] = None if found.values is None else part.expand(found.values)
        return self._solutions[choices]

    def without_idle(self, choices: Choices) -> Choices:
        """Return a plan without what gains nothing in any objective, the dearest looked at first."""
        years = measure.horizon(self.model.case, self.model.scenario)
        gains, noise = self.take(choices), NOISE * self.model.most
        costs = {one: measure.yearly_costs(self.model.case, one, years).to_numpy().sum() for one in choices}
        for one in sorted(choices, key=lambda one: (-costs[one], one.program)):
            rest = tuple(other for other in choices if other != one)
            if self.solution(rest) is not None and (self.take(rest) >= gains - noise).all():
                choices = rest
        return choices

    def in_order(self, choices: Choices) -> Choices:
        """Return choices in table order."""
        place = {program: number for number, program in enumerate(self.model.case.programs["program"])}
        return tuple(sorted(choices, key=lambda one: place[one.program]))

    def judged(self, choices: Choices, plan: Plan) -> Evaluation:
        """Return a plan judged by the tables alone.

        Raises
        ------
        SolverError
            If it breaks a rule: what the model allows keeps all of them, so that is a fault of ours.
        """
        verdict = evaluate(self.model.case, self.model.scenario, choices, plan)
        if verdict.broken:
            broken = ", ".join(check.rule for check in verdict.broken)
            raise SolverError(
                f"A plan of several objectives did not pass the audit: {broken}.",
                [Problem("audit_failed", values={"rules": broken})],
            )
        return verdict


class _Parts(NearbyPlans):
    """Searches parts of a model of objectives, each relaxation going on from the one before."""

    @property
    def work(self) -> float:
        """Units that the searches have taken so far."""
        return self.reoptimiser.work

    def relax_as(self, matrix: Matrix) -> RelaxedModel:
        """Relax the model with other costs and bounds of columns."""
        stated, kept = self._at(Demand()), self._payments.kept
        cost, lower = stated.cost.copy(), stated.lower.copy()
        cost[: len(kept)], lower[: len(kept)] = matrix.cost[kept], matrix.lower[kept]
        return self.reoptimiser.relax(replace(stated, cost=cost, lower=lower))

    def near_plan(self, at: RelaxedModel, known: Choices | None) -> Iterator[Choices]:
        """Yield what is found near the relaxation."""
        found = self.near(at, None if known is None else self.values(known))
        if found is not None:
            yield found[0]

    def around_plan(
        self, at: RelaxedModel, known: Choices | None, draw: np.random.Generator
    ) -> Iterator[Choices]:
        """Yield what is found around a plan."""
        values = None if known is None else self.solved(at, known)
        found = None if values is None else self.around(at, values, draw)
        if found is not None:
            yield found[0]

    def bounded(self, at: RelaxedModel, known: Choices | None, work: float) -> tuple[float, list[Choices]]:
        """Return what no plan exceeds, and a plan that the proof came across."""
        bound = self.bound(at)
        if work <= 0:
            return bound, []
        values = None if known is None else self.solved(at, known)
        proven, found = self.branch(at, values, work)
        return min(bound, proven), [] if found is None else [found[0]]
