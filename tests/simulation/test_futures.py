"""Futures of tests/hand.py, worked out by hand: one indicator (10 in A, 5 in B, target 0), 2027 and 2028."""

import numpy as np
import pandas as pd
import pytest

from hand import TABLES, J, W, rows
from jspmodel.generate import Size, generate_case
from jspmodel.intake.tables import build_case
from jspmodel.measure import Measure, eligible_regions
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario
from jspmodel.simulation import median_impacts, simulate, simulate_futures
from jspmodel.simulation.block import draw_block
from jspmodel.simulation.streams import Streams
from jspmodel.simulation.world import build_world
from simulation.test_outcome import plan_of
from simulation.worlds import P_AND_Q, P_IN_A, P_IN_B, P_IN_BOTH, flat, hand, path, programs, seen

NEED = W * 1 * 0.75 + W * 0.5 * 0.25 + J * 0.8 * 0.25
"""N of the hand case: need of waste in A, waste in B, jobs in B."""
CERTAIN = rows("program issue effect", ("P", "w", 0.5), ("Q", "j", 0.3))
"""The effects of the hand case as numbers: a level, as Q has it, is a range."""


def test_without_any_part_every_future_is_the_optimisers_measure():
    case, scenario = hand(), Scenario()
    futures = simulate_futures(case, scenario, P_AND_Q, parts=())
    claim = Measure(case, scenario).impact(P_AND_Q)
    assert futures.impact == pytest.approx(np.full(2000, claim.total))
    assert futures.promised == claim.total
    assert futures.regions["median"].tolist() == pytest.approx(claim.by_region.tolist())
    told = simulate(case, scenario, plan_of()).paths
    assert [path(futures, region, "without") for region in "AB"] == [
        dict(zip(told.loc[told["region"] == region, "year"], values, strict=True))
        for region, values in (("A", [10, 10]), ("B", [5, 5]))
    ]


def test_medians_of_several_plans_are_those_of_each_alone():
    case, plans = hand(), (P_AND_Q, P_IN_A, (), P_IN_BOTH)
    alone = [simulate_futures(case, Scenario(), plan) for plan in plans]
    together = median_impacts(case, Scenario(), plans)
    assert [one[""] for one in together] == [np.median(futures.impact) for futures in alone]
    for one, futures in zip(together, alone, strict=True):
        assert one.drop("").to_dict() == dict(zip("AB", futures.regions["median"], strict=True))
    assert len({one[""] for one in together}) == 4


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_rule_of_the_measure_is_met(seed):
    # Synthetic cases have partners, complements, programmes of the whole province and all issues at once.
    case, scenario = generate_case(Size(6, 40), seed), Scenario.model_validate({"simulation": {"draws": 2}})
    start = case.programs.set_index("program")["first_start"].astype(int)
    plan = [
        Choice(program=program, start=start[program], regions=regions[seed % 2 :])
        for program, regions in eligible_regions(case).items()
    ]
    claim = Measure(case, scenario).impact(plan)
    sure = case.program_links["kind"] != "requires"  # the plan above does not mind who must wait
    free = build_case("free", {**case.tables(), "program_links": case.program_links[sure]})
    for world, parts in (
        (case, ()),
        (free, ["trend", "spillover", "interaction", "delivery", "cuts", "noise"]),
    ):
        futures = simulate_futures(world, scenario, plan, parts=parts)
        assert futures.impact == pytest.approx(np.full(2, claim.total))
        assert futures.regions["mean"].tolist() == pytest.approx(claim.by_region.tolist())


def test_the_promise_by_hand():
    # P (0.5 on waste, phi linear) in A from 2028: half the horizon, half of A's waste gap.
    futures = simulate_futures(hand(), flat(), P_IN_A)
    assert futures.promised == pytest.approx(100 * 0.5 * 0.5 * W * 0.75 / NEED)
    assert futures.impact == pytest.approx(np.full(400, futures.promised))


