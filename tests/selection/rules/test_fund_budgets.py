"""All that is tested of the rule fund_budgets."""

from __future__ import annotations

import pytest

from jspmodel.selection import select_programs
from jspmodel.selection.rules import fund_budgets
from selection.rules.audited import CHOICES, PAYMENTS, Tampered, broken, judge, paid
from selection.rules.bad_data import edited
from selection.rules.clashes import clash
from selection.rules.marks import clashing, on_paper
from selection.small import make_scenario, one_place, starts

NO_REASON = "How much money is missing is told."
ROWS = {
    fund_budgets.fund_budgets: """
        fund_budget(prov,2027): pay(P,prov,2027) + pay(Q,prov,2027) <= 10
        fund_budget(prov,2028): pay(P,prov,2028) + pay(Q,prov,2028) <= 10
        fund_budget(prov,2029): pay(P,prov,2029) + pay(Q,prov,2029) + pay(R,prov,2029) <= 10
        fund_budget(own%2DA,2027): pay(P,own%2DA,2027) + pay(Q,own%2DA,2027) <= 3
        fund_budget(own%2DA,2028): pay(P,own%2DA,2028) + pay(Q,own%2DA,2028) <= 3
        fund_budget(own%2DA,2029): pay(P,own%2DA,2029) + pay(Q,own%2DA,2029) + pay(R,own%2DA,2029) <= 3
        fund_budget(csr,2027): pay(P,csr,2027) <= 2
    """,
    fund_budgets.year_budgets: """
        year_budget(2027): join(P,A,2027) + 4 start(P,2027) + 3 start(Q,2027) <= 15
        year_budget(2028): join(P,A,2027) + join(P,A,2028) + join(P,B,2027) + 4 start(P,2028) + 3 start(Q,2027) \
+ 3 start(Q,2028) <= 13
        year_budget(2029): join(P,A,2028) + join(P,B,2027) + join(P,B,2028) + 5 join(R,A,2029) + 3 start(Q,2028) <= 13
    """,
}
BAD = {
    "fund_budgets": [
        (edited("fund_budgets", "apbd,2027,4", "apbd,2027,-4"), "", "negative", "amount"),
        (edited("fund_budgets", "danais,2027,1\n", ""), "", "fund_without_budget", "fund"),
        (edited("fund_budgets", "danais,2027", "danis,2027"), "", "unknown_code", "fund"),
    ],
    "year_budgets": [({}, "last_year: 2031", "years_without_budget", "last_year")],
}  # fmt: skip
TAMPERED = Tampered(*paid(prov=0.5, own=4.5, csr=1.0), {"fund": "own-A", "year": "2027"}, 0.5, alone=True)
CLASHES = {}


@on_paper("fund_budgets", "year_budgets")
def test_a_budget():
    # Budget 9. X alone closes 30 (Y or Z no longer fit: 6 + 4 > 9); Y and Z close phi(0.4) = 40 for 9.
    case = one_place([("X", 0.3, 6), ("Y", 0.2, 4), ("Z", 0.2, 5)], budget=9)
    plan = select_programs(case, make_scenario())
    assert starts(plan) == {"Y": 2027, "Z": 2027}
    assert plan.objective == pytest.approx(40)
    assert plan.status == "optimal"
    assert plan.bound == pytest.approx(40, abs=1e-3)
    assert not plan.stopped_by_clock
    assert plan.cost == pytest.approx(9)
    assert [item.impact for item in plan.selected] == pytest.approx([20, 20])
    # X would need 6 and nothing is left. It would raise 0.4 to 0.7, worth 0.3 * 0.75 = 22.5 points for 6: less
    # a rupiah than Y (20 for 4) and Z (20 for 5).
    left = next(item for item in plan.programs if item.program == "X")
    assert left.reason == "less_impact"
    values = dict(left.reason_values)
    assert (values.pop("regions"), values.pop("start"), values.pop("years")) == ("A", 2027, "2027")
    assert values == pytest.approx({"short": 6, "gain": 22.5, "cost": 6})


def test_a_fund_without_a_budget_for_the_year_pays_nothing():
    payments = {**PAYMENTS, ("Q", "prov", 2028): 2.0, ("Q", "csr", 2028): 1.0}
    assert {"fund_budgets", "fund_rules"} <= broken(judge(CHOICES, payments))


@clashing("budget")
def test_two_locks_share_a_budget():
    # Each fits alone (3 of 4), both do not; either way 2 are short, and dropping one lock is enough.
    case = one_place([("P", 0.3, 3), ("Q", 0.2, 3)], budget=4)
    rules, ways = clash(case, make_scenario(locked_in=["P", "Q"]))
    assert rules == {"lock P", "lock Q", "budget f 2027"}
    assert ways == pytest.approx({"budget f 2027": 2, "lock P": 1, "lock Q": 1})
