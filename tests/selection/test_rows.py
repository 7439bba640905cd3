"""The rows of all families together, and the objective, for the case of three programmes."""

from __future__ import annotations

import pytest

from selection.rules.every import merged
from selection.rules.three_programs import CASE
from selection.small import scenario, shown, stated, text_rows


def asked():
    """The scenario with the settings of all rules."""
    return scenario(**merged("SETTINGS"))


def test_the_model_holds_the_rows_of_all_families():
    problem = stated(CASE, asked()).problem
    expected = {name: row for text in merged("ROWS").values() for name, row in text_rows(text).items()}
    assert {row.name: shown(row) for row in problem.constraints()} == expected


def test_cuts_can_be_left_out():
    names = {row.name for row in stated(CASE, asked(), cuts=False).problem.constraints()}
    assert not any(name.startswith("year_budget") for name in names)
    assert "fund_budget(prov,2027)" in names


def test_the_objective_weighs_needs_years_and_slopes():
    objective = {v.name: factor for v, factor in stated(CASE, asked()).problem.objective.items()}
    # 100/0.73125 * 1/3 * 0.5625 = 25.6410, times the slope of the piece.
    assert objective["piece(w,A,2027,0)"] == pytest.approx(25.641026)
    assert objective["piece(w,A,2028,1)"] == pytest.approx(25.641026 * 0.75)
    assert objective["piece(j,A,2029,0)"] == pytest.approx(100 / 0.73125 / 3 * 0.075)
    # Budgets add up to 41, so that a rupiah billion costs 1e-4/41 of a point: P from 2027 4 shared, B 1 twice.
    assert objective["start(P,2027)"] == pytest.approx(-4e-4 / 41)
    assert objective["join(P,B,2027)"] == pytest.approx(-2e-4 / 41)


def test_scores_are_shared_among_the_regions_that_join():
    settings = scenario(objective="score")
    objective = {v.name: factor for v, factor in stated(CASE, settings).problem.objective.items()}
    # P has 8 points, three quarters of the people live in A. Most points: 8 + 6 + 5 + 0.5, so the price of
    # money is 19.5e-6/41.
    price = 19.5e-6 / 41
    assert objective["join(P,A,2028)"] == pytest.approx(6 - 2 * price)
    assert objective["join(P,B,2028)"] == pytest.approx(2 - price)
    assert objective["both(P,Q,,0)"] == pytest.approx(0.5)
    assert not any(name.startswith(("piece", "together")) for name in objective)
