"""The funds of a region pay only for its own and the shared cost of what it joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from jspmodel.selection.inputs import SHARED, Inputs
from jspmodel.selection.plan_view import Finding, PlanView, place
from jspmodel.selection.rules.rule import Relaxation, Rule, all_costs
from jspmodel.selection.variables import Rows, Variables, label, total


def region_funds(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a region pay for its own and for shared costs of what it joins, not for its neighbours.

    .. math:: \sum_{f \in F_r} \text{pay}_{pft} \le
        \sum_s (c_{prst} + c_{p \emptyset s t}) \, \text{join}_{prs}

    :math:`F_r` are the funds whose ``holder`` is region *r*; :math:`c_{prst}` is what a start in year *s*
    makes due in year *t* for region *r*, :math:`c_{p \emptyset s t}` the shared part (Rp billion).
    """
    paid = defaultdict(list)
    for (code, fund, year), pay in variables.pay.items():
        if fund in inputs.holder:
            paid[code, inputs.holder[fund], year].append((pay, 1.0))
    for (code, region, year), pairs in paid.items():
        p = inputs.proposals[code]
        own = [
            (variables.join[code, region, s], -p.due(region, s, year) - p.due(SHARED, s, year))
            for s in p.starts
        ]
        yield label("region_funds", code, region, year), total(pairs, own) <= 0


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: the funds of a region together pay at most its own and the shared cost (Rp billion)."""
    for (program, region, year), amount in plan.paid_by_regions.items():
        parts = plan.costs[program][year]
        joined = region in plan.chosen[program].regions
        own = parts.get(region, 0.0) + parts.get("", 0.0) if joined else 0.0
        yield amount - own, place(program=program, region=region, year=year)


RULE = Rule(
    "region_funds",
    audit,
    rows=(region_funds,),
    relaxations=(
        Relaxation(
            "region_funds",
            21,
            ("program",),
            row="region_funds",
            each=True,
            most=all_costs,
            together=max,  # a billion helps in one region and year
        ),
    ),
)
