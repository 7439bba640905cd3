"""Why not this programme: what would have to change for it to be in the plan, with nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, isinf

import pandas as pd

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem
from jspmodel.intake import unknown_code
from jspmodel.measure import computed_once
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.explanation import other_settings
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.postoptimal.counterfactuals.money_answers import ask_money
from jspmodel.selection.postoptimal.counterfactuals.money_judge import MoneyJudge
from jspmodel.selection.postoptimal.counterfactuals.money_model import NOTHING, Kind, MoneyModel, Question
from jspmodel.selection.postoptimal.counterfactuals.money_search import Answers
from jspmodel.selection.postoptimal.counterfactuals.money_statement import state_money_model
from jspmodel.selection.postoptimal.counterfactuals.obstacles import Obstacle, obstacles
from jspmodel.selection.postoptimal.importance import Importance, ProgramImportance
from jspmodel.selection.postoptimal.nearby_plans import Answer
from jspmodel.solver import Effort, effort_units
from jspmodel.text import worded

SHARE = 0.07
"""Share of the scenario's effort."""


@dataclass(frozen=True)
class Change:
    """The least change of one kind with which a programme is in a plan.

    Attributes
    ----------
    least, most : float or None
        Less than ``least`` is proven not to be enough; ``most`` is enough: a plan is known. ``least`` is None
        where it is proven that no such change is enough, ``most`` where no plan is known.
    parts : tuple of (str, int, float)
        What money ``most`` is made up of: fund (``""`` for costs), year, Rp billion.
    leave, enter : tuple of str
        What the plan known does not carry out of this plan, and what it carries out beside it.
    """

    least: float | None
    most: float | None
    parts: tuple[tuple[str, int, float], ...] = ()
    leave: tuple[str, ...] = ()
    enter: tuple[str, ...] = ()


IMPOSSIBLE = Change(None, None)
"""It is proven that no such change is enough."""


@dataclass(frozen=True)
class ProgramWhyNot:
    """What would have to change for a programme that the plan refuses.

    Attributes
    ----------
    program : str
    money : Change
        Extra money, in Rp billion, with which a plan with it is worth no less than this one; which funds and
        years it comes from.
    value : Change
        How much more it would have to bring (percentage points, or score points) to be in a best plan at
        today's budgets; ``leave`` are those that it would displace.
    cost : Change
        How much of its own costs, in Rp billion, would have to be saved, or come from elsewhere, for a plan
        with it to be worth no less than this one at today's budgets; in which years. The shares of it that
        funds may pay stay those of the whole costs.
    never : bool
        Whether it is proven that no plan has it, however much more money there is in the budgets that there
        are. Costs that are saved, or borne from elsewhere, may let it in all the same: see ``cost``.
    obstacles : tuple of Obstacle
        Then the rules that leave none with it; empty where they were not found.
    """

    program: str
    money: Change
    value: Change
    cost: Change
    never: bool = False
    obstacles: tuple[Obstacle, ...] = ()


