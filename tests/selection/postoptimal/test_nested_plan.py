"""What goes first: the published case, chains of all plans there are, budgets that are too small."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from pydantic import TypeAdapter

from jspmodel import measure
from jspmodel.errors import InfeasibleError, ScenarioError
from jspmodel.intake import load
from jspmodel.measure import computed_once
from jspmodel.selection import select_programs
from jspmodel.selection.explanation import evaluate
from jspmodel.selection.postoptimal import NestedPlan, nested_plan
from selection.brute_force import SAME
from selection.postoptimal.published import by_score, code, every_set, numbers, published
from selection.random_cases import every_plan, random_case, ruled_case, ruled_scenario
from selection.small import make_scenario, one_place, rows

BUDGETS = range(11, 21)
CHANCES = (0.012, 0.019, 0.032, 0.052, 0.086, 0.142, 0.235, 0.188, 0.141, 0.093)
NESTED = (70, 70, 70, 94, 94, 94, 114, 114, 114, 114)
"""As the user manual of LOGOS shows them for these budgets (risk-informed knapsack), and by ``best_chain``."""
FREE = (87, 90, 90, 94, 106, 109, 114, 114, 114, 115)
NEAR = 1e-3
DIY = Path(__file__).parents[3] / "data" / "diy"


def best_chain(worths, weights, programs):
    """The most that a chain is worth: ``worths`` by bits of programmes at each level, -inf where there is none.

    Level after level, the best chain that ends with a part of each set, over all sets.
    """
    below = np.zeros(1 << programs)
    for worth, weight in zip(worths, weights, strict=True):
        below = below + weight * np.array(worth)
        for bit in range(programs):
            for some in range(1 << programs):
                if some >> bit & 1:
                    below[some] = max(below[some], below[some ^ (1 << bit)])
    return below[-1]


def subset_worths(budgets):
    """What each subset is worth at each budget, by its bits; -inf where it costs more."""
    worths = np.full((len(budgets), 1024), -np.inf)
    for chosen, worth, cost in every_set():
        worths[[cost <= budget for budget in budgets], sum(1 << k - 1 for k in chosen)] = worth
    return worths


@pytest.fixture(scope="module")
def answers():
    # Of a budget of 10 the levels are 11 to 20.
    levels = [budget / 10 for budget in BUDGETS]
    return nested_plan(published(10), by_score(), levels=levels, weights=CHANCES, workers=1)


def nested(plan):
    """Whether each level of a plan keeps what the one below carries out."""
    codes = [
        {choice.program for choice in level.choices} for level in plan.levels if level.choices is not None
    ]
    return all(less <= more for less, more in pairwise(codes))


def test_the_published_values_are_those_of_the_best_chain():
    worths = subset_worths(BUDGETS)
    assert best_chain(worths, CHANCES, 10) == pytest.approx(sum(np.multiply(CHANCES, NESTED)))
    assert tuple(worths.max(axis=1)) == FREE


def test_nested_plans_of_the_published_case(answers):
    assert [level.objective for level in answers.levels] == pytest.approx(NESTED)
    assert [level.free_objective for level in answers.levels] == pytest.approx(FREE)
    assert [level.free_bound for level in answers.levels] == pytest.approx(FREE, abs=NEAR)
    assert answers.objective == pytest.approx(105.628)
    assert (answers.free_least, answers.free_most) == (pytest.approx(110.107, abs=NEAR),) * 2
    assert answers.proven
    assert answers.bound_by == "nested"
    assert nested(answers)


def test_what_goes_first_in_the_published_case(answers):
    assert [(numbers([program])[0], round(10 * level)) for program, level in answers.order] == [
        (1, 11), (7, 11), (9, 11), (10, 14), (2, 17),
    ]  # fmt: skip
    assert [numbers(level.joins) for level in answers.levels if level.joins] == [(1, 7, 9), (10,), (2,)]


def test_what_being_nested_costs_in_the_published_case(answers):
    costs = np.subtract(FREE, NESTED)
    assert [level.least for level in answers.levels] == pytest.approx(costs, abs=NEAR)
    assert [level.most for level in answers.levels] == pytest.approx(costs, abs=NEAR)
    # 90 - 70 of 90 with budgets of 12 and 13.
    assert max(level.least_share for level in answers.levels) == pytest.approx(20 / 90)
    assert max(level.most_share for level in answers.levels) == pytest.approx(20 / 90, abs=1e-5)
    assert (answers.least, answers.most) == (pytest.approx(4.479, abs=NEAR),) * 2
    assert answers.unavoidable == pytest.approx(4.479, abs=NEAR)


def test_weights_decide_what_goes_first():
    """Alike, smaller budgets count more than in the published case: there 87 is better than 70."""
    found = nested_plan(published(10), by_score(), levels=(1.1, 1.4, 1.7, 2.0), workers=1)
    best = best_chain(subset_worths((11, 14, 17, 20)), [0.25] * 4, 10)
    assert found.objective == pytest.approx(best)
    assert best > sum((70, 94, 114, 114)) / 4
    assert found.levels[0].objective == pytest.approx(87)
    assert found.proven


def test_the_given_plan_need_not_be_the_nested_one():
    """With 13 alone the best are 1 2 4 9 ... ; a heavy weight on 15 makes the plan at 13 another one."""
    case, scenario = published(13), by_score()
    plan = select_programs(case, scenario)
    found = nested_plan(case, scenario, plan, levels=(1.0, 15 / 13), weights=(1, 9), workers=1)
    own, larger = found.levels
    assert own.free_objective == pytest.approx(plan.objective) == pytest.approx(90)
    assert larger.objective == pytest.approx(106)
    now, then = set(numbers(plan.choices)), set(numbers(own.choices))
    assert set(numbers(found.leave)) == now - then != set()
    assert set(numbers(found.enter)) == then - now
    without = nested_plan(case, scenario, levels=(1.0, 15 / 13), weights=(1, 9), workers=1)
    assert (without.leave, without.enter) == (None, None)
    assert without.objective == pytest.approx(found.objective)


OWN = 1e-5
"""By how much a region may miss its share."""


@pytest.mark.parametrize(
    ("seed", "objective", "floor"),
    [(1, "gap_closed", None), (9, "gap_closed", 0.4), (1, "score", None)],
)
@computed_once()
def test_against_every_chain_there_is(seed, objective, floor):
    case, levels, weights = ruled_case(seed), (0.5, 0.8, 1.2), (0.2, 0.5, 0.3)
    equity = {"mode": "off"} if floor is None else {"mode": "floor", "floor": floor}
    scenario = ruled_scenario(seed, objective=objective, equity=equity)
    codes = list(case.programs["program"])
    worths = []
    for level in levels:
        scale = scenario.budget_scale.model_copy(update={"all": level * scenario.budget_scale.all})
        worth = [-np.inf] * (1 << len(codes))
        for one in every_plan(case, scenario.model_copy(update={"budget_scale": scale})):
            if floor is None or one.least >= floor * one.total - OWN:
                place = sum(1 << codes.index(program) for program in one.programs)
                worth[place] = max(worth[place], one.objective)
        worths.append(worth)
    there = [k for k, worth in enumerate(worths) if max(worth) > -np.inf]
    try:
        found = nested_plan(case, scenario, levels=levels, weights=weights, workers=1)
    except InfeasibleError:
        assert not there
        return
    assert [level.finding for level in found.levels] == ["found" if k in there else "none" for k in range(3)]
    if not there:
        assert found.objective is None
        return
    counted = [weights[k] / sum(weights[j] for j in there) for k in there]
    best = best_chain([worths[k] for k in there], counted, len(codes))
    assert found.objective == pytest.approx(best, abs=SAME)
    assert best - 1e-6 <= found.bound <= best + 2 * SAME
    assert nested(found)
    for k in there:
        level, free = found.levels[k], max(worths[k])
        assert level.weight == pytest.approx(weights[k] / sum(weights[j] for j in there))
        assert level.free_objective == pytest.approx(free, abs=SAME)
        assert free - 1e-6 <= level.free_bound <= free + 2 * SAME
        assert level.least - SAME <= free - level.objective <= level.most + SAME


def three(**tables):
    """0.3 for 6, 0.2 for 4, 0.2 for 5 with Rp 10 billion; phi is steep up to 0.4, then 0.75."""
    return one_place([("X", 0.3, 6), ("Y", 0.2, 4), ("Z", 0.2, 5)], budget=10, **tables)


def test_by_hand():
    """Of 5: Y or Z, 20; of 6 X, 30; of 9 Y and Z, 40; of 10 X and Y, 47.5. Nested, by their mean: with Y at 5
    and 6, then Y and Z, then X or Z beside Y, 20 + 20 + 40 + 47.5 with X at the last breaks the chain of Z; Y, Y,
    Y Z, Y Z are 120, Y, Y, Y, X Y are 107.5, none, X, X, X Y are 107.5."""
    found = nested_plan(three(), make_scenario(), levels=(0.5, 0.6, 0.9, 1.0), workers=1)
    assert [level.objective for level in found.levels] == pytest.approx([20, 20, 40, 40])
    assert [level.free_objective for level in found.levels] == pytest.approx([20, 30, 40, 47.5])
    assert [level.least for level in found.levels] == pytest.approx([0, 10, 0, 7.5], abs=NEAR)
    assert found.objective == pytest.approx(30)
    assert [level.budget for level in found.levels] == pytest.approx([5, 6, 9, 10])
    # Y is worth as much as Z and cheaper.
    assert found.order == (("Y", 0.5), ("Z", 0.9))


def test_a_level_too_small_for_what_is_demanded_has_no_plan_and_others_are_answered():
    found = nested_plan(three(), make_scenario(locked_in=["X"]), levels=(0.5, 0.9, 1.0), workers=1)
    low, middle, full = found.levels
    assert (low.finding, low.choices, low.objective, low.weight) == ("none", None, None, 0.0)
    assert (low.free_objective, low.free_bound, low.least, low.most) == (None, None, None, None)
    assert (middle.finding, full.finding) == ("found", "found")
    assert (middle.objective, full.objective) == (pytest.approx(30), pytest.approx(47.5))
    assert found.objective == pytest.approx(38.75)
    assert found.proven
    assert found.order == (("X", 0.9), ("Y", 1.0))
    assert found.table["objective"].isna().tolist() == [True, False, False]


def test_no_level_has_a_plan():
    found = nested_plan(three(), make_scenario(locked_in=["X"]), levels=(0.2, 0.5), workers=1)
    assert [level.finding for level in found.levels] == ["none", "none"]
    assert (found.objective, found.bound, found.gap, found.least, found.order) == (None, None, None, None, ())
    assert not found.proven


def test_start_years_may_differ_and_are_told():
    """X costs 4. Of 3 in 2027 and 4 in 2028 it starts in 2028: 30 percent in one year of two, 15. With 1.4 times
    as much it starts in 2027, 30."""
    years = rows("fund year amount", ("f", 2027, 3.0), ("f", 2028, 4.0))
    case = one_place([("X", 0.3, 4)], budget=0, fund_budgets=years)
    found = nested_plan(case, make_scenario(), levels=(0.9, 1.0, 1.4), workers=1)
    assert [level.objective for level in found.levels] == pytest.approx([0, 15, 30])
    assert [level.joins for level in found.levels] == [(), ("X",), ()]
    assert [level.moved for level in found.levels] == [(), (), ("X",)]


def test_money_of_two_funds():
    """X and Y cost 6; CSR may bear 3 of X alone: the other fund's 8 do not suffice for the 9 that both need, 9.6
    do."""
    funds = {
        "funds": rows("fund name_id", ("f", "Dana"), ("csr", "CSR")),
        "fund_rules": rows("fund program max_share", ("csr", "X", 0.5)),
        "fund_budgets": rows("fund year amount", ("f", 2027, 8), ("csr", 2027, 9)),
    }
    case = one_place([("X", 0.2, 6), ("Y", 0.2, 6)], budget=0, **funds)
    found = nested_plan(case, make_scenario(), levels=(1.0, 1.2), workers=1)
    assert [level.objective for level in found.levels] == pytest.approx([20, 40])
    assert found.proven


def several(**settings):
    """A random case that is not small, and settings with little effort."""
    case = random_case(4, programs=8, regions="ABC", years=(2027, 2028, 2029), budget=12)
    return case, make_scenario(solver={"effort": 0.02, "threads": 1}, **settings)


def test_one_worker_or_two():
    case, scenario = several()
    told = []
    one = nested_plan(case, scenario, levels=(0.8, 1.0, 1.2), workers=1, progress=told.append)
    assert nested_plan(case, scenario, levels=(0.8, 1.0, 1.2), workers=2) == one
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)
    assert nested(one)


def assert_legal(case, scenario, plan, floor=None):
    """Every plan is nested, passes the audit at its budget and is fair; costs lie between their bounds."""
    judge = measure.Measure(case, scenario)
    for level in plan.levels:
        scale = scenario.budget_scale.model_copy(update={"all": level.level * scenario.budget_scale.all})
        settings = {"budget_scale": scale, "equity": scenario.equity.model_copy(update={"mode": "off"})}
        judged = evaluate(case, scenario.model_copy(update=settings), level.choices)
        assert judged.broken == ()
        assert judged.audit.objective == pytest.approx(level.objective)
        if floor is not None:
            impact = judge.impact(level.choices)
            assert impact.by_region.min() >= floor * impact.total - OWN
        assert level.objective <= level.free_objective <= level.free_bound
        assert 0 <= level.least <= level.most
    assert nested(plan)
    for less, more in pairwise(plan.levels):
        assert less.free_objective <= more.free_objective
        assert less.free_bound <= more.free_bound
    assert plan.objective <= plan.bound <= plan.free_most + 1e-9


@pytest.mark.parametrize("floor", [None, 0.3])
def test_what_is_not_small_is_legal_at_every_level(floor):
    case, scenario = several(equity={"mode": "off" if floor is None else "floor", "floor": floor or 0.3})
    plan = nested_plan(case, scenario, levels=(0.8, 0.9, 1.0, 1.1), workers=1)
    assert plan.objective > 0
    assert_legal(case, scenario, plan, floor)


def test_step_by_step_it_is_bounded_too(monkeypatch):
    """The published case as if it were large."""
    for module in ("nested_search", "plan_chains"):
        monkeypatch.setattr(f"jspmodel.selection.postoptimal.nested_plans.{module}.SMALL", 0)
    found = nested_plan(published(10), by_score(), levels=(1.1, 1.4, 1.7, 2.0), workers=1)
    best = best_chain(subset_worths((11, 14, 17, 20)), [0.25] * 4, 10)
    assert found.objective <= best + NEAR
    assert found.bound >= best
    assert nested(found)


def test_diy_with_little_effort():
    case, scenario = load(str(DIY / "scenarios" / "baseline.yaml"))
    scenario = scenario.model_copy(update={"solver": scenario.solver.model_copy(update={"effort": 0.001})})
    plan = nested_plan(case, scenario, levels=(0.9, 1.0), workers=1)
    assert plan.objective > 30
    assert_legal(case, scenario, plan, scenario.equity.floor)


def test_it_is_written_as_json_and_read_back(answers):
    adapter = TypeAdapter(NestedPlan)
    assert adapter.validate_json(adapter.dump_json(answers)) == answers
    nothing = nested_plan(three(), make_scenario(locked_in=["X"]), levels=(0.5, 1.0), workers=1)
    assert adapter.validate_json(adapter.dump_json(nothing)) == nothing


def test_tables(answers):
    assert answers.table["objective"].tolist() == pytest.approx(NESTED)
    assert answers.table["joins"].tolist() == [3, 0, 0, 1, 0, 0, 1, 0, 0, 0]
    last = answers.programs[np.isclose(answers.programs["level"], 2.0)]
    assert list(last["program"]) == [code(k) for k in (1, 2, 7, 9, 10)]
    assert not last["joins"].any()


def test_what_is_not_valid():
    for wrong in ({"levels": ()}, {"levels": (1.0, 0.9)}, {"levels": (-0.1, 1.0)}, {"levels": (1.0, 1.0)}):
        with pytest.raises(ValueError, match="levels must rise"):
            nested_plan(three(), make_scenario(), **wrong)
    for weights in ((1,), (1, 0), (1, np.nan), (1, np.inf)):
        with pytest.raises(ValueError, match="weights must be"):
            nested_plan(three(), make_scenario(), levels=(0.9, 1.0), weights=weights)
    with pytest.raises(ScenarioError, match="max_min"):
        nested_plan(three(), make_scenario(equity={"mode": "max_min"}))
    with pytest.raises(InfeasibleError):
        nested_plan(three(), make_scenario(locked_in=["X"], locked_out=["X"]))
