"""A coalition brings enough volume: tonnes, visitors, hectares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isnan

from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import Reason, Relaxation, Rule, Values, figure, per_start, rounded_down
from jspmodel.selection.variables import Rows, Variables, label, total


def coalition_volume(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a coalition bring enough volume.

    .. math:: \sum_r v_{pr} \, \text{join}_{prt} \ge V_p \, \text{start}_{pt} \qquad \text{for each } t

    :math:`v_{pr}` is ``volume`` of the region and :math:`V_p` is ``min_volume``, both in ``volume_unit``.
    """
    for p in inputs.proposals.values():
        if p.min_volume > 0:
            for t in p.starts:
                brought = [(variables.join[p.code, r, t], p.volumes.get(r, 0.0)) for r in p.regions]
                row = total(brought, [(variables.start[p.code, t], -p.min_volume)]) >= 0
                yield label("coalition_volume", p.code, t), row


def _asks(inputs: Inputs, codes: tuple[str, ...], _: float) -> Values:
    return {"volume": figure(inputs, codes[0], "min_volume")}


def _gives(inputs: Inputs, codes: tuple[str, ...], floor: float, amount: float) -> Values:
    return {"volume": rounded_down(_asks(inputs, codes, floor)["volume"] - amount)}


def _most(inputs: Inputs, codes: tuple[str, ...]) -> float:
    return inputs.proposals[codes[0]].min_volume


def refuses(inputs: Inputs, p: Proposal, chosen: Mapping[str, object]) -> Iterator[Reason]:
    """Yield that all regions together bring too little."""
    volume = sum(p.volumes.values())
    if volume < p.min_volume:
        yield "coalition_volume", {"needed": p.min_volume, "possible": volume}


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: a coalition brings enough volume."""
    for choice in plan.choices:
        asked = plan.of(choice, "min_volume")
        if asked > 0:
            places = plan.places_of(choice)
            brought = sum(v for region, _, v in places if region in choice.regions and not isnan(v))
            yield asked - brought, {"program": choice.program}


RULE = Rule(
    "coalition_volume",
    audit,
    rows=(coalition_volume,),
    relaxations=(
        Relaxation(
            "volume",
            14,
            ("program",),
            row="coalition_volume",
            asks=_asks,
            gives=_gives,
            most=_most,
            gain=per_start,
        ),
    ),
    refuses=refuses,
)
