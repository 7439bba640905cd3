"""Plans as they are customarily made, each legal, beside the best: what they lose, and who pays for that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from math import inf
from typing import Literal

import numpy as np
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import SolverError
from jspmodel.measure import computed_once
from jspmodel.plan import Audit, Choice, Payment, Plan
from jspmodel.processes import process_map
from jspmodel.proof import least_bound
from jspmodel.scenario import Scenario
from jspmodel.selection.explanation import evaluate, hold_floor, other_settings
from jspmodel.selection.formulation import Model, formulate, read_column_map
from jspmodel.selection.inputs import Proposal, read_inputs
from jspmodel.selection.objectives import worth_of
from jspmodel.selection.plan_audit import TOLERANCE, audit
from jspmodel.selection.postoptimal.customary.brought_plans import BroughtPlans, known_choices
from jspmodel.selection.postoptimal.customary.budget_shares import by_agency, by_region, read_costs
from jspmodel.selection.postoptimal.customary.customary_results import (
    Custom,
    CustomaryPlan,
    CustomaryPlans,
    RegionShare,
)
from jspmodel.selection.postoptimal.customary.customary_ways import Followed, Rulebook, Way, follow
from jspmodel.selection.postoptimal.customary.last_year import LastYear, read_last_year
from jspmodel.selection.search import pay, read_choices
from jspmodel.solver import Array


@computed_once()
def customary_plans(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    *,
    last_year: pd.Series[float] | None = None,
    brought: Sequence[Choice] | None = None,
    workers: int = 2,
    progress: Callable[[float], None] | None = None,
) -> CustomaryPlans:
    r"""Make plans as they are customarily made, under the same rules as ours, and tell what they lose.

    Each way goes through the programmes and puts in what fits, at the earliest start, with all regions that
    may take part (else those that fit), with what it requires or not at all; what is locked in or demanded
    comes first, and nothing is taken out again. What a plan is worth less than the best there is lies in
    [max(0, objective - worth), bound - worth], objective and bound being those of our plan.

    - ``by_score``: the highest score first (without scores: the largest gain of the programme by itself)
    - ``by_score_per_rupiah``: the most score per rupiah of cost first
    - ``equal_agencies``: the budgets of each year in equal shares for the agencies that lead proposals, each
      share by score
    - ``equal_regions``: the same for regions, but for budgets of funds that a region holds: those are its own
    - ``last_year``: shares as those of last year
    - ``bargained``: regions take turns in table order, each puts in what gains most in it
    - ``brought``: a plan that somebody brings, cut down to what keeps the rules

    Shares that are not used up go by score to programmes that are not in yet, then to further regions of
    those that are, so that no way is made worse than it is. Where a region stays below the equity
    floor, as much of the way is gone as leaves room for lifting the regions below, by what lifts them most
    per rupiah; then the way goes on.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both. An equity rule asks of each region what it asked for in this plan.
    last_year : Series of float by agency or by region, optional
        Last year's budgets, in any unit.
    brought : sequence of Choice, optional
        A plan that somebody brings, as ``load_choices`` reads it.
    workers : int
        Processes; the answer does not depend on them.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    CustomaryPlans

    Raises
    ------
    DataError
        If last year's split or the plan that is brought has codes that are not known, or figures that are
        none.
    SolverError
        If the plan is of other settings.
    """
    split = None if last_year is None else read_last_year(case, last_year)
    theirs = None if brought is None else known_choices(case, brought)
    usual = _Usual(case, scenario, plan)
    ways = usual.ways(split)
    tasks = len(ways) + (theirs is not None)
    told = None if progress is None else (lambda done: progress(done / tasks))
    followed = process_map(follow, usual.rulebook, list(ways.values()), workers, told)
    found = [
        replace(usual.led_to(custom, one), among=_among(ways[custom]))
        for custom, one in zip(ways, followed, strict=True)
    ]
    if split is None:
        found.insert(list(ways).index("bargained"), CustomaryPlan("last_year", "not_given"))
    if theirs is not None:
        found.append(usual.cut_down(theirs))
        if told is not None:
            told(tasks)
    return CustomaryPlans(plan.objective, plan.bound, plan.cost, usual.listed_by, tuple(found))


class _Usual:
    """Knows the rules that our plan keeps, what lists go by, and how plans compare with ours."""

    def __init__(self, case: Case, scenario: Scenario, plan: Plan) -> None:
        self._case, self._scenario, self._plan = case, scenario, plan
        self._floor = plan.equity.floor if plan.equity else 0.0
        verdict = self._audit(plan.choices, plan.funding)
        if not verdict.passed or abs(verdict.objective - plan.objective) > TOLERANCE:
            raise other_settings()
        self._inputs = read_inputs(case, scenario)
        self._formulation = formulate(self._inputs)
        self._model = Model(self._formulation, scenario.solver)
        hold_floor(self._formulation, self._model, plan)
        self._column_map = read_column_map(self._formulation, self._model)
        self._worth = worth_of(case, scenario)
        self._measure = measure.measure_of(case, scenario)
        self._proposals = list(self._inputs.proposals.values())
        scored = any(proposal.score > 0 for proposal in self._proposals)
        self.listed_by: Literal["score", "gain"] = "score" if scored else "gain"

    @cached_property
    def rulebook(self) -> Rulebook:
        needs = self._measure.needs.sum().to_numpy()
        return Rulebook(
            self._model.matrix.bounded(),
            self._column_map,
            len(self._proposals),
            len(needs),
            tuple(np.argsort(-needs, kind="stable").tolist()),
            self._floor,
        )

    def ways(self, split: LastYear | None) -> dict[Custom, Way]:
        """Return the ways for which all is given."""
        alone = [self._alone(proposal) for proposal in self._proposals]
        by_score = _listed([value for value, _ in alone])
        by_ratio = _listed([_ratio(value, cost) for value, cost in alone])
        dues = read_costs(self._inputs, self._formulation.variables, self._column_map)
        given = self._inputs, dues, self._formulation.variables
        ways: dict[Custom, Way] = {
            "by_score": Way(by_score),
            "by_score_per_rupiah": Way(by_ratio),
            "equal_agencies": Way(by_score, by_agency(*given, None)),
            "equal_regions": Way(by_score, by_region(*given, None)),
        }
        if split is not None:
            shares = by_agency if split.of == "agencies" else by_region
            ways["last_year"] = Way(by_score, shares(*given, split.amounts))
        return {**ways, "bargained": Way(in_turn=True)}

    def _alone(self, proposal: Proposal) -> tuple[float, float]:
        """Return what a list goes by, and the cost, at the earliest start with all who may take part."""
        choice = Choice(program=proposal.code, start=proposal.starts[0], regions=proposal.regions)
        value = proposal.score if self.listed_by == "score" else self._worth([choice])
        return value, self._cost([choice])

    def _cost(self, choices: Sequence[Choice]) -> float:
        years = self._inputs.years
        return sum(float(measure.yearly_costs(self._case, one, years).to_numpy().sum()) for one in choices)

    def led_to(self, custom: Custom, followed: Followed) -> CustomaryPlan:
        """Return where a way leads, beside our plan."""
        plan = self._told(custom, self._read(followed.values))
        unlifted = None if followed.unlifted is None else self._worth(self._read(followed.unlifted))
        lifted = tuple(self._proposals[number].code for number in followed.lifted)
        return replace(plan, unlifted=unlifted, lifted=lifted)

    def _read(self, values: Array) -> tuple[Choice, ...]:
        variables = self._formulation.variables
        return read_choices(values, variables.start, variables.join, self._column_map)

    def cut_down(self, choices: tuple[Choice, ...]) -> CustomaryPlan:
        """Return what is left of a plan that somebody brings."""
        matrix, variables = self._model.matrix.bounded(), self._formulation.variables
        cutter = BroughtPlans(self._case, self._scenario, self._plan, matrix, self._column_map, variables)
        left, dropped = cutter.cut_down(choices)
        broken = evaluate(self._case, self._scenario, left, self._plan).broken
        if broken:
            return CustomaryPlan("brought", "not_legal", broken=broken)
        return replace(self._told("brought", left), dropped=dropped)

    def _told(self, custom: Custom, choices: tuple[Choice, ...]) -> CustomaryPlan:
        """Return a plan beside ours, if it passes the audit; else the rules that it breaks."""
        payments = self._payments(choices)
        verdict = self._audit(choices, payments)
        if not verdict.passed:
            broken = tuple(check for check in verdict.checks if check.worst > TOLERANCE)
            return CustomaryPlan(custom, "not_legal", broken=broken)
        worth, ours = verdict.objective, self._plan
        bound = least_bound(worth, [ours.bound])[0]
        now, then = ({choice.program for choice in some} for some in (ours.choices, choices))
        codes = list(self._case.programs["program"])
        return CustomaryPlan(
            custom,
            "legal",
            choices,
            payments,
            worth,
            ours.objective - worth,
            max(0.0, ours.objective - worth),
            None if bound == inf else max(0.0, bound - worth),
            self._cost(choices),
            tuple(code for code in codes if code in now - then),
            tuple(code for code in codes if code in then - now),
            tuple(self._regions(choices)),
        )

    def _payments(self, choices: tuple[Choice, ...]) -> tuple[Payment, ...]:
        try:
            return pay(self._formulation, self._model, choices)
        except SolverError:  # not to the last rupiah: the audit tells
            return ()

    def _audit(self, choices: Sequence[Choice], payments: Sequence[Payment]) -> Audit:
        return audit(self._case, self._scenario, choices, payments, floor=self._floor)

    def _regions(self, choices: Sequence[Choice]) -> Iterator[RegionShare]:
        impact = self._measure.impact(choices).by_region
        for ours in self._plan.regions:
            theirs = float(impact[ours.region])
            yield RegionShare(ours.region, ours.impact, None if np.isnan(theirs) else theirs)


def _among(way: Way) -> Literal["agencies", "regions"] | None:
    """Return between whom a way splits the budgets."""
    if way.shares is None:
        return None
    return "regions" if way.shares.leads is None else "agencies"


def _ratio(value: float, cost: float) -> float:
    """Return value per rupiah; what is worth something and costs nothing comes first."""
    return value / cost if cost > 0 else inf if value > 0 else 0.0


def _listed(values: Sequence[float]) -> tuple[int, ...]:
    """Return the places of values above 0, the largest first."""
    return tuple(k for k in sorted(range(len(values)), key=lambda k: -values[k]) if values[k] > 0)
