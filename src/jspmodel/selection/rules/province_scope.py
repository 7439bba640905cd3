"""A programme of the province reaches every region."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.selection.inputs import Inputs
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import Relaxation, Rule, staying_away
from jspmodel.selection.variables import Rows, Variables, label, total


def province_scope(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a programme of the province (``scope``) reach every region.

    .. math:: \text{join}_{prt} = \text{start}_{pt} \qquad \text{for each } r, t
    """
    for p in inputs.proposals.values():
        if not p.joint:
            for r in p.regions:
                for t in p.starts:
                    yield label("province_scope", p.code, r, t), total(variables.beyond_start(p, r, t)) == 0


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: a programme of the province reaches every region."""
    for choice in plan.choices:
        if plan.entries("scope")[choice.program] == "province":
            yield len(plan.case.regions) - len(choice.regions), {"program": choice.program}


RULE = Rule(
    "province_scope",
    audit,
    rows=(province_scope,),
    relaxations=(
        Relaxation("province", 19, ("program",), row="province_scope", each=True, gain=staying_away),
    ),
)