def test_no_programmes_is_the_baseline_whatever_happens():
    case = hand(programs=programs(delivery_risk=(0.5, 0.5, 0.5)), indicator_values=seen(12, 14, 11, 10))
    futures = simulate_futures(case, flat(cut_chance=0.5, spillover=1.0), ())
    assert (futures.impact == 0).all()
    assert (futures.paths["median"] == futures.paths["without"]).all()
    assert (futures.paths["high"] == futures.paths["without_high"]).all()


def test_one_programme_one_region_no_uncertainty_is_the_closed_form():
    futures = simulate_futures(hand(), flat(), P_IN_A)
    assert path(futures, "A") == pytest.approx({2027: 10, 2028: 10 + 0.5 * (0 - 10)})
    assert path(futures, "B") == path(futures, "B", "without") == {2027: 5, 2028: 5}
    assert path(futures, "") == pytest.approx({2027: (3 * 10 + 5) / 4, 2028: (3 * 5 + 5) / 4})


def test_effects_add_up_across_regions():
    case = hand()
    one, other, both = (simulate_futures(case, flat(), plan).impact for plan in (P_IN_A, P_IN_B, P_IN_BOTH))
    assert one + other == pytest.approx(both)


def test_twice_the_budget_of_a_fixed_plan_changes_nothing():
    rule = {"cut_chance": 0.5, "cut_size": 0.3}
    case, rich = hand(), hand(fund_budgets=TABLES["fund_budgets"].assign(amount=[20.0, 40.0, 12.0]))
    assert (
        simulate_futures(case, flat(**rule), P_AND_Q).impact
        == simulate_futures(rich, flat(**rule), P_AND_Q).impact
    ).all()


def test_a_damped_trend_goes_on():
    # 20 ... 12 falls by 2 a year; damped by half, 2027 is 12 - 2 (0.5 + 0.25), 2028 0.25 less.
    futures = simulate_futures(hand(indicator_values=seen(20, 18, 16, 14, 12)), flat(trend_damping=0.5), ())
    assert path(futures, "A") == pytest.approx({2027: 10.5, 2028: 10.25})


def test_plan_and_trend_add_up_and_stop_at_the_target():
    case = hand(indicator_values=seen(20, 18, 16, 14, 12))
    assert path(simulate_futures(case, flat(trend_damping=0.5), P_IN_A), "A") == pytest.approx(
        {2027: 10.5, 2028: 10.25 - 0.5 * 12}
    )
    # Undamped, 12 - 2 * 3 = 6 in 2028: exactly what the programme closes.
    assert path(simulate_futures(case, flat(trend_damping=1.0), P_IN_A), "A") == pytest.approx(
        {2027: 8, 2028: 0}
    )
    falling = hand(indicator_values=seen(24, 21, 18, 15, 12))
    assert path(simulate_futures(falling, flat(trend_damping=1.0), P_IN_A), "A")[2028] == 0


def test_what_the_trend_closes_the_plan_need_not():
    # Gap of A (worst 10): 1 today (12, cut at 1); in 2028 the trend leaves 3 of 10, less than P's half.
    futures = simulate_futures(
        hand(indicator_values=seen(24, 21, 18, 15, 12)), flat(trend_damping=1.0), P_IN_A
    )
    assert futures.impact == pytest.approx(np.full(400, 100 * 0.5 * 0.3 * W * 0.75 / (W * 0.75 + J * 0.2)))


@pytest.mark.parametrize(
    ("target", "worst", "values", "expected"),
    [
        # Better than the target today and getting worse: of a gap that is not there nothing is closed.
        (12, 20, (2, 4, 6, 8, 10), {2027: 14, 2028: 16}),
        # By itself better than the target: the plan adds nothing.
        (8, 18, (18, 16, 14, 12, 10), {2027: 6, 2028: 4}),
        # Small units: half of the way from 0.5 to 0, as from 10.
        (0, 0.5, (0.5, 0.5, 0.5, 0.5, 0.5), {2027: 0.5, 2028: 0.25}),
        # Nobody is worse than the target and no worst is given: there is no way at all.
        (12, None, (10, 10, 10, 10, 10), {2027: 10, 2028: 10}),
    ],
)
def test_what_a_programme_closes_of_a_trend(target, worst, values, expected):
    case = hand(
        indicators=TABLES["indicators"].assign(target=target, worst=worst), indicator_values=seen(*values)
    )
    futures = simulate_futures(case, flat(trend_damping=1.0), P_IN_A)
    assert path(futures, "A") == pytest.approx(expected)
    closed = 0.5 if values[0] == 0.5 else 0.0  # in 2028 only, of a need of 0.75 W beside 0.2 J
    assert futures.impact == pytest.approx(np.full(400, 100 * 0.5 * closed * W * 0.75 / (W * 0.75 + J * 0.2)))


