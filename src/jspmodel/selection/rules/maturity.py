"""A region is mature enough for what it joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from math import isnan

from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import LinearSolution, Reason, Relaxation, Rule, Values, figure
from jspmodel.selection.variables import Rows, Variables, label, total


def maturity(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a region be mature enough for what it joins.

    .. math:: (M_p - m_r) \, \text{join}_{prt} \le \sum_o u_o \sum_{s \,:\, s + d_o - 1 < t} \text{join}_{ors}

    What *r* lacks when it joins *p*, ``required_maturity`` :math:`M_p` less its ``maturity`` :math:`m_r`,
    was raised by ``raises_maturity`` :math:`u_o` of each *o* that it joined and that was delivered
    before, after its ``duration`` :math:`d_o` in years. Only regions whose maturity is known are asked.
    """
    raising = defaultdict(list)
    for o in inputs.proposals.values():
        for r in o.regions if o.raises_maturity > 0 else ():
            raising[r].append(o)
    for p in inputs.proposals.values():
        for r in p.regions:
            short = p.required_maturity - inputs.maturity.get(r, p.required_maturity)
            for t in p.starts if short > 0 else ():
                raised = (
                    (variables.join[o.code, r, s], -o.raises_maturity)
                    for o in raising[r]
                    for s in o.starts_ready_by(t - 1)
                )
                row = total([(variables.join[p.code, r, t], short)], raised) <= 0
                yield label("maturity", p.code, r, t), row


def _asks(inputs: Inputs, codes: tuple[str, ...], _: float) -> Values:
    return {"level": figure(inputs, codes[0], "required_maturity")}


def _gain(dual: float, codes: tuple[str, ...], solution: LinearSolution) -> float:
    return abs(dual) * solution.value(solution.variables.join[codes[0], codes[1], int(codes[2])])


def blocks(inputs: Inputs, p: Proposal) -> Iterator[Reason]:
    """Yield that its regions are not mature enough."""
    if p.required_maturity > 0:
        yield "maturity", {"level": p.required_maturity}


def needs(wide: Inputs, programs: Collection[str]) -> Iterator[str]:
    """Yield what raises maturity, where some of them ask for it."""
    if any(wide.proposals[code].required_maturity > 0 for code in programs):
        yield from (p.code for p in wide.proposals.values() if p.raises_maturity > 0)


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: a region is mature enough, counting what it joined and was delivered before."""
    level = dict(plan.rows("regions", "region", "maturity"))
    for choice in plan.choices:
        asked = plan.of(choice, "required_maturity")
        for region in choice.regions:
            if not isnan(asked) and not isnan(level[region]):
                short = asked - level[region] - _raised(plan, region, choice.start)
                yield short, {"program": choice.program, "region": region}


def _raised(plan: PlanView, region: str, before: int) -> float:
    earlier = [o for o in plan.choices if region in o.regions and plan.last_year(o) < before]
    return sum(raised for o in earlier if not isnan(raised := plan.of(o, "raises_maturity")))


RULE = Rule(
    "maturity",
    audit,
    rows=(maturity,),
    relaxations=(Relaxation("maturity", 15, ("program", "region"), row="maturity", asks=_asks, gain=_gain),),
    blocks=blocks,
    needs=needs,
)
