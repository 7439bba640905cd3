"""An agency leads only so many programmes at once."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, isnan

from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import Reason, Relaxation, Rule, Values
from jspmodel.selection.variables import Rows, Variables, label, total


def max_parallel(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let an agency lead at most so many programmes at once.

    .. math:: \sum_{p \in P_a} \; \sum_{s \,:\, s \le t \le s + d_p - 1} \text{start}_{ps} \le K_a
        \qquad \text{for each } t

    :math:`P_a` are the programmes that agency *a* leads, :math:`d_p` is the ``duration`` in years and
    :math:`K_a` the agency's ``max_parallel``.
    """
    for agency, most in inputs.max_parallel.items():
        led = [p for p in inputs.proposals.values() if p.agency == agency]
        for t in inputs.years if len(led) > most else ():
            under_way = [
                (variables.start[p.code, s], 1.0) for p in led for s in p.starts if s <= t <= p.ready(s)
            ]
            yield label("max_parallel", agency, t), total(under_way) <= most


def _asks(inputs: Inputs, codes: tuple[str, ...], _: float) -> Values:
    return {"count": inputs.max_parallel[codes[0]]}


def _gives(inputs: Inputs, codes: tuple[str, ...], floor: float, amount: float) -> Values:
    return {"count": inputs.max_parallel[codes[0]] + ceil(amount - 1e-6)}


def blocks(inputs: Inputs, p: Proposal) -> Iterator[Reason]:
    """Yield that its agency leads as many as it can."""
    if p.agency in inputs.max_parallel:
        yield "agency_busy", {"agency": p.agency}


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: no agency leads more programmes at once than it can."""
    for agency, most in plan.rows("agencies", "agency", "max_parallel"):
        if isnan(most):
            continue
        led = [choice for choice in plan.choices if plan.entries("agency")[choice.program] == agency]
        for year in plan.years:
            at_once = sum(choice.start <= year <= plan.last_year(choice) for choice in led)
            yield at_once - most, {"agency": agency, "year": str(year)}


RULE = Rule(
    "max_parallel",
    audit,
    rows=(max_parallel,),
    relaxations=(
        Relaxation("parallel", 10, ("agency",), row="max_parallel", offered=8, asks=_asks, gives=_gives),
    ),
    blocks=blocks,
)
