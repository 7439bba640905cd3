"""From which budget on a programme is in the best plan, and when it leaves again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

import numpy as np

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.scenario import Scenario
from jspmodel.selection.parametric import ParametricModel, state_parametric_model
from jspmodel.selection.postoptimal.budget_steps.frontier_steps import CLOSE, ExactFrontier, FrontierStep
from jspmodel.selection.postoptimal.budget_steps.relaxed_budgets import relaxed_bounds
from jspmodel.selection.postoptimal.budget_steps.scaled_budgets import ScaledBudgets, same
from jspmodel.selection.postoptimal.program_codes import require_program
from jspmodel.solver import Effort, effort_units

SHARE = 0.1
"""Share of the scenario's effort for one programme."""
FINE = 40
"""Relaxations between today's budgets and the largest where the frontier is not exact."""


@dataclass(frozen=True)
class Stretch:
    """Budgets at which a programme is in a best plan.

    Attributes
    ----------
    since, until : float
        Factors on all budgets; at ``until`` it leaves, or the range ends.
    proven : bool
        Whether a plan with it is proven to be a best one all the way; if not, it is in the best plan known.
    """

    since: float
    until: float
    proven: bool


@dataclass(frozen=True)
class BudgetPresence:
    """At which budgets a programme is in a best plan: it may enter, leave and come back.

    Attributes
    ----------
    program : str
    today : float
        Factor on all budgets in the scenario.
    least, most : float
        The range of the factor that was looked at.
    money : float
        Rp billion of all budgets together at a factor of 1, without what is carried over.
    stretches : tuple of Stretch
        By rising factor, none touching the next.
    complete : bool
        Whether it is proven that it is in no best plan at any other budget.
    not_before : float or None
        Proven: from today's budgets up to this factor the programme is in no best plan. None: it is in one
        today, or nothing is proven.
    """

    program: str
    today: float
    least: float
    most: float
    money: float
    stretches: tuple[Stretch, ...]
    complete: bool
    not_before: float | None

    @property
    def enters(self) -> float | None:
        """The least factor from today's on at which it is in the best plan known.

        None for none, and where today's is not in the range that was looked at.
        """
        return None if self._first is None else max(self.today, self._first.since)

    @property
    def leaves(self) -> float | None:
        """The factor at which it leaves that plan again; None where it does not."""
        return None if self._first is None or self._first.until >= self.most - CLOSE else self._first.until

    @property
    def more(self) -> float | None:
        """Rp billion that are needed more, in all budgets alike, until it enters; None where it does not."""
        return None if self.enters is None else (self.enters - self.today) * self.money

    @property
    def _first(self) -> Stretch | None:
        ahead = (one for one in self.stretches if one.until > self.today + CLOSE or one.until >= self.most)
        return next(ahead, None) if self.least <= self.today <= self.most else None


@dataclass(frozen=True)
class _Part:
    """What is known of a programme from one step of the frontier to the next.

    ``since``: from there on it is in a best plan, infinite where it is not; ``absent``: below it is proven to
    be in none.
    """

    begin: float
    end: float
    since: float
    absent: float


@computed_once()
def budget_presence(
    case: Case,
    scenario: Scenario,
    frontier: ExactFrontier,
    program: str,
    *,
    workers: int = 2,
    progress: Callable[[float], None] | None = None,
) -> BudgetPresence:
    r"""Tell at which budgets a programme is in a best plan.

    Being in the best plan is not monotone in the budget: a programme may enter, leave and come back. So the
    steps of the frontier are walked. From one to the next the best plans are worth the same, and those of a
    smaller budget stay among them: a programme that is not in the plan found is in a best one from the least
    factor *s* on at which

    .. math:: w(x) \ge v, \quad \sum_t \text{start}_{pt} \ge 1, \quad \sum_p \text{pay}_{pft} \le s \, B_{ft}

    can be kept, if that is below the next step (one search a step, *s* being a column). Where the frontier is
    not exact, the plans known are told, and from today's budgets up to ``not_before`` it is proven that the
    programme is in no best plan: the relaxation with it is under the plan known.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    frontier : ExactFrontier
        The answer of ``exact_frontier`` to both.
    program : str
    workers : int
        Processes; the result does not depend on them.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    BudgetPresence

    Raises
    ------
    DataError
        If there is no such programme.
    ScenarioError, InfeasibleError
        As ``exact_frontier``.
    """
    require_program(case, program)
    common = state_parametric_model(case, scenario)
    today = scenario.budget_scale.all
    if program not in {code for code, _ in common.start}:
        stretches, complete, absent = [], True, frontier.most
    elif frontier.exact:
        parts = _Steps(common, frontier, program).parts(today, progress)
        stretches = [Stretch(part.since, part.end, proven=True) for part in parts if part.since < inf]
        complete = all(part.absent >= min(part.since, part.end) - frontier.resolution for part in parts)
        absent = _absent(parts, today, frontier.resolution) if parts else frontier.most
    else:
        stretches, complete = list(_known(frontier, program)), False
        absent = _relaxed_away(common, frontier, program, today, workers, progress)
    return BudgetPresence(
        program,
        today,
        frontier.least,
        frontier.most,
        frontier.money,
        tuple(_joined(stretches)),
        complete,
        absent if frontier.least <= today < absent - CLOSE else None,
    )


