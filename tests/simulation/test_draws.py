"""What is drawn: effects, failures, cuts; the same for every plan and any number of workers."""

import numpy as np
import pandas as pd
import pytest

from hand import TABLES, rows
from jspmodel.plan import Choice
from jspmodel.simulation import simulate_futures
from jspmodel.simulation.block import draw_effects
from jspmodel.simulation.delivery import deliveries
from jspmodel.simulation.streams import PARTS, Streams
from jspmodel.simulation.world import build_world
from simulation.worlds import P_AND_Q, P_IN_A, P_IN_B, P_IN_BOTH, flat, hand, path, programs, seen

RISKY = {
    "programs": programs(delivery_risk=(0.3, 0.4, 0.0)),
    "program_effects": rows(
        "program issue effect low high", ("P", "w", 0.5, 0.2, 0.9), ("Q", "j", 0.3, 0.3, 0.4)
    ),
    "indicator_values": pd.concat([seen(10, 12, 11, 13), seen(6, 5, 7, 5, region="B")]),
}


def streams(draws, *parts):
    return Streams(1, 0, draws, frozenset(parts))


def delivered(case, scenario, plan, *parts):
    world = build_world(case, scenario)
    drawn = streams(scenario.simulation.draws, *parts)
    return deliveries(world, world.joined(plan), drawn)


def test_effects_follow_the_pert_distribution():
    # low 0.2, mode 0.3, high 0.7: mean (0.2 + 1.2 + 0.7) / 6 = 0.35, variance (0.15)(0.35) / 7.
    case = hand(program_effects=rows("program issue effect low high", ("P", "w", 0.3, 0.2, 0.7)))
    drawn = draw_effects(build_world(case, flat()).effects, streams(100_000, "effects"))[0]
    assert drawn.mean() == pytest.approx(0.35, abs=4 * np.sqrt(0.0075 / 100_000))
    assert drawn.var() == pytest.approx(0.0075, rel=0.03)
    assert 0.2 <= drawn.min() <= drawn.max() <= 0.7


def test_a_blank_end_of_a_range_is_the_effect_itself():
    effects = rows("program issue effect low high", ("P", "w", 0.3, None, 0.7), ("Q", "j", 0.4, None, None))
    drawn = draw_effects(build_world(hand(program_effects=effects), flat()).effects, streams(1000, "effects"))
    assert 0.3 <= drawn[0].min() < drawn[0].max() <= 0.7
    assert (drawn[1] == 0.4).all()


def test_a_level_reaches_from_half_to_one_and_a_half_of_what_it_stands_for():
    # The level high stands for 0.3: 0.15 to 0.45, whose mean is 0.3 and variance 0.15 * 0.15 / 7.
    effects = rows("program issue level", ("P", "w", "high"))
    drawn = draw_effects(
        build_world(hand(program_effects=effects), flat()).effects, streams(20_000, "effects")
    )
    assert 0.15 <= drawn.min() < 0.17 < 0.43 < drawn.max() <= 0.45
    assert drawn.mean() == pytest.approx(0.3, abs=4 * np.sqrt(0.0225 / 7 / 20_000))


def test_a_programme_that_fails_is_never_delivered():
    done = delivered(hand(programs=programs(delivery_risk=(0.3, 0, 0))), flat(4000), P_IN_A, "delivery")[0]
    assert not done[0].any()
    assert done[1].mean() == pytest.approx(0.7, abs=4 * np.sqrt(0.21 / 4000))


def test_what_requires_a_failed_programme_waits_for_ever():
    # R requires P (two years from 2027, always fails); it would start in 2029.
    case = hand(
        programs=programs(delivery_risk=(1, 0, 0)),
        program_links=rows("program other kind", ("Q", "P", "requires")),
        fund_budgets=rows("fund year amount", ("f", 2027, 10.0), ("f", 2030, 10.0)),
    )
    plan = (*P_IN_A, Choice(program="Q", start=2029, regions=("A", "B")))
    assert not delivered(case, flat(), plan, "delivery").any()
    sure = hand(program_links=case.program_links, fund_budgets=case.fund_budgets)
    assert delivered(sure, flat(), plan, "delivery")[1].all(axis=1).tolist() == [False, False, True, True]


def test_a_cut_costs_the_programmes_that_it_hits_a_year():
    # Every year is cut; a tenth of the programmes lose it. Q (one year) is ready in 2027 unless hit, in 2028
    # unless hit twice; P (two years) in 2028 unless hit at all.
    plan = (*P_IN_A, Choice(program="Q", start=2027, regions=("A", "B")))
    done = delivered(hand(), flat(20_000, cut_chance=1.0, cut_size=0.1), plan, "cuts").mean(axis=2)
    assert done == pytest.approx(np.array([[0, 0.81], [0.9, 0.99]]), abs=0.012)


def test_a_cut_of_everything_every_year_leaves_nothing():
    futures = simulate_futures(hand(), flat(cut_chance=1.0, cut_size=1.0), P_AND_Q)
    assert (futures.impact == 0).all()


def test_regions_that_are_not_ready_fail_with_their_part_alone():
    regions = TABLES["regions"].assign(maturity=[1.0, 5.0])
    futures = simulate_futures(hand(regions=regions), flat(readiness_risk=1.0), P_IN_BOTH)
    assert path(futures, "A")[2028] == 10
    assert path(futures, "B")[2028] == 2.5
    halfway = TABLES["regions"].assign(maturity=[3.0, np.nan])
    impact = simulate_futures(hand(regions=halfway), flat(4000, readiness_risk=0.5), P_IN_A).impact
    assert (impact == 0).mean() == pytest.approx(0.25, abs=4 * np.sqrt(0.1875 / 4000))


@pytest.mark.parametrize("draws", [1, 199, 650])
def test_the_result_is_the_same_for_any_number_of_workers(draws):
    case, rule = hand(**RISKY), {"cut_chance": 0.3, "cut_size": 0.2, "spillover": 0.2}
    one, three = (simulate_futures(case, flat(draws, **rule), P_AND_Q, workers=n) for n in (1, 3))
    assert (one.impact == three.impact).all()
    pd.testing.assert_frame_equal(one.paths, three.paths)


def test_the_seed_decides():
    case = hand(**RISKY)
    one, same, other = (simulate_futures(case, flat(seed=seed), P_IN_A).impact for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()


def test_compared_plans_meet_the_same_futures():
    # Q acts on jobs only: what P does for waste is the same beside it, future by future.
    case = hand(**RISKY, program_links=rows("program other kind value"))
    alone, beside = simulate_futures(case, flat(), P_IN_BOTH), simulate_futures(case, flat(), P_AND_Q)
    columns = ["low", "lower", "median", "upper", "high", "without_low", "without", "without_high"]
    assert alone.paths[columns].equals(beside.paths[columns])
    only_q = simulate_futures(case, flat(), P_AND_Q[1:])
    assert alone.impact + only_q.impact == pytest.approx(beside.impact)


def test_a_part_that_is_off_leaves_the_draws_of_the_others():
    case = hand(**RISKY)
    without = [part for part in PARTS if part != "effects"]
    whole = simulate_futures(case, flat(), P_IN_B).impact == 0
    assert (whole == (simulate_futures(case, flat(), P_IN_B, parts=without).impact == 0)).all()
