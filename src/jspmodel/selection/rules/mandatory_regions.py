"""A region that must take part in a joint programme does."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.selection.inputs import Inputs
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import Relaxation, Rule, staying_away
from jspmodel.selection.variables import Rows, Variables, label, total


def mandatory_regions(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a region that is ``mandatory`` take part in a joint programme that starts.

    .. math:: \text{join}_{prt} = \text{start}_{pt} \qquad \text{for each mandatory } r \text{ and each } t
    """
    for p in inputs.proposals.values():
        for r in p.regions:
            if p.joint and r in p.mandatory:
                for t in p.starts:
                    yield label("mandatory_region", p.code, r, t), total(variables.beyond_start(p, r, t)) == 0


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: a mandatory region takes part."""
    for choice in plan.choices:
        for region in (region for region, mandatory, _ in plan.places_of(choice) if mandatory):
            yield region not in choice.regions, {"program": choice.program, "region": region}


RULE = Rule(
    "mandatory_regions",
    audit,
    rows=(mandatory_regions,),
    relaxations=(
        Relaxation(
            "mandatory", 18, ("program", "region"), row="mandatory_region", each=True, gain=staying_away
        ),
    ),
)
