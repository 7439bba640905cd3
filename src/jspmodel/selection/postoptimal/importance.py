"""How much each programme matters: what the best plan loses without it, or by having it; proven intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Plan, PlannedProgram
from jspmodel.scenario import Scenario
from jspmodel.selection.postoptimal.demands import Pool
from jspmodel.selection.postoptimal.nearby_plans import UNKNOWN, Answer, Choices
from jspmodel.selection.postoptimal.plan_model import Demand, PlanModel, state_plan_model
from jspmodel.solver import effort_units

SHARE = 0.07
"""Share of the scenario's effort for branch and bound; as much may go before, a plan for each at least."""
LEAST = 4e-5
"""Units a coefficient of the model with less of which branch and bound proves next to nothing."""
SAME = 1e-6
"""Difference in worth that counts as none: the solver's noise."""


@dataclass(frozen=True)
class ProgramImportance:
    """What one programme means for the best plan.

    Attributes
    ----------
    program : str
    selected : bool
        Whether the plan carries it out.
    least, most : float or None
        The best plan is worth at least and at most so much more than the best with the programme the other
        way round (out if it is selected, else in), everything else planned anew. ``most`` is None where no
        plan with it the other way round is known.
    estimate : float or None
        What the best plan found is worth more than the best found with the programme the other way round:
        between ``least`` and ``most``.
    irreplaceable : bool
        Whether it is proven that no plan has it the other way round: it is demanded, or can never fit. Then
        ``least`` is None too.
    held_least, held_most : float or None
        For a selected programme: what is lost if it is taken out, all others of the plan stay as they are,
        and more may be added; None where others of the plan cannot stay without it.
    taken_out : float or None
        For a selected programme: what is lost if it is taken out and nothing else is done.
    leave, enter : tuple of str
        What the best plan found with it the other way round does not carry out of this plan, and what it
        carries out beside it.
    rank, last_rank : int
        Among the programmes of the plan, its place at best and at worst; 0 for others. Programmes whose
        places overlap cannot be told apart.
    choices : tuple of Choice or None
        The best plan found with it the other way round.
    """

    program: str
    selected: bool
    least: float | None
    most: float | None
    estimate: float | None
    irreplaceable: bool
    held_least: float | None
    held_most: float | None
    taken_out: float | None
    leave: tuple[str, ...]
    enter: tuple[str, ...]
    rank: int = 0
    last_rank: int = 0
    choices: Choices | None = None


