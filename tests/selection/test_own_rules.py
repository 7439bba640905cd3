"""Rules of somebody's own: stated, kept, audited, told."""

from __future__ import annotations

import pytest

from jspmodel.errors import InfeasibleError
from jspmodel.selection import select_programs
from jspmodel.selection.rules import Rule, label, times, total
from jspmodel.text.reasons import reason_text
from selection.random_cases import best_by_trying, random_case
from selection.small import one_place, reasons, rows, scenario, starts

THREE = one_place([("X", 0.4, 1), ("Y", 0.3, 1), ("Z", 0.2, 1)], budget=9, years=(2027, 2028))


def at_most(most):
    """Let at most so many programmes start in a year."""

    def starts_per_year(variables, inputs):
        for t in inputs.years:
            begun = [(variables.start[p.code, t], 1.0) for p in inputs.proposals.values() if t in p.starts]
            yield label("starts_per_year", t), total(begun) <= most

    def audit(plan):
        for year in plan.years:
            yield sum(choice.start == year for choice in plan.choices) - most, {"year": str(year)}

    return Rule("starts_per_year", audit, rows=(starts_per_year,))


def csr_share(share):
    """Let CSR pay at most a share of all that is spent."""

    def shares(variables, inputs):
        pays = [(pay, 1.0) for pay in variables.pay.values()]
        csr = [(pay, 1.0) for (_, fund, _), pay in variables.pay.items() if fund == "csr"]
        yield label("csr_share"), total(csr, times(-share, pays)) <= 0

    def audit(plan):
        paid = plan.payments.groupby("fund")["amount"].sum()
        yield paid.get("csr", 0.0) - share * paid.sum(), {"fund": "csr"}

    return Rule("csr_share", audit, rows=(shares,))


def test_one_start_a_year_by_hand():
    # The earlier, the longer it works: X in the first year, Y in the second, Z in none.
    assert starts(select_programs(THREE, scenario())) == {"X": 2027, "Y": 2027, "Z": 2027}
    plan = select_programs(THREE, scenario(), rules=[at_most(1)])
    assert starts(plan) == {"X": 2027, "Y": 2028}
    assert {check.rule: check.checked for check in plan.audit.checks}["starts_per_year"] == 2
    assert plan.audit.passed
    assert plan.status == "optimal"


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_refusal_names_the_rule(language):
    plan = select_programs(THREE, scenario(), rules=[at_most(1)])
    assert reasons(plan)["Z"] == "blocked_by"
    values = next(item.reason_values for item in plan.programs if item.program == "Z")
    assert values == {"rules": "starts_per_year"}
    assert "starts_per_year" in reason_text("blocked_by", values, language)


def test_a_rule_about_payments_by_hand():
    # The fund has 1. X takes at least 3 of 4 from CSR, Y 1 of 2; both together 5 of 6.
    tables = {
        "funds": rows("fund name_id", ("f", "Dana"), ("csr", "CSR")),
        "fund_budgets": rows("fund year amount", ("f", 2027, 1), ("csr", 2027, 9)),
    }
    case = one_place([("X", 0.4, 4), ("Y", 0.2, 2)], budget=0, **tables)
    assert set(starts(select_programs(case, scenario()))) == {"X", "Y"}
    assert set(starts(select_programs(case, scenario(), rules=[csr_share(0.5)]))) == {"Y"}
    assert set(starts(select_programs(case, scenario(), rules=[csr_share(0.75)]))) == {"X"}
    assert not starts(select_programs(case, scenario(), rules=[csr_share(0.4)]))


@pytest.mark.parametrize(
    ("seed", "programs", "objective"),
    [*((seed, 2, objective) for seed in range(6) for objective in ("gap_closed", "score")), (6, 3, "score")],
)
def test_no_plan_that_keeps_it_is_better(seed, programs, objective):
    case, settings, own = random_case(seed, programs=programs), scenario(objective=objective), [at_most(1)]
    plan = select_programs(case, settings, rules=own)
    assert plan.objective == pytest.approx(best_by_trying(case, settings, own), abs=1e-4)


def test_a_rule_that_leaves_no_plan():
    with pytest.raises(InfeasibleError):
        select_programs(THREE, scenario(locked_in=["X"]), rules=[at_most(0)])


def test_two_rules_of_one_name():
    with pytest.raises(ValueError, match="starts_per_year"):
        select_programs(THREE, scenario(), rules=[at_most(1), at_most(2)])
    with pytest.raises(ValueError, match="equity"):
        select_programs(THREE, scenario(), rules=[Rule("equity", at_most(1).audit)])
