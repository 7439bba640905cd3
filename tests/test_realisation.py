"""What became of an adopted plan, and what is planned from there, worked out by hand (see ``adopted``)."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import pandas as pd
import pytest

from adopted import REALISED, SLIPPED, adopted_plan, case_with, scenario_through
from jspmodel import measure
from jspmodel.errors import DataError, InfeasibleError
from jspmodel.figures import (
    absorption,
    realised_amounts,
    realised_outputs,
    region_amounts,
    slips,
)
from jspmodel.intake import check, replanned
from jspmodel.intake.adopted_plan import stand as stand_of
from jspmodel.realisation import left_over, standing_of
from jspmodel.report import assemble
from jspmodel.scenario import Scenario
from jspmodel.selection import evaluate, select_programs
from jspmodel.selection.parametric import live_model
from jspmodel.tables import replan_changes, slip_cost, years_compared
from jspmodel.whatif.question import Question
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
        (row.program, row.offset): row.amount
        for row in case.program_costs.itertuples()
        if row.kind == "build"
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


def test_a_cost_stated_anew_takes_the_place_of_what_is_left():
    dearer = SLIPPED.assign(remaining=[6.0, None])
    case, _ = stand(dearer)
    costs = case.program_costs
    assert costs.loc[costs["program"] == "P", "amount"].tolist() == [6.0]


def test_what_was_stated_a_year_ago_still_counts():
    """In 2027 P still needed 9; 3.5 of it were spent since: 5.5 are left."""
    table = rows(
        f"{REALISED} remaining",
        ("P", 2027, "f", 2.5, "under_way", "", 9.0), ("P", 2028, "f", 3.5, "under_way", "", None),
        ("Q", 2027, "g", 3.0, "finished", "", None),
    )  # fmt: skip
    costs = stand(table, 2028)[0].program_costs
    assert costs.loc[costs["program"] == "P", "amount"].tolist() == pytest.approx([5.5])


def test_a_plan_made_from_where_one_stood_may_be_adopted_in_its_turn():
    """In 2028 P spends 4.5 of 5.5 and is done, Q 3 of 3: 1 of f is left, that of 2027 is not counted again."""
    case = case_with(SLIPPED)
    second = select_programs(*replanned(case, scenario_through(), ADOPTED))
    table = pd.concat([
        SLIPPED,
        rows(REALISED, ("P", 2028, "f", 4.5, "finished", ""), ("Q", 2028, "g", 3.0, "finished", "")),
    ], ignore_index=True)  # fmt: skip
    left, scenario = replanned(case_with(table), scenario_through(2028), second)
    assert left_over(standing_of(left)) == pytest.approx({"f": 1})
    plan = select_programs(left, scenario)
    assert starts(plan) == {"P": 2027, "Q": 2028, "R": 2029}
    assert plan.cost == pytest.approx(5)
    assert plan.objective == pytest.approx(32 / 3)


def test_what_began_and_cannot_be_paid_leaves_no_plan_and_says_which_money_is_short():
    """P needs 7 in 2028, f has 6."""
    with pytest.raises(InfeasibleError, match="budget f 2028"):
        select_programs(*stand(SLIPPED.assign(remaining=[7.0, None])))


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
            ("P", 2027, "f", 0.0, "not_begun", ""), ("P", 2028, "f", 4.0, "under_way", ""),
            ("Q", 2027, "g", 3.0, "finished", ""),
        ),
        programs=rows(
            "program name_id duration scope", ("P", "P", 3, "province"), ("Q", "Q", 1, "province"), ("R", "R", 1, "province")
        ),
    )  # fmt: skip
    plan = select_programs(*replanned(case, scenario_through(2028), ADOPTED))
    assert starts(plan) == {"P": 2028, "Q": 2027}
    assert plan.cost == pytest.approx(4)
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


def test_what_is_not_said_of_a_programme_is_one_line_with_its_years():
    """By the plan f pays 4 for P in 2027 and in 2028, g pays 3 for Q in 2027; how Q stands in 2028 is not known."""
    with pytest.raises(DataError) as found:
        stand(SLIPPED.iloc[:0], 2028)
    missing = [one for one in found.value.problems if one.code == "realisation_missing"]
    assert [one.values for one in missing] == [
        {"program": "P", "years": ["2027 (f)", "2028 (f)"]},
        {"program": "Q", "years": ["2027 (g)", "2028"]},
    ]


def test_running_costs_told_as_under_way_are_asked_about_as_what_they_are():
    """Q is built for 3 in 2027 and runs for 0.5 a year."""
    costs = rows(
        "program region kind offset amount",
        ("P", "", "build", 0, 4.0), ("P", "", "build", 1, 4.0),
        ("Q", "", "build", 0, 3.0), ("Q", "", "run", None, 0.5), ("R", "", "build", 0, 5.0),
    )  # fmt: skip
    plan = adopted_plan(case_with(program_costs=costs))

    def told(state):
        lines = ("P", 2027, "f", 4.0, "under_way", ""), ("P", 2028, "f", 4.0, "finished", "")
        lines += ("Q", 2027, "g", 3.0, state, ""), ("Q", 2028, "g", 0.5, state, "")
        return replanned(case_with(rows(REALISED, *lines), program_costs=costs), scenario_through(2028), plan)

    with pytest.raises(DataError) as found:
        told("under_way")
    (problem,) = found.value.problems
    assert (problem.code, problem.column) == ("still_under_way", "progress, remaining")
    assert {key: problem.values[key] for key in ("program", "ready", "spent", "due")} == {
        "program": "Q", "ready": 2027, "spent": 3.5, "due": 3.0
    }  # fmt: skip
    # Nothing is due of f in 2029 any more, so that R fits.
    assert starts(select_programs(*told("finished"))) == {"P": 2027, "Q": 2027, "R": 2029}


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


def test_what_was_absorbed():
    standing = standing_of(stand(SLIPPED)[0])
    amounts = realised_amounts(standing)
    assert amounts.to_numpy().tolist() == [["P", "f", 2027, 4, 2.5], ["Q", "g", 2027, 3, 0]]
    assert absorption(amounts, "program")["absorption"].tolist() == pytest.approx([62.5, 0])
    assert absorption(amounts, "year").loc[2027].tolist() == pytest.approx([7, 2.5, 250 / 7])
    assert absorption(amounts, "fund").loc["g"].tolist() == pytest.approx([3, 0, 0])


def test_outputs_beside_those_promised():
    """P promised 10 km in 2027 and 10 in 2028, Q 4 units in 2027."""
    made = rows("program year indicator unit amount", ("P", 2027, "Ruas jalan", "km", 6.0))
    standing = standing_of(stand(SLIPPED, case=case_with(SLIPPED, realised_outputs=made))[0])
    found = realised_outputs(standing).set_index("program")
    assert found.loc["P", ["planned", "realised", "percent"]].tolist() == pytest.approx([10, 6, 60])
    assert found.loc["Q", "planned"] == 4
    assert found.loc["Q", ["realised", "percent"]].isna().all()


def test_what_the_delay_costs():
    """P is delivered in 2028 as planned; Q begins in 2028: 10/3 in place of 5."""
    case, scenario = stand(SLIPPED)
    found = slip_cost(case, scenario, standing_of(case))
    assert found.adopted == pytest.approx(37 / 3)
    assert found.standing == pytest.approx(32 / 3)
    assert found.alone == pytest.approx({"P": 0, "Q": 5 / 3})


def test_how_late_and_how_dear():
    """P was to be delivered in 2028 for 8; it is in 2029, and 3 more are needed of it: 2 + 4 + 3 = 9."""
    table = rows(
        f"{REALISED} remaining",
        ("P", 2027, "f", 2.0, "under_way", "", None), ("P", 2028, "f", 4.0, "under_way", "", 3.0),
        ("Q", 2027, "g", 3.5, "finished", "", None),
    )  # fmt: skip
    standing = standing_of(stand(table, 2028)[0])
    slip, done = slips(standing)
    assert (slip.ready, slip.planned_ready, slip.late) == (2029, 2028, 1)
    assert (slip.cost, slip.planned_cost) == pytest.approx((9, 8))
    assert (done.late, done.cost, done.planned_cost) == pytest.approx((0, 3.5, 3))


def changes_of(table, year=2027, case=None, **settings):
    left, scenario = stand(table, year, case, **settings)
    plan = select_programs(left, scenario)
    found = replan_changes(left, scenario, plan, standing_of(left))
    return {change.program: change for change in found}


def test_why_the_new_plan_is_another():
    found = changes_of(SLIPPED)
    assert {program: change.kind for program, change in found.items()} == {
        "P": "goes_on",
        "Q": "begins_later",
        "R": "as_planned",
    }
    assert (found["Q"].before.start, found["Q"].after.start) == (2027, 2028)
    assert found["Q"].cause is None


def test_a_programme_leaves_for_what_another_costs_more():
    """In 2028 all 8 are still left of P's costs to state: 2029 has 6, P takes 2 of it in place of 0, R needs 5."""
    table = rows(
        REALISED,
        ("P", 2027, "f", 2.0, "under_way", ""), ("P", 2028, "f", 4.0, "under_way", ""),
        ("Q", 2027, "g", 3.0, "finished", ""),
    )  # fmt: skip
    found = changes_of(table, 2028)
    assert found["R"].kind == "out"
    assert found["R"].cause.rules == ("costs_paid",)
    assert found["R"].cause.missing == pytest.approx({2029: 1})
    assert found["R"].cause.takers == pytest.approx({"P": 2})
    assert {found["P"].kind, found["Q"].kind} == {"goes_on", "finished"}


