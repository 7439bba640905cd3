"""Plans that are nearly as good and as different as possible, and how different any such plan can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor

import numpy as np
import pandas as pd
from scipy import sparse

from jspmodel.case import Case
from jspmodel.errors import Problem, SolverError
from jspmodel.measure import Measure, computed_once, measure_of
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.explanation import evaluate
from jspmodel.selection.objectives import worth_of
from jspmodel.selection.postoptimal.importance import Importance
from jspmodel.selection.postoptimal.nearby_plans import Choices, NearbyPlans, Valued, programs_of
from jspmodel.selection.postoptimal.plan_model import Demand, PlanModel, state_plan_model
from jspmodel.solver import Array, RelaxedModel, effort_units

SHARE = 0.05
"""Share of the scenario's effort."""
WITHIN, COUNT = 0.02, 3
"""How much less than the plan an alternative may be worth, as a share; how many are sought."""
LATER = 8
"""How many times the effort of a later question the first one has, about."""
TRIES = 12
"""Searches around the most different plan found."""
SAME = 1e-6
"""Difference in worth, or in what a bound says of whole programmes, that counts as none."""


@dataclass(frozen=True)
class Alternative:
    """A plan that is nearly as good.

    Attributes
    ----------
    choices : tuple of Choice
        In table order.
    objective : float
        What it is worth.
    cost : float
        Rp billion over the horizon.
    distance : int
        Programmes that one of the two carries out and the other does not: ``leave`` and ``enter`` together.
    leave, enter : tuple of str
        Programmes of the plan that are not in this one, and the reverse.
    impact : tuple of (str, float or None)
        Percent of its own weighted gap that is closed in each region; None where a region has no need.
    """

    choices: Choices
    objective: float
    cost: float
    distance: int
    leave: tuple[str, ...]
    enter: tuple[str, ...]
    impact: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True)