def test_a_complement_without_regions_works_everywhere_in_every_future():
    # H is delivered in 2028: P closes 0.5 + 0.2 * 0.5 of the 5 of B then.
    case = hand(program_links=TABLES["program_links"].assign(other="H"))
    futures = simulate_futures(case, flat(), (*P_IN_B, Choice(program="H", start=2028)))
    assert path(futures, "B") == pytest.approx({2027: 5, 2028: 2})
    assert futures.impact == pytest.approx(np.full(400, futures.promised))


def test_a_complement_adds_where_both_take_part():
    # H takes part in A alone: of 10 there 0.5 + 0.2 * 0.5 are closed in 2028, of 5 in B 0.5.
    links, where = TABLES["program_links"].assign(other="H"), TABLES["program_regions"]
    case = hand(program_links=links, program_regions=pd.concat([where, rows("program region", ("H", "A"))]))
    futures = simulate_futures(case, flat(), (*P_IN_BOTH, Choice(program="H", start=2028, regions=("A",))))
    assert path(futures, "A") == pytest.approx({2027: 10, 2028: 4})
    assert path(futures, "B") == pytest.approx({2027: 5, 2028: 2.5})


def test_a_region_at_its_target_stays_where_it_is():
    fine = TABLES["indicators"].assign(target=7, worst=20)
    futures = simulate_futures(hand(indicators=fine), flat(), P_IN_BOTH)
    assert path(futures, "B") == {2027: 5, 2028: 5}
    assert path(futures, "A") == pytest.approx({2027: 10, 2028: 8.5})
    told = futures.targets.set_index("region")
    assert told.loc["B", ["already", "without", "probability", "out_of_reach"]].tolist() == [
        True,
        1,
        1,
        False,
    ]
    assert told.loc["A", ["already", "without", "probability", "out_of_reach"]].tolist() == [
        False, 0, 0, True,
    ]  # fmt: skip


@pytest.mark.parametrize(("asked", "judged"), [(2020, 2027), (2027, 2027), (2040, 2028), (None, 2028)])
def test_a_target_is_judged_in_its_year_or_the_nearest(asked, judged):
    indicators = TABLES["indicators"].assign(target_year=asked)
    targets = simulate_futures(hand(indicators=indicators), flat(draws=2), P_IN_A).targets
    assert set(targets["year"]) == {judged}


@pytest.mark.parametrize(("asked", "judged"), [(2040, 2029), (None, 2029), (2028, 2028)])
def test_of_three_years_the_last_is_judged(asked, judged):
    # P is delivered in 2029 and brings A half of the way to 0, which is the target of 5.
    near = TABLES["indicators"].assign(target=5, worst=15, target_year=asked)
    case = hand(indicators=near, program_effects=rows("program issue effect", ("P", "w", 1.0)))
    settings = flat(draws=2).model_copy(update={"last_year": 2029})
    told = simulate_futures(case, settings, [Choice(program="P", start=2028, regions=("A",))]).targets
    row = told.set_index("region").loc["A"]
    assert (row["year"], row["probability"], row["without"]) == (judged, float(judged == 2029), 0.0)


@pytest.mark.parametrize(("effect", "state"), [(0.01, "not_yet"), (0.03, "gains")])
def test_a_region_is_helped_from_a_percent_of_its_gap_on(effect, state):
    # Delivered in one year of two: half of the effect is closed, 0.5 or 1.5 percent.
    case = hand(program_effects=rows("program issue effect", ("P", "w", effect)))
    told = simulate_futures(case, flat(draws=2), P_IN_A).regions.set_index("region").loc["A"]
    assert told["median"] == pytest.approx(50 * effect)
    assert told["state"] == state