@dataclass(frozen=True)
class WhyNot:
    """What would have to change for the programmes that a plan refuses.

    Attributes
    ----------
    objective, bound : float
        What the plan is worth, and what no plan exceeds.
    best_found : float
        The most that any plan come across at today's budgets is worth.
    programs : tuple of ProgramWhyNot
        Those that need the least extra money first, by what is known to be enough.
    """

    objective: float
    bound: float
    best_found: float
    programs: tuple[ProgramWhyNot, ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row a programme: ``program``, ``never``, ``money_least``, ``money_most`` and so on ..

        ... ``displaced``, what would leave the plan if it came in at today's budgets, and ``from``, the funds
        and years of the extra money.
        """
        return pd.DataFrame([_row(item) for item in self.programs])


def _row(item: ProgramWhyNot) -> dict[str, object]:
    changes = {"money": item.money, "value": item.value, "cost": item.cost}
    ends = {
        f"{kind}_{end}": getattr(change, end) for kind, change in changes.items() for end in ("least", "most")
    }
    funds = " ".join(f"{fund}:{year}" for fund, year, _ in item.money.parts)
    return {
        "program": item.program,
        "never": item.never,
        **ends,
        "displaced": " ".join(item.value.leave),
        "from": funds,
    }


@computed_once()
def why_not(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    programs: Sequence[str] | None = None,
    *,
    known: Importance | None = None,
    workers: int = 2,
    progress: Callable[[float], None] | None = None,
) -> WhyNot:
    r"""Tell what would have to change for refused programmes to be in the plan, as proven intervals.

    Whether a programme is in the best plan is not monotone in the budget, so that no bisection over budgets
    answers "how much money?". Three questions are well posed. With z what the plan is worth, o the programme,
    and x a plan with o that keeps all rules but those about money:

    - *money*: min sum_{f,t} more[f,t] over x worth at least z that the budgets B[f,t] + more[f,t] pay for,
      more[f,t] >= 0: one mixed-integer programme in which money is a variable.
    - *value*: U being the worth of the best plan, and U_o that of the best one with o, a bonus for o puts it
      into a best plan if and only if the bonus is at least U - U_o.
    - *cost*: min sum_t relief[o,t] over x worth at least z that B pays for if of the costs of o so much is
      saved, or comes from elsewhere, in year t.

    Money goes on top of a budget that is there: a fund that has none in a year stays closed. Where no plan
    has the programme, however much money there is, the rules that leave none are told.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both. An equity rule asks of each region what it asked for in this plan.
    programs : sequence of str, optional
        Codes; all that the plan refuses unless given.
    known : Importance, optional
        What ``importance`` says of the same plan: *value* is not sought again then.
    workers : int
        Processes; the answer does not depend on them.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    WhyNot

    Raises
    ------
    DataError
        If a programme is not known, or is in the plan, or if the plan is worth nothing: then nothing could be
        lost by any change.
    ScenarioError
        If the scenario asks for rules that do not go together.
    InfeasibleError
        If a programme that is locked in cannot be carried out whatever else is done.
    SolverError
        If the plan does not keep the rules of the case and scenario.

    Notes
    -----
    *Money* is a relative counterfactual explanation with factor 1: other right-hand sides under which a
    solution that has what is asked for is as good as the present one (Kurtz, Birbil and den Hertog,
    "Counterfactual explanations for linear optimization", European Journal of Operational Research 329,
    2026). To ask that it be *the best* is another matter, complete for the second level of the polynomial
    hierarchy even with one row that may change (Engelhardt, Kurtz, Birbil and Ralphs, "Counterfactual
    explanations for integer optimization problems", arXiv 2510.17624, 2025).
    """
    asked = _asked(case, plan, programs)
    model = state_money_model(case, scenario, plan, asked)
    judge = MoneyJudge(model)
    if not judge.keeps(plan):
        raise other_settings()
    work = SHARE * effort_units(scenario.solver.effort, model.stated.matrix.entries)
    answers = ask_money(model, judge, work, workers, progress, _values(asked, known))
    bound = plan.bound if known is None else min(plan.bound, known.bound)
    writer = _Writer(model, judge, answers, bound)
    blocked = [program for program in asked if writer.never(program)]
    inputs, effort = read_inputs(case, scenario), Effort(work)
    why = {program: obstacles(inputs, plan, program, effort) for program in blocked}
    return writer.why_not(asked, why)


def is_worthless(plan: Plan) -> bool:
    """Return whether a plan brings nothing, so that no change could lose anything.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    bool
    """
    return not plan.objective > NOTHING


def _asked(case: Case, plan: Plan, programs: Sequence[str] | None) -> tuple[str, ...]:
    """Return the programmes that are asked about, each once."""
    selected = {choice.program for choice in plan.choices}
    if programs is None:
        asked = tuple(item.program for item in plan.refused)
    else:
        asked = tuple(dict.fromkeys(map(str, programs)))
    problems = [problem for code in asked for problem in _wrong(case, selected, code)]
    if is_worthless(plan):
        problems.append(Problem("plan_worth_nothing"))
    if problems:
        raise worded(DataError, problems)
    return asked


def _wrong(case: Case, selected: set[str], code: str) -> Iterator[Problem]:
    yield from unknown_code(code, "programs", case.names("programs", "id"), "program")
    if code in selected:
        yield Problem("program_in_plan", "", None, "program", {"program": code})


def _values(asked: Sequence[str], known: Importance | None) -> Answers:
    """Return what is known of the best plans with the programmes that are asked about."""
    if known is None:
        return {}
    return {
        Question(item.program, "worth"): _answer(item, known)
        for item in known.programs
        if item.program in asked and (item.choices is not None or item.irreplaceable)
    }


def _answer(item: ProgramImportance, known: Importance) -> Answer:
    """Return the best plan with a programme and its bound: that of the plan, where less is not proven."""
    if item.irreplaceable:
        return Answer(None, -inf, -inf)
    worth = -inf if item.estimate is None else known.best_found - item.estimate
    bound = known.best_found - item.least if item.least else max(known.bound, known.best_found)
    return Answer(item.choices, worth, max(bound, worth))


@dataclass(frozen=True)
class _Writer:
    """Writes down what was found."""

    model: MoneyModel
    judge: MoneyJudge
    answers: Answers
    bound: float

    def why_not(self, asked: Sequence[str], why: Mapping[str, tuple[Obstacle, ...]]) -> WhyNot:
        plan = self.model.plan
        items = [self._program(program, why) for program in asked]
        return WhyNot(plan.objective, plan.bound, self._best, tuple(sorted(items, key=_need)))

    def never(self, program: str) -> bool:
        """Return whether it is proven that no plan has a programme."""
        if program not in self.model.carried:
            return True
        fits = self.answers.get(Question(program, "fits"))
        return fits is not None and fits.bound == -inf

    @property
    def _best(self) -> float:
        """What the best plan that is known at today's budgets is worth."""
        found = [answer.objective for one, answer in self.answers.items() if one.kind == "worth"]
        return max([self.model.plan.objective, *found])

    def _program(self, program: str, why: Mapping[str, tuple[Obstacle, ...]]) -> ProgramWhyNot:
        # Where no fund may pay, costs that are saved, or borne from elsewhere, may still let it in.
        cost = self._money(program, "cost") if program in self.model.carried else IMPOSSIBLE
        if self.never(program):
            return ProgramWhyNot(program, IMPOSSIBLE, IMPOSSIBLE, cost, True, why.get(program, ()))
        return ProgramWhyNot(program, self._money(program, "money"), self._value(program), cost)

    def _value(self, program: str) -> Change:
        """Return by how much the best plan is better than the best with a programme."""
        answer = self.answers[Question(program, "worth")]
        best, most = self._best, max(self.bound, self._best)
        return self._change(answer, max(0.0, best - answer.bound), most - answer.objective)

    def _money(self, program: str, kind: Kind) -> Change:
        question = Question(program, kind)
        answer = self.answers[question]
        found = self._change(answer, max(0.0, -answer.bound), -answer.objective)
        return found if answer.choices is None else replace(found, parts=self.judge.parts(question, answer))

    def _change(self, answer: Answer, least: float, most: float) -> Change:
        """Return an answer as a change; ends that are infinite are none."""
        now = [choice.program for choice in self.model.plan.choices]
        then = [choice.program for choice in answer.choices or ()]
        return Change(
            None if isinf(least) else least,
            None if isinf(most) else max(most, 0.0 if isinf(least) else least),
            (),
            tuple(code for code in now if answer.choices is not None and code not in then),
            tuple(code for code in then if code not in now),
        )


def _need(item: ProgramWhyNot) -> tuple[float, float]:
    """Return what orders programmes: the money that is enough, and what is not."""
    ends = (item.money.most, item.money.least)
    most, least = (inf if end is None else end for end in ends)
    return most, least
