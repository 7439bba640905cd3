"""Which rows state a constraint that a planner can change, and the case as it would be without any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pulp

from jspmodel.scenario import Equity
from jspmodel.selection.formulation import families
from jspmodel.selection.inputs import Inputs, read_inputs
from jspmodel.selection.rules import RELAXATIONS, Constraint, constraint_of
from jspmodel.selection.variables import Variables

NO_MONEY = 1e-9
"""Rp billion that stand for a budget of nothing: the fund stays in the model, so that it can be raised."""


def states(
    variables: Variables, wide: Inputs, inputs: Inputs
) -> Iterator[tuple[Constraint | None, str, pulp.LpConstraint]]:
    """Yield each row of the model: the constraint that it states (None: no planner can change it), its name.

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
    for family in families(wide.scenario):
        for name, row in family(variables, wide):
            constraint = constraint_of(name)
            if constraint is None or RELAXATIONS[constraint.kind].states is None:
                yield constraint, name, row
    for kind, relaxation in RELAXATIONS.items():
        if relaxation.states is not None:
            for codes, row in relaxation.states(variables, wide, inputs):
                yield Constraint(kind, codes), "", row


def without_rules(inputs: Inputs, *, with_equity: bool) -> Inputs:
    """Return what could be done if no rule of the planner stood in the way.

    Windows and closed years are open, nothing is locked out, every fund has some money in every year and may
    pay for everything (a share of 0 becomes a row).

    Parameters
    ----------
    inputs : Inputs
    with_equity : bool
        Whether the impact of regions matters; if not, effects are left out.

    Returns
    -------
    Inputs
    """
    scenario, nowhere = inputs.scenario, float("nan")
    free: dict[str, object] = {"closed_years": [], "locked_out": [], "locked_in": []}
    if not with_equity:
        free |= {"equity": Equity()}
    programs = inputs.case.programs.assign(first_start=nowhere, last_start=nowhere)
    wide = read_inputs(replace(inputs.case, programs=programs), scenario.model_copy(update=free))
    if not with_equity:
        wide = replace(wide, need={}, effects={program: {} for program in wide.effects})
    funds = list(inputs.case.funds["fund"])
    return replace(
        wide,
        payers={p: {f: shares.get(f, 0.0) for f in funds} for p, shares in inputs.payers.items()},
        budgets={(f, t): inputs.budgets.get((f, t), 0.0) or NO_MONEY for f in funds for t in inputs.years},
    )


def narrowed(wide: Inputs, inputs: Inputs, *, with_equity: bool) -> Inputs:
    """Return the same with only the programmes that are demanded, and all that they may need.

    The rest only takes room; where the impact of regions matters, everything may help.

    Parameters
    ----------
    wide : Inputs
    inputs : Inputs
        What is demanded: its scenario, and the dimensions of its case.
    with_equity : bool

    Returns
    -------
    Inputs
    """
    demands = ("min_quick_wins", "min_programs_per_dimension")
    asked = wide.scenario.model_copy(update={key: getattr(inputs.scenario, key) for key in demands})
    helpful = set(wide.proposals) if with_equity else _helpful(wide, inputs)
    proposals = {code: p for code, p in wide.proposals.items() if code in helpful}
    case = replace(wide.case, dimensions=inputs.case.dimensions)
    return replace(wide, case=case, scenario=asked, proposals=proposals)


def _helpful(wide: Inputs, inputs: Inputs) -> set[str]:
    scenario, known = inputs.scenario, wide.proposals
    found = {lock.program for lock in scenario.locked_in} & set(known)
    if scenario.min_quick_wins:
        found |= {p.code for p in known.values() if p.quick_win}
    if scenario.min_programs_per_dimension:
        asked = set(inputs.case.dimensions["dimension"])
        found |= {p.code for p in known.values() if p.dimension in asked}
    before: set[str] = set()
    while found != before:
        before = set(found)
        found |= {other for code, other, _ in wide.links("requires") if code in found and other in known}
        if any(known[code].required_maturity > 0 for code in found):
            found |= {p.code for p in known.values() if p.raises_maturity > 0}
        if scenario.no_new_systems and any(known[code].new_systems > 0 for code in found):
            found |= {code for retiring in wide.retires.values() for code in retiring if code in known}
    return found
