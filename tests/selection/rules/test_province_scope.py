"""All that is tested of the rule province_scope."""

from __future__ import annotations

from jspmodel.selection import select_programs
from jspmodel.selection.rules import province_scope
from selection.rules.audited import Tampered, moved
from selection.rules.bad_data import csv_programs
from selection.rules.clashes import DEAR_IN_B, Clash, wide
from selection.rules.marks import on_paper
from selection.small import make_scenario, places, rows, two_places

NO_REASON = "Any region may join; where another rule forbids it, that one explains itself."
ROWS = {
    province_scope.province_scope: """
        province_scope(Q,A,2027): join(Q,A,2027) - start(Q,2027) = 0
        province_scope(Q,A,2028): join(Q,A,2028) - start(Q,2028) = 0
        province_scope(Q,B,2027): join(Q,B,2027) - start(Q,2027) = 0
        province_scope(Q,B,2028): join(Q,B,2028) - start(Q,2028) = 0
    """,
}
BAD = {
    "province_scope": [(csv_programs("score", "P03,C,1,all,1"), "", "not_in_list", "scope")],
}  # fmt: skip
TAMPERED = Tampered(*moved("Q", regions=("A", "B")), {"program": "Q"}, 1, alone=True)
CLASHES = {
    "province": Clash(
        wide("scope", "province", costs=DEAR_IN_B, program_regions=rows("program region")),
        {"locked_in": ["P"]},
        {"lock P", "province P", "region_funds P", "budget p 2027"},
        {"budget p 2027": 2, "lock P": 1, "province P": 1, "region_funds P": 2},
    ),
}  # fmt: skip


@on_paper("province_scope")
def test_province_scope_and_mandatory_regions():
    # W reaches both regions and pays in both; M may leave out B, whose part is worth less than T in A, but not A.
    case = two_places(
        rows("program name_id duration scope", ("W", "W", 1, "province"), ("M", "M", 1, "joint")),
        rows("program region mandatory", ("M", "A", True), ("M", "B", False)),
        [("W", "A", "build", 0, 1), ("W", "B", "build", 0, 1), ("M", "A", "build", 0, 3), ("M", "B", "build", 0, 1)],
        [("W", "w", 0.1), ("M", "w", 0.3)],
        budget=4,
    )  # fmt: skip
    # M in A and B costs 4 for 30 points; W costs 2 for 10; M in B alone (1) and W would be 15 + 10 for 3.
    plan = select_programs(case, make_scenario())
    assert places(plan) == {"M": ("A", "B")}
