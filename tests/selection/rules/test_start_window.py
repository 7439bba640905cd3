"""All that is tested of the rule start_window."""

from __future__ import annotations

import pytest

from selection.rules.audited import Tampered, moved
from selection.rules.clashes import TWO, YEARS, Clash, programs
from selection.small import may_start, one_place, reasons, rows, starts

ROWS = {}
BAD = {}
TAMPERED = Tampered(*moved("R", start=2030), {"program": "R", "year": "2030"}, 1)
CLASHES = {
    # Q must be delivered before P starts, so in 2027, but may start in 2028 only.
    "window": Clash(
        one_place(TWO, budget=9, years=YEARS, programs=programs(("P", "P", 1, None), ("Q", "Q", 1, 2028), columns="program name_id duration first_start"),
                  program_links=rows("program other kind", ("P", "Q", "requires"))),
        {"locked_in": ["P"]},
        {"lock P", "window Q", "requires P Q"},
        {"lock P": 1, "window Q": 1, "requires P Q": 1},
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "settings", "expected"),
    [
        ({}, {}, {"X": 2027}),
        ({"first_start": 2028}, {}, {"X": 2028}),
        ({"last_start": 2026}, {}, {}),
    ],
)
def test_a_programme_starts_in_its_window(columns, settings, expected):
    plan = may_start(columns, settings)
    assert starts(plan) == expected
    if not expected:
        assert reasons(plan)["X"] == "no_start_year"
