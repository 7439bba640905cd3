"""The exact frontier: the published steps, every plan of random small cases, bounds where it is not exact."""

from __future__ import annotations

from itertools import pairwise
from math import inf, nan

import pytest
from pydantic import TypeAdapter

from jspmodel.errors import DataError, InfeasibleError, ScenarioError
from jspmodel.plan import Choice
from jspmodel.selection import select_programs
from jspmodel.selection.parametric import ScaledMoney, state_parametric_model
from jspmodel.selection.postoptimal import BudgetPresence, ExactFrontier, budget_presence, exact_frontier
from jspmodel.selection.postoptimal.budget_steps.frontier_proofs import Known, frontier_of
from jspmodel.selection.postoptimal.budget_steps.scaled_budgets import ScaledBudgets, ScaledPlan
from jspmodel.solver import Effort
from selection.postoptimal.all_budgets import every_priced_plan, steps_by_trying
from selection.postoptimal.published import BUDGET, NUMBERS, by_score, code, numbers, published
from selection.random_cases import random_case
from selection.small import make_scenario, one_place, rows

# fmt: off
STEPS = [
    (0, 0), (1, 18), (2, 25), (3, 43), (5, 45), (6, 63), (8, 67), (9, 70), (10, 82), (11, 87), (12, 90), (14, 94),
    (15, 106), (16, 109), (17, 114), (20, 115), (21, 133), (24, 134), (25, 139), (28, 150), (29, 158), (34, 160),
    (35, 162), (36, 175), (38, 179), (39, 181), (44, 183), (45, 196), (46, 198), (48, 202), (55, 219),
]
"""Budget and worth of each step of the published case: ``frontier_breakpoints``, by trying every set."""
IN_A_BEST_PLAN = {
    3: [28, 36, 37, 45, 46, 47, 55],
    4: [10, 15, 16, 20, 21, 22, 23, 24, 28, 29, 30, 31, 32, 33, 36, 37, 38, 39, 40, 41, 42, 43, 45, 46, 47, 48, 49, 50,
        51, 52, 53, 54, 55],
    5: [20, 24, 25, 26, 27, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51,
        52, 53, 54, 55],
    6: [34, 38, 44, 45, 48, 49, 50, 51, 52, 53, 54, 55],
    8: [35, 39, 40, 41, 42, 43, 44, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55],
}
"""``budgets_with_i_in_some_optimal_plan`` of the projects that are not in the plan at 17."""
MORE = {3: 11, 4: 3, 5: 3, 6: 17, 8: 18}
"""``least_extra_budget_some_optimal_plan``: 2 (b) at 17."""
# fmt: on


@pytest.fixture(scope="module")
def steps_of_published():
    return exact_frontier(published(), by_score(), most=56 / BUDGET, workers=1)


def test_the_31_steps_of_the_published_case(steps_of_published):
    found = steps_of_published
    assert [(step.budget, step.objective) for step in found.steps] == [
        (pytest.approx(budget), worth) for budget, worth in STEPS
    ]
    assert found.exact
    assert all(step.proven for step in found.steps)
    assert found.dropped_bounds == 0
    for step, (budget, worth) in zip(found.steps, STEPS, strict=True):
        assert step.bound == pytest.approx(worth)
        assert step.scale == pytest.approx(budget / BUDGET)
    assert numbers(found.at(1.0).choices) == (1, 2, 7, 9, 10)


def test_between_steps_nothing_changes(steps_of_published):
    """From 17 to just below 20 the best plan is worth 114, and not a rupiah of the million below 17 is."""
    at_17 = steps_of_published.at(1.1)
    assert at_17.objective == 114
    assert at_17.until == pytest.approx(20 / BUDGET, abs=1e-4)
    assert at_17.until < 20 / BUDGET
    assert at_17.least == pytest.approx(1.0, abs=1e-4)
    assert at_17.least < 1.0
    assert (at_17.scale, at_17.until) in steps_of_published.unchanged
    assert steps_of_published.gain(17 / BUDGET, 19.9 / BUDGET) == pytest.approx((0, 0), abs=1e-6)
    assert steps_of_published.gain(17 / BUDGET, 21 / BUDGET) == pytest.approx((19, 19), abs=1e-6)


