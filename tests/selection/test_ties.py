"""Plans of equal worth: the cheaper, then the smaller codes, and always the same one."""

from __future__ import annotations

import pytest

from jspmodel.intake.tables import build_case
from jspmodel.plan import Choice
from jspmodel.selection import select_programs
from jspmodel.selection.formulation import Model, read_column_map
from jspmodel.selection.objectives import worth_of
from jspmodel.selection.search import ties
from selection.random_cases import random_case
from selection.small import make_scenario, one_place, places, rows, starts, stated

CASE = one_place([("Z", 0.3, 4), ("X", 0.3, 4), ("Y", 0.3, 5), ("W", 0.2, 4), ("V", 0.0, 1)], budget=6)


def settled(case, scenario, *codes, regions=("A",), tries=200):
    formulation = stated(case, scenario)
    model = Model(formulation.problem, scenario.solver)
    plan = [Choice(program=code, start=2027, regions=regions) for code in codes]
    column_map, worth = read_column_map(formulation, model), worth_of(case, scenario)
    found = ties.settled(formulation, model, column_map, plan, worth, tries)
    return {choice.program: choice.regions for choice in found}


def test_the_cheaper_of_equal_worth():
    case = one_place([("A", 0.3, 5), ("B", 0.3, 4)], budget=6)
    assert starts(select_programs(case, make_scenario())) == {"B": 2027}
    # As well where the search may stop at any plan of the same worth.
    wide = make_scenario(solver={"gap": 0.9})
    assert starts(select_programs(case, wide)) == {"B": 2027}


@pytest.mark.parametrize("order", ["ZXY", "XYZ", "YZX"])
def test_the_smaller_code_of_equal_worth_and_cost(order):
    case = one_place([(code, 0.3, 4) for code in order], budget=6)
    assert starts(select_programs(case, make_scenario())) == {"X": 2027}
    two = one_place([(code, 0.3, 4) for code in order], budget=9)
    assert sorted(starts(select_programs(two, make_scenario()))) == ["X", "Y"]


def test_what_adds_nothing_is_given_up():
    assert settled(CASE, make_scenario(), "Z", "V") == {"X": ("A",)}
    assert settled(CASE, make_scenario(locked_in=["V"]), "Z", "V") == {"X": ("A",), "V": ("A",)}


def test_what_is_worth_less_or_more_is_no_tie():
    assert settled(CASE, make_scenario(), "Y") == {"X": ("A",)}  # equal and cheaper
    assert settled(CASE, make_scenario(), "W") == {"W": ("A",)}  # X would be more: for the search to find
    assert settled(CASE, make_scenario(), "Z", tries=0) == {"Z": ("A",)}


def test_an_exchange_keeps_the_rules():
    assert settled(CASE, make_scenario(locked_in=["Z"]), "Z") == {"Z": ("A",)}
    links = rows("program other kind", ("X", "V", "requires"))
    case = one_place([("X", 0.3, 4), ("Z", 0.3, 4), ("V", 0.0, 1)], budget=6, program_links=links)
    assert settled(case, make_scenario(), "Z") == {"Z": ("A",)}


def test_a_region_of_the_same_needs_and_one_without_any():
    # A and B alike, C without need: X works in one of them. B is exchanged for A, and C, which costs 1, is given up.
    tables = {
        "regions": rows("region name", ("A", "Alfa"), ("B", "Beta"), ("C", "Gama")),
        "issues": rows("issue name_id", ("w", "Sampah")),
        "issue_regions": rows("issue region severity", ("w", "A", 1.0), ("w", "B", 1.0), ("w", "C", 0.0)),
        "programs": rows("program name_id duration", ("X", "X", 1)),
        "program_regions": rows("program region", ("X", "A"), ("X", "B"), ("X", "C")),
        "program_costs": rows(
            "program region kind offset amount", *(("X", r, "build", 0, 3 if r < "C" else 1) for r in "ABC")
        ),
        "program_effects": rows("program issue effect", ("X", "w", 0.3)),
        "funds": rows("fund name_id", ("f", "Dana")),
        "fund_budgets": rows("fund year amount", ("f", 2027, 4)),
    }
    case = build_case("three", tables)
    assert settled(case, make_scenario(), "X", regions=("B", "C")) == {"X": ("A",)}
    assert places(select_programs(case, make_scenario())) == {"X": ("A",)}


@pytest.mark.parametrize("seed", [3, 4])
def test_one_thread_or_two_give_the_same_plan(seed):
    case = random_case(seed, programs=8, regions="ABC", years=range(2027, 2030), budget=10)
    found = []
    for threads in (1, 2, 1):
        plan = select_programs(case, make_scenario(solver={"gap": 0.0, "threads": threads}))
        assert not plan.stopped_by_clock
        found.append(plan.model_copy(update={"bound": 0.0, "gap": 0.0}))
    assert found[0] == found[1] == found[2]
