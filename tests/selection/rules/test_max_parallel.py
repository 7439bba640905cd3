"""All that is tested of the rule max_parallel."""

from __future__ import annotations

import pytest

from jspmodel.selection import select_programs
from jspmodel.selection.rules import max_parallel
from selection.rules.audited import Tampered, moved
from selection.rules.bad_data import AGENCIES, csv_programs
from selection.rules.clashes import AGENCY, BOTH, TWO, Clash, programs
from selection.rules.marks import on_paper, reason
from selection.small import make_scenario, one_place, reasons, rows, starts

ROWS = {
    max_parallel.max_parallel: """
        max_parallel(g,2027): start(P,2027) + start(Q,2027) <= 1
        max_parallel(g,2028): start(P,2028) + start(Q,2027) + start(Q,2028) <= 1
        max_parallel(g,2029): start(Q,2028) <= 1
    """,
}
BAD = {
    "max_parallel": [
        ({"agencies": AGENCIES.format("0")}, "", "out_of_range", "max_parallel"),
        ({"agencies": AGENCIES.format("1.5")}, "", "not_whole", "max_parallel"),
        ({"agencies": AGENCIES.format("1")} | csv_programs("agency", "P01,A,1,joint,h"), "", "unknown_code", "agency"),
    ],
}  # fmt: skip
TAMPERED = Tampered(*moved("Q", start=2027), {"agency": "g", "year": "2027"}, 1)
CLASHES = {
    "parallel": Clash(
        one_place(TWO, budget=9, programs=programs(("P", "P", 1, "g"), ("Q", "Q", 1, "g"), columns="program name_id duration agency"), **AGENCY),
        BOTH,
        {"lock P", "lock Q", "parallel g"},
        {"lock P": 1, "lock Q": 1, "parallel g": 1},
    ),
}  # fmt: skip


@on_paper("max_parallel")
@reason("agency_busy")
def test_an_agency_leads_no_more_than_it_can():
    # X takes two years, Y one; one at a time. 2027-2028: X alone counts in 2028 (30 / 2 = 15); Y in 2027 counts
    # twice (20), X no longer fits. So Y. Over three years X can follow Y: 20 + 0.3 of 2029 = 20 + 10.
    def plan(years):
        tables = {
            "agencies": rows("agency name max_parallel", ("g", "Dinas", 1)),
            "programs": rows("program name_id duration agency", ("X", "X", 2, "g"), ("Y", "Y", 1, "g")),
        }
        case = one_place([("X", 0.3, 1), ("Y", 0.2, 1)], budget=9, years=years, **tables)
        return select_programs(case, make_scenario())

    short = plan((2027, 2028))
    assert starts(short) == {"Y": 2027}
    assert reasons(short)["X"] == "agency_busy"
    # 2027, 2028: 20 points; 2029: 0.2 + 0.3 delivered, phi = 0.4 + 0.1 * 0.75 = 47.5. Mean 29.17.
    long = plan((2027, 2028, 2029))
    assert starts(long) == {"Y": 2027, "X": 2028}
    assert long.objective == pytest.approx((20 + 20 + 47.5) / 3)
