"""All that is tested of the rule eligible_regions."""

from __future__ import annotations

import pytest

from jspmodel.selection import select_programs
from jspmodel.selection.rules import eligible_regions
from selection.rules.audited import Tampered, moved
from selection.rules.bad_data import csv_programs, edited
from selection.rules.marks import on_paper
from selection.small import make_scenario, places, rows, two_places

ROWS = {
    eligible_regions.join_what_starts: """
        join_what_starts(P,A,2027): join(P,A,2027) - start(P,2027) <= 0
        join_what_starts(P,A,2028): join(P,A,2028) - start(P,2028) <= 0
        join_what_starts(P,B,2027): join(P,B,2027) - start(P,2027) <= 0
        join_what_starts(P,B,2028): join(P,B,2028) - start(P,2028) <= 0
        join_what_starts(R,B,2029): join(R,B,2029) - start(R,2029) <= 0
    """,
}
BAD = {
    "join_what_starts": [
        (edited("program_regions", "P01,34.10", "P01,34.11"), "", "unknown_code", "region"),
        (edited("program_regions", "P01,34.10", "P01,34.01"), "", "duplicate_key", "program, region"),
        (csv_programs("score", "P03,C,1,joint,1"), "", "concerns_nobody", "program"),
    ],
}  # fmt: skip
TAMPERED = Tampered(*moved("R", regions=("A", "B")), {"program": "R", "region": "B"}, 1, alone=True)
CLASHES = {}


@on_paper("join_what_starts")
def test_a_shared_cost_is_paid_once_however_many_join():
    # Shared 6, own 1 each; 0.2 in each region that joins. Alone 7 for 10 points, both 8 for 20. T, for A, gives
    # 0.3, so 15 points, for 7. Budget 8: both join (20). Budget 7: T.
    def case(budget):
        return two_places(
            rows("program name_id duration", ("C", "Bersama", 1), ("T", "Sendiri", 1)),
            rows("program region", ("C", "A"), ("C", "B"), ("T", "A")),
            [("C", "", "build", 0, 6), ("C", "A", "build", 0, 1), ("C", "B", "build", 0, 1), ("T", "A", "build", 0, 7)],
            [("C", "w", 0.2), ("T", "w", 0.3)],
            budget=budget,
        )  # fmt: skip

    plan = select_programs(case(8), make_scenario())
    assert places(plan) == {"C": ("A", "B")}
    assert plan.objective == pytest.approx(20)
    assert plan.cost == pytest.approx(8)
    assert {item.region: item.cost for item in plan.regions} == {"A": 1, "B": 1}
    assert places(select_programs(case(7), make_scenario())) == {"T": ("A",)}