def test_a_part_of_the_range_begins_with_the_best_plan_there(steps_of_published):
    told = []
    part = exact_frontier(published(), by_score(), least=0.75, most=1.1, workers=1, progress=told.append)
    # At 0.75 * 17 = 12.75 the plan of 12 is the best.
    assert [(step.budget, step.objective) for step in part.steps] == [
        (pytest.approx(budget), worth)
        for budget, worth in [(12.75, 90), (14, 94), (15, 106), (16, 109), (17, 114)]
    ]
    assert part.exact
    assert part.steps[0].choices == steps_of_published.at(0.75).choices
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize("number", NUMBERS)
def test_when_a_project_is_in_a_best_plan(steps_of_published, number):
    """Projects enter, leave and come back as the budget grows."""
    told = budget_presence(published(), by_score(), steps_of_published, code(number), workers=1)
    inside = [
        budget
        for budget in range(1, 56)
        if any(
            one.since <= budget / BUDGET + 1e-9 and budget / BUDGET < one.until - 1e-9
            for one in told.stretches
        )
    ]
    assert told.complete
    assert all(one.proven for one in told.stretches)
    if number in MORE:
        assert inside == IN_A_BEST_PLAN[number]
        assert told.more == pytest.approx(MORE[number])
        assert told.not_before == pytest.approx(told.enters, abs=1e-4)
    else:
        assert 17 in inside
        assert (told.more, told.not_before) == (0, None)


def test_a_project_leaves_again(steps_of_published):
    """Project 10 is in the best plan from 17 to 23, not at 24, and from 25 on."""
    told = budget_presence(published(), by_score(), steps_of_published, code(10), workers=1)
    assert told.leaves == pytest.approx(24 / BUDGET)
    assert [one.since for one in told.stretches if one.since > 1.0] == [pytest.approx(25 / BUDGET)]


def twins(**settings):
    """X and Y are worth 3 each, with another 2 from Z. X costs 4, Y 6, Z 1; Rp 10 billion."""
    case = one_place(
        [],
        budget=10,
        programs=rows("program name_id duration scope score", *((p, p, 1, "joint", w) for p, w, _ in TWINS)),
        program_regions=rows("program region", *((p, "A") for p, _, _ in TWINS)),
        program_costs=rows(
            "program region kind offset amount", *((p, "", "build", 0, c) for p, _, c in TWINS)
        ),
        program_effects=rows("program issue effect"),
        program_links=rows("program other kind value", ("X", "Y", "excludes", None)),
    )
    return case, by_score(**settings)


TWINS = [("X", 3, 4), ("Y", 3, 6), ("Z", 2, 1)]


def test_another_best_plan_needs_more():
    """X and Y exclude each other. With 5 the best is X and Z; from 7 on Y and Z are worth the same: then Y is in a
    best plan, although nothing changes there."""
    case, scenario = twins(budget_scale=0.6)
    found = exact_frontier(case, scenario, workers=1)
    steps = [(0, 0), (1, 2), (4, 3), (5, 5)]
    assert [(step.budget, step.objective) for step in found.steps] == [
        (pytest.approx(budget), worth) for budget, worth in steps
    ]
    told = budget_presence(case, scenario, found, "Y", workers=1)
    assert [(one.since, one.until, one.proven) for one in told.stretches] == [(pytest.approx(0.7), 1.5, True)]
    assert told.complete
    assert (told.more, told.leaves) == (pytest.approx(1), None)


def test_two_years_and_two_funds():
    """X needs 2 in the first year and 6 in the second, Y 3 and 1; fund f has 4 and 8, fund g, for Y only, 2 and 0.
    X alone needs max(2/4, 6/8) = 3/4 of the budgets. Y can take from both funds: 3 of 4 + 2, so 1/2, and 1/8. Both
    need 5 of 6 in the first year and 7 of 8 in the second: 7/8."""
    case = one_place(
        [("X", 0.3, 0), ("Y", 0.2, 0)],
        budget=0,
        years=(2027, 2028),
        programs=rows("program name_id duration scope last_start", ("X", "X", 1, "joint", 2027), ("Y", "Y", 1, "joint", 2027)),
        program_costs=rows(
            "program region kind offset amount",
            ("X", "", "build", 0, 2), ("X", "", "run", None, 6), ("Y", "", "build", 0, 3), ("Y", "", "run", None, 1),
        ),
        funds=rows("fund name_id", ("f", "Dana"), ("g", "Dana lain")),
        fund_budgets=rows("fund year amount", ("f", 2027, 4), ("f", 2028, 8), ("g", 2027, 2)),
        fund_rules=rows("fund program", ("g", "Y")),
    )  # fmt: skip
    found = exact_frontier(case, make_scenario(), workers=1)
    assert [step.scale for step in found.steps] == pytest.approx([0, 1 / 2, 3 / 4, 7 / 8])
    # phi(0.2), phi(0.3), phi(0.5) = 0.4 + 0.75 * 0.1
    assert [step.objective for step in found.steps] == pytest.approx([0, 20, 30, 47.5])
    assert found.exact


