"""The model, stated: its objective and its families of constraints, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pulp

from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.objectives import maximised, objective_of
from jspmodel.selection.rules import RULES, Family, Rule, equity
from jspmodel.selection.variables import Rows, Variables, make_variables

REPEATS: tuple[Family, ...] = tuple(family for rule in RULES for family in rule.repeats)


@dataclass(frozen=True)
class Formulation:
    """A model: what is maximised, and rows that are stated when they are asked for.

    Attributes
    ----------
    objective : LpAffineExpression
    variables : Variables
    inputs : Inputs
    rules : tuple of Rule
        Those that it states.
    families : tuple of callable
        What states its rows, in order.
    """

    objective: pulp.LpAffineExpression
    variables: Variables
    inputs: Inputs
    rules: tuple[Rule, ...]
    families: tuple[Family, ...]

    def rows(self) -> Rows:
        """State the rows, one after the other: a large model need not hold all of them at a time."""
        for family in self.families:
            yield from family(self.variables, self.inputs)

    @cached_property
    def problem(self) -> pulp.LpProblem:
        """The whole model as PuLP holds it: to be read, written to a file or given to another solver."""
        problem = pulp.LpProblem("selection", pulp.LpMaximize)
        problem.setObjective(self.objective)
        for name, row in self.rows():
            problem.addConstraint(row, name)
        return problem


def families(scenario: Scenario) -> tuple[Family, ...]:
    """Return what states the rows that say what a plan is.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    tuple of callable
        Those of the rules, then those of the objective; the last say what regions get of what is delivered.
    """
    ruled = (family for rule in RULES if rule is not equity.RULE for family in rule.rows)
    return (*ruled, *objective_of(scenario).rows, *equity.RULE.rows)


def formulate(inputs: Inputs, *, cuts: bool = True, rules: Sequence[Rule] = ()) -> Formulation:
    """State the model.

    Parameters
    ----------
    inputs : Inputs
    cuts : bool
        Whether to state what follows from the rest too, for the sake of the search.
    rules : sequence of Rule
        Beside those that every plan keeps.

    Returns
    -------
    Formulation

    Raises
    ------
    ValueError
        If a rule has the name of another.
    """
    stated = (*RULES, *rules)
    names = [rule.name for rule in stated]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"rules of the same name: {', '.join(sorted(twice))}")
    own = tuple(family for rule in rules for family in rule.rows)
    variables = make_variables(pulp.LpProblem("selection", pulp.LpMaximize), inputs)
    every = (*families(inputs.scenario), *own, *(REPEATS if cuts else ()))
    return Formulation(maximised(variables, inputs), variables, inputs, stated, every)
