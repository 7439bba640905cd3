"""All that is tested of the rule min_regions."""

from __future__ import annotations

import pytest

from jspmodel.selection import select_programs
from jspmodel.selection.rules import min_regions
from selection.rules.audited import Tampered, moved
from selection.rules.bad_data import csv_programs
from selection.rules.clashes import Clash, wide
from selection.rules.marks import on_paper, reason
from selection.small import by_program, make_scenario, one_place, places, reasons, rows, two_places

ROWS = {
    min_regions.min_regions: """
        min_regions(P,2027): join(P,A,2027) + join(P,B,2027) - 2 start(P,2027) >= 0
        min_regions(P,2028): join(P,A,2028) + join(P,B,2028) - 2 start(P,2028) >= 0
    """,
}
BAD = {
    "min_regions": [
        (csv_programs("min_regions", "P01,A,1,joint,3"), "", "too_few_regions", "min_regions"),
        (csv_programs("min_regions", "P01,A,1,joint,1.5"), "", "not_whole", "min_regions"),
    ],
}  # fmt: skip
TAMPERED = Tampered(*moved("P", regions=("A",)), {"program": "P"}, 1)  # one of two
CLASHES = {
    # Two regions are there, three are asked for.
    "min_regions": Clash(wide("min_regions", 3), {"locked_in": ["P"]}, {"lock P", "min_regions P"}, {"lock P": 1, "min_regions P": 1}),
}  # fmt: skip


@on_paper("min_regions")
def test_a_programme_that_needs_two_regions():
    # C closes 0.2 where it is, A costs 1 and B 4; asked for two regions it costs 5, so with 4 T is left: 0.1 in A, 5.
    def plan(least, budget):
        case = two_places(
            rows("program name_id duration min_regions", ("C", "C", 1, least), ("T", "T", 1, None)),
            rows("program region", ("C", "A"), ("C", "B"), ("T", "A")),
            [("C", "A", "build", 0, 1), ("C", "B", "build", 0, 4), ("T", "A", "build", 0, 4)],
            [("C", "w", 0.2), ("T", "w", 0.1)],
            budget=budget,
        )
        return select_programs(case, make_scenario())

    alone = plan(1, 4)  # in A or in B it is worth the same, and A is cheaper
    assert places(alone) == {"C": ("A",)}
    assert alone.objective == pytest.approx(10)
    assert places(plan(2, 5)) == {"C": ("A", "B")}
    assert places(plan(2, 4)) == {"T": ("A",)}
    assert reasons(plan(3, 9))["C"] == "coalition_regions"


@reason("coalition_regions")
def test_what_needs_more_regions_than_there_are():
    programs = rows("program name_id duration min_regions", ("X", "X", 1, 2))
    plan = select_programs(one_place([("X", 0.3, 1)], budget=9, programs=programs), make_scenario())
    assert by_program(plan, "X") == ("coalition_regions", {"needed": 2, "possible": 1})