def test_a_programme_moves_forward_where_nothing_stands_against_it_as_it_was():
    """Without P, R begins in 2028 and gains 2/3: as it was adopted it would break nothing, and be worth less."""
    table = rows(REALISED, ("P", 2027, "f", 1.0, "given_up", "batal"), ("Q", 2027, "g", 3.0, "finished", ""))
    found = changes_of(table)
    assert found["P"].kind == "given_up"
    assert found["R"].kind == "moved"
    assert found["R"].cause.rules == ()
    assert found["R"].cause.gain == pytest.approx(-2 / 3)


def test_a_new_programme_takes_money_that_came_free():
    """S costs 4 of f, each year but 2029 full in the adopted plan; without P it fits in 2028."""
    case = case_with(
        programs=rows(
            "program name_id duration scope first_start last_start",
            ("P", "P", 2, "province", None, None), ("Q", "Q", 1, "province", None, None),
            ("R", "R", 1, "province", 2029, 2029), ("S", "S", 1, "province", 2028, 2028),
        ),
        program_costs=rows(
            "program region kind offset amount",
            ("P", "", "build", 0, 4.0), ("P", "", "build", 1, 4.0), ("Q", "", "build", 0, 3.0),
            ("R", "", "build", 0, 5.0), ("S", "", "build", 0, 4.0),
        ),
        program_effects=rows(
            "program issue effect", ("P", "w", 0.1), ("Q", "w", 0.05), ("R", "w", 0.02), ("S", "w", 0.03)
        ),
        fund_rules=rows("fund program dimension max_share", ("g", "Q", "", 1.0), ("f", "Q", "", 0.0)),
        realisation=rows(REALISED, ("P", 2027, "f", 1.0, "given_up", ""), ("Q", 2027, "g", 3.0, "finished", "")),
    )  # fmt: skip
    adopted = adopted_plan(case)
    assert starts(adopted) == {"P": 2027, "Q": 2027, "R": 2029}
    left, scenario = replanned(case, scenario_through(), adopted)
    plan = select_programs(left, scenario)
    assert starts(plan) == {"Q": 2027, "S": 2028, "R": 2029}
    found = {change.program: change for change in replan_changes(left, scenario, plan, standing_of(left))}
    assert found["S"].kind == "new"
    assert found["S"].cause.missing == pytest.approx({2028: 2})  # 6 - 4 of P
    assert found["S"].cause.takers == pytest.approx({"P": 4})


