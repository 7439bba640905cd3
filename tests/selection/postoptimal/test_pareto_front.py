"""The front of two objectives: on paper, as published, and against trying every plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jspmodel.errors import DataError
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import pareto_front, payoff_table
from jspmodel.selection.postoptimal.multiobjective.objective_space import (
    ObjectiveSpace,
    Rectangle,
    nondominated,
)
from selection.postoptimal.several_objectives import (
    FRONT,
    PUBLISHED,
    RESOLUTION,
    better,
    efficient,
    on_paper,
    two_profits,
    values_of_all,
)
from selection.random_cases import random_case, ruled_case, ruled_scenario
from selection.small import make_scenario, rows, two_places


def close(points):
    return [pytest.approx(point, abs=RESOLUTION) for point in points]


def test_the_front_on_paper_has_its_unsupported_points():
    told = []
    case, scenario, plan = on_paper()
    front = pareto_front(case, scenario, plan, ["score", "gap_closed"], progress=told.append)
    assert [point.values for point in front.points] == close(FRONT)
    programs = [[choice.program for choice in point.choices] for point in front.points]
    assert programs == [["A"], ["D", "E"], ["B"], ["C"]]
    assert [point.cost for point in front.points] == [2, 2, 2, 2]
    assert front.exact
    assert all(point.proven for point in front.points)
    assert front.boxes == ()
    assert front.bounds == pytest.approx((10, 50), abs=RESOLUTION)
    # The present plan closes most: it is C.
    assert [point.present for point in front.points] == [False, False, False, True]
    assert front.present == pytest.approx((1, 50))
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert list(front.table["enter"]) == [(), ("D", "E"), ("B",), ("C",)]
    assert list(front.table["leave"]) == [(), ("A",), ("D", "E"), ("B",)]


def test_less_money_is_better():
    """Nothing, E for one billion, C for two: D closes less than E for the same, and A and B less than C."""
    case, scenario, plan = on_paper()
    front = pareto_front(case, scenario, plan, ["gap_closed", "cost"])
    assert [point.values for point in front.points] == close([(50, 2), (15, 1), (0, 0)])
    assert front.exact
    assert [point.cost for point in front.points] == [2, 1, 0]


def test_an_objective_that_no_plan_gains_in_says_nothing_of_the_other():
    """P closes 0.3 of the gap of A, half of all need: 15 percent; B, the worst off, gains nothing whatever is done."""
    case = two_places(
        rows("program name_id duration scope", ("P", "P", 1, "joint")),
        rows("program region", ("P", "A")),
        [("P", "A", "build", 0, 1.0)],
        [("P", "w", 0.3)],
        budget=1.0,
    )
    scenario = make_scenario()
    front = pareto_front(case, scenario, select_programs(case, scenario), ["gap_closed", "worst_off"])
    assert [point.values for point in front.points] == close([(15, 0)])
    assert front.bounds == pytest.approx((15, 0), abs=RESOLUTION)
    assert front.exact


def test_the_pay_off_table_on_paper():
    """D and E are quick wins: both start at most, which leaves no money for C."""
    case, scenario, plan = on_paper()
    table = payoff_table(case, scenario, plan, ["score", "gap_closed", "quick_wins"])
    assert [row.values for row in table.rows] == close([(10, 10, 0), (1, 50, 0), (7, 23, 2)])
    assert [row.bound for row in table.rows] == close([10, 50, 2])
    assert all(row.proven for row in table.rows)
    assert table.ideal == pytest.approx((10, 50, 2), abs=RESOLUTION)
    assert table.nadir == pytest.approx((1, 10, 0), abs=RESOLUTION)
    assert table.present == pytest.approx((1, 50, 0))
    assert list(table.table["best"]) == ["score", "gap_closed", "quick_wins"]


def test_the_nine_points_of_the_published_knapsack():
    front = pareto_front(*two_profits(), ["score", "gap_closed"])
    assert [(round(a), round(100 * b)) for a, b in (point.values for point in front.points)] == list(
        PUBLISHED
    )
    numbers = [[int(choice.program[1:]) for choice in point.choices] for point in front.points]
    assert numbers == list(PUBLISHED.values())
    assert front.exact
    assert all(point.proven for point in front.points)
    assert front.dropped_bounds == 0


PAIRS = [
    ("gap_closed", "worst_off"),
    ("gap_closed", "cost"),
    ("score", "gap_closed"),
    ("score", "cost"),
    ("region:A", "worst_off"),
]


@pytest.mark.parametrize("seed", range(8))
def test_every_point_of_random_cases(seed):
    names = PAIRS[seed % len(PAIRS)]
    case, scenario = random_case(seed), make_scenario()
    front = pareto_front(case, scenario, select_programs(case, scenario), names)
    assert [point.values for point in front.points] == close(
        efficient(values_of_all(case, scenario, names), names)
    )
    assert front.exact
    assert all(point.proven for point in front.points)


@pytest.mark.parametrize("seed", [1, 2, 5, 9])
def test_every_point_where_rules_bite(seed):
    case, scenario = ruled_case(seed), ruled_scenario(seed)
    names = PAIRS[seed % len(PAIRS)]
    tried = values_of_all(case, scenario, names)
    front = pareto_front(case, scenario, select_programs(case, scenario), names)
    assert [point.values for point in front.points] == close(efficient(tried, names))
    assert front.exact


def test_an_equity_rule_holds_unless_it_is_an_objective():
    case = random_case(3)
    scenario = make_scenario(equity={"mode": "max_min"})
    plan = select_programs(case, scenario)
    ruled = pareto_front(case, scenario, plan, ["gap_closed", "cost"])
    assert not ruled.without_equity
    least = [values_of_all(case, make_scenario(), ["gap_closed", "worst_off", "cost"])]
    fair = [(a, c) for a, b, c in least[0] if b >= plan.equity.floor - 1e-6]
    assert [point.values for point in ruled.points] == close(efficient(fair, ["gap_closed", "cost"]))
    free = pareto_front(case, scenario, plan, ["gap_closed", "worst_off"])
    assert free.without_equity
    every = [(a, b) for a, b, _ in least[0]]
    assert [point.values for point in free.points] == close(efficient(every, ["gap_closed", "worst_off"]))


def test_what_is_open_where_the_effort_ends():
    """Between points and boxes no plan is missed, however little is done."""
    case, scenario = random_case(11, programs=4), make_scenario()
    plan = select_programs(case, scenario)
    names = ["gap_closed", "cost"]
    front = pareto_front(case, scenario, plan, names, share=1e-9)
    assert not front.exact
    assert_nothing_missed(front, values_of_all(case, scenario, names), names)


@pytest.mark.parametrize("seed", [2, 4, 9])
def test_a_model_searched_in_parts_misses_no_plan(seed, monkeypatch):
    """As a large model is: whatever is found, every plan is no better than a point, or lies in a box."""
    monkeypatch.setattr("jspmodel.selection.postoptimal.multiobjective.objective_search.WHOLE", 0)
    case, scenario = random_case(seed), make_scenario()
    names = PAIRS[seed % len(PAIRS)]
    front = pareto_front(case, scenario, select_programs(case, scenario), names)
    every = values_of_all(case, scenario, names)
    assert_nothing_missed(front, every, names)
    # So small a case is proven all the same.
    assert [point.values for point in front.points] == close(efficient(every, names))


def assert_nothing_missed(front, every, names):
    """Make sure that each plan is no better than a known one, or in an open box, and that points are plans."""
    for point in front.points:
        assert any(point.values == pytest.approx(one, abs=RESOLUTION) for one in every)
    for one in every:
        known = any(
            all(better(n, a, b) >= -RESOLUTION for n, a, b in zip(names, point.values, one, strict=True))
            for point in front.points
        )
        inside = any(
            all(
                min(box_side) - RESOLUTION <= value <= max(box_side) + RESOLUTION
                for value, box_side in zip(one, (box.first, box.second), strict=True)
            )
            for box in front.boxes
        )
        assert known or inside


def test_the_space_between_points():
    space = ObjectiveSpace((0.01, 0.01))
    for point in [(10.0, 1.0), (4.0, 6.0), (4.0, 5.0)]:
        space.add(point)
    assert space.points == [(10.0, 1.0), (4.0, 6.0)]
    space.rule_out((10.0, -1.0))
    space.rule_out((-1.0, 6.0))
    space.rule_out((7.0, 3.0))
    # Above 4 and up to 10 while the second gain is at most 3, then up to 7.
    assert space.strips((20.0, 20.0)) == [
        [],
        [Rectangle((4.0, 1.0), (10.0, 3.0)), Rectangle((4.0, 3.0), (7.0, 6.0))],
        [],
    ]
    assert space.bound_at((4.0, 6.0)) == 7.0
    space.rule_out((4.0, 1.0))
    assert space.strips((20.0, 20.0)) == [[], [], []]
    assert space.bound_at((4.0, 6.0)) == 4.0
    # A plan in hand shows that a corner was wrong.
    space.add((8.0, 5.0))
    assert space.dropped == 1
    assert space.points == [(10.0, 1.0), (8.0, 5.0), (4.0, 6.0)]


def test_points_within_the_resolution_are_one():
    assert nondominated([(3.0, 1.0), (2.999, 2.0), (1.0, 2.001)], (0.01, 0.01)) == [(2.999, 2.0)]


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (["gap_closed", "gapclosed"], ["no_such_objective"]),
        (["gap_closed", "gap_closed"], ["objective_twice"]),
        (["gap_closed"], ["objectives_two"]),
        (["gap_closed", "score", "cost"], ["objectives_two"]),
        (["issue:x", "region:Z"], ["unknown_part", "unknown_part"]),
        (
            ["best", "best", "quick"],
            ["objectives_two", "objective_twice", "no_such_objective", "no_such_objective"],
        ),
    ],
)
def test_what_is_asked_for_wrongly_is_told_at_once(names, codes):
    with pytest.raises(DataError) as told:
        pareto_front(*on_paper(), names)
    assert [problem.code for problem in told.value.problems] == codes
    assert str(told.value)


def test_an_objective_of_which_the_tables_say_nothing():
    case, scenario = random_case(1), make_scenario()
    plan = select_programs(case, scenario)
    with pytest.raises(DataError) as told:
        pareto_front(
            replace(case, programs=case.programs.assign(score=0.0)), scenario, plan, ["score", "quick_wins"]
        )
    assert [problem.code for problem in told.value.problems] == [
        "objective_without_scores",
        "objective_without_quick_wins",
    ]