@pytest.mark.parametrize("people", [(3, 1, 6), (0, 0, 6)])
def test_the_mean_of_a_province_is_that_of_the_regions_with_a_value(people):
    # 10 in A and 5 in B, none in C; where nobody lives in A and B each counts as much.
    regions = rows("region name population", *zip("ABC", "ABC", people, strict=True))
    severe = rows("issue region severity", ("j", "C", 0.8))
    futures = simulate_futures(hand(regions=regions, issue_regions=severe), flat(draws=2), ())
    expected = (3 * 10 + 5) / 4 if people[0] else 7.5
    assert path(futures, "") == pytest.approx({2027: expected, 2028: expected})


def test_a_target_reached_in_some_futures():
    # P has effect 1 and fails in a quarter of the futures.
    case = hand(
        program_effects=rows("program issue effect", ("P", "w", 1.0)),
        programs=programs(delivery_risk=(0.25, 0, 0)),
    )
    target = simulate_futures(case, flat(draws=4000), P_IN_A).targets.set_index("region").loc["A"]
    assert target["without"] == 0
    assert target["probability"] == pytest.approx(0.75, abs=4 * np.sqrt(0.25 * 0.75 / 4000))


@pytest.mark.parametrize(("risk", "out"), [(0.97, True), (0.9, False)])
def test_out_of_reach_is_fewer_than_five_of_a_hundred_futures(risk, out):
    case = hand(
        program_effects=rows("program issue effect", ("P", "w", 1.0)),
        programs=programs(delivery_risk=(risk, 0, 0)),
    )
    targets = simulate_futures(case, flat(draws=4000), P_IN_A).targets.set_index("region")
    assert targets.loc["A", "probability"] > 0
    assert targets.loc["A", "out_of_reach"] == out


def test_shocks_are_the_residuals_and_add_up():
    # Residuals 1, -2, 1 (see test_series): after two years 2, -1 or -4 with chances 4/9, 4/9 and 1/9.
    near = TABLES["indicators"].assign(target=9.5, target_year=2027)
    case = hand(indicator_values=seen(10, 12, 11, 13), indicators=near)
    futures = simulate_futures(case, flat(draws=9000), (), parts=["noise"])
    assert path(futures, "A", "low")[2027] == 9
    assert path(futures, "A", "high")[2027] == 15
    reached = futures.targets.set_index("region").loc["A", "probability"]
    assert reached == pytest.approx(1 / 9, abs=4 * np.sqrt(8 / 81 / 9000))


def test_a_bad_year_is_bad_everywhere():
    series = [seen(10, 12, 11, 13, region=region) for region in "AB"]
    futures = simulate_futures(hand(indicator_values=pd.concat(series)), flat(), (), parts=["noise"])
    for column in ("low", "median", "high"):
        assert path(futures, "A", column) == pytest.approx(path(futures, "", column))


def test_indicators_have_shocks_of_their_own():
    two = pd.concat([TABLES["indicators"], TABLES["indicators"].assign(indicator="u")])
    series = [seen(10, 12, 11, 13).assign(indicator=code) for code in "tu"]
    world = build_world(hand(indicators=two, indicator_values=pd.concat(series)), flat())
    drawn = draw_block(world, (), Streams(1, 0, 9000, frozenset(["noise"]))).without[:, 0]
    # Each takes one of three sums with chances 4/9, 4/9, 1/9: independent, they agree in 33 of 81 futures.
    assert (drawn[0] == drawn[1]).mean() == pytest.approx(33 / 81, abs=4 * np.sqrt(0.25 / 9000))


def test_what_neighbours_feel():
    # a[A,B] = W 0.5 / (W 1 + J 0.8); P in A only, so B feels 0.5 * 0.4 of that share of its own waste gap.
    edge = W * 0.5 / (W + J * 0.8)
    futures = simulate_futures(hand(), flat(spillover=0.4), P_IN_A)
    assert path(futures, "B")[2028] == pytest.approx(5 * (1 - 0.5 * 0.4 * edge))
    assert path(futures, "A")[2028] == pytest.approx(5)


