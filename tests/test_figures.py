"""What is said of a case and a plan, worked out by hand on the case of tests/hand.py."""

import pandas as pd
import pytest

from hand import TABLES, rows
from jspmodel.figures import (
    BudgetStep,
    change_of,
    figures,
    is_sure,
    plan_changes,
    programs_by_pair,
    province_impact,
    region_changes,
    row_order,
    saving,
    total_costs,
    unspent_budgets,
)
from jspmodel.plan import Choice, PlannedProgram, RegionResult
from jspmodel.scenario import Scenario
from small_decision import small_case, small_plan


def choice(program, start=2027, *regions):
    return Choice(program=program, start=start, regions=regions)


def test_what_was_changed_from_one_plan_to_another():
    before = [choice("P", 2027, "A", "B"), choice("Q", 2027, "A"), choice("R", 2028), choice("S", 2028, "A")]
    after = [choice("P", 2027, "B", "A"), choice("Q", 2027, "B"), choice("T", 2028), choice("S", 2029, "A")]
    found = plan_changes(before, after)
    assert ([c.program for c in found.added], [c.program for c in found.dropped]) == (["T"], ["R"])
    assert [(one.program, one.start, other.start) for one, other in found.moved] == [("S", 2028, 2029)]
    assert [one.program for one, _ in found.regions] == ["Q"]
    assert found
    # In another order the regions are the same.
    assert not plan_changes(before[:1], after[:1])
    old, new = ({one.program: one for one in plan} for plan in (before, after))
    assert [change_of(code, new, old) for code in "PQRSTU"] == [
        "moves",
        "moves",
        "leaves",
        "moves",
        "enters",
        "out",
    ]
    assert change_of("Q", old, old) == "stays"


def test_rows_stand_by_start_and_those_of_no_plan_last():
    assert row_order(small_case(), [choice("P", 2028), choice("H", 2027)]) == ("H", "P", "Q")
    assert row_order(small_case(), [choice("Q", 2028), choice("P", 2028)]) == ("P", "Q", "H")


def test_what_two_regions_carry_out_together():
    # Q is of the province; H is B's alone; G is of both and named the other way round.
    programs = rows(
        "program name_id duration scope",
        ("P", "P", 1, "joint"), ("Q", "Q", 1, "province"), ("H", "H", 1, "joint"), ("G", "G", 1, "joint"),
    )  # fmt: skip
    plan = small_plan(
        programs=tuple(
            PlannedProgram(program=code, selected=True, start=2027, regions=regions)
            for code, regions in {"P": ("A", "B"), "Q": ("A", "B"), "H": ("B",), "G": ("B", "A")}.items()
        )
    )
    case = small_case(programs=programs)
    assert programs_by_pair(case, plan) == {("A", "B"): ["G", "P"]}
    found = figures(case, Scenario(), plan)
    # Ceilings 10 + 20 + 6.
    assert (found.joint, found.selected, found.ceiling, found.first, found.last) == (2, 4, 36.0, 2027, 2028)
    assert found.left == 36.0 - plan.cost


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([(0.75, 10.0), (0.25, 30.0)], 15.0),
        ([(0.75, 10.0), (0.0, None)], 10.0),
        ([(0.2, 10.0), (0.6, 30.0)], 25.0),
        ([(0.0, None)], 0.0),
    ],
)
def test_regions_weigh_by_their_needs(told, expected):
    regions = tuple(
        RegionResult(region=f"R{k}", need=need, impact=impact, cost=0.0)
        for k, (need, impact) in enumerate(told)
    )
    assert province_impact(small_plan(regions=regions)) == pytest.approx(expected)


def test_run_costs_are_due_once_it_is_delivered():
    # P is built in 2027 (10 shared) and 2028 (4 in A), and runs for 0.5 a year in B from 2029 on.
    found = total_costs(small_case(), Scenario(last_year=2030))
    assert found.to_numpy().tolist() == [
        ["P", "", "build", 2027, 10.0], ["P", "A", "build", 2028, 4.0],
        ["P", "B", "run", 2029, 0.5], ["P", "B", "run", 2030, 0.5],
    ]  # fmt: skip


