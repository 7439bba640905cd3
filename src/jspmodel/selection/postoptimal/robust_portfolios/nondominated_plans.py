"""Plans that no other dominates, and how one more is found, or proven not to be there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

import numpy as np

from jspmodel.plan import Choice
from jspmodel.processes import process_map
from jspmodel.selection.postoptimal.extension import Extension
from jspmodel.selection.postoptimal.plan_model import PlanModel
from jspmodel.selection.postoptimal.robust_portfolios.information import NOTHING, Information
from jspmodel.solver import ONE_THREAD, Array, Effort, Matrix, Places, SearchResult, maximise

HALF = 0.5
"""Above this a plan has a whole column."""
REFUSED = -300.0
"""What it costs, in percent of the most that a plan could be worth, to answer that there is no such plan."""
DIGITS = 6
"""Profiles that are the same to so many digits are of plans worth the same."""


@dataclass(frozen=True, eq=False)
class KnownPlan:
    """A plan that no other dominates: proven.

    Attributes
    ----------
    choices : tuple of Choice
        In table order.
    profile : array
        See ``Information``.
    """

    choices: tuple[Choice, ...]
    profile: Array

    @property
    def programs(self) -> frozenset[str]:
        """Which programmes it carries out."""
        return frozenset(choice.program for choice in self.choices)


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of a plan beside that no known one dominates it.

    Attributes
    ----------
    fixed : mapping of str to bool
        Judged programmes that must be in, or out.
    new : bool
        Whether the judged programmes must be others than those of each known plan.
    work : float
        Units that the reply may take.
    """

    fixed: Mapping[str, bool] = field(default_factory=dict)
    new: bool = False
    work: float = inf


@dataclass(frozen=True, eq=False)
class Reply:
    """What is known after a question.

    Attributes
    ----------
    found : KnownPlan or None
        A plan that was not known; where it does not answer the question it dominates one that does.
    none : bool
        Whether it is proven that no plan answers the question.
    work : float
        Units that it took.
    """

    found: KnownPlan | None
    none: bool
    work: float


@dataclass(frozen=True, eq=False)
class AskedModel:
    """The model of a question.

    Attributes
    ----------
    matrix : Matrix
    none : int
        The column that answers "none".
    carried_out : array of int, shape (judged programmes,)
        Columns: whether a programme is carried out.
    """

    matrix: Matrix
    none: int
    carried_out: Places


