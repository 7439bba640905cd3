"""All that is tested of the rule mandatory_regions."""

from __future__ import annotations

import pytest

from jspmodel.selection import select_programs
from jspmodel.selection.rules import mandatory_regions
from selection.rules.audited import Tampered, moved
from selection.rules.clashes import DEAR_IN_B, Clash, wide
from selection.rules.marks import on_paper
from selection.small import make_scenario, places, rows, two_places

NO_REASON = "Any region may join; where another rule forbids it, that one explains itself."
ROWS = {
    mandatory_regions.mandatory_regions: """
        mandatory_region(R,A,2029): join(R,A,2029) - start(R,2029) = 0
    """,
}
BAD = {
    "mandatory_regions": [
        ({"program_regions": "program,region,mandatory\nP01,34.01,always\nP01,34.10,\nP02,34.01,\nP02,34.10,\n"}, "",
         "not_yes_no", "mandatory"),
    ],
}  # fmt: skip
TAMPERED = Tampered(*moved("P", regions=("B", "C")), {"program": "P", "region": "A"}, 1)
CLASHES = {
    # B costs 3, which A may not pay; the province has 1 and pays for the shared part or for B.
    "mandatory": Clash(
        wide("scope", "joint", costs=DEAR_IN_B, program_regions=rows("program region mandatory", ("P", "A", False), ("P", "B", True))),
        {"locked_in": ["P"]},
        {"lock P", "mandatory P B", "region_funds P", "budget p 2027"},
        {"budget p 2027": 2, "lock P": 1, "mandatory P B": 1, "region_funds P": 2},
    ),
}  # fmt: skip


@on_paper("mandatory_regions")
def test_a_mandatory_region_is_not_left_out():
    # Budget 3. M closes 0.3 where it is, A costs 3 and B 1; W, of the province, 0.1 in both for 2. Without a duty
    # M in B and W, 0.1 in A and 0.4 in B: 25 points. With A mandatory M is in A alone (15) or W alone is there (10).
    def plan(mandatory):
        case = two_places(
            rows("program name_id duration scope", ("W", "W", 1, "province"), ("M", "M", 1, "joint")),
            rows("program region mandatory", ("M", "A", mandatory), ("M", "B", False)),
            [("W", "A", "build", 0, 1), ("W", "B", "build", 0, 1), ("M", "A", "build", 0, 3), ("M", "B", "build", 0, 1)],
            [("W", "w", 0.1), ("M", "w", 0.3)],
            budget=3,
        )  # fmt: skip
        return select_programs(case, make_scenario())

    free, bound = plan(mandatory=False), plan(mandatory=True)
    assert places(free) == {"W": ("A", "B"), "M": ("B",)}
    assert free.objective == pytest.approx(25)
    assert places(bound) == {"M": ("A",)}
    assert bound.objective == pytest.approx(15)
