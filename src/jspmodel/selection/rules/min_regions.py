"""A joint programme has enough regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil, isnan

from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import Reason, Relaxation, Rule, Values, figure, per_start
from jspmodel.selection.variables import Rows, Variables, label, total


def min_regions(variables: Variables, inputs: Inputs) -> Rows:
    r"""Give a joint programme enough regions.

    .. math:: \sum_r \text{join}_{prt} \ge m_p \, \text{start}_{pt} \qquad \text{for each } t

    :math:`m_p` is ``min_regions``, at least one; nothing is asked of a programme that has no regions at all.
    """
    for p in inputs.proposals.values():
        if p.joint and p.regions and len(p.mandatory) < p.min_regions:
            for t in p.starts:
                joined = [(variables.join[p.code, r, t], 1) for r in p.regions]
                row = total(joined, [(variables.start[p.code, t], -p.min_regions)]) >= 0
                yield label("min_regions", p.code, t), row


def _asks(inputs: Inputs, codes: tuple[str, ...], _: float) -> Values:
    return {"count": figure(inputs, codes[0], "min_regions")}


def _gives(inputs: Inputs, codes: tuple[str, ...], floor: float, amount: float) -> Values:
    return {"count": _asks(inputs, codes, floor)["count"] - ceil(amount - 1e-6)}


def refuses(inputs: Inputs, p: Proposal, chosen: Mapping[str, object]) -> Iterator[Reason]:
    """Yield that too few regions may take part."""
    if p.joint and p.regions and len(p.regions) < p.min_regions:
        yield "coalition_regions", {"needed": p.min_regions, "possible": len(p.regions)}


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: a joint programme that has regions has enough of them, at least one."""
    for choice in plan.choices:
        joint = plan.entries("scope")[choice.program] != "province"
        if joint and plan.places_of(choice):
            asked = plan.of(choice, "min_regions")
            yield (1 if isnan(asked) else asked) - len(choice.regions), {"program": choice.program}


RULE = Rule(
    "min_regions",
    audit,
    rows=(min_regions,),
    relaxations=(
        Relaxation(
            "min_regions", 13, ("program",), row="min_regions", asks=_asks, gives=_gives, gain=per_start
        ),
    ),
    refuses=refuses,
)
