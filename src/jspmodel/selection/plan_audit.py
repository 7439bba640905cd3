"""Judge a plan from the tables alone: every rule computed again, and the objective."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Audit, Breach, Check, Choice, Payment
from jspmodel.realisation import with_decided
from jspmodel.scenario import Scenario
from jspmodel.selection.objectives import worth_of
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules import RULES, Rule

TOLERANCE = 1e-5
"""Largest violation that passes: Rp 10,000, or a hundred-thousandth of a percentage point."""


@computed_once()
def audit(
    case: Case,
    scenario: Scenario,
    choices: Sequence[Choice],
    payments: Sequence[Payment],
    *,
    floor: float = 0.0,
    rules: Sequence[Rule] = (),
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
    rules : sequence of Rule
        Beside those that every plan keeps.

    Returns
    -------
    Audit
        ``passed`` only if no rule is broken by more than ``TOLERANCE``. A plan that names what the tables do
        not know, or a programme twice, fails under ``known_codes`` and is judged no further.
    """
    scenario = with_decided(case, scenario)
    view = PlanView.of_plan(case, scenario, choices, payments, floor)
    known, *others = (*RULES, *rules)
    first = _check(known.name, known.audit(view))
    if first.worst > 0:
        return Audit(passed=False, objective=0.0, checks=(first,))
    checks = (first, *(_check(rule.name, rule.audit(view)) for rule in others))
    passed = all(check.worst <= TOLERANCE for check in checks)
    return Audit(passed=passed, objective=worth_of(case, scenario)(choices), checks=checks)


def _check(name: str, findings: Iterator[Finding]) -> Check:
    found = [(float(amount), where) for amount, where in findings]
    broken = sorted(((a, w) for a, w in found if a > TOLERANCE), key=lambda breach: -breach[0])
    return Check(
        rule=name,
        checked=len(found),
        worst=max([0.0, *(amount for amount, _ in found)]),
        breaches=tuple(Breach(where=where, amount=amount) for amount, where in broken),
    )