class _Steps:
    """Asks each step of an exact frontier from where on a programme is in a best plan."""

    def __init__(self, common: ParametricModel, frontier: ExactFrontier, program: str) -> None:
        scenario = common.scenario
        work = SHARE * effort_units(scenario.solver.effort, common.matrix.entries)
        self._model = ScaledBudgets(common, frontier.most, Effort(work), work)
        self._frontier, self._program = frontier, program

    def parts(self, today: float, told: Callable[[float], None] | None) -> list[_Part]:
        """Return what is known of each step; those of today's budgets and more are asked first."""
        spans = self._frontier.spans
        parts: dict[float, _Part] = {}
        for step, end in sorted(spans, key=lambda span: span[1] <= today + CLOSE):
            parts[step.scale] = self._part(step, end)
            if told is not None:
                told(len(parts) / len(spans))
        return [parts[step.scale] for step, _ in spans]

    def _part(self, step: FrontierStep, end: float) -> _Part:
        if self._program in {choice.program for choice in step.choices}:
            return _Part(step.scale, end, step.scale, step.scale)
        until = step.scale if step.until is None else step.until
        plan, low = self._model.cheapest(step.objective, step.scale, until, self._program)
        least = inf if plan is None else plan.needs
        # Where the next step begins another worth is the best; the range itself ends with a budget.
        late = least >= end - CLOSE and end < self._frontier.most - CLOSE
        if plan is None or late or plan.objective < step.objective - same(step.objective):
            return _Part(step.scale, end, inf, min(low, end))
        since = min(max(step.scale, least), end)
        return _Part(step.scale, end, since, min(low, since))


def _absent(parts: Sequence[_Part], today: float, resolution: float) -> float:
    """Return up to which factor, from today's on, a programme is proven to be in no best plan."""
    at = today
    for part in parts:
        if part.end > today + CLOSE:
            at = max(today, part.absent)
            if at < part.end - resolution:
                return at
    return at


def _known(frontier: ExactFrontier, program: str) -> Iterator[Stretch]:
    """Yield the budgets at which a programme is in the best plan known."""
    for step, end in frontier.spans:
        if program in {choice.program for choice in step.choices}:
            proven = (
                step.proven and step.until is not None and step.until >= end - frontier.resolution - CLOSE
            )
            yield Stretch(step.scale, end, proven)


def _joined(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield stretches, those that touch as one."""
    last: Stretch | None = None
    for one in stretches:
        if last is not None and one.since <= last.until + CLOSE:
            last = Stretch(last.since, one.until, last.proven and one.proven)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _relaxed_away(
    common: ParametricModel,
    frontier: ExactFrontier,
    program: str,
    today: float,
    workers: int,
    told: Callable[[float], None] | None,
) -> float:
    """Return up to which factor, from today's on, the relaxation with a programme is under the plan known."""
    if not frontier.least <= today < frontier.most:
        return today
    scales = np.linspace(today, frontier.most, FINE).tolist()
    bounds = relaxed_bounds(common, scales, workers, program=program, told=told)
    at = today
    for (low, _), (high, bound) in pairwise([bounds[0], *bounds]):
        known = frontier.at(low)
        if known is None or bound >= known.objective - same(known.objective):
            return at
        at = high
    return at
