"""Plans that somebody brings, cut down to what keeps the rules, by hand."""

from __future__ import annotations

import pytest

from jspmodel.errors import DataError
from jspmodel.plan import Choice
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import Dropped, customary_plans
from selection.postoptimal.published import by_score, numbers, published
from selection.small import make_scenario, one_place, rows, two_places


def brought(case, scenario, *choices):
    plan = select_programs(case, scenario)
    found = customary_plans(case, scenario, plan, brought=choices, workers=1)
    return found.plans[-1]


def projects(*chosen):
    return [Choice(program=f"P{number}", start=2027) for number in chosen]


def test_a_plan_that_keeps_the_rules_stays_whole():
    """7, 6 and 9 cost 6 + 9 + 2 = 17 of 17 and are worth 27 + 21 + 25 = 73, 41 less than the best."""
    plan = brought(published(), by_score(), *projects(7, 6, 9))
    assert (plan.status, plan.dropped) == ("legal", ())
    assert (numbers(plan.choices), plan.worth, plan.loss, plan.cost) == ((6, 7, 9), 73, 41, 17)
    assert (plan.ours_only, plan.theirs_only) == (("P1", "P2", "P10"), ("P6",))


def test_what_is_too_dear_is_cut_down_to_the_part_worth_most():
    """Of 8, 5, 9 and 10 (costs 10, 8, 2, 5; values 23, 25, 25, 24) 17 pays for 5, 9 and 10, or 8, 9 and 10.

    The first are worth 74, the second 72: 8 goes, as the money would be missing.
    """
    plan = brought(published(), by_score(), *projects(8, 5, 9, 10))
    assert (numbers(plan.choices), plan.worth) == ((5, 9, 10), 74)
    assert plan.dropped == (Dropped("P8", "", ("costs_paid",)),)


def test_each_that_goes_has_the_rules_that_it_breaks():
    """B excludes A, C is left out by the scenario, D would start too late; A alone is worth more than B."""
    case = one_place(
        [("A", 0.3, 1.0), ("B", 0.2, 1.0), ("C", 0.1, 1.0), ("D", 0.1, 1.0)],
        budget=10.0,
        years=(2027, 2028),
        program_links=rows("program other kind", ("A", "B", "excludes")),
    )
    chosen = [Choice(program=p, start=2027, regions=("A",)) for p in "ABC"]
    late = Choice(program="D", start=2029, regions=("A",))
    plan = brought(case, make_scenario(locked_out=["C"]), *chosen, late)
    assert {c.program for c in plan.choices} == {"A"}
    assert [(d.program, d.region, d.rules[0]) for d in plan.dropped] == [
        ("B", "", "excludes"),
        ("C", "", "locked_out"),
        ("D", "", "horizon"),
    ]


def test_a_region_that_may_not_take_part_goes_alone():
    """P is for A alone; P with A keeps all rules."""
    case = two_places(
        rows("program name_id duration", ("P", "P", 1)),
        rows("program region", ("P", "A")),
        [("P", "", "build", 0, 1.0)],
        [("P", "w", 0.3)],
        budget=1.0,
    )
    plan = brought(case, make_scenario(), Choice(program="P", start=2027, regions=("A", "B")))
    assert [(c.program, c.regions) for c in plan.choices] == [("P", ("A",))]
    assert plan.dropped == (Dropped("P", "B", ("eligible_regions",)),)
    assert plan.loss == pytest.approx(0.0, abs=1e-9)


def test_where_no_part_keeps_the_rules_the_rules_are_told():
    """P1 must be in the plan, and nothing is put in that was not brought."""
    plan = brought(published(), by_score(locked_in=[{"program": "P1"}]), *projects(7, 9))
    assert (plan.status, plan.choices, plan.worth) == ("not_legal", (), None)
    assert [check.rule for check in plan.broken] == ["locked_in"]


def test_codes_that_are_not_known_are_told_with_the_nearest():
    case, scenario = published(), by_score()
    ours = select_programs(case, scenario)
    wrong = [
        Choice(program="P11", start=2027),
        *projects(7, 7),
        Choice(program="P2", start=2027, regions=("B",)),
    ]
    with pytest.raises(DataError) as refused:
        customary_plans(case, scenario, ours, brought=wrong, workers=1)
    told = [(problem.code, problem.values["value"]) for problem in refused.value.problems]
    assert told == [("unknown_code", "P11"), ("brought_twice", "P7"), ("unknown_code", "B")]
    assert refused.value.problems[0].values["nearest"].startswith("P1")