def test_what_is_left_is_told_apart_by_year_and_by_who_may_use_it():
    # Without a plan all of 10, 20 and 6 is left. What is refused starts in 2027 at the latest; g may pay for none of it.
    programs = TABLES["programs"].assign(last_start=2027)
    pays = rows("fund program dimension max_share", ("g", "X", "", 1.0))
    programs = pd.concat([programs, rows("program name_id duration scope", ("X", "X", 1, "joint"))])
    plan = small_plan(
        programs=tuple(PlannedProgram(program=code, selected=False) for code in "PQH"), funding=()
    )
    case = small_case(programs=programs, fund_rules=pays)
    found = unspent_budgets(case, Scenario(), plan)
    assert (found.too_late, found.bound, found.other) == ({2028: 26.0}, 0.0, 10.0)
    budgets = rows(
        "fund year amount", ("f", 2027, 10.0), ("f", 2028, 20.0), ("g", 2027, 6.0), ("g", 2028, 1.0)
    )
    found = unspent_budgets(
        small_case(programs=programs, fund_rules=pays, fund_budgets=budgets), Scenario(), plan
    )
    assert (found.too_late, found.bound, found.other) == ({2028: 21.0}, 6.0, 10.0)


@pytest.mark.parametrize(
    ("low", "high", "sure"),
    [(10, 12, True), (9.9, 10, False), (9, 9.9, True), (9, 11, False)],
)
def test_a_volume_is_sure_where_the_lowest_reaches_it_or_the_highest_does_not(low, high, sure):
    assert is_sure(low, high, 10) is sure
    # 0.1 + 0.2 is a little more than 0.3, and 0.3 less a little is as much.
    assert is_sure(0.1 + 0.2, 1, 0.3)
    assert is_sure(0.3, 1, 0.1 + 0.2)


def test_a_saving_that_would_be_told_as_nothing_is_told_as_little():
    told = {gain: saving(gain, "en").replace("\N{NO-BREAK SPACE}", " ") for gain in (2.0, 0.06, 0.05, 0.04)}
    assert told == {
        2.0: "Rp 2 billion",
        0.06: "Rp 0.1 billion",
        0.05: "less than Rp 0.1 billion",
        0.04: "less than Rp 0.1 billion",
    }


def test_regions_that_lose_and_gain_are_told_largest_change_first():
    codes = [f"R{k}" for k in range(9)]
    case = small_case(
        regions=rows("region name", *((code, f"Kab {code}") for code in codes)),
        borders=rows("region_a region_b"), indicator_values=TABLES["indicator_values"].iloc[:0],
        issue_regions=TABLES["issue_regions"].iloc[:0], program_regions=rows("program region"),
        program_costs=rows("program region kind offset amount"), program_outputs=rows("program region offset indicator unit target"),
    )  # fmt: skip
    changes = pd.Series([0.06, 3.0, 1.0, 2.0, 4.0, 5.0, -1.0, 0.04, -0.04], index=codes)
    step = BudgetStep(110, 1.0, 1.0, 1.0, 1.0, "found", (), (), (), changes)
    told = dict(region_changes(case, step, "en"))
    assert [told["regions_lose"].count(code) for code in codes] == [0, 0, 0, 0, 0, 0, 1, 0, 0]
    assert "−1.0" in told["regions_lose"]
    gain = told["regions_gain"]
    order = [gain.index(code) for code in ("R5", "R4", "R1", "R3", "R2")]
    assert order == sorted(order)
    assert "+5.0" in gain
    assert "R0" not in gain.replace("R00", "")
    assert "1" in gain.split("+1.0")[-1]  # and one more
    assert not dict(region_changes(case, BudgetStep(90, 1, 1, 1, 1, "found", (), (), (), changes * 0), "en"))