class Alternatives:
    """Plans within a share of the plan's worth.

    Attributes
    ----------
    within : float
        The share.
    objective : float
        What the plan is worth.
    plans : tuple of Alternative
        Each as different as could be found from the plan and those before.
    most_distance : int
        No plan within the share differs from the plan in more programmes: proven.
    complete : bool
        Whether it is proven that no plan within the share carries out other programmes than those told.
    in_all, in_none : tuple of str
        Programmes that the plan and all of these carry out, and that none does; of the plans told only.
    """

    within: float
    objective: float
    plans: tuple[Alternative, ...]
    most_distance: int
    complete: bool
    in_all: tuple[str, ...]
    in_none: tuple[str, ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row an alternative: objective, cost (Rp billion), distance, leave, enter."""
        columns = ["objective", "cost", "distance", "leave", "enter"]
        return pd.DataFrame(
            [{name: getattr(p, name) for name in columns} for p in self.plans], columns=columns
        )


@computed_once()
def alternatives(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    *,
    within: float = WITHIN,
    count: int = COUNT,
    known: Importance | None = None,
    progress: Callable[[float], None] | None = None,
) -> Alternatives:
    r"""Seek plans worth nearly as much that carry out other programmes.

    With x[p] whether programme p is carried out, P_k the programmes of the plans held so far, the plan first,
    and L what the plan is worth,

        maximise  sum_k ( sum_{p not in P_k} x[p] + sum_{p in P_k} (1 - x[p]) )
        such that worth >= (1 - within) L,  each of these distances >= 1,  and all rules hold

    (modelling to generate alternatives: Brill, Chang and Hopkins, "Modeling to Generate Alternatives: The HSJ
    Approach and an Illustration Using a Problem in Land Use Planning", Management Science 28, 1982). Regions
    that take part or not count too, all of them together less than one programme. The bound of the first of
    these questions, rounded down, is how many programmes any plan within the share can differ in.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both. An equity rule asks of each region what it asked for in this plan.
    within : float
        Share of the plan's worth that may be given up, 0 to 1.
    count : int
        How many alternatives are sought, at most.
    known : Importance, optional
        What ``importance`` says of the same plan: the plans that it came across are looked at first.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    Alternatives

    Raises
    ------
    ValueError
        If ``within`` is not between 0 and 1, or ``count`` below 1.
    ScenarioError
        If the scenario asks for rules that do not go together.
    """
    if not 0 <= within <= 1 or count < 1:
        raise ValueError("within must be from 0 to 1, count at least 1")
    model = state_plan_model(case, scenario, plan)
    work = SHARE * effort_units(scenario.solver.effort, model.stated.matrix.entries) / count
    least = (1 - within) * plan.objective
    held: list[Choices] = [tuple(plan.choices)]
    most, complete, seen = len(model.rows), False, list(_met(case, scenario, known, least))
    while len(held) <= count and not complete:
        # How far others can be is told of the plan alone, so the first question has most of the effort.
        found, bound = _Question(model, held, least, seen).answer(work if len(held) == 1 else work / LATER)
        if len(held) == 1:
            most = floor(max(0.0, min(most, bound)) + SAME)
        complete = bound == -np.inf
        if progress:
            progress(len(held) / count)
        if found is None:
            break
        held.append(found)
    return _told(case, scenario, plan, held, within, most, complete)


def _met(case: Case, scenario: Scenario, known: Importance | None, least: float) -> Iterator[Valued]:
    """Yield the plans that are known and worth enough."""
    worth = worth_of(case, scenario)
    for choices in dict.fromkeys(item.choices for item in known.programs) if known else ():
        if choices is not None and (value := worth(choices)) >= least:
            yield choices, value


class _Question:
    """The model of a plan, asked for the one most different from those held; ``seen``: found before."""

    def __init__(self, model: PlanModel, held: Sequence[Choices], least: float, seen: list[Valued]) -> None:
        self._least, self._seen = least, seen
        self._best: Choices | None = None
        self._held = [programs_of(choices) for choices in held]
        self._first, stated = held[0], model.stated
        far = [_distance(model, choices) for choices in held]
        rows = sparse.csr_array(np.array([stated.matrix.cost, *(programs for programs, *_ in far)]))
        low = [least - stated.slack - SAME, *(1.0 - len(programs) for programs in self._held)]
        names = ["worth()", *(f"distance({k})" for k in range(len(far)))]
        wider = stated.with_rows(rows, np.array(low), np.full(len(low), np.inf), names)
        cost = np.sum([programs + regions for programs, regions, _ in far], axis=0)
        asked = replace(wider, matrix=replace(wider.matrix, cost=cost), slack=0.0)
        self._empty = sum(nothing for *_, nothing in far)
        self._plans = NearbyPlans(replace(model, stated=asked))

    def answer(self, work: float) -> tuple[Choices | None, float]:
        """Return the most different plan found, and how far any can be from those held; ``-inf``: none is."""
        plans, draw = self._plans, np.random.default_rng(1)
        at = plans.relax(Demand())
        if at.relaxed.infeasible:
            return None, -np.inf
        for choices, _ in self._seen:
            self._consider(choices)
        # Near the relaxation nothing is found that searches around a plan do not find in a tenth of the time.
        for start in (plans.values(self._first), None):
            if self._best is None:
                self._take(plans.near(at, start))
        for _ in range(TRIES):
            values = self._values(at)
            if values is not None:
                self._take(plans.around(at, values, draw))
        bound, met = plans.branch(at, self._values(at), work)
        self._take(met)
        return self._best, min(bound, plans.bound(at)) + self._empty

    def _values(self, at: RelaxedModel) -> Array | None:
        return None if self._best is None else self._plans.solved(at, self._best)

    def _take(self, found: Valued | None) -> None:
        """Take a plan in; one that is worth too little is none."""
        if found is not None and found[1] >= self._least - SAME:
            self._seen.append(found)
            self._consider(found[0])

    def _consider(self, choices: Choices) -> None:
        """Keep the more different of two plans that are not held."""
        if programs_of(choices) in self._held:
            return
        if self._best is None or self._apart(choices) > self._apart(self._best):
            self._best = choices

    def _apart(self, choices: Choices) -> int:
        return sum(len(programs_of(choices) ^ held) for held in self._held)


def _distance(model: PlanModel, held: Choices) -> tuple[Array, Array, float]:
    """Return what columns add to the distance in programmes, in regions; and what the empty plan has."""
    stated, columns = model.stated, model.stated.column_map
    programs, regions = (np.zeros(len(stated.matrix.cost)) for _ in range(2))
    inside = programs_of(held)
    programs[columns.start] = [-1.0 if program in inside else 1.0 for program, _ in stated.start]
    joined = {(choice.program, region) for choice in held for region in choice.regions}
    pairs = len({(program, region) for program, region, _ in stated.join})
    regions[columns.join] = [-1.0 if (p, r) in joined else 1.0 for p, r, _ in stated.join]
    return programs, regions / (pairs + 1), len(inside) + len(joined) / (pairs + 1)


def _told(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    held: Sequence[Choices],
    within: float,
    most: int,
    complete: bool,
) -> Alternatives:
    judge = measure_of(case, scenario)
    told = [_alternative(case, scenario, plan, choices, judge) for choices in held[1:]]
    some = [programs_of(choices) for choices in held]
    codes = list(case.programs["program"])
    return Alternatives(
        within,
        plan.objective,
        tuple(told),
        most,
        complete,
        tuple(code for code in codes if all(code in one for one in some)),
        tuple(code for code in codes if not any(code in one for one in some)),
    )


def _alternative(case: Case, scenario: Scenario, plan: Plan, choices: Choices, judge: Measure) -> Alternative:
    judged, now, then = (
        evaluate(case, scenario, choices, plan),
        programs_of(plan.choices),
        programs_of(choices),
    )
    if judged.broken:  # what the model allows keeps all rules, so this is a fault of ours
        broken = ", ".join(check.rule for check in judged.broken)
        raise SolverError(
            f"An alternative did not pass the audit: {broken}.",
            [Problem("audit_failed", values={"rules": broken})],
        )
    impact = judge.impact(choices).by_region
    return Alternative(
        choices,
        judged.audit.objective,
        judged.cost,
        len(now ^ then),
        tuple(choice.program for choice in plan.choices if choice.program not in then),
        tuple(choice.program for choice in choices if choice.program not in now),
        tuple((str(region), None if np.isnan(value) else float(value)) for region, value in impact.items()),
    )
