"""A share of spending goes to some programmes at least, or at most.

What counts is a row of ``spending_rules``: the programmes that have its ``dimension``, ``urusan``,
``spending_kind`` and ``minimum_service``, the funds of its ``fund``, ``fund_kind`` and ``region``, in each
year from ``from_year`` to ``to_year``. The plan is only a part of what these funds spend: what they spend
outside it counts too, on the same (``base_amount``) and in all (``base_total``, below the line of the share).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import isnan
from typing import Any

import pulp

from jspmodel.case import Case
from jspmodel.measure import SpendingRule, plain_rows, records, shared_once, spending_rules
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.left_out import Frees, Part
from jspmodel.selection.rules.rule import (
    Assumption,
    Counted,
    Demand,
    LinearSolution,
    Reason,
    Relaxation,
    Rule,
    Values,
    asking,
)
from jspmodel.selection.variables import Pair, Rows, Variables, label, times, total

PERCENT = 0.01
"""A share gives way by percentage points."""
LEAST, MOST = "spending_least", "spending_most"
"""Kinds of rows, and of what gives way."""


def spending_least(variables: Variables, inputs: Inputs) -> Rows:
    r"""Give some programmes at least a share of what funds spend in a year.

    .. math:: b + \sum_{p \in P, f \in F} \text{pay}_{pft} \ge
        \sigma \Bigl( B + \sum_{p, f \in F} \text{pay}_{pft} \Bigr)
        \qquad \text{for each rule and each of its years } t

    A rule whose ``bound`` is ``min``: *P* are the programmes that it counts, *F* its funds,
    :math:`\sigma` its ``share``, *b* its ``base_amount`` and *B* its ``base_total`` in Rp billion a year.
    Where *F* are all funds, :math:`\text{cost}_{pt}` stands for what they pay.
    """
    for rule in _rules(inputs):
        for year in rule.years if rule.least else ():
            yield label(LEAST, rule.code, year), _balance(rule, year, variables, inputs) >= _gap(rule)


def spending_most(variables: Variables, inputs: Inputs) -> Rows:
    r"""Give some programmes at most a share of what funds spend in a year.

    .. math:: b + \sum_{p \in P, f \in F} \text{pay}_{pft} \le
        \sigma \Bigl( B + \sum_{p, f \in F} \text{pay}_{pft} \Bigr)

    A rule whose ``bound`` is ``max``, with the same symbols.
    """
    for rule in _rules(inputs):
        for year in rule.years if not rule.least else ():
            yield label(MOST, rule.code, year), _balance(rule, year, variables, inputs) <= _gap(rule)


def _rules(inputs: Inputs) -> tuple[SpendingRule, ...]:
    return spending_rules(inputs.case, inputs.scenario)


def _gap(rule: SpendingRule) -> float:
    """Return what spending outside the plan leaves to it."""
    return rule.share * rule.total - rule.amount


def _balance(rule: SpendingRule, year: int, variables: Variables, inputs: Inputs) -> pulp.LpAffineExpression:
    spent = _spent(rule, year, variables, inputs)
    return total(*(times(_factor(rule, program), pairs) for program, pairs in spent.items()))


def _factor(rule: SpendingRule, program: str) -> float:
    return (program in rule.programs) - rule.share


def _spent(rule: SpendingRule, year: int, variables: Variables, inputs: Inputs) -> dict[str, list[Pair]]:
    """Return what adds up to what is spent from the funds of a rule in a year, by programme."""
    if rule.every_fund:
        return {p.code: variables.cost(p, year) for p in inputs.proposals.values()}
    spent: dict[str, list[Pair]] = {}
    for (program, fund, t), pay in variables.pay.items():
        if t == year and fund in rule.funds:
            spent.setdefault(program, []).append((pay, 1.0))
    return spent


def counts(inputs: Inputs, p: Proposal, year: int) -> Iterator[Counted]:
    """Yield the rows of a year."""
    for rule in _rules(inputs):
        if year in rule.years:
            row = label(LEAST if rule.least else MOST, rule.code, year)
            inside = rule.funds.issuperset(inputs.payers[p.code])
            yield Counted(row, _factor(rule, p.code), rule.every_fund, inside)


def _rule_of(inputs: Inputs, codes: tuple[str, ...]) -> SpendingRule:
    return next(rule for rule in _rules(inputs) if rule.code == codes[0])


def _asks(inputs: Inputs, codes: tuple[str, ...], _: float) -> Values:
    rule, table = _rule_of(inputs, codes), inputs.case.spending_rules
    basis = table.loc[table["spending_rule"] == rule.code, "legal_basis"].iloc[0]
    return {"percent": round(100 * rule.share, 2), "basis": basis or "spending_rules.csv"}


def _most(inputs: Inputs, codes: tuple[str, ...]) -> float:
    return inputs.all_costs + _rule_of(inputs, codes).total


def _gain(dual: float, codes: tuple[str, ...], solution: LinearSolution) -> float:
    """Return what a percentage point of all that the share is of brings."""
    rule, inputs = _rule_of(solution.inputs, codes), solution.inputs
    spent = _spent(rule, int(codes[1]), solution.variables, inputs)
    whole = sum(factor * solution.value(one) for pairs in spent.values() for one, factor in pairs)
    return abs(dual) * PERCENT * (rule.total + whole)


def blocks(inputs: Inputs, p: Proposal) -> Iterator[Reason]:
    """Yield the first rule that what it costs makes harder to keep."""
    for rule in _rules(inputs):
        if rule.years and (p.code in rule.programs) != rule.least:
            yield "spending_share", {"spending_rule": rule.code}


def assumes(case: Case, scenario: Scenario) -> Iterator[Assumption]:
    """Yield the rules that hold with their legal basis, then those of the table that do not."""
    held = {rule.code: rule for rule in spending_rules(case, scenario)}
    table = list(plain_rows(case.spending_rules))
    for row in table:
        if row.spending_rule in held:
            name = f"spending_{row.bound}" if row.legal_basis else f"spending_{row.bound}_unfounded"
            yield (
                name,
                {"spending_rule": row.spending_rule, "share": row.share, "basis": row.legal_basis},
            )
    if off := [row.spending_rule for row in table if row.spending_rule not in held]:
        yield "spending_off", {"spending_rules": off}


def tells(case: Case, scenario: Scenario) -> Iterator[str]:
    """Yield the rules that an empty plan would break."""
    yield from (f"spending_rules {rule.code}" for rule in _demanding(case, scenario))


def single(inputs: Inputs) -> Iterator[Inputs]:
    """Yield inputs with one of these rules each."""
    for rule in _demanding(inputs.case, inputs.scenario):
        yield asking(inputs, spending_rules=[rule.code])


def meets(inputs: Inputs, wide: Inputs) -> Iterator[str]:
    """Yield the programmes that make up for what is lacking outside the plan."""
    for rule in _demanding(inputs.case, inputs.scenario):
        yield from _helping(rule, wide)


def _demanding(case: Case, scenario: Scenario) -> Iterator[SpendingRule]:
    return (rule for rule in spending_rules(case, scenario) if rule.years and rule.lacking > 0)


def _helping(rule: SpendingRule, wide: Inputs) -> Iterator[str]:
    """Yield the programmes whose spending makes a rule easier to keep."""
    return (code for code in wide.proposals if (code in rule.programs) == rule.least)


def needs(wide: Inputs, programs: Collection[str]) -> Iterator[str]:
    """Yield what spends on the other side of the balance, where some of them spend on one."""
    for rule in _rules(wide):
        if any((code in rule.programs) != rule.least for code in programs):
            yield from _helping(rule, wide)


def parts(case: Case, scenario: Scenario) -> Iterator[Part]:
    """Yield each row of the table that holds in a year of the plan."""
    yield from (
        Part("spending_rule", r.code, _without(r.code)) for r in spending_rules(case, scenario) if r.years
    )


def _without(code: str) -> Frees:
    def frees(case: Case, scenario: Scenario) -> tuple[Case, Scenario]:
        kept = [rule.code for rule in spending_rules(case, scenario) if rule.code != code]
        return case, scenario.model_copy(update={"spending_rules": kept})

    return frees


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: programmes that count have their share of each year, at least or at most (Rp billion)."""
    asked, paid = plan.scenario.spending_rules, plan.paid("program", "fund", "year")
    for row, funds in _rows(plan.case):
        if asked is not None and row["spending_rule"] not in asked:
            continue
        for year in plan.years:
            if row["from_year"] > year or row["to_year"] < year:  # blank is neither
                continue
            here = [(p, amount) for (p, f, t), amount in paid.items() if t == year and f in funds]
            inside = sum(amount for p, amount in here if _counted(plan, row, p)) + _known(row["base_amount"])
            whole = sum(amount for _, amount in here) + _known(row["base_total"])
            over = inside - row["share"] * whole
            where = {"spending_rule": row["spending_rule"], "year": str(year)}
            yield (over if row["bound"] == "max" else -over), where