def test_issues_pass_effects_on_around_a_cycle():
    # w on j 0.4, j on w 0.5: 0.5 on w comes to 0.5 / (1 - 0.2) on w, and 0.4 of that on j.
    chained = rows("issue on_issue value", ("w", "j", 0.4), ("j", "w", 0.5))
    futures = simulate_futures(hand(issue_spillovers=chained), flat(), P_IN_B)
    gained = 0.5 * (W * 0.5 * 0.625 + J * 0.8 * 0.25)
    assert path(futures, "B")[2028] == pytest.approx(5 * (1 - 0.625))
    assert futures.impact == pytest.approx(np.full(400, 100 * 0.25 * gained / NEED))


def test_an_issue_may_hinder_another():
    # Q (0.3 on jobs) makes waste worse by 0.5 * 0.3 of its gap.
    hinders = rows("issue on_issue value", ("j", "w", -0.5))
    plan = (Choice(program="Q", start=2027, regions=("A", "B")),)
    futures = simulate_futures(hand(issue_spillovers=hinders, program_effects=CERTAIN), flat(), plan)
    assert path(futures, "B")[2028] == pytest.approx(5 * 1.15)
    # A's waste gap is 1 already: in the measure it cannot widen.
    assert futures.impact == pytest.approx(np.full(400, 100 * 0.25 * (J * 0.8 * 0.3 - W * 0.5 * 0.15) / NEED))


def test_many_partners_gain_and_complements_as_in_the_measure():
    case, scenario = hand(program_effects=CERTAIN), Scenario()
    whole = simulate_futures(case, scenario, P_AND_Q, parts=["delivery", "cuts", "effects"])
    assert whole.impact == pytest.approx(np.full(2000, Measure(case, scenario).impact(P_AND_Q).total))


def test_nobody_is_left_without_an_answer():
    futures = simulate_futures(hand(), flat(), P_IN_A)
    assert futures.regions.set_index("region")["state"].to_dict() == {"A": "gains", "B": "not_yet"}
    nothing = rows("issue region severity", ("j", "A", 0.0), ("j", "B", 0.0))
    idle = hand(issue_regions=nothing, indicator_values=seen(10, region="A"))
    regions = simulate_futures(idle, flat(), P_IN_A).regions.set_index("region")
    assert regions.loc["B", ["promised", "low", "median", "high", "mean", "state"]].tolist() == [
        0, 0, 0, 0, 0, "no_need",
    ]  # fmt: skip


def test_a_part_that_is_off_does_nothing_whatever_is_set():
    # Neighbours, issues, ranges, risks and cuts are all there: without the parts P alone counts, and surely.
    case = hand(
        program_effects=rows("program issue effect low high", ("P", "w", 0.5, 0.1, 0.9)),
        issue_spillovers=rows("issue on_issue value", ("w", "j", 0.5)),
        programs=programs(delivery_risk=(0.9, 0.9, 0.9)),
        regions=TABLES["regions"].assign(maturity=1),
        indicator_values=pd.concat([seen(12, 14, 11, 10), seen(5, region="B")]),
    )
    settings = flat(draws=4, spillover=1.0, cut_chance=1.0, cut_size=1.0, readiness_risk=1.0)
    futures = simulate_futures(case, settings, P_IN_B, parts=())
    assert path(futures, "A") == pytest.approx({2027: 10, 2028: 10})
    assert path(futures, "B") == pytest.approx({2027: 5, 2028: 2.5})
    assert futures.impact == pytest.approx(np.full(4, futures.promised))


def test_a_part_that_is_not_known():
    with pytest.raises(ValueError, match="trnd"):
        simulate_futures(hand(), flat(), (), parts=["trnd"])


def test_a_case_is_left_as_it_is():
    case = hand(issue_spillovers=rows("issue on_issue value", ("w", "j", 0.4)))
    before = {name: table.copy() for name, table in case.tables().items()}
    simulate_futures(case, flat(spillover=0.2, cut_chance=0.5), P_AND_Q)
    for name, table in case.tables().items():
        assert table.equals(before[name])
