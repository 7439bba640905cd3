"""All that is tested of the rule fund_rules."""

from __future__ import annotations

import pytest

from jspmodel.selection import select_programs
from jspmodel.selection.rules import fund_rules
from selection.rules.audited import Tampered, paid
from selection.rules.bad_data import edited
from selection.rules.clashes import TWO, Clash
from selection.rules.marks import on_paper
from selection.small import make_scenario, one_place, rows

NO_REASON = "How much money is missing is told."
ROWS = {
    fund_rules.fund_shares: """
        fund_share(P,csr,2027): - join(P,A,2027) + pay(P,csr,2027) - 2 start(P,2027) <= 0
    """,
}
BAD = {
    "fund_shares": [
        (edited("fund_rules", "danais,P01,,0.5", "danais,P01,,50"), "", "out_of_range", "max_share"),
        (edited("fund_rules", "danais,P01,,0.5", "danais,P01,living,0.5"), "", "rule_names_both",
         "program, dimension"),
        (edited("fund_rules", "danais,P01,,0.5", "danais,,living,0\ndanais,P03,,0"), "", "fund_pays_nothing", "fund"),
    ],
}  # fmt: skip
TAMPERED = Tampered(
    *paid(csr=2.0, prov=1.0), {"program": "P", "fund": "csr", "year": "2027"}, 0.5, alone=True
)  # a quarter of 6 is 1.5
CLASHES = {
    # The one fund may pay for Q only.
    "fund_rules": Clash(
        one_place(TWO, budget=9, fund_rules=rows("fund program max_share", ("f", "Q", 1.0))),
        {"locked_in": ["P"]},
        {"lock P", "fund_rules P"},
        {"lock P": 1, "fund_rules P": 1},
    ),
}  # fmt: skip


@on_paper("fund_shares")
def test_a_fund_with_rules_pays_its_share_of_what_they_name():
    # X costs 10; the grant pays at most 0.3 of X (its own row, before that of its dimension), 3; the rest, 7, is
    # exactly what the province has. A grant of 0.2 leaves 1 unpaid. Without a row the grant pays nothing at all.
    def plan(*rules):
        tables = {
            "funds": rows("fund name_id", ("prov", "APBD"), ("grant", "Hibah")),
            "fund_budgets": rows("fund year amount", ("prov", 2027, 7), ("grant", 2027, 9)),
            "fund_rules": rows("fund program dimension max_share", *rules),
            "programs": rows("program name_id duration dimension", ("X", "X", 1, "d")),
        }
        return select_programs(one_place([("X", 0.3, 10)], budget=0, **tables), make_scenario())

    whole = plan(("grant", "X", "", 0.3), ("grant", "", "d", 1.0))
    assert {item.fund: item.amount for item in whole.funding} == pytest.approx({"prov": 7, "grant": 3})
    assert plan(("grant", "", "d", 0.3)).selected
    assert not plan(("grant", "X", "", 0.2), ("grant", "", "d", 1.0)).selected
    assert not plan(("grant", "Y", "", 1.0)).selected
    # Rows that only forbid leave all else open; beside one that allows they are no more than what is not allowed.
    assert plan(("grant", "Y", "", 0.0)).selected
    assert not plan(("grant", "X", "", 0.0)).selected
    assert not plan(("grant", "", "d", 0.0)).selected
    assert plan(("grant", "X", "", 0.3), ("grant", "", "d", 0.0)).selected
    assert not plan(("grant", "Y", "", 0.0), ("grant", "Z", "", 1.0)).selected