def test_years_beside_each_other():
    """Adopted: Q from 2027 (5 percent a year), P from 2028 (10), R in 2029 (2). Now Q from 2028."""
    case, scenario = stand(SLIPPED)
    plan = select_programs(case, scenario)
    found = years_compared(case, scenario, plan, standing_of(case))
    assert found["planned"].tolist() == pytest.approx([7, 4, 5])
    assert found["realised"].tolist()[:1] == [2.5]
    assert found["now"].tolist()[1:] == pytest.approx([8.5, 5])
    assert found["closed_planned"].tolist() == pytest.approx([5, 15, 17])
    assert found["closed_now"].tolist() == pytest.approx([0, 15, 17])


PROGRESS = ("not_begun", "under_way", "finished", "given_up")
DURATION, EFFECT = {"P": 2, "Q": 1, "R": 1}, {"P": 10, "Q": 5, "R": 2}


def all_plans(p, spent, q, carried):
    """The most that a plan from the end of 2027 closes, every start tried, with arithmetic of its own; None: no plan."""
    left = {
        "P": {"under_way": {2028: 8 - spent}, "finished": {}}.get(p),
        "Q": {} if q == "finished" else None,
    }
    ready = {"P": {"finished": 2027}.get(p, 2028), "Q": 2027}
    f, g = (4 - spent, 3 * (q in ("not_begun", "given_up"))) if carried else (0, 0)
    budgets = {("f", 2028): 6 + f, ("f", 2029): 6, ("g", 2028): 3 + g, ("g", 2029): 3}
    starts = {
        "P": [2027] if left["P"] is not None else [2028, None] if p == "not_begun" else [None],
        "Q": [2027] if left["Q"] is not None else [2028, 2029, None] if q == "not_begun" else [None],
        "R": [2028, 2029, None],
    }
    best = None
    for chosen in product(*starts.values()):
        due, closed = dict.fromkeys(budgets, 0.0), 0.0
        for program, start in zip(starts, chosen, strict=True):
            if start is None:
                continue
            new = {"P": {start: 4, start + 1: 4}, "Q": {start: 3}, "R": {start: 5}}[program]
            for year, amount in (new if start > 2027 else left[program]).items():
                due["g" if program == "Q" else "f", year] += amount
            delivered = start + DURATION[program] - 1 if start > 2027 else ready[program]
            closed += EFFECT[program] * (2030 - delivered) / 3
        if all(due[key] <= budgets[key] + 1e-9 for key in budgets):
            best = closed if best is None else max(best, closed)
    return best


