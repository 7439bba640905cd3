"""The model with every rule of the planner made elastic: each may be broken, at a price.

Elastic programming and the filters that use it: Brown and Graves (1975); Chinneck, "Feasibility and
Infeasibility in Optimization" (2008).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pulp

from jspmodel.selection.formulation import Answer, Model
from jspmodel.selection.infeasibility.without_rules import narrowed, states
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.rules import RELAXATIONS, Constraint
from jspmodel.selection.variables import label, make_variables, total
from jspmodel.solver.effort import Effort
from jspmodel.solver.highs import Status

BROKEN = 1e-6
"""Rp billion, programmes, percent: what is less is noise."""
SETTINGS = tuple(kind for kind, relaxation in RELAXATIONS.items() if relaxation.setting)
"""Kinds of which one setting states all constraints."""


@dataclass(frozen=True)
class Stretch:
    """By how much rules are broken in a solution, and when programmes start in it.

    Attributes
    ----------
    status : str
        As in ``Answer``; the rest says nothing unless ``found``.
    amounts : dict of Constraint to float
        Those above noise, in the unit of the rule: Rp billion, programmes, years, regions, percent ...
    starts : dict of program to int
    """

    status: Status
    found: bool
    amounts: dict[Constraint, float]
    starts: dict[str, int]


class Elastic:
    """All rules of a scenario, which can be let go one by one.

    Parameters
    ----------
    wide : Inputs
        What could be done without them (see ``without_rules``).
    inputs : Inputs
    floor : float, optional
        Impact that the equity rule asks for in each region, in percent; none: that rule is not looked at.

    Attributes
    ----------
    rules : tuple of Constraint
    """

    def __init__(self, wide: Inputs, inputs: Inputs, floor: float | None = None) -> None:
        self._wide = narrowed(wide, inputs, with_equity=floor is not None)
        self._problem = pulp.LpProblem("elastic", pulp.LpMaximize)
        self._variables = make_variables(self._problem, self._wide)
        self._slacks: dict[Constraint, list[pulp.LpVariable]] = defaultdict(list)
        soft = []
        for rule, name, row in states(self._variables, self._wide, inputs):
            if rule is None:
                self._problem.addConstraint(row, name)
            else:
                soft.append((rule, row))
        if self._variables.worst is not None:
            held = total([(self._variables.worst, 1.0)]) >= (floor or 0.0)
            self._problem.addConstraint(held, label("floor"))
        for place, (rule, row) in enumerate(soft):
            self._state(rule, row, place)
        self.rules = tuple(self._slacks)
        self._settings = {kind: self._setting(kind) for kind in SETTINGS}
        self._whether = {rule: self._indicator(rule) for rule in self.rules}
        self._problem.setObjective(pulp.LpAffineExpression())
        self._model = Model(self._problem, inputs.scenario.solver)

    def _state(self, rule: Constraint, row: pulp.LpConstraint, place: int) -> None:
        """Add a row that may be broken: <= and = by less, >= by more."""
        if not self._slacks[rule] or RELAXATIONS[rule.kind].each:
            name = label("slack", rule.kind, *rule.codes, place)
            self._slacks[rule].append(self._problem.add_variable(name, 0, None))
        sign = -1.0 if row.sense == pulp.LpConstraintLE else 1.0
        sides = total(row.items(), [(self._slacks[rule][-1], sign)])
        stated = pulp.LpConstraint(sides, row.sense, rhs=-row.constant)
        self._problem.addConstraint(stated, label(rule.kind, *rule.codes, place))

    def _setting(self, kind: str) -> pulp.LpVariable:
        """Return the amount by which the setting of a kind must give way: the most of its rules."""
        most = self._problem.add_variable(label("most", kind), 0, None)
        for rule, slacks in self._slacks.items():
            if rule.kind == kind:
                row = total([(slacks[0], 1.0), (most, -1.0)]) <= 0
                self._problem.addConstraint(row, label("most", kind, *rule.codes))
        return most

    def _indicator(self, rule: Constraint) -> pulp.LpVariable:
        """Return what is 1 if a rule is broken at all."""
        whether = self._problem.add_variable(label("broken", rule.kind, *rule.codes), cat=pulp.LpBinary)
        for place, slack in enumerate(self._slacks[rule]):
            row = total([(slack, 1.0), (whether, -self._most(rule))]) <= 0
            self._problem.addConstraint(row, label("broken", rule.kind, *rule.codes, place))
        return whether

    def _most(self, rule: Constraint) -> float:
        """Return more than a constraint can be broken by."""
        if most := RELAXATIONS[rule.kind].most:
            return most(self._wide, rule.codes)
        scenario, case = self._wide.scenario, self._wide.case
        counts = scenario.min_quick_wins + scenario.min_programs_per_dimension
        return 100.0 + counts + len(case.programs) + len(case.regions)

    def possible(self, kept: Collection[Constraint], effort: Effort, *, relaxed: bool) -> bool | None:
        """Say whether some rules can be kept together, all others being let go.

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
        self._model.aim({})
        answer = self._solve(kept, effort, relaxed=relaxed)
        if answer.status == "infeasible":
            return False
        return True if answer.found else None

    def least(
        self,
        kept: Collection[Constraint],
        effort: Effort,
        *,
        priced: Collection[Constraint] | None = None,
        relaxed: bool = False,
        few: bool = False,
    ) -> Stretch:
        """Break the rules that are not kept by as little as possible.

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
        Stretch
        """
        let_go = [rule for rule in self.rules if rule not in set(kept)]
        self._model.aim(dict(self._prices(let_go if priced is None else priced, few=few)))
        answer = self._solve(kept, effort, relaxed=relaxed)
        if not answer.found:
            return Stretch(answer.status, False, {}, {})
        broken = {rule: sum(answer.of(dict(enumerate(self._slacks[rule]))).values()) for rule in let_go}
        amounts = {rule: amount for rule, amount in broken.items() if amount > BROKEN}
        return Stretch(answer.status, True, amounts, dict(answer.chosen(self._variables.start)))

    def _prices(
        self, let_go: Collection[Constraint], *, few: bool
    ) -> Iterator[tuple[pulp.LpVariable, float]]:
        for rule in let_go:
            if few:
                yield self._whether[rule], -2.0 if RELAXATIONS[rule.kind].offered is None else -1.0
            elif rule.kind in SETTINGS:
                yield self._settings[rule.kind], -1.0
            else:
                yield from ((slack, -1.0) for slack in self._slacks[rule])

    def _solve(self, kept: Collection[Constraint], effort: Effort, *, relaxed: bool) -> Answer:
        held = ((slack, 0.0, 0.0) for rule in kept for slack in self._slacks[rule])
        self._model.limit(held)
        try:
            return self._model.relax(effort) if relaxed else self._model.maximise(0.0, effort=effort)
        finally:
            self._model.reset()
