"""All that is tested of the rule costs_paid."""

from __future__ import annotations

import pytest

from jspmodel.selection import select_programs
from jspmodel.selection.rules import costs_paid
from selection.rules.audited import CHOICES, PAYMENTS, Tampered, broken, judge, paid
from selection.rules.bad_data import edited
from selection.rules.marks import on_paper
from selection.small import make_scenario, one_place, rows, starts

ROWS = {
    costs_paid.costs_paid: """
        cost_paid(P,2027): - join(P,A,2027) + pay(P,csr,2027) + pay(P,own%2DA,2027) + pay(P,prov,2027) \
- 4 start(P,2027) = 0
        cost_paid(P,2028): - join(P,A,2027) - join(P,A,2028) - join(P,B,2027) + pay(P,own%2DA,2028) + pay(P,prov,2028) \
- 4 start(P,2028) = 0
        cost_paid(P,2029): - join(P,A,2028) - join(P,B,2027) - join(P,B,2028) + pay(P,own%2DA,2029) + pay(P,prov,2029) = 0
        cost_paid(Q,2027): pay(Q,own%2DA,2027) + pay(Q,prov,2027) - 3 start(Q,2027) = 0
        cost_paid(Q,2028): pay(Q,own%2DA,2028) + pay(Q,prov,2028) - 3 start(Q,2027) - 3 start(Q,2028) = 0
        cost_paid(Q,2029): pay(Q,own%2DA,2029) + pay(Q,prov,2029) - 3 start(Q,2028) = 0
        cost_paid(R,2029): - 5 join(R,A,2029) + pay(R,own%2DA,2029) + pay(R,prov,2029) = 0
    """,
}
BAD = {
    "costs_paid": [
        (edited("program_costs", "P03,,build,0,2\n", ""), "", "no_cost", "program"),
        (edited("program_costs", "P03,,build,0,2", "P03,,build,,2"), "", "offset_missing", "offset"),
        (edited("program_costs", "P03,,build,0,2", "P03,,build,0,-2"), "", "negative", "amount"),
        (edited("program_costs", "P02,,build,1,3", "P02,,build,1,9"), "", "never_payable", "amount"),
    ],
}  # fmt: skip
TAMPERED = Tampered(*paid(prov=1.4), {"program": "P", "year": "2027"}, 0.1)
CLASHES = {}


@on_paper("costs_paid")
def test_costs_fall_due_year_by_year():
    # X builds 2 and 2 over two years, delivered in the second, then runs for 1 a year. 2027-2029, budgets 2, 2, 1:
    # it can only start in 2027 and counts in 2028 and 2029: 30 * 2/3 = 20. Without the 1 of 2029 it cannot be paid.
    def case(last):
        return one_place(
            [("X", 0.3, 2)],
            budget=0,
            programs=rows("program name_id duration", ("X", "X", 2)),
            program_costs=rows(
                "program region kind offset amount",
                ("X", "", "build", 0, 2), ("X", "", "build", 1, 2), ("X", "A", "run", None, 1),
            ),
            fund_budgets=rows("fund year amount", ("f", 2027, 2), ("f", 2028, 2), ("f", 2029, last)),
        )  # fmt: skip

    plan = select_programs(case(1), make_scenario())
    assert starts(plan) == {"X": 2027}
    assert plan.objective == pytest.approx(20)
    assert {item.year: item.amount for item in plan.funding} == {2027: 2, 2028: 2, 2029: 1}
    assert not select_programs(case(0.5), make_scenario()).selected


def test_negative_payments_are_rejected():
    payments = {**PAYMENTS, ("Q", "prov", 2028): 4.0, ("Q", "own-A", 2028): -1.0}
    assert broken(judge(CHOICES, payments)) == {"costs_paid"}
