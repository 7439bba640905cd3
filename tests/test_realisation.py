"""What became of an adopted plan, and what is planned from there, worked out by hand (see ``adopted``)."""

from __future__ import annotations

from itertools import product

import pytest

from adopted import REALISED, SLIPPED, adopted_plan, case_with, scenario_through
from jspmodel import measure
from jspmodel.errors import DataError
from jspmodel.intake import replanned
from jspmodel.realisation import left_over, standing_of
from jspmodel.selection import select_programs
from selection.small import rows

ADOPTED = adopted_plan()


def stand(realisation, year=2027, case=None, **settings):
    return replanned(case or case_with(realisation), scenario_through(year, **settings), ADOPTED)


def starts(plan):
    return {choice.program: choice.start for choice in plan.choices}


def test_the_plan_that_is_adopted():
    assert starts(ADOPTED) == {"P": 2027, "Q": 2027, "R": 2029}
    assert ADOPTED.objective == pytest.approx(37 / 3)
    paid = {(item.program, item.fund, item.year): item.amount for item in ADOPTED.funding}
    assert paid == {("P", "f", 2027): 4, ("P", "f", 2028): 4, ("Q", "g", 2027): 3, ("R", "f", 2029): 5}


def test_what_is_left_is_planned_less_realised_and_comes_in_the_next_year():
    case, scenario = stand(SLIPPED)
    costs = {
        (row.program, row.offset): row.amount for row in case.program_costs.itertuples() if row.kind == "build"
    }
    assert costs == {("P", 1): 5.5, ("Q", 0): 3, ("R", 0): 5}  # 8 - 2.5, in 2028
    assert [(lock.program, lock.start) for lock in scenario.locked_in] == [("P", 2027)]
    assert scenario.closed_years == [2027]
    assert {year: amount for (fund, year), amount in measure.budgets(case, scenario).items() if fund == "f"} == {
        2027: 0, 2028: 6, 2029: 6,
    }  # fmt: skip


def test_money_left_over_lapses_or_is_carried_by_fund():
    case, scenario = stand(SLIPPED, unspent="carried")
    assert left_over(standing_of(case)) == pytest.approx({"f": 1.5, "g": 3})
    assert measure.budgets(case, scenario)["f", 2028] == pytest.approx(7.5)
    case, scenario = stand(SLIPPED, unspent_funds={"g": "carried"})
    assert measure.budgets(case, scenario)["g", 2028] == pytest.approx(6)
    assert measure.budgets(case, scenario)["f", 2028] == pytest.approx(6)


def test_money_that_is_carried_is_not_scaled():
    case = case_with(SLIPPED)
    scenario = scenario_through(unspent="carried").replace(budget_scale=0.5)
    assert measure.budgets(*replanned(case, scenario, ADOPTED))["f", 2028] == pytest.approx(3 + 1.5)


@pytest.mark.parametrize("unspent", ["lapsed", "carried"])
def test_the_plan_from_there_is_the_best_of_all(unspent):
    """P goes on (2028: 5.5); Q and R start in 2028, 2029 or not at all."""
    case, scenario = stand(SLIPPED, unspent=unspent)
    plan = select_programs(case, scenario)
    f = {2028: 6 + 1.5 * (unspent == "carried"), 2029: 6}
    g = {2028: 3 + 3 * (unspent == "carried"), 2029: 3}
    best = max(
        100 * (0.1 * 2 + 0.05 * (3 - (q - 2027)) + 0.02 * (3 - (r - 2027))) / 3
        for q, r in product((2028, 2029, 2030), repeat=2)
        if all((year == q) * 3 <= g[year] for year in g)
        and all((year == 2028) * 5.5 + (year == r) * 5 <= f[year] for year in f)
    )
    assert best == pytest.approx(32 / 3)
    assert plan.objective == pytest.approx(best)
    assert plan.status == "optimal"
    assert starts(plan) == {"P": 2027, "Q": 2028, "R": 2029}


def test_a_cost_stated_anew_takes_the_place_and_its_money_is_missing_elsewhere():
    """R could start in 2029 for 5 of 6; P needs 5.5 * 2 = 11 from 2028 on, more than f has: no R, and 2028 is short."""
    dearer = SLIPPED.assign(remaining=[6.0, None])
    case, _ = stand(dearer)
    costs = case.program_costs
    assert costs.loc[costs["program"] == "P", "amount"].tolist() == [6.0]


