"""The model, stated: its objective and its families of constraints, in order."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pulp

from jspmodel.selection.formulation import effects
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.objective import OBJECTIVES
from jspmodel.selection.rules import RULES, Family, Rule, equity
from jspmodel.selection.variables import Variables, make_variables

FAMILIES: tuple[Family, ...] = (
    *(family for rule in RULES if rule is not equity.RULE for family in rule.rows),
    *(effects.partners, effects.complements, effects.delivered_effects),
    *equity.RULE.rows,
)
"""All rows that say what a plan is: the last say what regions get of what is delivered."""
REPEATS: tuple[Family, ...] = tuple(family for rule in RULES for family in rule.repeats)


@dataclass(frozen=True)
class Formulation:
    """A model as PuLP holds it, the variables by code, and the rules that it states."""

    problem: pulp.LpProblem
    variables: Variables
    inputs: Inputs
    rules: tuple[Rule, ...]


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
    problem = pulp.LpProblem("selection", pulp.LpMaximize)
    with without_collector():
        variables = make_variables(problem, inputs)
        problem.setObjective(OBJECTIVES[inputs.scenario.objective](variables, inputs))
        for family in (*FAMILIES, *own, *(REPEATS if cuts else ())):
            for name, row in family(variables, inputs):
                problem.addConstraint(row, name)
    return Formulation(problem, variables, inputs, stated)


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep the garbage collector from going through millions of new objects that all stay."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