@pytest.mark.parametrize("seed", range(24))
def test_whatever_became_of_it_the_plan_from_there_is_the_best_of_all(seed):
    draw = random.Random(seed)
    p, q = draw.choice(PROGRESS), draw.choice(["not_begun", "finished", "given_up"])
    spent = 0.0 if p == "not_begun" else draw.choice([0.5, 1.5, 2.0, 3.0, 4.0])
    carried = draw.random() < 0.5
    table = rows(
        f"{REALISED} remaining",
        ("P", 2027, "f", spent, p, "", 0.0 if p == "finished" else None),  # a year early: nothing more is due
        ("Q", 2027, "g", 3.0 * (q == "finished"), q, "", None),
    )
    case, scenario = stand(table, unspent="carried" if carried else "lapsed")
    best = all_plans(p, spent, q, carried)
    if best is None:
        with pytest.raises(InfeasibleError):
            select_programs(case, scenario)
    else:
        assert select_programs(case, scenario).objective == pytest.approx(best, abs=2e-4)


def joint_case(realisation):
    """P is joint of A and B (populations 3 and 1), asks for both, volume 10, maturity 2 and Q; A brings 8, B 4."""
    return case_with(
        realisation,
        regions=rows("region name population maturity", ("A", "Alfa", 300, 2), ("B", "Beta", 100, 2)),
        issue_regions=rows("issue region severity", ("w", "A", 1.0), ("w", "B", 1.0)),
        programs=rows(
            "program name_id duration scope min_regions min_volume required_maturity",
            ("P", "P", 2, "joint", 2, 10, 2), ("Q", "Q", 1, "province", None, None, None),
            ("R", "R", 1, "province", None, None, None),
        ),
        program_regions=rows("program region volume mandatory", ("P", "A", 8, False), ("P", "B", 4, True)),
        program_costs=rows(
            "program region kind offset amount",
            ("P", "A", "build", 0, 3.0), ("P", "B", "build", 0, 1.0), ("P", "A", "build", 1, 3.0),
            ("P", "B", "build", 1, 1.0), ("Q", "", "build", 0, 3.0), ("R", "", "build", 0, 5.0),
        ),
        program_links=rows("program other kind value", ("P", "Q", "requires", None)),
    )  # fmt: skip


def test_a_region_that_did_not_begin_is_left_out_and_what_was_asked_before_is_not_asked_again():
    """A alone began, without Q: 3 of 6 are left for A in 2028; it closes 3/4 of 20/3 (A has 3/4 of the people)."""
    table = rows(
        f"{REALISED} region",
        ("P", 2027, "f", 3.0, "under_way", "", ""), ("P", 2027, "f", 0.0, "not_begun", "", "B"),
        ("Q", 2027, "g", 0.0, "not_begun", "", ""),
    )  # fmt: skip
    before = joint_case(None)
    adopted = adopted_plan(replace(before, program_links=before.program_links[:0]))
    assert {one.program: one.regions for one in adopted.choices}["P"] == ("A", "B")
    case, scenario = replanned(joint_case(table), scenario_through(), adopted)
    plan = select_programs(case, scenario)
    chosen = {one.program: one for one in plan.choices}
    assert chosen["P"].regions == ("A",)
    costs = case.program_costs
    assert costs.loc[costs["program"] == "P", ["region", "amount"]].to_numpy().tolist() == [["A", 3.0]]
    assert plan.objective == pytest.approx(20 / 3 * 3 / 4 + 10 / 3 + 2 / 3)
    assert region_amounts(standing_of(case)).loc["B"].tolist() == [1, 0]
    with_b = scenario_through().replace(locked_in=[{"program": "P", "regions": ["A", "B"]}])
    with pytest.raises(DataError) as found:
        replanned(joint_case(table), with_b, adopted)
    assert [problem.code for problem in found.value.problems] == ["locked_begun_otherwise"]


