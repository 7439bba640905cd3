"""Why a programme can never be in a plan, however much money there is: the rules that clash with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jspmodel.plan import Plan
from jspmodel.scenario import Lock
from jspmodel.selection.infeasibility import Explainer
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.rules import RULES, Constraint
from jspmodel.selection.rules.rule import asking
from jspmodel.solver import Effort


@dataclass(frozen=True)
class Obstacle:
    """A rule that stands in the way.

    Attributes
    ----------
    rule : str
        Its name, as in the audit of a plan.
    codes : tuple of str
        Of what it stands in the way: programmes, region, fund, year ..., as the rule names them.
    """

    rule: str
    codes: tuple[str, ...] = ()


def obstacles(inputs: Inputs, plan: Plan, program: str, effort: Effort) -> tuple[Obstacle, ...]:
    """Return the rules that leave no plan with a programme, however much money funds have.

    An irreducible set: without any one of them the others leave a plan with it (Chinneck, "Feasibility and
    Infeasibility in Optimization", 2008).

    Parameters
    ----------
    inputs : Inputs
    plan : Plan
        Gives the floor of an equity rule.
    program : str
    effort : Effort

    Returns
    -------
    tuple of Obstacle
        Empty where the effort did not suffice to find them.
    """
    rich = {key: amount + inputs.all_costs if amount > 0 else 0.0 for key, amount in inputs.budgets.items()}
    locks = [lock for lock in inputs.scenario.locked_in if lock.program != program]
    demanded = asking(replace(inputs, budgets=rich), locked_in=[*locks, Lock(program=program)])
    floors = [None] if plan.equity is None else [None, plan.equity.floor]
    for floor in floors:
        if conflict := Explainer(demanded, floor, effort).conflict():
            own = Constraint("lock", (program,))
            return tuple(_obstacles(one for one in conflict.constraints if one != own))
    return ()


def _obstacles(constraints: Iterator[Constraint]) -> Iterator[Obstacle]:
    rules = {relaxation.kind: rule.name for rule in RULES for relaxation in rule.relaxations}
    return (Obstacle(rules[one.kind], one.codes) for one in constraints)
