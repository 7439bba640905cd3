"""Judges plans as answers to questions about money: by the tables, and by who could pay."""

from __future__ import annotations

from collections.abc import Iterable

from jspmodel import measure
from jspmodel.plan import Plan
from jspmodel.selection.objectives import worth_of
from jspmodel.selection.postoptimal.counterfactuals.money_model import LOSS, NOTHING, MoneyModel, Question
from jspmodel.selection.postoptimal.counterfactuals.shortfall import Shortfall
from jspmodel.selection.postoptimal.nearby_plans import Answer, Choices
from jspmodel.solver import INTEGRALITY_TOLERANCE


class MoneyJudge:
    """Says what a plan is as an answer to a question.

    Parameters
    ----------
    model : MoneyModel
    """

    def __init__(self, model: MoneyModel) -> None:
        stated = model.stated
        self._model, self._shortfall = model, Shortfall(model)
        self._worth = worth_of(stated.case, stated.scenario)
        self._measure = measure.measure_of(stated.case, stated.scenario)

    def take(self, question: Question, answer: Answer, choices: Choices) -> Answer:
        """Return the better of an answer and a plan; answers about money have its sign turned."""
        if all(choice.program != question.program for choice in choices) or not self._fair(choices):
            return answer
        worth = self._worth(choices)
        if question.kind in ("money", "cost") and worth < self._model.plan.objective - LOSS - NOTHING:
            return answer
        amount = self._shortfall.amount(choices, self._model.allowed(question))
        if amount is None:
            return answer
        return answer.with_plan(choices, worth if question.kind == "worth" else -amount)

    def take_all(self, question: Question, answer: Answer, plans: Iterable[Choices]) -> Answer:
        """Return the best of an answer and plans."""
        for choices in plans:
            answer = self.take(question, answer, choices)
        return answer

    def parts(self, question: Question, answer: Answer) -> tuple[tuple[str, int, float], ...]:
        """Return from which funds and years the money of an answer is best taken; see ``Shortfall``."""
        allowed = self._model.allowed(question)
        return self._shortfall.parts(answer.choices or (), allowed, -answer.objective)

    def keeps(self, plan: Plan) -> bool:
        """Return whether a plan is worth what it says, is fair, and can be paid at today's budgets."""
        starts = set(self._model.stated.start)
        if any((choice.program, choice.start) not in starts for choice in plan.choices):
            return False
        worth = self._worth(tuple(plan.choices))
        paid = self._shortfall.amount(plan.choices, {}) is not None
        return paid and abs(worth - plan.objective) <= NOTHING * max(1.0, worth) and self._fair(plan.choices)

    def _fair(self, choices: Choices) -> bool:
        """Return whether each region with a need reaches the floor."""
        equity = self._model.plan.equity
        if equity is None:
            return True
        least = float(self._measure.impact(choices).by_region.min())
        return least >= equity.floor - 2 * INTEGRALITY_TOLERANCE
