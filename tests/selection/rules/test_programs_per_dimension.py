"""All that is tested of the rule programs_per_dimension."""

from __future__ import annotations

from jspmodel.selection import select_programs
from jspmodel.selection.rules import programs_per_dimension
from selection.rules.audited import Tampered, without
from selection.rules.bad_data import csv_programs
from selection.rules.clashes import TWO, Clash, programs
from selection.rules.marks import on_paper
from selection.small import make_scenario, one_place, rows, starts

SETTINGS = {"min_programs_per_dimension": 2}
AUDITED_SETTINGS = {"min_programs_per_dimension": 1}
NO_REASON = "With a programme more, what it asks for is there as before, or more of it."
ROWS = {
    programs_per_dimension.programs_per_dimension: """
        programs_per_dimension(d): start(P,2027) + start(P,2028) + start(Q,2027) + start(Q,2028) >= 2
    """,
}
BAD = {
    "programs_per_dimension": [
        (csv_programs("dimension", "P01,A,1,joint,life"), "", "unknown_code", "dimension"),
        ({}, "min_programs_per_dimension: 1.5", "setting_whole", "min_programs_per_dimension"),
    ],
}  # fmt: skip
TAMPERED = Tampered(*without("Q"), {"dimension": "e"}, 1)
CLASHES = {
    "dimension": Clash(
        one_place(TWO, budget=9, programs=programs(("P", "P", 1, "d"), ("Q", "Q", 1, "e"), columns="program name_id duration dimension"),
                  dimensions=rows("dimension name_id", ("d", "D"), ("e", "E"))),
        {"min_programs_per_dimension": 3},
        {"dimension d"},
        {"dimension d": 2},
    ),
}  # fmt: skip


@on_paper("programs_per_dimension")
def test_quick_wins_and_dimensions_are_demanded():
    # Only one fits. X is best; the quick win is Y; Z alone is of the dimension e.
    tables = {
        "dimensions": rows("dimension name_id", ("d", "D"), ("e", "E")),
        "programs": rows(
            "program name_id duration dimension quick_win", ("X", "X", 1, "d", False), ("Y", "Y", 1, "d", True), ("Z", "Z", 1, "e", False)
        ),
    }  # fmt: skip
    case = one_place([("X", 0.4, 1), ("Y", 0.3, 1), ("Z", 0.2, 1)], budget=2, **tables)
    assert sorted(starts(select_programs(case, make_scenario()))) == ["X", "Y"]
    assert sorted(starts(select_programs(case, make_scenario(min_programs_per_dimension=1)))) == ["X", "Z"]
    both = make_scenario(min_programs_per_dimension=1, min_quick_wins=1)
    assert sorted(starts(select_programs(case, both))) == ["Y", "Z"]
