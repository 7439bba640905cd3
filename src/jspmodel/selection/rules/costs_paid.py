"""All costs are paid, in the year in which they fall due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from jspmodel.selection.inputs import Inputs
from jspmodel.selection.plan_view import Finding, PlanView, place
from jspmodel.selection.rules.rule import Rule
from jspmodel.selection.variables import Rows, Variables, label, times, total


def costs_paid(variables: Variables, inputs: Inputs) -> Rows:
    r"""Have costs paid in the year in which they fall due (Rp billion).

    .. math:: \sum_f \text{pay}_{pft} = \text{cost}_{pt}, \qquad \text{cost}_{pt} = \sum_s \Bigl(
        c_{p \emptyset s t} \, \text{start}_{ps} + \sum_r c_{prst} \, \text{join}_{prs} \Bigr)

    :math:`c_{prst}` is what a start in year *s* makes due in year *t* for region *r* and
    :math:`c_{p \emptyset s t}` the shared part: a build cost if :math:`t = s + \text{offset}`, a run cost if
    :math:`t > s + d_p - 1`, with the ``duration`` :math:`d_p` in years.
    """
    paid = defaultdict(list)
    for (code, _, year), pay in variables.pay.items():
        paid[code, year].append((pay, 1.0))
    for p in inputs.proposals.values():
        for t in inputs.years:
            if cost := variables.cost(p, t):
                yield label("cost_paid", p.code, t), total(paid[p.code, t], times(-1.0, cost)) == 0


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: payments are never negative and add up to the cost of each programme and year (Rp billion)."""
    for payment in plan.paying:
        yield -payment.amount, place(program=payment.program, fund=payment.fund, year=payment.year)
    paid = plan.paid("program", "year")
    for program, costs in plan.due.items():
        for year, cost in costs.items():
            yield abs(cost - paid.get((program, year), 0.0)), place(program=program, year=year)


RULE = Rule("costs_paid", audit, rows=(costs_paid,))