SETTINGS = [
    {"objective": "gap_closed"},
    {"objective": "score"},
    {"objective": "gap_closed", "equity": {"mode": "floor", "floor": 0.6}},
]


@pytest.mark.parametrize("settings", SETTINGS)
@pytest.mark.parametrize("seed", [4, 12])
def test_as_every_plan_at_every_budget(seed, settings):
    case, scenario = random_case(seed, programs=2), make_scenario(**settings)
    plans = every_priced_plan(case, scenario)
    found = exact_frontier(case, scenario, most=4.0, workers=1)
    steps = steps_by_trying(plans, 4.0)
    assert [(step.scale, step.objective) for step in found.steps] == [
        (pytest.approx(scale), pytest.approx(worth, abs=1e-6)) for scale, worth in steps
    ]
    assert found.exact
    ends = [*(scale for scale, _ in steps[1:]), 4.0]
    told = budget_presence(case, scenario, found, "P0", workers=1)
    for (scale, worth), end in zip(steps, ends, strict=True):
        alike = [
            p.needs for p in plans if "P0" in p.programs and p.worth >= worth - 1e-6 and p.needs < end - 1e-6
        ]
        since = max(scale, min(alike, default=inf))
        for at in (scale + 1e-5, (scale + end) / 2, end - 1e-3):
            inside = any(one.since <= at < one.until for one in told.stretches)
            assert inside == (since <= at), (at, since, told)


HARDLY = {"effort": 0.0001}
"""So little that the walk ends after a few searches."""


def larger(seed, **settings):
    """Ten programmes in two regions and years."""
    case = random_case(seed, programs=10, regions="AB", years=(2027, 2028), budget=12)
    return case, make_scenario(**settings)


def test_two_step_functions_where_the_walk_takes_too_long(monkeypatch):
    """With hardly any effort, and no point searched whole: what is said of plans and bounds holds beside the exact
    frontier."""
    case, scenario = larger(2)
    exact = exact_frontier(case, scenario, least=0.8, most=1.2, workers=1)
    assert exact.exact
    monkeypatch.setattr("jspmodel.solver.reoptimisation.SMALL", 0)
    told = []
    quick = scenario.replace(solver=HARDLY)
    rough = exact_frontier(case, quick, least=0.8, most=1.2, workers=1, progress=told.append)
    assert not rough.exact
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    for scale in [0.8 + 0.01 * k for k in range(41)]:
        worth = exact.at(scale).objective
        assert rough.at(scale).objective <= worth + 1e-6
        assert rough.bound(scale) >= worth - 1e-6
    for low, high in pairwise([0.8, 0.9, 1.0, 1.1, 1.2]):
        least, most = rough.gain(low, high)
        gain = exact.at(high).objective - exact.at(low).objective
        assert least - 1e-6 <= gain <= most + 1e-6
    least = [(step.least, step.objective) for step in rough.steps[1:] if step.least is not None]
    assert least
    for scale, worth in least:
        assert exact.at(scale).objective < worth
    known, proven = (budget_presence(case, scenario, one, "P1", workers=1) for one in (rough, exact))
    assert proven.complete
    assert not known.complete
    assert 1.0 < known.not_before <= proven.not_before


def test_plans_that_are_known_at_other_budgets(monkeypatch):
    """Those of the exact frontier, given to a search that does hardly anything: it has the same worths then."""
    case, scenario = larger(1)
    exact = exact_frontier(case, scenario, least=0.8, most=1.2, workers=1)
    monkeypatch.setattr("jspmodel.solver.reoptimisation.SMALL", 0)
    quick, best = scenario.replace(solver=HARDLY), tuple(step.choices for step in exact.steps)
    blind, told = (
        exact_frontier(case, quick, least=0.8, most=1.2, plans=plans, workers=1) for plans in ((), best)
    )
    scales = [0.8 + 0.01 * k for k in range(41)]
    worths = [exact.at(scale).objective for scale in scales]
    assert [told.at(scale).objective for scale in scales] == pytest.approx(worths)
    assert sum(blind.at(scale).objective for scale in scales) < sum(worths) - 1e-3


def test_one_worker_or_two():
    case, scenario = larger(2, solver=HARDLY)
    one, two = (exact_frontier(case, scenario, least=0.9, most=1.1, workers=workers) for workers in (1, 2))
    assert one == two


