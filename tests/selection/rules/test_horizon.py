"""All that is tested of the rule horizon."""

from __future__ import annotations

import pytest

from jspmodel.selection import select_programs
from selection.rules.audited import Tampered, moved
from selection.small import make_scenario, may_start, one_place, reasons, rows, starts

ROWS = {}
BAD = {}
TAMPERED = Tampered(*moved("S", start=2031), {"program": "S", "year": "2031"}, 1)
CLASHES = {}


def test_building_must_end_within_the_horizon():
    # Delivered after a year, but paid for over two: in 2028 it would end in 2029.
    costs = rows("program region kind offset amount", ("X", "", "build", 0, 1), ("X", "", "build", 1, 1))
    case = one_place([("X", 0.3, 1)], budget=1, years=(2027, 2028), program_costs=costs)
    assert starts(select_programs(case, make_scenario())) == {"X": 2027}
    closed = select_programs(case, make_scenario(closed_years=[2027]))
    assert reasons(closed) == {"X": "no_start_year"}


@pytest.mark.parametrize(
    ("columns", "settings", "expected"),
    [
        ({"duration": 3}, {}, {}),
        ({}, {"last_year": 2027}, {"X": 2027}),
    ],
)
def test_what_is_begun_ends_within_the_horizon(columns, settings, expected):
    plan = may_start(columns, settings)
    assert starts(plan) == expected
    if not expected:
        assert reasons(plan)["X"] == "no_start_year"
