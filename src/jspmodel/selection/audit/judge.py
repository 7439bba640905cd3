"""All rules of a plan, and the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.plan import Audit, Breach, Check, Choice, Payment
from jspmodel.scenario import Scenario
from jspmodel.selection.audit import money, participation, portfolio
from jspmodel.selection.audit.books import Books, Finding

Rule = Callable[[Books], Iterator[Finding]]

TOLERANCE = 1e-5
"""Largest violation that passes: Rp 10,000, or a hundred-thousandth of a percentage point."""

RULES: dict[str, Rule] = {
    "start_window": participation.start_window,
    "closed_years": participation.closed_years,
    "horizon": participation.horizon,
    "eligible_regions": participation.eligible_regions,
    "province_scope": participation.province_scope,
    "mandatory_regions": participation.mandatory_regions,
    "min_regions": participation.min_regions,
    "coalition_volume": participation.coalition_volume,
    "maturity": participation.maturity,
    "locked_in": portfolio.locked_in,
    "locked_out": portfolio.locked_out,
    "requires": portfolio.requires,
    "excludes": portfolio.excludes,
    "max_parallel": portfolio.max_parallel,
    "quick_wins": portfolio.quick_wins,
    "programs_per_dimension": portfolio.programs_per_dimension,
    "new_systems": portfolio.new_systems,
    "equity": portfolio.equity,
    "costs_paid": money.costs_paid,
    "fund_budgets": money.fund_budgets,
    "fund_rules": money.fund_rules,
    "region_funds": money.region_funds,
}


def audit(
    case: Case,
    scenario: Scenario,
    choices: Sequence[Choice],
    payments: Sequence[Payment],
    *,
    floor: float = 0.0,
) -> Audit:
    """Judge a plan: recompute every rule and the objective from the tables.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    choices : sequence of Choice
        What is carried out.
    payments : sequence of Payment
        Who pays for it.
    floor : float
        Impact that the equity rule asks for in each region with a need, in percent.

    Returns
    -------
    Audit
        ``passed`` only if no rule is broken by more than ``TOLERANCE``. A plan that names what the tables do
        not know, or a programme twice, fails under ``known_codes`` and is judged no further.
    """
    books = Books.open(case, scenario, choices, payments, floor)
    known = _check("known_codes", participation.known_codes(books))
    if known.worst > 0:
        return Audit(passed=False, objective=0.0, checks=(known,))
    checks = (known, *(_check(name, rule(books)) for name, rule in RULES.items()))
    passed = all(check.worst <= TOLERANCE for check in checks)
    return Audit(passed=passed, objective=_objective(case, scenario, choices), checks=checks)


def _check(name: str, findings: Iterator[Finding]) -> Check:
    found = [(float(amount), where) for amount, where in findings]
    broken = sorted(((a, w) for a, w in found if a > TOLERANCE), key=lambda breach: -breach[0])
    return Check(
        rule=name,
        checked=len(found),
        worst=max([0.0, *(amount for amount, _ in found)]),
        breaches=tuple(Breach(where=where, amount=amount) for amount, where in broken),
    )


def _objective(case: Case, scenario: Scenario, choices: Sequence[Choice]) -> float:
    if scenario.objective == "score":
        return measure.score(case, choices)
    return measure.Measure(case, scenario).impact(choices).total
