"""No more information systems are brought than are retired."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import isnan

from jspmodel.case import Case
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import Assumption, Reason, Relaxation, Rule
from jspmodel.selection.variables import Rows, Variables, label, times, total


def new_systems(variables: Variables, inputs: Inputs) -> Rows:
    r"""Bring no more new systems than go, where ``no_new_systems`` is set.

    .. math:: \sum_p n_p \sum_t \text{start}_{pt} \le \sum_s \text{retired}_s

    :math:`n_p` is ``new_systems``.
    """
    if inputs.scenario.no_new_systems:
        brought = (
            times(p.new_systems, variables.started(p)) for p in inputs.proposals.values() if p.new_systems > 0
        )
        gone = [(retired, -1.0) for retired in variables.retired.values()]
        yield label("new_systems"), total(*brought, gone) <= 0


def retirements(variables: Variables, inputs: Inputs) -> Rows:
    r"""Retire a system once, if a programme that retires it starts.

    .. math:: \text{retired}_s \le \sum_{p \in P_s} \sum_t \text{start}_{pt}

    :math:`P_s` are the programmes that retire system *s*.
    """
    for system, retired in variables.retired.items():
        retiring = (inputs.proposals[p] for p in inputs.retires[system] if p in inputs.proposals)
        started = (times(-1.0, variables.started(p)) for p in retiring)
        yield label("retirement", system), total([(retired, 1.0)], *started) <= 0


def blocks(inputs: Inputs, p: Proposal) -> Iterator[Reason]:
    """Yield that it brings systems, and too few are retired."""
    if inputs.scenario.no_new_systems and p.new_systems > 0:
        yield "new_systems", {"count": int(p.new_systems)}


def assumes(case: Case, scenario: Scenario) -> Iterator[Assumption]:
    """Yield that no more systems come than go."""
    if scenario.no_new_systems:
        yield "no_new_systems", {}


def needs(wide: Inputs, programs: Collection[str]) -> Iterator[str]:
    """Yield what retires systems, where some of them bring new ones."""
    if wide.scenario.no_new_systems and any(wide.proposals[code].new_systems > 0 for code in programs):
        yield from (code for retiring in wide.retires.values() for code in retiring)


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: no more new systems than distinct systems retired."""
    if plan.scenario.no_new_systems:
        rows = plan.rows("program_systems", "program", "system", "action")
        gone = {system for program, system, action in rows if action == "retires" and program in plan.chosen}
        brought = (plan.of(choice, "new_systems") for choice in plan.choices)
        yield sum(count for count in brought if not isnan(count)) - len(gone), {}


RULE = Rule(
    "new_systems",
    audit,
    rows=(new_systems, retirements),
    relaxations=(Relaxation("systems", 11, row="new_systems", offered=9),),
    blocks=blocks,
    assumes=assumes,
    needs=needs,
    off={"no_new_systems": False},
)
