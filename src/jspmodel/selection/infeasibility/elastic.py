"""The model with every rule of the planner made elastic: each may be broken, at a price.

Elastic programming and the filters that use it: Brown and Graves (1975); Chinneck, "Feasibility and
Infeasibility in Optimization" (2008).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pulp

from jspmodel.selection.formulation import Model
from jspmodel.selection.infeasibility.soft import Soft
from jspmodel.selection.infeasibility.without_rules import narrowed
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.rules import Constraint
from jspmodel.selection.variables import label, make_variables, total
from jspmodel.solver import Effort, SearchResult

BROKEN = 1e-6
"""Rp billion, programmes, percent: what is less is noise."""


@dataclass(frozen=True)
class Violations:
    """By how much constraints are broken in a solution, and when programmes start in it.

    Attributes
    ----------
    result : SearchResult
        The solution; the rest says nothing where there is none.
    amounts : dict of Constraint to float
        Those above noise, in the unit of the constraint: Rp billion, programmes, years, regions, percent ...
    starts : dict of program to int
    """

    result: SearchResult
    amounts: dict[Constraint, float]
    starts: dict[str, int]


class Elastic:
    """All constraints of a scenario's rules, which can be let go one by one.

    Parameters
    ----------
    wide : Inputs
        What could be done without them (see ``without_rules``).
    inputs : Inputs
    floor : float, optional
        Impact that the equity rule asks for in each region, in percent; none: that rule is not looked at.
    soft : Soft, optional
        What can be let go; default: what a planner can change of the rules that every plan keeps.

    Attributes
    ----------
    constraints : tuple of Constraint
    """

    def __init__(
        self, wide: Inputs, inputs: Inputs, floor: float | None = None, soft: Soft | None = None
    ) -> None:
        self._soft = soft = soft or Soft()
        self._wide = narrowed(wide, inputs, everything=floor is not None or bool(soft.own))
        self._problem = pulp.LpProblem("elastic", pulp.LpMaximize)
        self._variables = make_variables(self._problem, self._wide)
        self._slacks: dict[Constraint, list[pulp.LpVariable]] = defaultdict(list)
        stated = []
        for constraint, name, row in soft.states(self._variables, self._wide, inputs):
            if constraint is None:
                self._problem.addConstraint(row, name)
            else:
                stated.append((constraint, row))
        if self._variables.worst is not None:
            held = total([(self._variables.worst, 1.0)]) >= (floor or 0.0)
            self._problem.addConstraint(held, label("floor"))
        self._most: dict[Constraint, float] = {}
        for place, (constraint, row) in enumerate(stated):
            self._state(constraint, row, place)
        self.constraints = tuple(self._slacks)
        self._settings = {group: self._setting(group) for group in soft.settings}
        self._whether = {constraint: self._indicator(constraint) for constraint in self.constraints}
        self._problem.setObjective(pulp.LpAffineExpression())
        self._model = Model(self._problem, inputs.scenario.solver)

    def _state(self, constraint: Constraint, row: pulp.LpConstraint, place: int) -> None:
        """Add a row that may be broken: <= and = by less, >= by more."""
        if not self._slacks[constraint] or self._soft[constraint].each:
            name = label("slack", *_name(constraint), place)
            self._slacks[constraint].append(self._problem.add_variable(name, 0, None))
        sign = -1.0 if row.sense == pulp.LpConstraintLE else 1.0
        sides = total(row.items(), [(self._slacks[constraint][-1], sign)])
        stated = pulp.LpConstraint(sides, row.sense, rhs=-row.constant)
        self._problem.addConstraint(stated, label("soft", *_name(constraint), place))
        self._most[constraint] = max(self._most.get(constraint, 0.0), self._most_of(constraint, row))

    def _setting(self, group: tuple[str, str]) -> pulp.LpVariable:
        """Return the amount by which the setting of a group must give way: the most of its constraints."""
        most = self._problem.add_variable(label("most", *group), 0, None)
        for constraint, slacks in self._slacks.items():
            if constraint.group == group:
                row = total([(slacks[0], 1.0), (most, -1.0)]) <= 0
                self._problem.addConstraint(row, label("most", *_name(constraint)))
        return most

    def _indicator(self, constraint: Constraint) -> pulp.LpVariable:
        """Return what is 1 if a constraint is broken at all."""
        whether = self._problem.add_variable(label("broken", *_name(constraint)), cat=pulp.LpBinary)
        for place, slack in enumerate(self._slacks[constraint]):
            row = total([(slack, 1.0), (whether, -self._most[constraint])]) <= 0
            self._problem.addConstraint(row, label("broken", *_name(constraint), place))
        return whether

    def _most_of(self, constraint: Constraint, row: pulp.LpConstraint) -> float:
        """Return more than a constraint can be broken by in a row."""
        if constraint.own:
            return 1.0 + _reach(row, self._wide.all_costs)
        if most := self._soft[constraint].most:
            return most(self._wide, constraint.codes)
        scenario, case = self._wide.scenario, self._wide.case
        counts = scenario.min_quick_wins + scenario.min_programs_per_dimension
        return 100.0 + counts + len(case.programs) + len(case.regions)

    def possible(self, kept: Collection[Constraint], effort: Effort, *, relaxed: bool) -> bool | None:
        """Say whether some constraints can be kept together, all others being let go.

        Parameters
        ----------
        kept : collection of Constraint
        effort : Effort
        relaxed : bool
            Whether to ask the linear relaxation only: what is impossible there is impossible.

        Returns
        -------
        bool or None
            None if the effort did not suffice.
        """
        self._model.set_objective({})
        result = self._solve(kept, effort, relaxed=relaxed)
        if result.status == "infeasible":
            return False
        return None if result.values is None else True

    def least(
        self,
        kept: Collection[Constraint],
        effort: Effort,
        *,
        priced: Collection[Constraint] | None = None,
        relaxed: bool = False,
        few: bool = False,
    ) -> Violations:
        """Break the constraints that are not kept by as little as possible.

        Parameters
        ----------
        kept : collection of Constraint
        effort : Effort
        priced : collection of Constraint, optional
            Those of them that count; default: all.
        relaxed : bool
            Whether to solve the linear relaxation only.
        few : bool
            Whether to break as few as possible, instead of by as little as possible.

        Returns
        -------
        Violations
        """
        let_go = [constraint for constraint in self.constraints if constraint not in set(kept)]
        model = self._model
        model.set_objective(dict(self._prices(let_go if priced is None else priced, few=few)))
        result = self._solve(kept, effort, relaxed=relaxed)
        if result.values is None:
            return Violations(result, {}, {})
        slacks = {one: dict(enumerate(self._slacks[one])) for one in let_go}
        broken = {one: sum(model.read(result.values, own).values()) for one, own in slacks.items()}
        amounts = {constraint: amount for constraint, amount in broken.items() if amount > BROKEN}
        starts = model.read(result.values, self._variables.start)
        return Violations(result, amounts, dict(key for key, value in starts.items() if value > 0.5))

    def _prices(
        self, let_go: Collection[Constraint], *, few: bool
    ) -> Iterator[tuple[pulp.LpVariable, float]]:
        for constraint in let_go:
            if few:
                hard = self._soft[constraint].offered is None
                yield self._whether[constraint], -2.0 if hard else -1.0
            elif constraint.group in self._settings:
                yield self._settings[constraint.group], -1.0
            else:
                yield from ((slack, -1.0) for slack in self._slacks[constraint])

    def _solve(self, kept: Collection[Constraint], effort: Effort, *, relaxed: bool) -> SearchResult:
        held = ((slack, 0.0, 0.0) for constraint in kept for slack in self._slacks[constraint])
        self._model.set_bounds(held)
        try:
            return self._model.relax(effort) if relaxed else self._model.maximise(0.0, effort)
        finally:
            self._model.reset_bounds()


def _name(constraint: Constraint) -> tuple[str, ...]:
    return (*constraint.group, *constraint.codes)


def _reach(row: pulp.LpConstraint, dearest: float) -> float:
    """Return how far the sides of a row can be apart: all costs stand for what a payment can be at most."""
    low = high = float(row.constant)
    for variable, factor in row.items():
        most = factor * (dearest if variable.upBound is None else variable.upBound)
        low, high = low + min(0.0, most), high + max(0.0, most)
    return max(abs(low), abs(high))
