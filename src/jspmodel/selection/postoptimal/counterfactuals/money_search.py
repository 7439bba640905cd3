"""Searches the model with money as variables: plans with a refused programme in, and what bounds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

import numpy as np

from jspmodel.selection.postoptimal.counterfactuals.money_judge import MoneyJudge
from jspmodel.selection.postoptimal.counterfactuals.money_model import Kind, MoneyModel, Question
from jspmodel.selection.postoptimal.nearby_plans import NODES, UNKNOWN, Answer, Choices, programs_of
from jspmodel.selection.search import read_choices
from jspmodel.solver import (
    ONE_THREAD,
    Array,
    Benders,
    Flags,
    RelaxationResult,
    RelaxedModel,
    Reoptimiser,
    maximise,
)

SMALL = 100
"""Whole columns up to which a model is searched whole, payments and all."""
TRIES = 20
"""Searches around the best plan, at most."""
AGAIN = 3
"""So often a part is searched again because its best plan cannot be paid as it says."""
LEAST = 2e-6
"""Units a coefficient of the model with less of which a search for a better plan finds nothing."""
ASKED: tuple[Kind, ...] = ("worth", "money", "cost")
Answers = dict[Question, Answer]


class MoneySearch(Protocol):
    """Asks one question after the other.

    Attributes
    ----------
    found : list of tuple of Choice
        Plans that were come across, whatever they lack.
    """

    found: list[Choices]

    def seek(self, program: str, work: float, known: Answers) -> Answers:
        """Answer all that is asked of a programme and not known, each with so many units of work, about."""

    def prove(self, question: Question, answer: Answer, work: float) -> Answer:
        """Bound what is sought, with so many units of work, about."""


def search_money(model: MoneyModel) -> MoneySearch:
    """Return what searches a model: a small one whole, a larger one in parts."""
    whole = int(model.stated.matrix.integer.sum()) <= SMALL
    return _WholeSearch(model) if whole else _PartSearch(model)


class _WholeSearch:
    """Searches the model as it is stated, by branch and bound."""

    def __init__(self, model: MoneyModel) -> None:
        self._model, self._judge = model, MoneyJudge(model)
        self.found: list[Choices] = []

    def seek(self, program: str, work: float, known: Answers) -> Answers:
        asked = [Question(program, kind) for kind in ASKED]
        return {one: known.get(one) or self.prove(one, UNKNOWN, work) for one in asked}

    def prove(self, question: Question, answer: Answer, work: float) -> Answer:
        if answer.proven:
            return answer
        result = maximise(self._model.at(question), ONE_THREAD, 0.0, on_step=lambda done, _: done < work)
        if result.values is not None:
            self.found.append(self._model.stated.chosen(result.values))
            answer = self._judge.take(question, answer, self.found[-1])
        return answer.with_bound(_sensible(question, result.bound))


class _PartSearch:
    """Searches the model without payments, in parts, each relaxation going on from the last."""

    def __init__(self, model: MoneyModel) -> None:
        self._model, self._judge = model, MoneyJudge(model)
        stated = model.stated
        self._payments = Benders(model.widest, stated.column_map.side, ONE_THREAD)
        self._stated = self._payments.matrix
        self._map = stated.column_map.among(self._payments.kept, self._payments.sums)
        money = np.searchsorted(self._payments.kept, model.money).astype(np.int64)
        self._reoptimiser = Reoptimiser(self._stated, self._map, self._payments.sums, money)
        self._guides = dict[str, RelaxationResult]()
        self.found: list[Choices] = []

    def seek(self, program: str, work: float, known: Answers) -> Answers:
        answers = Answers()
        for question in (Question(program, kind) for kind in ASKED):
            answer = self._judge.take_all(question, known.get(question, UNKNOWN), self.found)
            if question not in known:
                at = self._relax(question, question.kind)
                bound = -np.inf if at.relaxed.infeasible else at.relaxed.bound
                answer = answer.with_bound(_sensible(question, bound))
                if not answer.proven:
                    best = answers.get(Question(program, "worth"), UNKNOWN).choices
                    answer = self._sought(question, answer, at, work, best)
            answers[question] = answer
        return answers

    def _sought(
        self, question: Question, answer: Answer, at: RelaxedModel, work: float, best: Choices | None
    ) -> Answer:
        """Look for a plan where there is none; then for better ones."""
        search, most = self._reoptimiser, self._reoptimiser.work + work
        for plan, held in self._kept(question, best):
            left = np.inf if question.kind == "money" else most - search.work
            if answer.choices is None and left > 0:
                answer = self._beside(question, answer, at, plan, held, left)
        # Without a plan to begin with a search is long; for relief of costs it has hardly found any.
        starts = {"worth": (self._values(self._model.plan.choices), None), "money": (None,)}
        for start in starts.get(question.kind, ()):
            if answer.choices is None and (question.kind == "worth" or search.work < most):
                answer = self._near(question, answer, self._led(question, at), start)
        # What was needed to find a plan at all is not taken off: it is most where the first is poor.
        return self._better(question, answer, at, work)

    def _led(self, question: Question, at: RelaxedModel) -> RelaxedModel:
        """Return a model with what says what to use: where money is not short, its own relaxation does not.

        That of worth does, at today's budgets.
        """
        if question.kind == "worth":
            return at
        if question.program not in self._guides:
            self._guides[question.program] = self._relax(Question(question.program, "worth"), "worth").relaxed
        guide = self._guides[question.program]
        return at if guide.infeasible else replace(at, relaxed=guide)

    def _kept(self, question: Question, best: Choices | None) -> Iterator[tuple[Choices, Flags]]:
        """Yield plans beside which more is sought, the quickest first, and what is held as in each.

        Nothing can be bought beside this plan at today's budgets, so for ``worth`` there are none.
        """
        if question.kind != "worth":
            names, plan = np.array(self._model.stated.programs), self._model.plan.choices
            yield plan, names != question.program
            yield plan, np.isin(names, list(programs_of(plan)))
            if best is not None:
                yield best, np.isin(names, list(programs_of(best)))

    def _beside(
        self, question: Question, answer: Answer, at: RelaxedModel, plan: Choices, held: Flags, work: float
    ) -> Answer:
        values, search = self._values(plan), self._reoptimiser
        return self._take(
            question, answer, at, lambda at: search.search_beside(at, values, held, NODES, work).values
        )

    def _near(self, question: Question, answer: Answer, at: RelaxedModel, plan: Array | None) -> Answer:
        return self._take(question, answer, at, lambda at: self._reoptimiser.search_near(at, plan))

    def _better(self, question: Question, answer: Answer, at: RelaxedModel, work: float) -> Answer:
        """Look for better plans where the relaxation points, then around the best, while work is left."""
        if answer.choices is None or work < LEAST * at.matrix.entries:
            return answer
        search, draw = self._reoptimiser, np.random.default_rng(1)
        most = search.work + work
        at = self._led(question, at)
        if question.kind != "worth" and (start := self._solution(at, answer)) is not None:
            answer = self._take(question, answer, at, lambda at: search.search_kernel(at, start, work).values)
        for _ in range(TRIES):
            start = None if answer.proven or search.work >= most else self._solution(at, answer)
            if start is None:
                break
            answer = self._judged(question, answer, search.search_around(at, start, draw))
        return answer

    def prove(self, question: Question, answer: Answer, work: float) -> Answer:
        if answer.proven:
            return answer
        # First that of worth: the rows that it breaks lower the bound of the other.
        at = self._relax(Question(question.program, "worth"), "worth")
        if question.kind != "worth":
            at = self._relax(question)
        if at.relaxed.infeasible:
            return answer.with_bound(-np.inf)
        result = self._reoptimiser.branch(at, self._solution(at, answer), work)
        return self._judged(question, answer, result.values).with_bound(_sensible(question, result.bound))

    def _relax(self, question: Question, like: str | None = None) -> RelaxedModel:
        whole, stated, kept, rows = (
            self._model.at(question),
            self._stated,
            self._payments.kept,
            self._payments.rows,
        )
        low, high, upper = stated.row_lower.copy(), stated.row_upper.copy(), stated.upper.copy()
        low[: len(rows)], high[: len(rows)] = whole.row_lower[rows], whole.row_upper[rows]
        upper[: len(kept)] = np.minimum(upper[: len(kept)], whole.upper[kept])
        cost = np.append(whole.cost[kept], np.zeros(self._payments.sums))
        matrix = replace(stated, cost=cost, upper=upper, row_lower=low, row_upper=high)
        return self._reoptimiser.relax(matrix, like)

    def _values(self, choices: Choices) -> Array:
        return self._payments.project(self._model.stated.values(choices))

    def _solution(self, at: RelaxedModel, answer: Answer) -> Array | None:
        """Return the plan of an answer as a solution, with the money that it lacks."""
        if answer.choices is None:
            return None
        return self._reoptimiser.recompute(at, self._values(answer.choices))

    def _take(
        self,
        question: Question,
        answer: Answer,
        at: RelaxedModel,
        search: Callable[[RelaxedModel], Array | None],
    ) -> Answer:
        """Take what a search finds; where that cannot be paid as it says, search again without it."""
        for _ in range(AGAIN):
            values = search(at)
            answer = self._judged(question, answer, values)
            known = len(self._payments.matrix.row_lower)
            if values is None or self._payments.complete(values) is not None:
                break
            cuts = self._payments.matrix
            at = self._reoptimiser.tighten(at, cuts.rows[known:].tocsr(), cuts.row_upper[known:])
        return answer

    def _judged(self, question: Question, answer: Answer, values: Array | None) -> Answer:
        if values is None:
            return answer
        stated = self._model.stated
        self.found.append(read_choices(values, stated.start, stated.join, self._map))
        return self._judge.take(question, answer, self.found[-1])


def _sensible(question: Question, bound: float) -> float:
    """Return a bound, none of less money than none."""
    return bound if question.kind == "worth" else min(0.0, bound)
