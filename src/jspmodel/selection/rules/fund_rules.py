"""A fund pays only for what it may, and at most its share of a year's cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import isnan

from jspmodel.case import Case
from jspmodel.measure import records, shared_once
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.plan_view import Finding, PlanView, place
from jspmodel.selection.rules.rule import LinearSolution, Relaxation, Rule, Values, all_costs
from jspmodel.selection.variables import Rows, Variables, label, times, total

PERCENT = 0.01
"""A share of a fund gives way by percentage points."""


def fund_shares(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a fund bear at most its share of a year's cost.

    .. math:: \text{pay}_{pft} \le \sigma_{pf} \, \text{cost}_{pt} \qquad \text{for each } p, f, t

    :math:`\sigma_{pf}` is the ``max_share`` of the fund for the programme, else for its dimension, else for
    every programme; there is a row where it is below 1.
    """
    for (code, fund, year), pay in variables.pay.items():
        share = inputs.payers[code][fund]
        if share < 1:
            cost = variables.cost(inputs.proposals[code], year)
            yield label("fund_share", code, fund, year), total([(pay, 1.0)], times(-share, cost)) <= 0


def _asks(inputs: Inputs, codes: tuple[str, ...], _: float) -> Values:
    return {"funds": list(inputs.payers[codes[0]])}


def _gain(dual: float, codes: tuple[str, ...], solution: LinearSolution) -> float:
    """Return what a percentage point of what is paid for a programme in a year brings."""
    pay, program, year = solution.variables.pay, codes[0], int(codes[2])
    funds = (fund for fund in solution.inputs.payers[program] if (program, fund, year) in pay)
    return abs(dual) * (PERCENT * sum(solution.value(pay[program, fund, year]) for fund in funds))


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: a fund with rules pays only for what they allow, and at most its share (Rp billion)."""
    rules, due = _by_fund(plan.case), plan.due
    for payment in plan.paying:
        if rows := rules.get(payment.fund):
            share = _share(rows, payment.program, plan.entries("dimension")[payment.program])
            most = share * due[payment.program][payment.year]
            where = place(program=payment.program, fund=payment.fund, year=payment.year)
            yield payment.amount - most, where


@shared_once
def _by_fund(case: Case) -> dict[str, list[tuple[str, str, float]]]:
    """Return the rows of each fund: programme, dimension, share."""
    rows: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
    for fund, program, dimension, share in records(
        case.fund_rules, "fund", "program", "dimension", "max_share"
    ):
        rows[fund].append((program, dimension, 1.0 if isnan(share) else share))
    return dict(rows)


def _share(rows: list[tuple[str, str, float]], program: str, dimension: str) -> float:
    named = [share for code, _, share in rows if code == program]
    if not named:
        named = [share for code, of, share in rows if not code and of == dimension]
    if not named:
        named = [share for code, of, share in rows if not code and not of]
    if named:
        return named[0]
    return 0.0 if any(share > 0 for *_, share in rows) else 1.0  # rows that only forbid leave the rest open


RULE = Rule(
    "fund_rules",
    audit,
    rows=(fund_shares,),
    relaxations=(
        Relaxation(
            "fund_rules",
            20,
            ("program",),
            row="fund_share",
            each=True,
            asks=_asks,
            most=all_costs,
            gain=_gain,
        ),
    ),
)