def test_run_costs_of_what_is_finished_go_on_and_those_of_the_past_are_spent():
    """Q was done in 2027 and costs 1 a year to run: 2028 is over, 2029 is still due."""
    case = case_with(
        rows(
            REALISED,
            ("P", 2027, "f", 4.0, "under_way", ""), ("P", 2028, "f", 4.0, "finished", ""),
            ("Q", 2027, "g", 3.0, "finished", ""), ("Q", 2028, "g", 1.0, "finished", ""),
        ),
        program_costs=rows(
            "program region kind offset amount",
            ("P", "", "build", 0, 4.0), ("P", "", "build", 1, 4.0), ("Q", "", "build", 0, 3.0),
            ("Q", "", "run", None, 1.0), ("R", "", "build", 0, 5.0),
        ),
    )  # fmt: skip
    left, scenario = replanned(case, scenario_through(2028), adopted_plan(case))
    plan = select_programs(left, scenario)
    assert [(one.program, one.year, one.amount) for one in plan.funding] == [("Q", 2029, 1), ("R", 2029, 5)]
    assert [(slip.cost, slip.planned_cost) for slip in slips(standing_of(left))] == [(8, 8), (5, 5)]


def test_what_began_is_built_on_whatever_the_term_of_office():
    """P, built in 2027 and 2028, began before the term ended in 2027; its running costs bind nothing either."""
    case = case_with(SLIPPED, terms_of_office=rows("region last_year", ("", 2028)))
    adopted = select_programs(case, Scenario(terms_of_office=True, solver={"gap": 0.0}))
    assert starts(adopted)["P"] == 2027
    ended = replace(case, terms_of_office=case.terms_of_office.assign(last_year=2027))
    scenario = scenario_through().replace(terms_of_office=True)
    assert starts(select_programs(*replanned(ended, scenario, adopted)))["P"] == 2027


def test_documents_of_what_has_begun_are_those_due_later():
    signed = rows(
        "program kind signer due done",
        ("P", "SK", "Gubernur", "2026-12-01", False), ("P", "SK", "Bupati", "2028-06-30", False),
        ("P", "izin", "Bupati", "", False), ("Q", "SK", "Gubernur", "2026-12-01", False),
    )  # fmt: skip
    case, _ = replanned(case_with(SLIPPED, program_documents=signed), scenario_through(), ADOPTED)
    assert case.program_documents[["program", "due"]].to_numpy().tolist() == [
        ["P", "2028-06-30"],
        ["Q", "2026-12-01"],
    ]


def test_money_is_carried_into_a_year_in_which_the_fund_had_none():
    budgets = rows("fund year amount", ("f", 2027, 6.0), ("f", 2028, 6.0), ("f", 2029, 6.0), ("g", 2027, 3.0))
    case, scenario = replanned(
        case_with(SLIPPED, fund_budgets=budgets), scenario_through(unspent="carried"), ADOPTED
    )
    assert measure.budgets(case, scenario)["g", 2028] == pytest.approx(3)


def test_quick_wins_spending_rules_and_closed_years_are_those_of_what_is_left():
    case = case_with(
        SLIPPED,
        spending_rules=rows("spending_rule name_id bound share fund", ("s", "S", "max", 0.5, "f")),
        programs=rows(
            "program name_id duration scope quick_win",
            ("P", "P", 2, "province", False), ("Q", "Q", 1, "province", True), ("R", "R", 1, "province", False),
        ),
    )  # fmt: skip
    scenario = scenario_through().replace(min_quick_wins=1, spending_rules=[])
    left, settings = replanned(case, scenario, ADOPTED)
    assert settings.min_quick_wins == 0  # Q was to be the one of 2027, which is over
    assert left.spending_rules["from_year"].tolist() == [2028]
    assert settings.closed_years == [2027]


def cofunded(own, *shares):
    """P is A's own; of what is left of it in 2028, 5.5, A bears a share from its own fund."""
    tables = {
        "regions": rows("region name population fiscal_capacity", ("A", "Alfa", 100, "low")),
        "programs": rows(
            "program name_id duration scope", ("P", "P", 2, "joint"), ("Q", "Q", 1, "province"), ("R", "R", 1, "province")
        ),
        "program_regions": rows("program region", ("P", "A")),
        "program_costs": rows(
            "program region kind offset amount",
            ("P", "A", "build", 0, 4.0), ("P", "A", "build", 1, 4.0), ("Q", "", "build", 0, 3.0), ("R", "", "build", 0, 5.0),
        ),
        "funds": rows("fund name_id holder", ("f", "F", ""), ("g", "G", ""), ("a", "A", "A")),
        "fund_budgets": rows(
            "fund year amount",
            *((fund, year, has) for fund, has in (("f", 6.0), ("g", 3.0), ("a", own)) for year in (2027, 2028, 2029)),
        ),
    }  # fmt: skip
    adopted = adopted_plan(case_with(**tables))
    asked = rows("fiscal_capacity program least_share", *shares)
    return replanned(case_with(SLIPPED, cofunding_shares=asked, **tables), scenario_through(), adopted)