def test_a_plan_that_is_known_and_its_bound():
    """Where the walk does not end the answer of the selection stands at its own budgets, proven as it is."""
    case, scenario = larger(1, solver=HARDLY)
    plan = select_programs(case, larger(1)[1])
    found = exact_frontier(case, scenario, plan, least=0.9, most=1.1, workers=1)
    assert not found.exact
    assert found.at(1.0).objective == pytest.approx(plan.objective)
    assert found.bound(1.0) == pytest.approx(plan.objective, abs=4e-4)


def test_nothing_below_what_is_locked_in():
    """X costs 6 of 10: no plan below; with X locked in and out none at all."""
    three = one_place([("X", 0.3, 6), ("Y", 0.2, 4)], budget=10)
    found = exact_frontier(three, make_scenario(locked_in=["X"]), workers=1)
    assert [(step.budget, step.objective) for step in found.steps] == [
        (pytest.approx(6), pytest.approx(30)), (pytest.approx(10), pytest.approx(47.5)),
    ]  # fmt: skip
    assert found.exact
    assert found.at(0.5) is None
    assert found.bound(0.5) == -inf
    assert found.bounds[0].bound is None
    assert found.gain(0.5, 1.0) == (0.0, inf)
    none = exact_frontier(three, make_scenario(locked_in=["X"]), most=0.5, workers=1)
    assert (none.steps, none.exact) == ((), True)
    assert none.table.empty
    assert budget_presence(three, make_scenario(budget_scale=0.4), none, "Y", workers=1).not_before == 0.5
    with pytest.raises(InfeasibleError):
        exact_frontier(three, make_scenario(locked_in=["X"], locked_out=["X"]))


def test_a_programme_that_cannot_be_chosen():
    case, scenario = twins(locked_out=["Z"])
    told = budget_presence(case, scenario, exact_frontier(case, scenario, workers=1), "Z", workers=1)
    assert (told.stretches, told.complete, told.enters, told.more, told.not_before) == (
        (),
        True,
        None,
        None,
        1.5,
    )


def test_what_is_not_valid():
    case, scenario = twins()
    for wrong in ({"most": 0.0}, {"least": 2.0}, {"least": -0.1}, {"most": inf}, {"least": nan}):
        with pytest.raises(ValueError, match="least must be"):
            exact_frontier(case, scenario, **wrong)
    with pytest.raises(ScenarioError, match="max_min"):
        exact_frontier(case, make_scenario(equity={"mode": "max_min"}))
    with pytest.raises(DataError, match="no code"):
        budget_presence(case, scenario, exact_frontier(case, scenario, workers=1), "W")


def test_written_as_json_and_read_back(steps_of_published):
    kinds = {ExactFrontier: steps_of_published}
    kinds[BudgetPresence] = budget_presence(published(), by_score(), steps_of_published, code(3), workers=1)
    for kind, value in kinds.items():
        adapter = TypeAdapter(kind)
        assert adapter.validate_json(adapter.dump_json(value)) == value


def known(*plans, bounds, price=0.0):
    """Plans as (needs, worth), put together with bounds between 0.5 and 1.5."""
    some = tuple(
        ScaledPlan(needs, worth, (Choice(program=str(k), start=1),)) for k, (needs, worth) in enumerate(plans)
    )
    return frontier_of(Known(some, tuple(bounds), price), (1.0, 0.5, 1.5), 0.001, ScaledMoney(100.0), None)


def test_what_is_proven_of_steps():
    """At 0.5 the plan of 10 is the best, and up to 0.7, as 10 bounds all there. 20 needs more than 0.79, where 15
    bounds all; at 0.8 it is not proven to be the best. 25 needs more than 0.8."""
    found = known((0.4, 10), (0.8, 20), (1.2, 25), bounds=[(0.7, 10), (0.79, 15), (1.5, 26), (0.8, 22)])
    assert [(s.scale, s.budget, s.bound) for s in found.steps] == [
        (0.5, 50, 10),
        (0.8, 80, 22),
        (1.2, 120, 26),
    ]
    assert [(s.least, s.until, s.proven) for s in found.steps] == [
        (None, 0.7, True),
        (0.79, None, False),
        (0.8, None, False),
    ]
    assert not found.exact
    assert found.table["until"].isna().tolist() == [False, True, True]
    assert (found.bound(0.6), found.bound(0.75), found.bound(2.0)) == (10, 15, inf)


def test_exact_needs_the_stretches_between_too():
    bounds = [(0.7995, 10), (1.5, 20)]
    assert known((0.4, 10), (0.8, 20), bounds=bounds).exact
    # 18 is under 20, so the step is proven; but something may be worth 18 below it.
    between = known((0.4, 10), (0.8, 20), bounds=[(0.6, 10), (0.7995, 18), (1.5, 20)])
    assert [step.proven for step in between.steps] == [True, True]
    assert not between.exact
    # The price of money explains 2 * 0.1 * 1.5 at the end of the range, and 2 * 0.1 * 0.7995 below the step.
    assert known((0.4, 10), (0.8, 20), bounds=[(0.7995, 10.15), (1.5, 20.29)], price=0.1).exact
    assert not known((0.4, 10), (0.8, 20), bounds=[(0.7995, 10.15), (1.5, 20.31)], price=0.1).exact


