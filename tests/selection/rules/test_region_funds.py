"""All that is tested of the rule region_funds."""

from __future__ import annotations

import pytest

from jspmodel.selection import select_programs
from jspmodel.selection.rules import region_funds
from selection.rules.audited import CHOICES, PAYMENTS, Tampered
from selection.rules.bad_data import edited
from selection.rules.clashes import DEAR_IN_B, Clash, wide
from selection.rules.marks import on_paper
from selection.small import make_scenario, places, rows, two_places

NO_REASON = "How much money is missing is told."
ROWS = {
    region_funds.region_funds: """
        region_funds(P,A,2027): - 5 join(P,A,2027) + pay(P,own%2DA,2027) <= 0
        region_funds(P,A,2028): - join(P,A,2027) - 5 join(P,A,2028) + pay(P,own%2DA,2028) <= 0
        region_funds(P,A,2029): - join(P,A,2028) + pay(P,own%2DA,2029) <= 0
        region_funds(Q,A,2027): - 3 join(Q,A,2027) + pay(Q,own%2DA,2027) <= 0
        region_funds(Q,A,2028): - 3 join(Q,A,2027) - 3 join(Q,A,2028) + pay(Q,own%2DA,2028) <= 0
        region_funds(Q,A,2029): - 3 join(Q,A,2028) + pay(Q,own%2DA,2029) <= 0
        region_funds(R,A,2029): - 5 join(R,A,2029) + pay(R,own%2DA,2029) <= 0
    """,
}
BAD = {
    "region_funds": [
        ({"funds": "fund,name_id,holder\napbd,APBD,34.1\ndanais,Dana,\n"}, "", "code_as_number", "holder"),
        (edited("program_costs", "P01,34.10,build", "P03,34.99,build"), "", "unknown_code", "region"),
    ],
}  # fmt: skip
TAMPERED = Tampered(
    CHOICES,
    {key: amount for key, amount in PAYMENTS.items() if key[0] != "S"} | {("S", "own-A", 2028): 1.0},
    {"program": "S", "region": "A", "year": "2028"},
    1,
    alone=True,
)
CLASHES = {
    # Both take part, B costs 3, which A may not pay; the province has 1 and pays for the shared part or for B.
    "region_funds": Clash(
        wide("min_regions", 2, costs=DEAR_IN_B),
        {"locked_in": ["P"]},
        {"lock P", "min_regions P", "region_funds P", "budget p 2027"},
        {"budget p 2027": 2, "lock P": 1, "min_regions P": 1, "region_funds P": 2},
    ),
}  # fmt: skip


@on_paper("region_funds")
def test_a_region_does_not_pay_for_its_neighbour():
    # A holds 10, the province 1. C costs 1 shared and 4 in B, for B alone: A may pay nothing of it.
    # D costs 1 shared, 4 in A, 4 in B. Joined by A alone it costs 5, and A may pay all of it.
    funds = {
        "funds": rows("fund name_id holder", ("own", "APBD A", "A"), ("prov", "APBD", "")),
        "fund_budgets": rows("fund year amount", ("own", 2027, 10), ("prov", 2027, 1)),
    }
    case = two_places(
        rows("program name_id duration", ("C", "C", 1), ("D", "D", 1)),
        rows("program region", ("C", "B"), ("D", "A"), ("D", "B")),
        [("C", "", "build", 0, 1), ("C", "B", "build", 0, 4), *(("D", r, "build", 0, 4) for r in "AB"), ("D", "", "build", 0, 1)],
        [("C", "w", 0.4), ("D", "w", 0.2)],
        budget=0,
        funds=funds,
    )  # fmt: skip
    plan = select_programs(case, make_scenario())
    assert places(plan) == {"D": ("A",)}
    assert {(item.program, item.fund): item.amount for item in plan.funding} == {("D", "own"): 5}
    # C lacks 5 - 1 = 4.
    left = next(item for item in plan.programs if item.program == "C")
    assert left.reason_values["short"] == pytest.approx(4)
