"""Enough quick wins start in the first year."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from jspmodel.case import Case
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import Assumption, Demand, Relaxation, Rule, Values
from jspmodel.selection.variables import Rows, Variables, label, total


def quick_wins(variables: Variables, inputs: Inputs) -> Rows:
    r"""Start enough quick wins in the first year.

    .. math:: \sum_{p \in Q} \text{start}_{p t_1} \ge q

    *Q* are the programmes that are a ``quick_win``, :math:`t_1` is the first year of the plan and *q* is
    ``min_quick_wins``.
    """
    if inputs.scenario.min_quick_wins > 0:
        first = inputs.years[0]
        quick = [p for p in inputs.proposals.values() if p.quick_win and first in p.starts]
        begun = [(variables.start[p.code, first], 1.0) for p in quick]
        yield label("quick_wins"), total(begun) >= inputs.scenario.min_quick_wins


def _asks(inputs: Inputs, codes: tuple[str, ...], _: float) -> Values:
    return {"count": inputs.scenario.min_quick_wins, "year": inputs.years[0]}


def _gives(inputs: Inputs, codes: tuple[str, ...], floor: float, amount: float) -> Values:
    return {"count": inputs.scenario.min_quick_wins - ceil(amount - 1e-6)}


def assumes(case: Case, scenario: Scenario) -> Iterator[Assumption]:
    """Yield how many quick wins are asked for."""
    if scenario.min_quick_wins:
        yield "quick_wins", {"n": scenario.min_quick_wins}


def tells(case: Case, scenario: Scenario) -> Iterator[str]:
    """Yield how many are asked for."""
    if scenario.min_quick_wins:
        yield f"min_quick_wins {scenario.min_quick_wins}"


def single(inputs: Inputs) -> Iterator[Inputs]:
    """Yield the inputs: it asks for one thing."""
    if inputs.scenario.min_quick_wins:
        yield inputs


def meets(inputs: Inputs, wide: Inputs) -> Iterator[str]:
    """Yield all quick wins."""
    if inputs.scenario.min_quick_wins:
        yield from (p.code for p in wide.proposals.values() if p.quick_win)


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: enough quick wins start in the first year."""
    if plan.scenario.min_quick_wins:
        first = [choice for choice in plan.choices if choice.start == plan.years[0]]
        quick = [choice for choice in first if plan.entries("quick_win")[choice.program]]
        yield plan.scenario.min_quick_wins - len(quick), {"year": str(plan.years[0])}


RULE = Rule(
    "quick_wins",
    audit,
    rows=(quick_wins,),
    relaxations=(Relaxation("quick_wins", 2, row="quick_wins", offered=3, asks=_asks, gives=_gives),),
    assumes=assumes,
    demands=Demand(tells, {"min_quick_wins": 0}, single, meets),
)