def test_what_regions_must_bear_is_asked_of_what_is_left_of_what_began_too():
    case, scenario = cofunded(2.0, ("low", "", 0.25))
    plan = select_programs(case, scenario)
    assert {i.year: i.amount for i in plan.funding if i.fund == "a" and i.program == "P"}[
        2028
    ] >= 0.25 * 5.5 - 1e-6
    with pytest.raises(InfeasibleError) as found:
        select_programs(*cofunded(1.0, ("low", "", 0.25)))
    ways = {p.code: p.values.get("amount") for p in found.value.problems if p.code.startswith("way_")}
    assert ways["way_cofunding"] == pytest.approx(0.375)
    # A row for the programme exempts it.
    assert starts(select_programs(*cofunded(1.0, ("low", "", 0.25), ("low", "P", 0))))["P"] == 2027


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"locked_in": [{"program": "Q", "start": 2027}]}, "locked_to_past"),
        ({"locked_out": ["P"]}, "locked_out_begun"),
        ({"locked_in": [{"program": "P", "start": 2028}]}, "locked_begun_otherwise"),
    ],
)
def test_locks_that_reality_has_overtaken_are_told(settings, code):
    with pytest.raises(DataError) as found:
        replanned(case_with(SLIPPED), scenario_through().replace(settings), ADOPTED)
    assert [problem.code for problem in found.value.problems] == [code]


def weak_start():
    """P began and closes little (effect 0.005: 1/3 from 2028 on); f cannot pay its 5.5 and R in 2028.

    With P, R waits for 2029: 1/3 + 10/3 + 2/3 = 13/3. Without it R could start in 2028: 10/3 + 4/3 = 14/3.
    """
    effects = rows("program issue effect", ("P", "w", 0.005), ("Q", "w", 0.05), ("R", "w", 0.02))
    return stand(SLIPPED, case=case_with(SLIPPED, program_effects=effects))


def by_replacing(case, scenario):
    return select_programs(case, scenario.replace(locked_in=["R"]))


def by_asking_again(case, scenario):
    return live_model(case, scenario).solve(locked_in=["R"])


def by_asking_what_if(case, scenario):
    asked = Question(budget=1.0, locked_in=("R",), locked_out=(), equity=False)
    return live_model(case, scenario).solve(**asked.changes(scenario))


def by_stating_without(case, scenario):
    return live_model(case, scenario.replace(locked_in=[], closed_years=[])).solve(locked_in=["R"])


def by_another_scenario(case, scenario):
    return select_programs(case, Scenario(solver={"gap": 0.0}))


@pytest.mark.parametrize(
    "door", [by_replacing, by_asking_again, by_asking_what_if, by_stating_without, by_another_scenario]
)
def test_what_has_begun_stays_whatever_is_locked_anew(door):
    plan = door(*weak_start())
    assert starts(plan) == {"P": 2027, "Q": 2028, "R": 2029}
    assert plan.objective == pytest.approx(13 / 3)


def test_a_plan_without_what_has_begun_is_told_so():
    case, scenario = weak_start()
    loose = scenario.replace(locked_in=[])
    plan = select_programs(case, scenario)
    others = [choice for choice in plan.choices if choice.program != "P"]
    assert [one.rule for one in evaluate(case, loose, others).broken] == ["locked_in"]
    assert check(case, loose) == check(case, scenario)
    shown = assemble(case, scenario.replace(locked_in=[], closed_years=[]), plan).scenario
    assert (shown.closed_years, [lock.program for lock in shown.locked_in]) == ([2027], ["P"])


def given_up():
    """P is given up; else it could be begun again in 2028 (delivered in 2029: 10/3) in place of R (4/3)."""
    return stand(SLIPPED.assign(progress=["given_up", "not_begun"]))


def test_what_was_given_up_stays_out_whatever_is_locked_anew():
    case, scenario = given_up()
    for plan in (
        select_programs(case, scenario.replace(locked_out=[])),
        live_model(case, scenario).solve(locked_out=[]),
    ):
        assert starts(plan) == {"Q": 2028, "R": 2028}
        assert plan.objective == pytest.approx((10 + 4) / 3)