def _known(amount: float) -> float:
    return 0.0 if isnan(amount) else amount


@shared_once
def _rows(case: Case) -> list[tuple[dict[Any, Any], set[str]]]:
    """Return the rows of the table, each with the funds that it names, or all where it names none."""
    funds = list(records(case.funds, "fund", "kind", "holder"))
    columns = list(case.spending_rules.columns)
    rows = [dict(zip(columns, values, strict=True)) for values in records(case.spending_rules, *columns)]
    return [(row, {told[0] for told in funds if _named(row, told)}) for row in rows]


def _named(row: dict[Any, Any], fund: tuple[str, str, str]) -> bool:
    columns = ("fund", "fund_kind", "region")
    return all(row[column] in ("", told) for column, told in zip(columns, fund, strict=True))


def _counted(plan: PlanView, row: dict[Any, Any], program: str) -> bool:
    """Return whether a programme has all that a row names."""
    columns = [
        column for column in ("dimension", "urusan", "spending_kind", "minimum_service") if row[column]
    ]
    return all(plan.entries(column)[program] == row[column] for column in columns)


RULE = Rule(
    "spending_rules",
    audit,
    rows=(spending_least, spending_most),
    relaxations=(
        Relaxation(
            LEAST, 22, ("spending_rule", "year"), row=LEAST, offered=13, asks=_asks, most=_most, gain=_gain
        ),
        Relaxation(
            MOST, 23, ("spending_rule", "year"), row=MOST, offered=14, asks=_asks, most=_most, gain=_gain
        ),
    ),
    blocks=blocks,
    assumes=assumes,
    demands=Demand(tells, {"spending_rules": []}, single, meets),
    needs=needs,
    counts=counts,
    parts=parts,
)
