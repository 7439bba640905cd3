"""Plans that hedge against wrong effects, beside every plan there is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pydantic import TypeAdapter

from jspmodel.errors import SolverError
from jspmodel.measure import computed_once
from jspmodel.selection import select_programs
from jspmodel.selection.objectives import worth_of
from jspmodel.selection.postoptimal import (
    EffectScenario,
    HedgedPlan,
    effect_scenarios,
    maximin_plan,
    minimax_regret_plan,
)
from jspmodel.selection.postoptimal.uncertain_effects.hedge import Hedge
from selection.brute_force import SAME
from selection.random_cases import every_plan, ruled_case, ruled_scenario
from selection.small import make_scenario, one_place, rows


def rivals():
    """Money for one of three. X may bring 0 to 0.4, Y 0.1 to 0.3, Z 0.15 in any case; 0.35, 0.2 are expected."""
    effects = [("X", "w", 0.35, 0.0, 0.4), ("Y", "w", 0.2, 0.1, 0.3), ("Z", "w", 0.15, 0.15, 0.15)]
    return one_place(
        [("X", 0, 1), ("Y", 0, 1), ("Z", 0, 1)],
        budget=1,
        program_effects=rows("program issue effect low high", *effects),
    )


def test_by_hand():
    """Worth (low, expected, high): X 0, 35, 40; Y 10, 20, 30; Z 15, 15, 15. At worst Z is best. Regrets: X 15, 0,
    0; Y 5, 15, 10; Z 0, 20, 25: 15 is the least there is, of X and of Y."""
    case, scenario = rivals(), make_scenario()
    plan = select_programs(case, scenario)
    assert [choice.program for choice in plan.choices] == ["X"]
    safe = maximin_plan(case, scenario, plan)
    assert [choice.program for choice in safe.choices] == ["Z"]
    assert (safe.criterion, safe.leave, safe.enter) == ("maximin", ("X",), ("Z",))
    assert (safe.least, safe.most) == (pytest.approx(15, abs=SAME),) * 2
    assert (safe.cost_least, safe.cost_most) == (pytest.approx(20, abs=SAME),) * 2
    assert [one.worth for one in safe.scenarios] == pytest.approx([15, 15, 15])
    fair = minimax_regret_plan(case, scenario, plan)
    assert (fair.least, fair.most) == (pytest.approx(15, abs=SAME),) * 2
    assert [one.best_least for one in fair.scenarios] == pytest.approx([15, 35, 40], abs=SAME)
    assert [one.best_most for one in fair.scenarios] == pytest.approx([15, 35, 40], abs=SAME)


def test_other_scenarios_ask_for_another_plan():
    """X 0.1, Y 0.3, Z 0.15 or X 0.4, Y 0.1, Z 0.15: at worst 10, 10, 15; regrets 20, 30, 25."""
    case, scenario = rivals(), make_scenario()
    plan = select_programs(case, scenario)
    either = (EffectScenario("poor", (0.1, 0.3, 0.15)), EffectScenario("rich", (0.4, 0.1, 0.15)))
    assert [c.program for c in maximin_plan(case, scenario, plan, either).choices] == ["Z"]
    fair = minimax_regret_plan(case, scenario, plan, either)
    assert [c.program for c in fair.choices] == ["X"]
    assert (fair.least, fair.most) == (pytest.approx(20, abs=SAME),) * 2
    assert (fair.cost_least, fair.leave) == (0.0, ())
    assert [one.name for one in fair.scenarios] == ["poor", "rich"]


def test_scenarios_are_seeded_and_within_the_ranges():
    case, scenario = rivals(), make_scenario()
    found = effect_scenarios(case, scenario, 4, seed=3)
    assert [one.name for one in found] == ["low", "mode", "high", "draw 1", "draw 2", "draw 3", "draw 4"]
    assert [one.effects for one in found[:3]] == [(0.0, 0.1, 0.15), (0.35, 0.2, 0.15), (0.4, 0.3, 0.15)]
    assert found[:5] == effect_scenarios(case, scenario, 2, seed=3)
    drawn = np.array([one.effects for one in found[3:]])
    assert (drawn >= found[0].effects).all()
    assert (drawn <= found[2].effects).all()
    assert len({one.effects for one in found}) == 7


def uncertain(case, seed):
    """The same case with random ranges around its effects."""
    draw, table = np.random.default_rng((seed, 7)), case.program_effects
    low = (table["effect"] * draw.uniform(0.2, 1, len(table))).round(3)
    high = (table["effect"] * draw.uniform(1, 2, len(table))).clip(upper=1).round(3)
    return replace(case, program_effects=table.assign(low=low, high=high))


@pytest.mark.parametrize(("seed", "mode"), [(1, "off"), (2, "floor")])
@computed_once()
def test_against_every_plan_there_is(seed, mode):
    case = uncertain(ruled_case(seed), seed)
    scenario = ruled_scenario(seed, equity={"mode": mode, "floor": 0.4})
    plan = select_programs(case, scenario)
    floor = plan.equity.floor if plan.equity else -1.0
    plans = [one for one in every_plan(case, scenario) if mode == "off" or one.least >= floor - 1e-5]
    some = effect_scenarios(case, scenario, 2, seed=seed)[1:]
    tables = [case.program_effects.assign(effect=one.effects) for one in some]
    judges = [worth_of(replace(case, program_effects=table), scenario) for table in tables]
    worths = np.array([[judge(one.choices) for judge in judges] for one in plans])
    safe, fair = maximin_plan(case, scenario, plan, some), minimax_regret_plan(case, scenario, plan, some)
    best, least = worths.min(axis=1).max(), (worths.max(axis=0) - worths).max(axis=1).min()
    expected = max(one.objective for one in plans)
    for found, there_is in ((safe, best), (fair, least)):
        assert found.least - SAME <= there_is <= found.most + SAME
        assert found.most - found.least <= 5 * SAME
        own = expected - worth_of(case, scenario)(found.choices)
        assert found.cost_least - SAME <= own <= found.cost_most + SAME
    assert min(one.worth for one in safe.scenarios) == pytest.approx(safe.least)


def test_little_effort_leaves_the_interval_open_and_right():
    case = one_place(
        [(f"P{k}", 0, 1 + k % 3) for k in range(12)],
        budget=8,
        program_effects=rows(
            "program issue effect low high",
            *((f"P{k}", "w", 0.1, 0.01 * k, 0.2 - 0.01 * k) for k in range(10)),
        ),
    )
    plan = select_programs(case, make_scenario())
    known = minimax_regret_plan(case, make_scenario(), plan)
    assert known.most - known.least < 5 * SAME
    hasty = minimax_regret_plan(case, make_scenario(solver={"gap": 0.0, "effort": 1e-6}), plan)
    assert hasty.least <= known.least + SAME
    assert hasty.most >= known.most - SAME


def test_json_and_the_number_of_searches_at_a_time():
    case, scenario, told = rivals(), make_scenario(), []
    plan = select_programs(case, scenario)
    one = minimax_regret_plan(case, scenario, plan, workers=1, progress=told.append)
    assert one == minimax_regret_plan(case, scenario, plan, workers=2)
    assert told == [0.25, 0.5, 0.75, 1.0]
    adapter = TypeAdapter(HedgedPlan)
    assert adapter.validate_json(adapter.dump_json(one)) == one


def one_of(low, mode):
    """Money for one of two: X brings 20 at worst and 50 as expected, Y brings what is said."""
    effects = [("X", "w", 0.5, 0.2, 0.5), ("Y", "w", mode, low, max(low, mode))]
    return one_place(
        [("X", 0, 1), ("Y", 0, 1)], budget=1, program_effects=rows("program issue effect low high", *effects)
    )


def test_the_plan_asked_about_is_told_where_it_is_as_good():
    """Y is better at worst by 0.00015 points, less than the price of money may take; then by 1 point."""
    for low, program in ((0.2000015, "X"), (0.21, "Y")):
        case, scenario = one_of(low, low), make_scenario()
        safe = maximin_plan(case, scenario, select_programs(case, scenario))
        assert [choice.program for choice in safe.choices] == [program]
        assert safe.least <= 100 * low <= safe.most + SAME


def test_what_the_plan_asked_about_is_worth_stands_beside():
    case, scenario = rivals(), make_scenario()
    plan = select_programs(case, scenario)
    for found in (maximin_plan(case, scenario, plan), minimax_regret_plan(case, scenario, plan)):
        assert [one.asked for one in found.scenarios] == pytest.approx([0, 35, 40])


def test_a_bound_that_a_plan_contradicts_proves_nothing(monkeypatch):
    """X 0.1, Y 0.3, Z 0.25 or X 0.4, Y 0.1, Z 0.3: the least regret is Z's, 10. The last search says wrongly that
    no plan does better than nothing at all, and brings none: of Z nothing is known then."""
    effects = [("X", "w", 0.2, 0.0, 0.4), ("Y", "w", 0.2, 0.1, 0.3), ("Z", "w", 0.15, 0.15, 0.3)]
    case, scenario = (
        replace(rivals(), program_effects=rows("program issue effect low high", *effects).assign(level=None)),
        make_scenario(),
    )
    either = (EffectScenario("poor", (0.1, 0.3, 0.25)), EffectScenario("rich", (0.4, 0.1, 0.3)))
    plan = select_programs(case, scenario)
    right = minimax_regret_plan(case, scenario, plan, either)
    assert (right.least, right.most) == (pytest.approx(10, abs=SAME),) * 2
    search = Hedge.search
    monkeypatch.setattr(
        Hedge,
        "search",
        lambda self, worth, margins: 0.0 if worth is self.common else search(self, worth, margins),
    )
    wrong = minimax_regret_plan(case, scenario, plan, either)
    assert wrong.most == pytest.approx(20, abs=SAME)
    assert wrong.least <= 10


@pytest.mark.parametrize(
    ("effects", "told"),
    [
        ((0.1,), "3 rows"),
        ((0.5, 0.2, 0.15), "highest"),
        ((-0.1, 0.2, 0.15), "highest"),
        ((np.nan, 0.2, 0.15), "highest"),
    ],
)
def test_a_scenario_that_the_model_does_not_hold(effects, told):
    case, scenario = rivals(), make_scenario()
    plan = select_programs(case, scenario)
    for hedge in (maximin_plan, minimax_regret_plan):
        with pytest.raises(ValueError, match=told):
            hedge(case, scenario, plan, (EffectScenario("own", effects),))


def test_effects_below_the_lowest_may_be_hedged_against():
    """Nothing works but Z, a little: at 0, 0 and 0.05."""
    case, scenario = rivals(), make_scenario()
    worse = (EffectScenario("worse", (0.0, 0.0, 0.05)),)
    safe = maximin_plan(case, scenario, select_programs(case, scenario), worse)
    assert [choice.program for choice in safe.choices] == ["Z"]
    assert safe.least == pytest.approx(5)


def test_a_plan_of_more_money_is_refused():
    """X and Y together would be worth most in any scenario; there is no money for both."""
    case, scenario = rivals(), make_scenario()
    rich = select_programs(replace(case, fund_budgets=case.fund_budgets.assign(amount=2.0)), scenario)
    for hedge in (maximin_plan, minimax_regret_plan):
        with pytest.raises(SolverError, match="other"):
            hedge(case, scenario, rich)


def test_what_is_not_valid():
    case, scenario = rivals(), make_scenario()
    plan = select_programs(case, scenario)
    with pytest.raises(ValueError, match="effects count"):
        maximin_plan(case, scenario.replace(objective="score"), plan)
    with pytest.raises(SolverError, match="other"):
        maximin_plan(
            replace(case, program_costs=case.program_costs.assign(amount=9.0)),
            make_scenario(min_quick_wins=1),
            plan,
        )
