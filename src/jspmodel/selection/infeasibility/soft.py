"""What can be let go where rules clash: what a planner can change, and rules of somebody's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pulp

from jspmodel.selection.formulation import families
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.rules import RELAXATIONS, RULES, Constraint, Relaxation, Rule, constraint_of
from jspmodel.selection.variables import Variables, read_label, total

State = tuple[Constraint | None, str, pulp.LpConstraint]
"""The constraint that a row states (None: it always stands), the row's name and the row."""
WHOLE = Relaxation("", kept=0, each=True)
"""A rule of somebody's own: let go as a whole to see what clashes; no way out touches it."""


class Soft:
    """What can be let go, to see what clashes and to find ways out.

    Parameters
    ----------
    rules : sequence of Rule
        Those that the model states; only those of somebody's own make a difference.
    """

    def __init__(self, rules: Sequence[Rule] = ()) -> None:
        self.own = tuple(rule for rule in rules if rule not in RULES)
        self._relaxations = {("", kind): relaxation for kind, relaxation in RELAXATIONS.items()}
        for rule in self.own:
            self._relaxations[rule.name, WHOLE.kind] = WHOLE
            self._relaxations |= {(rule.name, one.kind): one for one in rule.relaxations}

    def __getitem__(self, constraint: Constraint) -> Relaxation:
        """Return how a constraint can give way."""
        return self._relaxations[constraint.group]

    @property
    def settings(self) -> tuple[tuple[str, str], ...]:
        """Groups of constraints that one setting states all."""
        return tuple(group for group, relaxation in self._relaxations.items() if relaxation.setting)

    def states(self, variables: Variables, wide: Inputs, inputs: Inputs) -> Iterator[State]:
        """Yield each row of the model with the constraint that it states.

        Parameters
        ----------
        variables : Variables
            Of ``wide``.
        wide : Inputs
            See ``without_rules``.
        inputs : Inputs
            The same with all rules.

        Yields
        ------
        tuple of (Constraint or None, str, LpConstraint)
            A row that the model keeps by having no variables has no name.
        """
        for constraint, name, row in self._rows(variables, wide):
            if constraint is None or self[constraint].states is None:
                yield constraint, name, row
        for (own, kind), relaxation in self._relaxations.items():
            if relaxation.states is not None:
                for codes, row in relaxation.states(variables, wide, inputs):
                    yield Constraint(kind, codes, own), "", row

    def _rows(self, variables: Variables, wide: Inputs) -> Iterator[State]:
        for family in families(wide.scenario):
            yield from ((constraint_of(name), name, row) for name, row in family(variables, wide))
        for rule in self.own:
            for name, row in (named for family in rule.rows for named in family(variables, wide)):
                yield from ((_own(rule, name), name, side) for side in _sides(row))


def _sides(row: pulp.LpConstraint) -> Iterator[pulp.LpConstraint]:
    """Yield what an equation asks, as it can be broken to either side; any other row as it is."""
    if row.sense != pulp.LpConstraintEQ:
        yield row
        return
    for sense in (pulp.LpConstraintLE, pulp.LpConstraintGE):
        yield pulp.LpConstraint(total(row.items()), sense, rhs=-row.constant)


def _own(rule: Rule, name: str) -> Constraint:
    """Return the constraint that a row of a rule of somebody's own states, read from its name."""
    row, codes = read_label(name)
    for relaxation in rule.relaxations:
        if relaxation.row == row:
            return Constraint(relaxation.kind, codes[: len(relaxation.codes)], rule.name)
    return Constraint(WHOLE.kind, (), rule.name)