@dataclass(frozen=True, eq=False)
class NondominatedPlans:
    r"""Plans that no other dominates, as far as they are known.

    A plan dominates another if it is nowhere worth less and somewhere more. The model is asked for the plan
    that is worth most at the centre of what is known, among those that no known plan dominates. A second
    search looks for the best plan, at the centre, that is nowhere worth less than the one found: it is either
    that one, which no plan dominates then, or another, which dominates it and which none dominates, since
    whatever did would dominate the first too and be worth more at the centre. That no plan is left is proven
    by a bound: one more column answers "none" at a price that no plan is worth.

    Attributes
    ----------
    model : PlanModel
    information : Information
    known : tuple of KnownPlan
    """

    model: PlanModel
    information: Information
    known: tuple[KnownPlan, ...] = ()

    @property
    def sets(self) -> dict[frozenset[str], KnownPlan]:
        """The judged programmes of known plans, each set with its plan of most worth at the centre."""
        best: dict[frozenset[str], KnownPlan] = {}
        for plan in sorted(self.known, key=lambda one: -self.information.worths(one.profile)[1]):
            best.setdefault(plan.programs.intersection(self.information.judged), plan)
        return best

    def with_plans(self, found: Sequence[KnownPlan]) -> NondominatedPlans:
        """Return the same with some plans more; of those with the same programmes and worth one is kept."""
        known = {
            (one.programs, *one.profile.round(DIGITS).tolist()): one
            for one in (*found[::-1], *self.known[::-1])
        }
        return replace(self, known=tuple(known.values())[::-1])

    def ask(self, questions: Sequence[Question], workers: int) -> list[Reply]:
        """Return the replies to some questions, each asked as if it were the only one."""
        return process_map(_reply, self, questions, workers)

    def reply(self, question: Question) -> Reply:
        """Return the reply to one question."""
        effort, asked = Effort(question.work), self.model_of(question)
        found = _search(asked.matrix, effort)
        # Where plans are known, "none" is a solution: a solver that finds no solution is then wrong.
        if found.bound < REFUSED / 2 and (found.status != "infeasible" or not self.known):
            return Reply(None, none=True, work=effort.spent)
        if not found.proven or found.solution[asked.none] > HALF:
            return Reply(None, none=False, work=effort.spent)
        return self.settle(found.solution, effort)

    def settle(self, values: Array, effort: Effort) -> Reply:
        """Return a plan that no known one dominates as one that none does, or the one that dominates it."""
        plan = self._read(values)
        above = _search(self._not_below(plan), effort)
        if not above.proven:
            return Reply(None, none=False, work=effort.spent)
        better = self._read(above.solution)
        dominates = self.information.ahead(better.profile, plan.profile) > NOTHING / 2
        return Reply(better if dominates else plan, none=False, work=effort.spent)

    def model_of(self, question: Question) -> AskedModel:
        """State the model of a question."""
        asked, judged = Extension(self.model.stated.matrix), self.information.judged
        none = asked.column(0.0, 1.0 if self.known else 0.0, integer=True)
        columns = asked.columns(np.zeros(len(judged)), np.ones(len(judged)))
        carried_out = dict(zip(judged, columns.tolist(), strict=True))
        for program, column in carried_out.items():
            asked.row({**dict.fromkeys(self._starts(program), 1.0), column: -1.0}, 0.0, 0.0)
        for program, inside in question.fixed.items():
            if inside:
                asked.row({carried_out[program]: 1.0, none: 1.0}, lower=1.0)
            else:
                asked.row({carried_out[program]: 1.0, none: -1.0}, upper=0.0)
        worths = self.information.add_worths(asked)
        for plan in self.known:
            self.information.ask_ahead(asked, worths, plan.profile, none)
        for programs in self.sets if question.new else ():
            other = {column: -1.0 if program in programs else 1.0 for program, column in carried_out.items()}
            asked.row({**other, none: 1.0}, lower=1.0 - len(programs))
        worth = _worth(self.information.at_centre() + self.information.price, asked)
        worth[none] = REFUSED
        return AskedModel(replace(asked.matrix(), cost=worth), none, columns)

    def _starts(self, program: str) -> list[int]:
        matrix, row = self.model.stated.matrix, self.model.rows[program]
        starts: list[int] = matrix.rows.indices[slice(*matrix.rows.indptr[row : row + 2])].tolist()
        return starts

    def _not_below(self, plan: KnownPlan) -> Matrix:
        """Return the model of the plans that are nowhere worth less than a plan."""
        asked = Extension(self.model.stated.matrix)
        self.information.ask_level(asked, self.information.add_worths(asked), plan.profile)
        return replace(asked.matrix(), cost=_worth(self.information.at_centre(), asked))

    def _read(self, values: Array) -> KnownPlan:
        choices = self.model.stated.chosen(values)
        return KnownPlan(choices, self.information.profile(choices))


def _worth(stated: Array, asked: Extension) -> Array:
    """Return what columns are worth; those added nothing."""
    return np.append(stated, np.zeros(asked.width - len(stated)))


def _reply(plans: NondominatedPlans, question: Question) -> Reply:
    return plans.reply(question)


def _search(matrix: Matrix, effort: Effort) -> SearchResult:
    """Search with the work that is left."""
    result = maximise(matrix, ONE_THREAD, 0.0, on_step=lambda work, _: work < effort.left)
    effort.spend(result.work)
    return result