@dataclass(frozen=True)
class Importance:
    """The importance of all programmes.

    Attributes
    ----------
    objective, bound : float
        What the plan is worth, and what no plan exceeds.
    best_found : float
        The most that any plan come across is worth: above ``objective`` where the questions led to a better
        plan than the one that is asked about.
    programs : tuple of ProgramImportance
        Those of the plan first, the most important first, then the others, the one whose being in costs least
        first, by the estimates.
    """

    objective: float
    bound: float
    best_found: float
    programs: tuple[ProgramImportance, ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row a programme: the attributes of ``ProgramImportance``, but for the plan found."""
        return pd.DataFrame([vars(item) for item in self.programs]).drop(columns="choices")

    def must_have(self, within: float) -> tuple[str, ...]:
        """Return the programmes without which no plan is worth (1 - within) times this one: proven.

        Parameters
        ----------
        within : float
            Share, 0 to 1.

        Returns
        -------
        tuple of str
        """
        return self._proven(within, selected=True)

    def never(self, within: float) -> tuple[str, ...]:
        """Return the programmes with which no plan is worth (1 - within) times this one: proven.

        Parameters and result as of ``must_have``.
        """
        return self._proven(within, selected=False)

    def _proven(self, within: float, *, selected: bool) -> tuple[str, ...]:
        # No plan the other way round is worth more than best_found - least.
        needed = self.best_found - (1 - within) * self.objective + SAME
        some = (item for item in self.programs if item.selected == selected)
        return tuple(p.program for p in some if p.irreplaceable or (p.least is not None and p.least > needed))


@computed_once()
def importance(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    *,
    workers: int = 2,
    progress: Callable[[float], None] | None = None,
) -> Importance:
    r"""Tell how much each programme matters: its replacement cost, as a proven interval.

    With L and U what the best plan known is worth and what no plan exceeds, and L_p and U_p the same with
    programme p out (for one that the plan refuses: in), the importance of p is the difference of two optima,
    which lies in [max(0, L - U_p), U - L_p] (replacement cost: Cabeza and Moilanen, "Replacement cost: A
    practical measure of site value for cost-effective reserve planning", Biological Conservation 132, 2006).
    Plans found for any programme go into one pool, from which each programme takes the best that fits. The
    effort goes to the programmes of which the place in the order is open.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both. An equity rule asks of each region what it asked for in this plan.
    workers : int
        Processes; the answer does not depend on them.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    Importance

    Raises
    ------
    ScenarioError
        If the scenario asks for rules that do not go together.
    """
    model = state_plan_model(case, scenario, plan)
    return _summary(plan, answer_each(model, scenario, workers, progress))


def other_way(model: PlanModel, program: str) -> Demand:
    """Return the demand that a programme be the other way round than in the plan."""
    selected = any(choice.program == program for choice in model.plan.choices)
    return Demand(out=frozenset((program,))) if selected else Demand(into=frozenset((program,)))


def answer_each(
    model: PlanModel, scenario: Scenario, workers: int, progress: Callable[[float], None] | None
) -> Pool:
    """Seek the best plan with each programme the other way round, one that can start somehow.

    Parameters
    ----------
    model : PlanModel
    scenario : Scenario
    workers : int
    progress : callable or None

    Returns
    -------
    Pool
        With an answer to each demand.
    """
    demands = [other_way(model, program) for program in model.rows]
    half = None if progress is None else (lambda done: progress(done / 2))
    work = SHARE * effort_units(scenario.solver.effort, model.stated.matrix.entries)
    pool = Pool.of(model).seek(demands, workers, half, work=work / max(1, len(demands)))
    unsettled = _unsettled(pool)[: int(work / (LEAST * model.stated.matrix.entries))]
    rest = None if progress is None else (lambda done: progress((1 + done) / 2))
    return pool.prove({one: work / len(unsettled) for one in unsettled}, workers, rest) if unsettled else pool


def _interval(pool: Pool, demand: Demand) -> tuple[float, float]:
    """Return what the best plan is worth more, at least and at most; infinite where there is no other."""
    answer, plan = pool.answers[demand], pool.model.plan
    best = pool.plans[0][1]
    least = max(0.0, best - answer.bound)
    return least, max(least, max(plan.bound, best) - answer.objective)


def _unsettled(pool: Pool) -> list[Demand]:
    """Return the demands whose interval overlaps another one's, first those that take most of the worth.

    One that takes little of what is open in the plan itself would need a proof of nearly the plan.
    """
    ranges = {demand: _interval(pool, demand) for demand in pool.answers}
    unsettled = [
        one
        for one, (least, most) in ranges.items()
        if most - least > SAME
        and any(low < most and high > least for other, (low, high) in ranges.items() if other != one)
    ]
    return sorted(unsettled, key=lambda demand: pool.answers[demand].bound)


def _summary(plan: Plan, pool: Pool) -> Importance:
    items = [_importance(item, plan, pool) for item in plan.programs]
    chosen, refused = ([item for item in items if item.selected == flag] for flag in (True, False))
    ordered = (*_ranked(sorted(chosen, key=_order)), *sorted(refused, key=_order, reverse=True))
    return Importance(plan.objective, plan.bound, max(plan.objective, pool.plans[0][1]), ordered)


def _order(item: ProgramImportance) -> tuple[float, float]:
    least, _ = _ends(item)
    return -(np.inf if item.estimate is None else item.estimate), -least


def _ends(item: ProgramImportance) -> tuple[float, float]:
    return (
        np.inf if item.least is None else item.least,
        np.inf if item.most is None else item.most,
    )


def _ranked(items: list[ProgramImportance]) -> list[ProgramImportance]:
    """Say which places each may have: it is behind those that are proven to matter more."""
    ends = [_ends(item) for item in items]
    return [
        replace(
            item,
            rank=1 + sum(low > most + SAME for low, _ in ends),
            last_rank=len(items) - sum(high < least - SAME for _, high in ends),
        )
        for item, (least, most) in zip(items, ends, strict=True)
    ]


def _importance(item: PlannedProgram, plan: Plan, pool: Pool) -> ProgramImportance:
    program, now = item.program, {choice.program for choice in plan.choices}
    demand = other_way(pool.model, program)
    # A programme that can never start has no row in the model.
    answer = pool.answers.get(demand, Answer(None, -np.inf, -np.inf))
    least, most = (np.inf, np.inf) if demand not in pool.answers else _interval(pool, demand)
    then = {choice.program for choice in answer.choices or ()}
    found = answer.choices is not None
    beside = pool.beside.get(demand, UNKNOWN)
    apart = np.isfinite(beside.bound)
    return ProgramImportance(
        program,
        item.selected,
        None if np.isinf(least) else least,
        None if np.isinf(most) else most,
        max(0.0, pool.plans[0][1] - answer.objective) if found else None,
        answer.bound == -np.inf,
        max(0.0, plan.objective - beside.bound) if apart else None,
        max(0.0, plan.objective - beside.objective) if beside.choices is not None else None,
        item.impact if item.selected else None,
        tuple(code for code in (c.program for c in plan.choices) if found and code not in then),
        tuple(c.program for c in answer.choices or () if c.program not in now),
        choices=answer.choices,
    )
