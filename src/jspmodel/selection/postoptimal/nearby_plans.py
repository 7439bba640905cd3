"""The best plans near one that is known: with a programme demanded or refused, found and bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from scipy import sparse

from jspmodel import measure
from jspmodel.plan import Choice
from jspmodel.proof import contradicts
from jspmodel.selection.objectives import worth_of
from jspmodel.selection.postoptimal.plan_model import Demand, DemandModel
from jspmodel.selection.search import thinned
from jspmodel.solver import (
    INTEGRALITY_TOLERANCE,
    ONE_THREAD,
    Array,
    Benders,
    Flags,
    Matrix,
    RelaxedModel,
    Reoptimiser,
    exclusion,
)

AGAIN = 5
"""So often a part is searched again because its best plan cannot be paid."""
NODES = 200
"""Nodes of a search in which all programmes of the plan but one are held: it is small."""
Choices = tuple[Choice, ...]
Valued = tuple[Choices, float]
"""A plan and what it is worth."""


def programs_of(choices: Iterable[Choice]) -> frozenset[str]:
    """Return what a plan carries out."""
    return frozenset(choice.program for choice in choices)


@dataclass(frozen=True)
class Answer:
    """The best plan that is known to meet a demand, and what no such plan exceeds.

    Attributes
    ----------
    choices : tuple of Choice or None
        In table order; None where no such plan is known.
    objective : float
        What it is worth; ``-inf`` without one.
    bound : float
        ``-inf`` where it is proven that there is no such plan.
    """

    choices: Choices | None
    objective: float
    bound: float

    @property
    def plan(self) -> Valued | None:
        """The plan with its worth; None where none is known."""
        return None if self.choices is None else (self.choices, self.objective)

    @property
    def proven(self) -> bool:
        """Whether nothing is open between plan and bound."""
        return self.bound <= self.objective

    def with_plan(self, choices: Choices, worth: float) -> Answer:
        """Return the better of the known plan and another; a bound below a plan in hand is dropped."""
        if worth <= self.objective:
            return self
        bound = np.inf if contradicts(worth, self.bound) else self.bound
        return Answer(choices, worth, max(bound, worth))

    def with_bound(self, bound: float) -> Answer:
        """Return the same with a lower bound, unless the plan contradicts it."""
        if bound >= self.bound or contradicts(self.objective, bound):
            return self
        return replace(self, bound=max(bound, self.objective))


UNKNOWN = Answer(None, -np.inf, np.inf)


class NearbyPlans:
    """Searches the model of a plan under one demand after the other.

    Parameters
    ----------
    common : DemandModel
    """

    def __init__(self, common: DemandModel) -> None:
        self._common, model = common, common.stated
        with measure.computed_once():  # once for both, in a process of its own too
            self._worth = worth_of(model.case, model.scenario)
            self._measure = measure.measure_of(model.case, model.scenario)
        # Stated with everything demanded: rows that some demand changes must be among those that are kept.
        widest = common.at(Demand(into=frozenset(common.rows)))
        self._payments = Benders(widest, model.column_map.side, ONE_THREAD)
        self._column_map = model.column_map.among(self._payments.kept, self._payments.sums)
        stated = self._payments.matrix
        self._reoptimiser = Reoptimiser(
            stated, self._column_map, self._payments.sums, payments=self._payments
        )
        self._program = {program: number for number, program in enumerate(model.programs)}

    def _at(self, demand: Demand) -> Matrix:
        """Return the model under a demand, without payments."""
        low, high = self._common.limits(demand)
        stated, rows = self._payments.matrix, self._payments.rows
        more_low, more_high = stated.row_lower.copy(), stated.row_upper.copy()
        more_low[: len(rows)], more_high[: len(rows)] = low[rows], high[rows]
        return replace(stated, row_lower=more_low, row_upper=more_high)

    @property
    def slack(self) -> float:
        """What the price of money may take from the worth of a plan."""
        return self._common.stated.slack

    @property
    def programs(self) -> frozenset[str]:
        """The programmes that can start somehow."""
        return frozenset(self._common.rows)

    @property
    def reoptimiser(self) -> Reoptimiser:
        """What searches the model without payments."""
        return self._reoptimiser

    @property
    def carried(self) -> sparse.csr_array:
        """The rows that say whether a programme is carried out, over the columns without payments."""
        places = np.searchsorted(self._payments.rows, list(self._common.rows.values()))
        return self._payments.matrix.rows[places].tocsr()

    def decided_before(self, year: int) -> sparse.csr_array:
        """Return the columns without payments that decide what starts before a year, and with whom.

        Parameters
        ----------
        year : int

        Returns
        -------
        sparse array, shape (decisions, columns)
            A row for each: starts, then regions that join, in the order of the tables.
        """
        model = self._common.stated
        starts = zip((t for _, t in model.start), model.column_map.start.tolist(), strict=True)
        joins = zip((t for *_, t in model.join), model.column_map.join.tolist(), strict=True)
        decides = [column for begins, column in chain(starts, joins) if begins < year]
        places = np.searchsorted(self._payments.kept, decides)
        shape = (len(places), len(self._payments.matrix.cost))
        return sparse.csr_array((np.ones(len(places)), (np.arange(len(places)), places)), shape=shape)

    def relax(self, demand: Demand, total: float | None = None) -> RelaxedModel:
        """Relax the model under a demand; each relaxation goes on from the first.

        Parameters
        ----------
        demand : Demand
        total : float, optional
            Each region gains what it must in a plan of such an impact. Where that is a share of the plan's
            own impact, a solution may let gains lie idle, so that its plan is not fair; with a total that is
            no less than the impact it is. What holds under this need not hold for all plans.

        Returns
        -------
        RelaxedModel
        """
        at = self._reoptimiser.relax(self._sure(self._at(demand), total), like="plan")
        return self._reoptimiser.searchable(at)

    def _sure(self, matrix: Matrix, total: float | None) -> Matrix:
        least = None if total is None else self._common.least(total)
        if least is None or self._common.stated.worst is None:
            return matrix
        lower = matrix.lower.copy()
        lower[np.searchsorted(self._payments.kept, self._common.stated.worst)] = least
        return replace(matrix, lower=lower)

    def bound(self, at: RelaxedModel) -> float:
        """Return what no plan exceeds, by a relaxation: ``-inf`` where it has no solution."""
        return -np.inf if at.relaxed.infeasible else at.relaxed.bound + self._common.stated.slack

    def values(self, choices: Iterable[Choice]) -> Array:
        """Return a plan as starts and joins in the columns without payments; 0 in all others."""
        return self._payments.project(self._common.stated.values(choices))

    def solved(self, at: RelaxedModel, choices: Iterable[Choice]) -> Array | None:
        """Return a plan as a solution, what it brings about worked out; None where it breaks a row."""
        return self._reoptimiser.recompute(at, self.values(choices))

    def near(self, at: RelaxedModel, plan: Array | None) -> Valued | None:
        """Search what relaxation and plan use."""
        return self._judged(self._paid(at, lambda at: self._reoptimiser.search_near(at, plan)))

    def _paid(self, at: RelaxedModel, search: Callable[[RelaxedModel], Array | None]) -> Array | None:
        """Return what a search finds; where that cannot be paid, what it finds without it."""
        values = search(at)
        for _ in range(AGAIN):
            if values is None or self._payments.complete(values, cut=False) is not None:
                break
            without = self._reoptimiser.cannot_be_paid(at, values)
            if without is None:
                break
            at, values = without, search(without)
        return values

    def near_or_thinned(self, at: RelaxedModel, plan: Array | None, demand: Demand) -> Valued | None:
        """Search what relaxation and plan use; where what is found cannot be paid, return the best of it.

        That is as good as what is found when the search is asked again without it, and three times as fast.
        """
        values = self._reoptimiser.search_near(at, plan)
        judged = self._judged(values)
        return judged if values is None or judged is not None else self.thinned(values, demand)

    def around(self, at: RelaxedModel, plan: Array, draw: np.random.Generator) -> Valued | None:
        """Search around a plan."""
        values = self._reoptimiser.search_around(at, plan, draw)
        judged = self._judged(values)
        if judged is None and values is not None:
            self._reoptimiser.cannot_be_paid(at, values)
        return judged

    def less(self, at: RelaxedModel, plan: Array, more: Iterable[str]) -> Valued | None:
        """Search what a plan carries out, and some programmes: nothing else may come in."""
        flags = self._flags(more)
        return self._judged(self._paid(at, lambda at: self._reoptimiser.search_less(at, plan, flags)))

    def beside(self, at: RelaxedModel, plan: Array, held: Iterable[str]) -> Answer:
        """Search with some programmes held as in a plan, all others free."""
        flags, bound = self._flags(held), np.inf

        def search(at: RelaxedModel) -> Array | None:
            nonlocal bound
            found = self._reoptimiser.search_beside(at, plan, flags, NODES)
            bound = min(bound, found.bound)
            return found.values

        judged = self._judged(self._paid(at, search))
        answer = replace(UNKNOWN, bound=bound + self._common.stated.slack)
        return answer if judged is None else answer.with_plan(*judged)

    def _flags(self, programs: Iterable[str]) -> Flags:
        flags = np.zeros(len(self._program), dtype=bool)
        flags[[self._program[program] for program in programs]] = True
        return flags

    def branch(self, at: RelaxedModel, plan: Array | None, work: float) -> tuple[float, Valued | None]:
        """Bound all plans by branch and bound; return the bound, and a plan that it came across."""
        found = self._reoptimiser.branch(at, plan, work)
        return found.bound + self._common.stated.slack, self._judged(found.values)

    def judge(self, values: Array) -> Valued | None:
        """Return a solution as a plan with its worth; None if it cannot be paid or is not fair.

        Parameters
        ----------
        values : array
            Of the columns without payments.

        Returns
        -------
        tuple of (tuple of Choice, float), or None
        """
        return self._judged(values)

    def thinned(self, values: Array, demand: Demand) -> Valued | None:
        """Return the best that is left of a solution if parts of it are given up; None if nothing is legal.

        Parameters
        ----------
        values : array
            Of the columns without payments: one that cannot be paid.
        demand : Demand

        Returns
        -------
        tuple of (tuple of Choice, float), or None
        """
        model, whole = self._common.stated, np.zeros(len(self._common.stated.matrix.cost))
        whole[self._payments.kept] = values[: len(self._payments.kept)]
        left = thinned(self._common.at(demand), model.column_map, whole, ONE_THREAD)
        return None if left is None else self._valued(left)

    def excluding(self, values: Array) -> tuple[sparse.csr_array, Array]:
        """Return rows that exclude a solution which ``judge`` rejects, and what they are at most.

        Parameters
        ----------
        values : array
            Of the columns without payments.

        Returns
        -------
        sparse array, array
            Rows over the same columns; no legal plan breaks them. None at all where the solver finds no cut.
        """
        payments = self._payments.fork()
        known = len(payments.matrix.row_lower)
        if payments.complete(values) is None:
            return payments.matrix.rows[known:].tocsr(), payments.matrix.row_upper[known:]
        return exclusion(self._column_map, values)

    def _judged(self, values: Array | None) -> Valued | None:
        """Return what values carry out and what that is worth, if it can be paid and is fair."""
        whole = None if values is None else self._payments.complete(values, cut=False)
        return None if whole is None else self._valued(whole)

    def _valued(self, whole: Array) -> Valued | None:
        """Return a solution that can be paid as a plan with its worth, if it is fair."""
        choices = self._common.stated.chosen(whole)
        return (choices, self._worth(choices)) if self._fair(choices) else None

    def fair_up_to(self, choices: Choices) -> float:
        """Return the largest impact at which regions would gain what they must, if they gain as in a plan."""
        floor = self._common.stated.floor
        return float(self._measure.impact(choices).by_region.min()) / floor if floor else np.inf

    def _fair(self, choices: Choices) -> bool:
        """Return whether each region with a need gains as much as it must."""
        if self._common.least(0.0) is None:
            return True
        impact = self._measure.impact(choices)
        floor = self._common.least(impact.total)
        return floor is None or float(impact.by_region.min()) >= floor - 2 * INTEGRALITY_TOLERANCE
