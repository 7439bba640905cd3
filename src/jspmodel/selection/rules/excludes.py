"""Programmes that exclude each other are not both in the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import Reason, Relaxation, Rule
from jspmodel.selection.variables import Rows, Variables, label, total


def excludes(variables: Variables, inputs: Inputs) -> Rows:
    r"""Start at most one of two programmes that exclude each other.

    .. math:: \sum_t \text{start}_{pt} + \sum_t \text{start}_{ot} \le 1
    """
    pairs = {frozenset(link[:2]): link[:2] for link in inputs.links("excludes")}
    for code, other in pairs.values():
        if code in inputs.proposals and other in inputs.proposals:
            both = (variables.started(inputs.proposals[q]) for q in (code, other))
            yield label("excludes", code, other), total(*both) <= 1


def refuses(inputs: Inputs, p: Proposal, chosen: Mapping[str, object]) -> Iterator[Reason]:
    """Yield the rival that is in the plan."""
    for one, other, _ in inputs.links("excludes"):
        if p.code in (one, other) and (rival := other if p.code == one else one) in chosen:
            yield "excluded_by", {"program": rival}


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: programmes that exclude each other are not both in the plan."""
    for program, other in plan.links("excludes"):
        yield program in plan.chosen and other in plan.chosen, {"program": program, "other": other}


RULE = Rule(
    "excludes",
    audit,
    rows=(excludes,),
    relaxations=(Relaxation("excludes", 17, ("program", "other"), row="excludes"),),
    refuses=refuses,
)
