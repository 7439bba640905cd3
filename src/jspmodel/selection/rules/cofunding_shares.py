"""A region bears at least a share of its own part of a programme's costs: co-funding (dana pendamping)."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.plan_view import Finding, PlanView, place
from jspmodel.selection.rules.rule import (
    Assumption,
    LinearSolution,
    Reason,
    Relaxation,
    Rule,
    Shortage,
    Values,
    all_costs,
)
from jspmodel.selection.variables import Pair, Rows, Variables, label, times, total

PERCENT = 0.01
"""A share gives way by percentage points."""
ENOUGH = 1e-6
"""Rp billion that may be missing."""


def cofunding(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a region bear at least a share of its own part of the costs of what it joins.

    .. math:: \sum_{f \in F_r} \text{pay}_{pft} \ge \sigma_{pr} \sum_s c_{prst} \, \text{join}_{prs}
        \qquad \text{for each joint } p, \text{ region } r, \text{ year } t

    :math:`F_r` are the funds whose ``holder`` is region *r*, :math:`c_{prst}` is what a start in year *s*
    makes due in year *t* for it (Rp billion; shared costs are not in it). :math:`\sigma_{pr}` is the
    ``least_share`` of its ``fiscal_capacity``: that of the row for the programme, else for its dimension,
    else for all programmes; there is a row where it is above 0. A region none of whose funds may pay stays
    away.
    """
    for (code, region), share in _shares(inputs):
        p = inputs.proposals[code]
        for year in inputs.years:
            if own := _own(variables, p, region, year):
                paid = _paid(variables, inputs, p, region, year)
                yield label("cofunding", code, region, year), total(paid, times(-share, own)) >= 0


def _shares(inputs: Inputs) -> Iterator[tuple[tuple[str, str], float]]:
    """Yield the shares of what could start, by programme and region."""
    found = measure.cofunding_shares(inputs.case, inputs.scenario)
    return ((pair, share) for pair, share in found.items() if pair[0] in inputs.proposals)


def _own(variables: Variables, p: Proposal, region: str, year: int) -> list[Pair]:
    """Return what adds up to a region's own part of a programme's cost in a year."""
    dues = ((s, p.due(region, s, year)) for s in p.starts)
    return [(variables.join[p.code, region, s], due) for s, due in dues if due > 0]


def _paid(variables: Variables, inputs: Inputs, p: Proposal, region: str, year: int) -> list[Pair]:
    """Return what adds up to what a region's funds pay for a programme in a year."""
    keys = ((p.code, fund, year) for fund, holder in inputs.holder.items() if holder == region)
    return [(variables.pay[key], 1.0) for key in keys if key in variables.pay]


def _asks(inputs: Inputs, codes: tuple[str, ...], _: float) -> Values:
    share = measure.cofunding_shares(inputs.case, inputs.scenario)[codes[0], codes[1]]
    return {"percent": round(100 * share, 2)}


def _gain(dual: float, codes: tuple[str, ...], solution: LinearSolution) -> float:
    """Return what a percentage point less of the region's own part of a year's cost brings."""
    p = solution.inputs.proposals[codes[0]]
    own = _own(solution.variables, p, codes[1], int(codes[2]))
    return abs(dual) * PERCENT * sum(due * solution.value(join) for join, due in own)


def withheld(inputs: Inputs, p: Proposal, shortage: Shortage) -> Iterator[Reason]:
    """Yield which regions lack money of their own to bear their share, where nothing else is missing.

    Funds that no region holds must have as much left for the programme.
    """
    for year in shortage.missing:
        idle = sum(
            min(shortage.left.get((fund, year), 0.0), share * shortage.due[year])
            for fund, share in inputs.payers[p.code].items()
            if fund not in inputs.holder and inputs.opens.get((p.code, fund), year) <= year
        )
        own = sum(lack for (_, t), lack in shortage.own.items() if t == year)
        if own < shortage.missing[year] - ENOUGH or idle < own - ENOUGH:
            return
    if shortage.own:
        bearers = dict.fromkeys(region for region, _ in shortage.own)
        yield "own_share", {"own_short": sum(shortage.own.values()), "bearers": " ".join(bearers)}


def assumes(case: Case, scenario: Scenario) -> Iterator[Assumption]:
    """Yield that regions bear shares, or that shares are known and are not asked for."""
    if not case.cofunding_shares.empty:
        yield ("cofunding" if scenario.cofunding else "cofunding_off"), {}


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: funds of a region pay at least its share of its own part of each year's cost (Rp billion)."""
    if not plan.scenario.cofunding or plan.case.cofunding_shares.empty:
        return
    paid = plan.paid_by_regions
    for choice in plan.choices:
        for region in choice.regions if plan.entries("scope")[choice.program] != "province" else ():
            share = _asked(plan, choice.program, region)
            for year, parts in plan.costs[choice.program].items() if share else ():
                least = share * parts.get(region, 0.0)
                where = place(program=choice.program, region=region, year=year)
                yield least - paid.get((choice.program, region, year), 0.0), where


def _asked(plan: PlanView, program: str, region: str) -> float:
    """Return the share of the row that names the most: of all programmes, a dimension, a programme."""
    dimension, found = plan.entries("dimension")[program], (0.0, 0.0)
    classes = dict(plan.rows("regions", "region", "fiscal_capacity"))
    columns = ("fiscal_capacity", "program", "dimension", "least_share")
    for of, named, wide, share in plan.rows("cofunding_shares", *columns):
        if of == classes.get(region) and named in ("", program) and wide in ("", dimension):
            found = max(found, (2.0 if named else 1.0 if wide else 0.5, share))
    return found[1]


RULE = Rule(
    "cofunding_shares",
    audit,
    rows=(cofunding,),
    relaxations=(
        Relaxation(
            "cofunding",
            29,
            ("program", "region"),
            row="cofunding",
            offered=19,
            each=True,
            asks=_asks,
            most=all_costs,
            gain=_gain,
        ),
    ),
    withheld=withheld,
    assumes=assumes,
    off={"cofunding": False},
)