def test_a_bound_below_a_plan_in_hand_proves_nothing():
    found = known((0.4, 10), bounds=[(0.9, 9.0), (0.6, -inf), (1.5, 12)])
    assert found.dropped_bounds == 2
    assert (found.steps[0].bound, found.steps[0].proven, found.exact) == (12, False, False)


def test_a_bound_at_the_very_budget_of_a_plan_is_judged_by_it():
    found = known((0.9, 10), bounds=[(0.9, 9.0), (1.5, 12)])
    assert (found.dropped_bounds, found.steps[0].until, found.steps[0].bound) == (1, None, 12)


def test_a_bound_without_a_figure_is_none():
    """Infinite: nothing is proven. JSON would have it as no figure, which says that there is no plan at all."""
    found = known((0.4, 10), bounds=[(1.0, 10), (1.5, inf)])
    assert [(one.scale, one.bound) for one in found.bounds] == [(1.0, 10)]
    assert (found.bound(1.5), found.dropped_bounds) == (inf, 0)
    adapter = TypeAdapter(ExactFrontier)
    assert adapter.validate_json(adapter.dump_json(found)).bound(1.5) == inf


def test_exact_needs_that_nothing_is_below_the_first_step():
    """Below 0.8 nothing is known: a plan worth 18 may be there, which is a step too."""
    assert not known((0.8, 20), bounds=[(0.7995, 18), (1.5, 20)]).exact
    assert known((0.8, 20), bounds=[(0.7995, -inf), (1.5, 20)]).exact


def test_a_plan_that_the_model_does_not_have_cannot_be_paid():
    case, scenario = twins()
    model = ScaledBudgets(state_parametric_model(case, scenario), 1.5, Effort(1.0), 1.0)
    chosen = [
        Choice(program="X", start=2027, regions=("A",)),
        Choice(program="Z", start=2027, regions=("A",)),
    ]
    assert model.needs(chosen) == pytest.approx(0.5)
    for wrong in ({"start": 2031}, {"regions": ("A", "B")}):
        assert model.needs([chosen[0].model_copy(update=wrong), chosen[1]]) == inf


def test_what_another_plan_says_of_itself_is_no_bound():
    case, scenario = larger(1, solver=HARDLY)
    plan = select_programs(case, larger(1)[1])
    other = plan.model_copy(update={"objective": 1.0, "bound": 1.0})
    found = exact_frontier(case, scenario, other, least=0.9, most=1.1, workers=1)
    assert found.dropped_bounds == 0
    assert found.bound(1.0) >= found.at(1.0).objective >= plan.objective - 1e-6


def test_a_programme_that_is_found_where_the_next_step_begins_is_not_in_this_one(monkeypatch):
    """Within the noise of the solver: Y with 3 needs as much as the next step, of 5, which it is not in."""
    case, scenario = twins(budget_scale=0.4)
    frontier = exact_frontier(case, scenario, workers=1)
    monkeypatch.setattr(
        ScaledBudgets, "cheapest", lambda _, worth, least, most, program: (ScaledPlan(0.5, worth, ()), most)
    )
    told = budget_presence(case, scenario, frontier, "Y", workers=1)
    # Up to 0.5 of the budgets no best plan has it, and what ends the range is told as it was found.
    assert all(one.since > 0.5 - 1e-9 and one.until == 1.5 for one in told.stretches)
    assert all(one.until - one.since > 1e-3 for one in told.stretches)


def test_budgets_of_today_that_were_not_looked_at():
    case, scenario = twins(budget_scale=0.4)
    part = exact_frontier(case, scenario, least=0.5, most=1.5, workers=1)
    told = budget_presence(case, scenario, part, "X", workers=1)
    assert (part.today, told.least) == (0.4, 0.5)
    assert told.stretches
    assert (told.enters, told.more, told.not_before) == (None, None, None)


def test_plans_that_are_no_better_are_left_out():
    found = known((0.8, 20), (0.6, 20), (0.7, 20 + 1e-7), (0.9, 19), (2.0, 30), bounds=[(1.5, 20)])
    assert [(step.scale, step.objective) for step in found.steps] == [(0.6, 20)]
    assert found.steps[0].least is None
