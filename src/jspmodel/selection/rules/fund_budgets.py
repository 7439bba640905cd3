"""What a fund pays in a year stays within its budget."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from jspmodel.measure import budgets as all_budgets
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.plan_view import Finding, PlanView, place
from jspmodel.selection.rules.rule import Relaxation, Rule, all_costs
from jspmodel.selection.variables import Rows, Variables, label, total


def fund_budgets(variables: Variables, inputs: Inputs) -> Rows:
    r"""Keep what a fund pays in a year within its budget.

    .. math:: \sum_p \text{pay}_{pft} \le B_{ft} \qquad \text{for each } f, t

    :math:`B_{ft}` is the budget in Rp billion, scaled by ``budget_scale``, and what is carried over, which is
    not.
    """
    paid = defaultdict(list)
    for (_, fund, year), pay in variables.pay.items():
        paid[fund, year].append((pay, 1.0))
    for (fund, year), budget in inputs.budgets.items():
        if pairs := paid.get((fund, year)):
            yield label("fund_budget", fund, year), total(pairs) <= budget


def year_budgets(variables: Variables, inputs: Inputs) -> Rows:
    r"""Keep a year's costs within all budgets of the year together.

    .. math:: \sum_p \text{cost}_{pt} \le \sum_f B_{ft} \qquad \text{for each } t

    This follows from the other rows; the solver finds stronger cuts in a row without payments. It is left out
    where duals are read.
    """
    for t in inputs.years:
        costs = [variables.cost(p, t) for p in inputs.proposals.values()]
        budget = sum(amount for (_, year), amount in inputs.budgets.items() if year == t)
        if any(costs):
            yield label("year_budget", t), total(*costs) <= budget


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: what a fund pays in a year stays within its budget (Rp billion)."""
    budgets = all_budgets(plan.case, plan.scenario)
    for (fund, year), amount in plan.paid("fund", "year").items():
        yield amount - budgets.get((fund, year), 0.0), place(fund=fund, year=year)


RULE = Rule(
    "fund_budgets",
    audit,
    rows=(fund_budgets,),
    repeats=(year_budgets,),
    relaxations=(
        Relaxation("budget", 5, ("fund", "year"), row="fund_budget", offered=1, merged=True, most=all_costs),
    ),
)
