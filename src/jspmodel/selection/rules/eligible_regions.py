"""Only regions that may take part in a programme do, and only in what starts."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel import measure
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import Rule
from jspmodel.selection.variables import Rows, Variables, label, total


def join_what_starts(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a region that is free to join only join what starts.

    .. math:: \text{join}_{prt} \le \text{start}_{pt} \qquad \text{for each } p, r, t
    """
    for p in inputs.proposals.values():
        for r in p.regions:
            if p.joint and r not in p.mandatory:
                for t in p.starts:
                    yield label("join_what_starts", p.code, r, t), total(variables.beyond_start(p, r, t)) <= 0


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: only regions that may take part do, each once."""
    eligible = measure.eligible_regions(plan.case)
    for choice in plan.choices:
        for region in choice.regions:
            wrong = choice.regions.count(region) > 1 or region not in eligible[choice.program]
            yield wrong, {"program": choice.program, "region": region}


RULE = Rule("eligible_regions", audit, rows=(join_what_starts,))
