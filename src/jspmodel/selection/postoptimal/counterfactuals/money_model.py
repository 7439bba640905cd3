"""The model of a plan with money as variables: budgets that can be raised, costs that can be relieved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from jspmodel.plan import Plan
from jspmodel.selection.parametric import ParametricModel
from jspmodel.solver import Array, Matrix, Places

NOTHING = 1e-6
"""Points, or Rp billion, that count as none: the solver's noise."""
LOSS = 1e-5
"""Points that may be lost all the same: with as little as its tolerance, HiGHS 1.16 has called a model
infeasible that has a solution."""

Kind = Literal["worth", "money", "cost", "fits"]
"""With a programme in: how much a plan can be worth; how little money, or how little relief of its costs,
lets it be worth as much as this plan; how little money lets it be carried out at all."""
Place = tuple[str, int]
"""A fund (``""`` where it is no fund's money), and a year."""


@dataclass(frozen=True)
class Question:
    """What is asked of a programme that the plan refuses."""

    program: str
    kind: Kind


@dataclass(frozen=True, eq=False)
class MoneyModel:
    r"""The model of a plan with money as variables, as processes pass it on.

    On top of the budget of a fund in a year there may be more[f,t] >= 0, wherever the fund has a budget; and
    of what a refused programme o costs in a year, relief[o,t] >= 0 may be saved, or come from elsewhere:

        sum_p pay[p,f,t] <= B[f,t] + more[f,t],   sum_f pay[o,f,t] = cost[o,t] - relief[o,t]

    The shares that funds may pay stay those of the whole costs. Each question allows one kind of money, or
    none, and says what is sought; see ``at``.

    Attributes
    ----------
    plan : Plan
    stated : ParametricModel
        With the columns of money, and further rows at its end; it has no price of money.
    worth : array, shape (columns,)
        What a unit of each column adds to what the plan is worth.
    more : dict of (fund, year) to int
        Columns.
    relief : dict of program to ("", year) to int
        Columns, of each programme that can be asked about and can start somehow.
    carried : dict of program to int
        The rows that say whether it is carried out: sum_t start[o,t].
    worth_row : int
        The row of what the plan is worth.
    """

    plan: Plan
    stated: ParametricModel
    worth: Array
    more: dict[Place, int]
    relief: dict[str, dict[Place, int]]
    carried: dict[str, int]
    worth_row: int

    @property
    def money(self) -> Places:
        """All columns of money."""
        relief = [column for own in self.relief.values() for column in own.values()]
        return np.array([*self.more.values(), *relief], dtype=np.int64)

    @property
    def widest(self) -> Matrix:
        """The model with each row as tight as some question makes it, and all money."""
        low = self.stated.matrix.row_lower.copy()
        low[[*self.carried.values(), self.worth_row]] = 1.0
        return replace(self.stated.matrix, row_lower=low)

    def allowed(self, question: Question) -> dict[Place, int]:
        """Return the columns of the money that a question allows."""
        if question.kind == "worth":
            return {}
        return self.relief[question.program] if question.kind == "cost" else self.more

    def at(self, question: Question) -> Matrix:
        """Return the model of a question: worth is maximised, or money with its sign turned."""
        matrix, own = self.stated.matrix, list(self.allowed(question).values())
        upper, low, cost = matrix.upper.copy(), matrix.row_lower.copy(), np.zeros(len(matrix.cost))
        upper[np.setdiff1d(self.money, own)] = 0.0
        cost[own] = -1.0
        low[self.carried[question.program]] = 1.0
        if question.kind in ("money", "cost"):
            low[self.worth_row] = self.plan.objective - LOSS
        sought = self.worth if question.kind == "worth" else cost
        return replace(matrix, cost=sought, upper=upper, row_lower=low)
