"""All that is tested of the rule closed_years."""

from __future__ import annotations

import pytest

from selection.rules.audited import Tampered, moved
from selection.rules.clashes import YEARS, Clash, programs
from selection.small import may_start, one_place, reasons, starts

AUDITED_SETTINGS = {"closed_years": [2027]}
ROWS = {}
BAD = {}
TAMPERED = Tampered(*moved("S", start=2027), {"program": "S", "year": "2027"}, 1, alone=True)
CLASHES = {
    # 2027 is closed, and the quick win must start then.
    "closed": Clash(
        one_place([("P", 0.3, 1)], budget=1, years=YEARS, programs=programs(("P", "P", 1, True), columns="program name_id duration quick_win")),
        {"min_quick_wins": 1, "closed_years": [2027]},
        {"quick_wins", "closed P"},
        {"quick_wins": 1, "closed P": 1},
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "settings", "expected"),
    [
        ({}, {"closed_years": [2027]}, {"X": 2028}),
        ({"in_annual_plan": True}, {"closed_years": [2027]}, {"X": 2027}),
        ({"last_start": 2027}, {"closed_years": [2027]}, {}),
    ],
)
def test_nothing_starts_in_a_closed_year_unless_it_is_in_the_annual_plan(columns, settings, expected):
    plan = may_start(columns, settings)
    assert starts(plan) == expected
    if not expected:
        assert reasons(plan)["X"] == "no_start_year"
