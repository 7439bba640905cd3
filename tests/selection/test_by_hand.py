"""Problems whose answer is worked out on paper."""

from __future__ import annotations

import pytest

from jspmodel.plan import Choice
from jspmodel.selection import select_programs
from selection.small import make_scenario, one_place, rows, starts, unequal


def test_certain_money_first():
    # X costs 4; 3 are agreed, 2 expected, 9 pledged.
    tables = {
        "funds": rows("fund name_id certainty", ("p", "CSR", "pledge"), ("e", "Danais", "expected"), ("a", "APBD", "agreed")),
        "fund_budgets": rows("fund year amount", ("p", 2027, 9), ("e", 2027, 2), ("a", 2027, 3)),
    }  # fmt: skip
    plan = select_programs(one_place([("X", 0.3, 4)], budget=0, **tables), make_scenario())
    assert {item.fund: item.amount for item in plan.funding} == pytest.approx({"a": 3, "e": 1})


def test_the_cheaper_of_two_equal_plans():
    case = one_place([("X", 0.3, 5), ("Y", 0.3, 4), ("Z", 0.3, 6)], budget=6)
    assert starts(select_programs(case, make_scenario())) == {"Y": 2027}


def test_without_equity_the_largest_region_takes_all():
    # X and Z in A: phi(0.8) = 0.7, times 0.75 = 52.5. X and Y: 0.4 of all = 40.
    plan = select_programs(unequal(), make_scenario())
    assert sorted(starts(plan)) == ["X", "Z"]
    assert plan.objective == pytest.approx(52.5)
    assert plan.equity is None


def test_nothing_to_choose_from():
    plan = select_programs(one_place([("X", 0.3, 6)], budget=5), make_scenario(locked_out=["X"]))
    assert plan.selected == ()
    assert (plan.objective, plan.bound, plan.gap, plan.status) == (
        0,
        pytest.approx(0, abs=1e-3),
        0,
        "optimal",
    )
    assert plan.audit.passed


def test_choices_of_a_plan():
    plan = select_programs(one_place([("X", 0.3, 1)], budget=1), make_scenario())
    assert plan.choices == (Choice(program="X", start=2027, regions=("A",)),)
