"""The measure on the case of tests/hand.py, worked by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from hand import TABLES, J, W, rows
from jspmodel import measure
from jspmodel.errors import DataError
from jspmodel.intake.tables import build_case
from jspmodel.measure import computed_once
from jspmodel.measure.wide import means, wide
from jspmodel.plan import Choice
from jspmodel.scenario import BudgetScale, Collaboration, Scenario

FLAT = Scenario(collaboration=Collaboration(strength=0.0), diminishing_returns=[(1.0, 1.0)])


@pytest.fixture
def case():
    return build_case("hand", TABLES)


def test_horizon_is_that_of_the_budgets_unless_the_scenario_says(case):
    assert measure.horizon(case, Scenario()) == (2027, 2028)
    assert measure.horizon(case, Scenario(last_year=2030)) == (2027, 2028, 2029, 2030)


def test_budget_factors_multiply(case):
    scale = BudgetScale(all=0.5, funds={"g": 0.1}, years={2028: 2.0})
    scaled = measure.budgets(case, Scenario(budget_scale=scale))
    assert scaled == pytest.approx({("f", 2027): 5.0, ("f", 2028): 20.0, ("g", 2028): 0.6})


def test_weights_by_hand(case):
    assert measure.weights(case, Scenario()).to_dict() == pytest.approx({"w": W, "j": J})


def test_only_priority_issues_count(case):
    assert measure.weights(case, Scenario(priority_issues=1)).to_dict() == {"w": 1.0}
    assert measure.weights(case, Scenario(priority_issues=["j"])).to_dict() == {"j": 1.0}


def test_a_criterion_without_weight_does_not_count(case):
    weights = measure.weights(case, Scenario(criteria_weights={"c1": 0.0}))
    assert weights.to_dict() == pytest.approx({"w": 5 / 6, "j": 1 / 6})


def test_a_criterion_without_weight_needs_no_scores(case):
    only = replace(case, issue_scores=case.issue_scores[case.issue_scores["criterion"] == "c2"])
    weights = measure.weights(only, Scenario(criteria_weights={"c1": 0.0}))
    assert weights.to_dict() == pytest.approx({"w": 5 / 6, "j": 1 / 6})


def test_weights_add_up_as_shares_or_as_percents():
    assert [measure.adds_up(total) for total in (1, 100, 100 - 1e-7, 1 + 1e-7)] == [True] * 4
    assert [measure.adds_up(total) for total in (0.99, 2, 60, 101)] == [False] * 4


def test_gaps_from_the_latest_value_and_from_severity(case):
    gaps = measure.gaps(case)
    assert gaps.loc["w"].tolist() == pytest.approx([1.0, 0.5])
    assert gaps.loc["j"].tolist() == pytest.approx([0.0, 0.8])


def test_worst_region_stands_in_for_worst(case):
    indicators = case.indicators.assign(worst=np.nan, target=3.0)
    gaps = measure.gaps(replace(case, indicators=indicators))
    assert gaps.loc["w"].tolist() == pytest.approx([1.0, (5 - 3) / (10 - 3)])


def test_no_gap_where_all_are_at_the_target(case):
    indicators = case.indicators.assign(worst=np.nan, target=12.0)
    assert measure.gaps(replace(case, indicators=indicators)).loc["w"].tolist() == [0.0, 0.0]


def test_higher_is_better_turns_the_gap_round(case):
    # (value - target) / (worst - target) with target 20, worst 0: A (10) half way, B (5) 3/4 away.
    indicators = case.indicators.assign(better="higher", target=20.0, worst=0.0)
    assert measure.gaps(replace(case, indicators=indicators)).loc["w"].tolist() == pytest.approx([0.5, 0.75])


@pytest.mark.parametrize(
    ("told", "values", "expected"),
    [
        # The worst region stands in: 5, 15 below the target of 20; A has 10 of 15.
        ({"better": "higher", "target": 20.0, "worst": np.nan}, [10, 5], [10 / 15, 1.0]),
        # Small units: from 0 to 0.5.
        ({"worst": 0.5}, [0.4, 0.1], [0.8, 0.2]),
        # Worse than the worst is no more than all of the way, better than the target none.
        ({"target": 6.0, "worst": 8.0}, [10, 5], [1.0, 0.0]),
        # All at the target and nothing worse, so that there is no way at all.
        ({"target": 7.0, "worst": np.nan}, [7, 7], [0.0, 0.0]),
        # A value of A that is blank is none: its last one counts.
        ({}, [np.nan, 5], [0.2, 0.5]),
    ],
)
def test_gaps_of_an_indicator_by_hand(case, told, values, expected):
    known = rows(
        "indicator region year value", ("t", "A", 2023, 2), ("t", "A", 2025, values[0]), ("t", "B", 2025, values[1])
    )  # fmt: skip
    changed = replace(case, indicators=case.indicators.assign(**told), indicator_values=known)
    assert measure.gaps(changed).loc["w"].tolist() == pytest.approx(expected)


def test_an_indicator_without_values_leaves_the_word_to_severity(case):
    blind = case.indicators.assign(issue="j", worst=np.nan)
    gaps = measure.gaps(replace(case, indicators=blind, indicator_values=case.indicator_values.iloc[:0]))
    assert gaps.loc["j"].tolist() == [0.0, 0.8]


def test_without_populations_regions_have_equal_shares(case):
    assert measure.shares(case).tolist() == [0.75, 0.25]
    nobody = replace(case, regions=case.regions.assign(population=np.nan))
    assert measure.shares(nobody).tolist() == [0.5, 0.5]


def test_what_nobody_knows_is_unknown_and_counts_as_none(case):
    blind = replace(case, issue_regions=case.issue_regions.iloc[:0])
    assert measure.known_gaps(blind).loc["j"].isna().all()
    assert measure.gaps(blind).loc["j"].tolist() == [0.0, 0.0]


def test_similarity_and_edges_by_hand(case):
    # shared: w min(1, .5) = .5 W; j min(0, .8) = 0. either: w 1, j .8.
    expected = 0.5 * W / (W + 0.8 * J)
    assert measure.similarity(case, Scenario()).loc["A", "B"] == pytest.approx(expected)
    edges = measure.edges(case, Scenario(collaboration=Collaboration(border=0.5)))
    assert edges.loc["A", "B"] == edges.loc["B", "A"] == pytest.approx(0.5 * expected)
    assert edges.loc["A", "A"] == 0.0


def test_a_body_counts_instead_of_the_border_and_an_edge_is_at_most_one(case):
    joined = replace(
        case, bodies=build_case("b", {"bodies": rows("body region", ("K", "A"), ("K", "B"))}).bodies
    )
    expected = 0.5 * W / (W + 0.8 * J)
    assert measure.edges(joined, Scenario()).loc["A", "B"] == pytest.approx(1.2 * expected)
    assert measure.edges(joined, Scenario(collaboration=Collaboration(body=99.0))).loc["A", "B"] == 1.0


def test_impact_of_one_programme_without_gain_or_saturation(case):
    # P starts in 2027, takes 2 years: delivered in 2028 only, so half of the horizon counts.
    # A: need W*1*.75, closed .5 in 2028; nothing else. N = W*.75 + (W*.5 + J*.8)*.25.
    whole = W * 0.75 + (W * 0.5 + J * 0.8) * 0.25
    impact = measure.Measure(case, FLAT).impact([Choice(program="P", start=2027, regions=("A",))])
    assert impact.total == pytest.approx(100 * 0.5 * 0.5 * W * 0.75 / whole)
    assert impact.by_region.tolist() == pytest.approx([25.0, 0.0])


def test_a_partner_adds_its_edge(case):
    scenario = FLAT.model_copy(update={"collaboration": Collaboration(strength=0.1)})
    tie = 0.5 * W / (W + 0.8 * J)
    both = measure.Measure(case, scenario).delivered([Choice(program="P", start=2027, regions=("A", "B"))])
    assert both[0, :, 0].tolist() == [0.0, 0.0]
    assert both[0, :, 1].tolist() == pytest.approx([0.5 * (1 + 0.1 * tie)] * 2)


def test_a_province_programme_gains_nothing_from_partners(case):
    scenario = FLAT.model_copy(update={"collaboration": Collaboration(strength=0.5)})
    effect = measure.Measure(case, scenario).delivered([Choice(program="Q", start=2027, regions=("A", "B"))])
    assert effect[1].tolist() == pytest.approx(np.full((2, 2), 0.3))


def test_complements_add_where_both_are_delivered(case):
    # P complements Q with 0.2: in A, from 2028, 0.5 + 0.2 * 0.5.
    choices = [
        Choice(program="P", start=2027, regions=("A",)),
        Choice(program="Q", start=2027, regions=("A", "B")),
    ]
    effect = measure.Measure(case, FLAT).delivered(choices)
    assert effect[0, :, 1].tolist() == pytest.approx([0.6, 0.0])
    assert effect[0, :, 0].tolist() == [0.0, 0.0]


def test_a_complement_without_regions_counts_everywhere(case):
    # H has no regions: once delivered, P has 0.2 more wherever P is; H itself reaches nobody.
    links = case.program_links.assign(other="H")
    linked = measure.Measure(replace(case, program_links=links), FLAT)
    choices = [Choice(program="P", start=2027, regions=("B",)), Choice(program="H", start=2028)]
    assert linked.delivered(choices)[0, :, 1].tolist() == pytest.approx([0.0, 0.6])
    reverse = replace(case, program_links=case.program_links.assign(program="H", other="P"))
    assert measure.Measure(reverse, FLAT).delivered(choices)[0, :, 1].tolist() == pytest.approx([0.0, 0.5])


def test_a_complement_of_unknown_worth_adds_nothing(case):
    links = measure.Measure(replace(case, program_links=case.program_links.assign(value=np.nan)), FLAT)
    choices = [Choice(program="P", start=2027, regions=("A",)), Choice(program="Q", start=2027, regions=("A", "B"))]  # fmt: skip
    assert links.delivered(choices)[0, :, 1].tolist() == [0.5, 0.0]


def test_diminishing_returns_by_hand(case):
    # Pieces (0.4, 1) (0.4, 0.75) (0.6, 0.5): 0.2 -> 0.2; 0.6 -> 0.4 + 0.15; 1.0 -> 0.4 + 0.3 + 0.1; 9 -> 1.
    phi = measure.Measure(case, Scenario()).closed(np.array([0.2, 0.6, 1.0, 9.0]))
    assert phi.tolist() == pytest.approx([0.2, 0.55, 0.8, 1.0])


def test_year_weights_shift_the_average(case):
    scenario = FLAT.model_copy(update={"year_weights": {2027: 3.0, 2028: 1.0}})
    impact = measure.Measure(case, scenario).impact([Choice(program="P", start=2027, regions=("A",))])
    assert impact.by_region["A"] == pytest.approx(100 * 0.25 * 0.5)


def test_a_year_that_is_not_named_weighs_nothing(case):
    assert measure.year_weights(case, Scenario(year_weights={2028: 3.0})).tolist() == [0.0, 1.0]


def test_nothing_to_close_is_an_error(case):
    fine = replace(
        case,
        indicators=case.indicators.assign(target=50.0, worst=60.0),
        issue_regions=case.issue_regions.iloc[:0],
    )
    with pytest.raises(DataError) as caught:
        measure.Measure(fine, Scenario())
    assert [problem.code for problem in caught.value.problems] == ["no_need"]
    assert measure.Measure(fine, Scenario(objective="score")).impact([]).total == 0.0


def test_yearly_costs_by_hand(case):
    # P in 2027 with both: shared 10 in 2027, A 4 in 2028, B 0.5 in each year after 2028.
    costs = measure.yearly_costs(
        case, Choice(program="P", start=2027, regions=("A", "B")), (2027, 2028, 2029, 2030)
    )
    assert costs.loc[""].tolist() == [10.0, 0.0, 0.0, 0.0]
    assert costs.loc["A"].tolist() == [0.0, 4.0, 0.0, 0.0]
    assert costs.loc["B"].tolist() == [0.0, 0.0, 0.5, 0.5]


def test_the_tables_stay_as_they_were(case):
    before = {name: table.copy() for name, table in case.tables().items()}
    measure.Measure(case, Scenario()).impact([Choice(program="P", start=2027, regions=("A",))])
    for name, table in case.tables().items():
        pd.testing.assert_frame_equal(table, before[name])


def test_a_level_without_a_range_reaches_from_half_to_one_and_a_half(case):
    effects = pd.DataFrame(
        {
            "effect": [0.2, 0.2, np.nan, np.nan, np.nan],
            "level": ["", "", "high", "high", "sure"],
            "low": [0.1, np.nan, np.nan, 0.29, np.nan],
            "high": [0.3, np.nan, np.nan, np.nan, np.nan],
        }
    )
    scenario = Scenario(effect_levels={"high": 0.3, "sure": 0.9})
    ranges = measure.effect_ranges(replace(case, program_effects=effects), scenario)
    expected = [[0.1, 0.2, 0.3], [0.2, 0.2, 0.2], [0.15, 0.3, 0.45], [0.29, 0.3, 0.45], [0.45, 0.9, 1]]
    assert ranges.to_numpy() == pytest.approx(np.array(expected))


def test_within_a_block_measures_are_computed_once_and_handed_out_as_copies(case):
    with computed_once():
        first = measure.known_gaps(case)
        first.loc["j", "B"] = 9.0
        case.issue_regions.loc[:, "severity"] = 0.5
        within = measure.known_gaps(case)
    after = measure.known_gaps(case)
    assert (within.loc["j", "B"], after.loc["j", "B"]) == (0.8, 0.5)


def test_within_a_block_all_who_ask_have_the_same_measure_of_a_case_and_its_settings(case):
    with computed_once():
        one = measure.measure_of(case, FLAT)
        assert measure.measure_of(case, FLAT) is one
        assert measure.measure_of(case, Scenario()) is not one
    assert measure.measure_of(case, FLAT) is not one


SIZED = rows(
    "program name_id duration option_of", ("P", "P", 1, ""), ("P2", "P2", 1, "P"), ("Q", "Q", 1, ""), ("R", "R", 1, "")
)  # fmt: skip


def test_sizes_and_what_is_required_of_them(case):
    links = rows(
        "program other kind value",
        ("Q", "P", "requires", None), ("Q", "P2", "requires", None), ("R", "P2", "requires", None),
        ("R", "Q", "requires", None), ("Q", "R", "complements", 0.1),
    )  # fmt: skip
    sized = build_case("sized", {**TABLES, "programs": SIZED, "program_links": links})
    assert measure.sizes(sized) == {"P": ("P", "P2")}
    assert measure.sized_as(sized) == {"P": "P", "P2": "P"}
    # Either size will do for Q; R asks for the second alone.
    assert measure.requirements(sized) == {
        ("Q", "P"): ("P", "P2"), ("R", "P2"): ("P2",), ("R", "Q"): ("Q",),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "strength", "cycle"),
    [
        # Round a and b an effect comes back as 0.5 of 0.32 = 0.16: 0.4 a step. c is only reached, whatever it passes on.
        ([("a", "b", 0.5), ("b", "a", 0.32), ("b", "c", 9.0), ("c", "d", 9.0)], 0.4, ("a", "b")),
        ([("d", "a", 0.9), ("a", "b", 0.5), ("b", "c", 0.5), ("c", "a", 0.5)], 0.5, ("a", "b", "c")),
        ([("a", "b", 0.5), ("b", "a", -0.32)], 0.4, ("a", "b")),
        ([("a", "b", 9.0), ("b", "c", 9.0)], 0.0, ()),
        ([("a", "", 9.0), ("", "a", 9.0), ("a", "b", None), ("b", "a", 9.0)], 0.0, ()),
        ([], 0.0, ()),
    ],
)
def test_how_strongly_spillovers_feed_themselves(lines, strength, cycle):
    table = rows("issue on_issue value", *lines)
    found, on_cycle = measure.spillover_strength(table)
    assert found == pytest.approx(strength, abs=1e-9)
    assert on_cycle == cycle


def test_sums_lose_nothing_to_rounding_and_blanks_count_as_nothing():
    # Of doubles near 10^16 only every second whole number is there: one after another the ones would be lost.
    cells = [("k", 1e16), *[("k", 1.0)] * 4, ("k", np.nan), ("m", np.nan)]
    assert measure.sums(cells) == {"k": 1e16 + 4}
    assert means([("k", 1.0), ("k", np.nan), ("k", 4.0), ("m", np.nan)]) == {"k": 2.5}


def test_a_wide_table_has_its_rows_and_columns_alone():
    values = {("a", "x"): 1.0, ("b", "y"): 2.0, ("a", "z"): 3.0, ("c", "x"): 4.0}
    table = wide(values, ["a", "b"], ["x", "y"], ("row", "column"))
    assert table.loc["a", "x"] == 1.0
    assert table.loc["b", "y"] == 2.0
    assert table.isna().to_numpy().tolist() == [[False, True], [True, False]]