def test_what_slips_is_delivered_later():
    """In 2028 P is still under way, though it was to be delivered: it is in 2029, and only that year counts."""
    table = rows(
        REALISED,
        ("P", 2027, "f", 2.0, "under_way", ""), ("P", 2028, "f", 4.0, "under_way", ""),
        ("Q", 2027, "g", 3.0, "finished", ""),
    )  # fmt: skip
    case, scenario = stand(table, 2028)
    plan = select_programs(case, scenario)
    assert starts(plan) == {"P": 2027, "Q": 2027}  # P needs 8 - 6 = 2 of the 6 of f in 2029, R 5
    assert plan.objective == pytest.approx(10 / 3 + 5)
    assert plan.cost == pytest.approx(2)


def test_a_start_that_was_late_moves_the_costs_with_it():
    """P begins in 2028 for 4: the other 4 are due in 2029."""
    table = rows(
        REALISED,
        ("P", 2027, "f", 0.0, "not_begun", ""), ("P", 2028, "f", 4.0, "under_way", ""),
        ("Q", 2027, "g", 3.0, "finished", ""),
    )  # fmt: skip
    case, scenario = stand(table, 2028)
    assert scenario.locked_in[0].start == 2028
    plan = select_programs(case, scenario)
    assert starts(plan) == {"P": 2028, "Q": 2027}
    assert plan.cost == pytest.approx(4)
    assert plan.objective == pytest.approx(10 / 3 + 5)


def test_what_is_given_up_is_out_and_its_money_serves_others():
    """Without P f has 6 in 2028: R starts then, 4/3."""
    table = rows(REALISED, ("P", 2027, "f", 1.0, "given_up", "batal"), ("Q", 2027, "g", 3.0, "finished", ""))
    case, scenario = stand(table)
    assert scenario.locked_out == ["P"]
    plan = select_programs(case, scenario)
    assert starts(plan) == {"Q": 2027, "R": 2028}
    assert plan.objective == pytest.approx(5 + 4 / 3)


def test_what_is_delivered_after_the_horizon_costs_and_closes_nothing():
    """P began in 2028 and is still not delivered by 2029: with three years of work it would be in 2030."""
    case = case_with(
        rows(
            REALISED,
            ("P", 2027, "f", 0.0, "not_begun", ""), ("P", 2028, "f", 1.0, "under_way", ""),
            ("Q", 2027, "g", 3.0, "finished", ""),
        ),
        programs=rows(
            "program name_id duration scope", ("P", "P", 3, "province"), ("Q", "Q", 1, "province"), ("R", "R", 1, "province")
        ),
    )  # fmt: skip
    plan = select_programs(*replanned(case, scenario_through(2028), ADOPTED))
    assert starts(plan) == {"P": 2028, "Q": 2027}
    assert plan.cost == pytest.approx(7)  # more than f has? 8 - 1 = 7 > 6
    assert plan.objective == pytest.approx(5)


def codes(realisation, year=2027, **settings):
    with pytest.raises(DataError) as found:
        stand(realisation, year, **settings)
    return [problem.code for problem in found.value.problems]


def changed(place, **cells):
    table = SLIPPED.copy()
    for column, value in cells.items():
        if column not in table:
            table[column] = None
        table.loc[place, column] = value
    return table


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (changed(0, program="R"), "realised_before_start"),
        (changed(1, program="Z"), "realised_not_planned"),
        (SLIPPED.iloc[:1], "realisation_missing"),
        (changed(0, amount=5.0), "remaining_unsaid"),
        (changed(0, amount=90.0, remaining=1.0, reason=""), "realised_far_above"),
        (changed(0, planned=3.0), "planned_differs"),
    ],
)
def test_what_cannot_be_or_is_not_said_is_asked(table, code):
    assert code in codes(table)


def test_what_becomes_of_money_left_over_is_asked():
    assert codes(SLIPPED, unspent=None) == ["unspent_unsaid"]
    assert codes(SLIPPED, unspent=None, unspent_funds={"f": "lapsed"}) == ["unspent_unsaid"]


def test_a_year_must_be_over_and_one_left():
    assert codes(SLIPPED, 2029) == ["replan_year"]
    assert codes(SLIPPED, 2026) == ["replan_year"]


def test_tables_as_they_were_read_are_refused_where_a_plan_is_gone_on_with():
    with pytest.raises(DataError, match="replanned"):
        select_programs(case_with(SLIPPED), scenario_through())


def test_without_the_setting_the_table_changes_nothing():
    assert adopted_plan(case_with(SLIPPED)).objective == ADOPTED.objective
