"""The model, stated: its objective and its families of constraints, in order."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pulp

from jspmodel.selection.constraints import demands, effects, money, order, participation, systems
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.objective import OBJECTIVES
from jspmodel.selection.variables import Rows, Variables, make_variables

Family = Callable[[Variables, Inputs], Rows]

FAMILIES: tuple[Family, ...] = (
    participation.start_once,
    participation.join_what_starts,
    participation.province_scope,
    participation.mandatory_regions,
    participation.min_regions,
    participation.coalition_volume,
    participation.maturity,
    demands.locked_in,
    order.requires,
    order.excludes,
    order.max_parallel,
    demands.quick_wins,
    demands.programs_per_dimension,
    systems.new_systems,
    systems.retirements,
    money.costs_paid,
    money.fund_budgets,
    money.fund_shares,
    money.region_funds,
    effects.partners,
    effects.complements,
    effects.delivered_effects,
    effects.worst_off,
)
CUTS: tuple[Family, ...] = (money.year_budgets,)
"""Families that follow from the others: they help the search but would blur the duals."""


@dataclass(frozen=True)
class Formulation:
    """A model as PuLP holds it, and the variables by code."""

    problem: pulp.LpProblem
    variables: Variables
    inputs: Inputs


def formulate(inputs: Inputs, *, cuts: bool = True) -> Formulation:
    """State the model.

    Parameters
    ----------
    inputs : Inputs
    cuts : bool
        Whether to state what follows from the rest too, for the sake of the search.

    Returns
    -------
    Formulation
    """
    problem = pulp.LpProblem("selection", pulp.LpMaximize)
    with without_collector():
        variables = make_variables(problem, inputs)
        problem.setObjective(OBJECTIVES[inputs.scenario.objective](variables, inputs))
        for family in (*FAMILIES, *(CUTS if cuts else ())):
            for name, row in family(variables, inputs):
                problem.addConstraint(row, name)
    return Formulation(problem, variables, inputs)


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
