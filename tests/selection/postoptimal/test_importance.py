from __future__ import annotations

import pytest

from jspmodel.errors import InfeasibleError
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import importance
from selection.brute_force import OBJECTIVES, SAME
from selection.postoptimal.published import BEST, by_score, code, every_set, numbers, published
from selection.random_cases import every_plan, ruled_case, ruled_scenario
from selection.small import make_scenario, one_place, rows

NEAR = 1e-3

# Of the published case at budget 17, by trying every subset: what replacing costs, with the others held, taken out.
IN_PLAN = {1: (18, 18, 18), 2: (19, 20, 20), 7: (8, 8, 27), 9: (25, 25, 25), 10: (5, 5, 24)}
FORCED_IN = {3: (15, (7, 10)), 4: (5, (10,)), 5: (19, (2, 10)), 6: (26, (2, 7)), 8: (28, (7, 10))}


@pytest.fixture(scope="module")
def answers():
    case, scenario = published(), by_score()
    return importance(case, scenario, select_programs(case, scenario), workers=1)


def by_number(answers):
    return {numbers([item.program])[0]: item for item in answers.programs}


def test_what_replacing_each_programme_of_the_published_case_costs(answers):
    found = by_number(answers)
    for number, (replaced, held, taken_out) in IN_PLAN.items():
        item = found[number]
        assert item.selected
        assert (item.least, item.most) == (pytest.approx(replaced, abs=NEAR),) * 2
        assert (item.held_least, item.held_most) == (pytest.approx(held, abs=NEAR),) * 2
        assert item.taken_out == pytest.approx(taken_out)


def test_what_forcing_a_refused_programme_in_costs_and_who_goes(answers):
    found = by_number(answers)
    for number, (loss, displaced) in FORCED_IN.items():
        item = found[number]
        assert not item.selected
        assert (item.least, item.most) == (pytest.approx(loss, abs=NEAR),) * 2
        assert numbers(item.leave) == displaced
        assert code(number) in item.enter


def test_the_order_and_what_every_plan_within_5_percent_has(answers):
    assert [numbers([item.program])[0] for item in answers.programs] == [9, 2, 1, 7, 10, 4, 3, 5, 6, 8]
    assert [(item.rank, item.last_rank) for item in answers.programs[:5]] == [(k, k) for k in range(1, 6)]
    near = [set(chosen) for chosen, worth, cost in every_set() if cost <= 17 and worth >= 0.95 * BEST]
    everywhere, somewhere = set.intersection(*near), set.union(*near)
    assert set(numbers(answers.must_have(0.05))) == everywhere == {1, 2, 7, 9}
    assert set(numbers(answers.never(0.05))) == set(range(1, 11)) - somewhere == {3, 5, 6, 8}


def test_one_that_cannot_be_replaced_and_one_that_can_never_be_in():
    # A is demanded; C can never be in: it costs 9 of a budget of 5.
    case = one_place([("A", 0.3, 2), ("B", 0.2, 2), ("C", 0.9, 9)], budget=5)
    scenario = make_scenario(locked_in=["A"])
    found = {
        item.program: item for item in importance(case, scenario, select_programs(case, scenario)).programs
    }
    assert found["A"].irreplaceable
    assert (found["A"].least, found["A"].most) == (None, None)
    assert found["C"].irreplaceable
    assert found["C"].leave == ()
    # Gains by phi: 0.3 alone 30, with 0.2 more 40 + 0.75 * 10 = 47.5: B brings 17.5, whatever is done.
    assert (found["B"].least, found["B"].most) == (pytest.approx(17.5, abs=NEAR),) * 2
    assert (found["A"].rank, found["A"].last_rank, found["B"].rank) == (1, 1, 2)


def test_programmes_that_cannot_be_told_apart_share_their_places():
    case = one_place([("A", 0.3, 2), ("B", 0.3, 2), ("C", 0.3, 2)], budget=4)
    scenario = make_scenario()
    plan = select_programs(case, scenario)
    found = importance(case, scenario, plan)
    assert [(item.rank, item.last_rank) for item in found.programs if item.selected] == [(1, 2), (1, 2)]
    assert all(item.least == pytest.approx(0, abs=NEAR) for item in found.programs)


def test_two_processes_answer_as_one_does():
    case = one_place([(f"P{k}", 0.1 + 0.02 * k, 1 + k % 3) for k in range(14)], budget=9)
    scenario = make_scenario()
    plan = select_programs(case, scenario)
    told = []
    assert importance(case, scenario, plan, workers=2, progress=told.append) == importance(
        case, scenario, plan, workers=1
    )
    assert told == sorted(told)
    assert told[-1] <= 1


@pytest.mark.parametrize(("objective", "mode"), OBJECTIVES)
@pytest.mark.parametrize("seed", [1, 4, 6])
def test_against_every_plan_there_is(seed, objective, mode):
    case = ruled_case(seed)
    scenario = ruled_scenario(seed, objective=objective, equity={"mode": mode, "floor": 0.4})
    try:
        plan = select_programs(case, scenario)
    except InfeasibleError:
        assert not every_plan(case, scenario) or mode != "off"
        return
    floor = plan.equity.floor if plan.equity else 0.0
    tried = [one for one in every_plan(case, scenario) if one.least >= floor - 1e-5 or mode == "off"]
    best = max(one.objective for one in tried)
    for item in importance(case, scenario, plan, workers=1).programs:
        others = [one.objective for one in tried if (item.program in one.programs) != item.selected]
        if not others:
            assert item.irreplaceable
            assert item.least is None
        else:
            assert not item.irreplaceable
            assert item.least - SAME <= best - max(others) <= item.most + SAME
            assert item.most - item.least <= 10 * SAME


def test_the_table_has_a_row_a_programme(answers):
    assert list(answers.table["program"]) == [item.program for item in answers.programs]
    assert answers.table["least"].notna().all()


def test_one_that_others_need_cannot_be_taken_out_alone():
    # B requires A, which is delivered before. Without A, B goes too: 0.5 is worth 40 + 0.75 * 10 = 47.5, and C
    # (0.1, 10) takes the room. With B in its second year of two, its effect counts for half the horizon.
    links = rows("program other kind value", ("B", "A", "requires", None))
    case = one_place(
        [("A", 0.0, 2), ("B", 0.5, 2), ("C", 0.1, 2)], budget=2, years=(2027, 2028), program_links=links
    )
    scenario = make_scenario()
    found = {
        item.program: item for item in importance(case, scenario, select_programs(case, scenario)).programs
    }
    assert (found["A"].held_least, found["A"].held_most) == (None, None)
    # The best plan has A in 2027 and B in 2028: 47.5 / 2 = 23.75. Without A (or B): C from 2027 on, 10.
    for program in "AB":
        assert found[program].estimate == pytest.approx(13.75, abs=NEAR)
        assert found[program].leave == ("A", "B")
        assert found[program].enter == ("C",)