@pytest.mark.parametrize(
    ("stood", "settings", "told", "refused"),
    [
        (weak_start, {"locked_out": ["P"]}, "locked_out_begun", "locked_out_begun"),
        (weak_start, {"locked_in": [{"program": "P", "start": 2028}]}, "locked_begun_otherwise", "lock_cannot_start"),
        (given_up, {"locked_in": ["P"]}, "locked_given_up", "locked_given_up"),
    ],
)  # fmt: skip
def test_settings_against_what_has_happened_are_refused(stood, settings, told, refused):
    case, scenario = stood()
    against = scenario.replace(settings)
    assert [problem.code for problem in check(case, against)] == [told]
    with pytest.raises(InfeasibleError) as found:
        select_programs(case, against)
    assert [problem.code for problem in found.value.problems] == [refused]


def test_no_way_out_lets_go_of_what_has_begun():
    """f has 5.4 in 2028, a tenth less than P still takes; R, asked for in 2028 too, may wait or be let go."""
    case, scenario = stand(SLIPPED)
    for changes, ways in (
        ({"budget_scale": 0.9}, [("way_budget", 0.1), ("way_fund_rules", 0.1)]),
        (
            {"locked_in": [{"program": "R", "start": 2028}]},
            [("way_budget", 4.5), ("way_lock_year", 1.0), ("way_lock", 1.0)],
        ),
    ):
        with pytest.raises(InfeasibleError) as found:
            select_programs(case, scenario.replace(changes))
        told = [problem for problem in found.value.problems if problem.code.startswith("way_")]
        assert [(problem.code, problem.values["amount"]) for problem in told] == ways
        assert {problem.values.get("program") for problem in told if "lock" in problem.code} <= {"R"}


def asked(realisation, year=2027, case=None, adopted=None, **settings):
    """Return what is asked about what became of the plan."""
    given = case or case_with(realisation)
    with pytest.raises(DataError) as error:
        replanned(given, scenario_through(year, **settings), adopted or ADOPTED)
    return [(problem.code, problem.column) for problem in error.value.problems]


def test_what_is_finished_early_with_building_unpaid_is_asked_about():
    """P is built in 2027 and 2028: 4 of 8 spent and finished in 2027 may be a part of it, or all."""
    table = rows(
        f"{REALISED} remaining",
        ("P", 2027, "f", 4.0, "finished", "", None), ("Q", 2027, "g", 3.0, "finished", "", None),
    )  # fmt: skip
    assert asked(table) == [("finished_early", "progress, remaining")]
    case, _ = stand(table.assign(remaining=[1.5, None]))
    costs = case.program_costs
    assert costs.loc[costs["program"] == "P", "amount"].tolist() == [1.5]
    whole = table.assign(amount=[8.0, 3.0])
    assert stand(whole)[0].program_costs["program"].tolist() == ["R"]


@pytest.mark.parametrize("progress", ["not_begun", "given_up"])
def test_a_cost_still_to_come_of_what_does_not_go_on_is_asked_about(progress):
    table = rows(
        f"{REALISED} remaining",
        ("P", 2027, "f", 0.0, progress, "", 9.0), ("Q", 2027, "g", 3.0, "finished", "", None),
    )  # fmt: skip
    assert asked(table) == [("remaining_of_nothing", "remaining")]
    stand(table.assign(remaining=[0.0, None]))


def test_a_cost_still_to_come_that_is_far_above_is_asked_about():
    """P costs 8 in all: 81 is more than ten times that."""
    table = SLIPPED.assign(remaining=[81.0, None], reason=["", ""])
    assert asked(table) == [("realised_far_above", "remaining")]
    stand(SLIPPED.assign(remaining=[80.0, None], reason=["", ""]))


@pytest.mark.parametrize("progress", ["under_way", "finished"])
def test_what_began_before_the_plan_does_is_asked_about_where_it_stands(progress):
    """P and Q begin in 2027, the first year of the plan: 2026 is a slip, and no lock of the scenario is to blame."""
    table = pd.concat([SLIPPED, rows(REALISED, ("P", 2026, "f", 1.0, progress, ""))], ignore_index=True)
    assert asked(table) == [("realised_before_start", "year")]
    stand(table.assign(amount=[2.5, 0.0, 0.0], progress=["under_way", "not_begun", "not_begun"]))


def test_a_year_before_a_later_plan_in_which_its_programme_had_not_begun_is_asked_about():
    """The second plan begins Q in 2028: that Q was at work in 2027 already is not what it was made from."""
    second = select_programs(*replanned(case_with(SLIPPED), scenario_through(), ADOPTED))
    lines = ("P", 2028, "f", 5.5, "finished", ""), ("Q", 2028, "g", 3.0, "finished", "")
    table = pd.concat([SLIPPED, rows(REALISED, *lines)], ignore_index=True)
    replanned(case_with(table), scenario_through(2028), second)
    at_work = table.assign(progress=["under_way", "under_way", "finished", "finished"])
    assert asked(at_work, 2028, adopted=second) == [("realised_before_start", "year")]


