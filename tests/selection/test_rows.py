"""The rows of all families together, for the case of three programmes."""

from __future__ import annotations

from selection.objectives import test_gap_closed as gap_closed
from selection.rules.every import merged
from selection.rules.three_programs import CASE
from selection.small import make_scenario, shown, stated, text_rows


def asked():
    """The scenario with the settings of all rules."""
    return make_scenario(**merged("SETTINGS"), **gap_closed.SETTINGS)


def test_the_model_holds_the_rows_of_all_families():
    problem = stated(CASE, asked()).problem
    texts = [*merged("ROWS").values(), *gap_closed.ROWS.values()]
    expected = {name: row for text in texts for name, row in text_rows(text).items()}
    assert {row.name: shown(row) for row in problem.constraints()} == expected


def test_cuts_can_be_left_out():
    names = {row.name for row in stated(CASE, asked(), cuts=False).problem.constraints()}
    assert not any(name.startswith("year_budget") for name in names)
    assert "fund_budget(prov,2027)" in names
