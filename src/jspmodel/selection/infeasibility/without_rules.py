"""The case as it would be without any rule of the planner, or with what one demand may need."""

from __future__ import annotations

from dataclasses import replace

from jspmodel.scenario import Equity
from jspmodel.selection.inputs import Inputs, read_inputs
from jspmodel.selection.rules import RELAXATIONS, RULES, Demand
from jspmodel.selection.rules.rule import asking

NO_MONEY = 1e-9
"""Rp billion that stand for a budget of nothing: the fund stays in the model, so that it can be raised."""


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
    case, scenario = inputs.case, inputs.scenario
    for relaxation in RELAXATIONS.values():
        if relaxation.frees:
            case, scenario = relaxation.frees(case, scenario)
    wide = read_inputs(case, scenario)
    if not with_equity:
        wide = replace(asking(wide, equity=Equity()), need={}, effects={code: {} for code in wide.effects})
    funds = list(inputs.case.funds["fund"])
    return replace(
        wide,
        payers={p: {f: shares.get(f, 0.0) for f in funds} for p, shares in inputs.payers.items()},
        budgets={(f, t): inputs.budgets.get((f, t), 0.0) or NO_MONEY for f in funds for t in inputs.years},
    )


def narrowed(wide: Inputs, inputs: Inputs, *, everything: bool) -> Inputs:
    """Return the same with only the programmes that are demanded, and all that they may need.

    The rest only takes room.

    Parameters
    ----------
    wide : Inputs
    inputs : Inputs
        What is demanded: its scenario, and the dimensions of its case.
    everything : bool
        Whether any programme may help: where the impact of regions matters, or a rule that does not say.

    Returns
    -------
    Inputs
    """
    asked = {key: getattr(inputs.scenario, key) for demand in single_demands() for key in demand.off}
    helpful = set(wide.proposals) if everything else _helpful(wide, inputs)
    proposals = {code: p for code, p in wide.proposals.items() if code in helpful}
    case = replace(wide.case, dimensions=inputs.case.dimensions)
    return replace(asking(wide, **asked), case=case, proposals=proposals)


def single_demands() -> list[Demand]:
    """Return what rules ask for that can be looked at one by one, before any search."""
    return [rule.demands for rule in RULES if rule.demands and rule.demands.single]


def _helpful(wide: Inputs, inputs: Inputs) -> set[str]:
    known = set(wide.proposals)
    found = known & {code for one in single_demands() if one.meets for code in one.meets(inputs, wide)}
    before: set[str] = set()
    while found != before:
        before = set(found)
        found |= known & {code for rule in RULES if rule.needs for code in rule.needs(wide, before)}
    return found