def told(realisation, year=2027, adopted=None):
    """Return the warnings, and what they fill in."""
    *_, problems = stand_of(case_with(realisation), scenario_through(year), adopted or ADOPTED)
    assert all(problem.warning for problem in problems)
    return {problem.code: dict(problem.values) for problem in problems}


def test_an_amount_far_above_with_a_reason_is_told():
    """P costs 8: 2500 million written for 2.5 billion stays beside the reason of its delay. f had 6 in 2027."""
    table = SLIPPED.assign(amount=[2500.0, 0.0], remaining=[5.5, None])
    values = told(table)
    reason = "lelang terlambat"
    assert values["realised_far_above_said"] == {
        "program": "P", "amount": 2500.0, "planned": pytest.approx(8), "reason": reason
    }  # fmt: skip
    assert values["realised_above_budget"]["amount"] == 2500


def test_more_than_a_fund_had_is_told_all_years_together():
    """f had 6 a year: 7 in 2027 are more than it had, 5 in 2027 and 7 in 2028 are not (1 was carried)."""
    assert told(SLIPPED) == {}
    more = SLIPPED.assign(amount=[7.0, 0.0], remaining=[1.0, None])
    assert told(more)["realised_above_budget"] == {
        "fund": "f", "amount": 7.0, "had": 6.0, "first": 2027, "last": 2027
    }  # fmt: skip
    lines = ("P", 2027, "f", 5.0, "under_way", "", 7.0), ("P", 2028, "f", 7.0, "finished", "", None)
    lines += (("Q", 2027, "g", 3.0, "finished", "", None),)
    assert told(rows(f"{REALISED} remaining", *lines), 2028) == {}


def test_what_was_spent_before_a_later_plan_is_no_slip_of_the_unit():
    """P spent 3 before the second plan, which pays the last 0.1 for it: 3 is thirty times that, and no slip."""
    before = rows(REALISED, ("P", 2027, "f", 3.0, "under_way", ""), ("Q", 2027, "g", 3.0, "finished", ""))
    before = before.assign(remaining=[0.1, None])
    second = select_programs(*replanned(case_with(before), scenario_through(), ADOPTED))
    assert sum(item.amount for item in second.funding if item.program == "P") == pytest.approx(0.1)
    later = ("P", 2028, "f", 0.1, "finished", ""), ("R", 2028, "f", 5.0, "finished", "")
    table = pd.concat([before, rows(REALISED, *later)], ignore_index=True)
    assert told(table, 2028, second) == {}


def test_regions_and_outputs_that_the_plan_does_not_have_are_asked_about():
    outputs = rows(
        "program year region indicator unit amount",
        ("R", 2027, "", "Ruas jalan", "km", 1.0), ("P", 2027, "A", "Ruas jalan", "km", 1.0),
    )  # fmt: skip
    table = rows(
        f"{REALISED} region",
        ("P", 2027, "f", 4.0, "under_way", "", ""), ("Q", 2027, "g", 3.0, "finished", "", ""),
        ("P", 2027, "f", 0.0, "not_begun", "", "B"),
    )  # fmt: skip
    places = rows("region name population", ("A", "Alfa", 100), ("B", "Beta", 100))
    case = case_with(table, realised_outputs=outputs, regions=places)
    assert asked(table, case=case) == [("realised_elsewhere", "region"), ("realised_before_start", "year")]


def test_a_plan_whose_regions_were_changed_is_not_gone_on_with():
    before = joint_case(None)
    adopted = adopted_plan(replace(before, program_links=before.program_links[:0]))

    def with_regions(*regions):
        kept = [
            one.model_copy(update={"regions": regions}) if one.program == "P" else one
            for one in adopted.programs
        ]
        return adopted.model_copy(update={"programs": tuple(kept)})

    case = joint_case(SLIPPED)
    assert ("adopted_nowhere", "replan.adopted") in asked(SLIPPED, case=case, adopted=with_regions())
    fewer = replace(case, program_regions=case.program_regions[:1])
    assert ("adopted_elsewhere", "replan.adopted") in asked(SLIPPED, case=fewer, adopted=adopted)
    out = rows(
        f"{REALISED} region",
        ("P", 2027, "f", 4.0, "under_way", "", ""), ("P", 2027, "f", 0.0, "given_up", "", "A"),
        ("P", 2027, "f", 0.0, "not_begun", "", "B"), ("Q", 2027, "g", 3.0, "finished", "", ""),
    )  # fmt: skip
    assert ("regions_all_out", "progress") in asked(out, case=joint_case(out), adopted=adopted)
