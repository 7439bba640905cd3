"""Problems whose answer is worked out on paper."""

from __future__ import annotations

import pandas as pd
import pytest

from jspmodel.errors import InfeasibleError, ScenarioError
from jspmodel.intake.tables import build_case
from jspmodel.plan import Choice
from jspmodel.selection import select_programs
from selection.families import on_paper
from selection.small import one_place, places, reasons, rows, scenario, starts


@on_paper("fund_budgets", "year_budgets")
def test_a_budget():
    # Budget 9. X alone closes 30 (Y or Z no longer fit: 6 + 4 > 9); Y and Z close phi(0.4) = 40 for 9.
    case = one_place([("X", 0.3, 6), ("Y", 0.2, 4), ("Z", 0.2, 5)], budget=9)
    plan = select_programs(case, scenario())
    assert starts(plan) == {"Y": 2027, "Z": 2027}
    assert plan.objective == pytest.approx(40)
    assert plan.status == "optimal"
    assert plan.bound == pytest.approx(40, abs=1e-3)
    assert not plan.stopped_by_clock
    assert plan.cost == pytest.approx(9)
    assert [item.impact for item in plan.selected] == pytest.approx([20, 20])
    # X would need 6 and nothing is left. It would raise 0.4 to 0.7, worth 0.3 * 0.75 = 22.5 points for 6: less
    # a rupiah than Y (20 for 4) and Z (20 for 5).
    left = next(item for item in plan.programs if item.program == "X")
    assert left.reason == "less_impact"
    assert left.reason_values == pytest.approx({"short": 6, "gain": 22.5, "cost": 6})


@on_paper("delivered_effects")
def test_returns_diminish():
    # 0.4 + 0.4 + 0.4 = 1.2 delivered: 0.4 * 1 + 0.4 * 0.75 + 0.4 * 0.5 = 0.9 closed.
    case = one_place([("X", 0.4, 1), ("Y", 0.4, 1), ("Z", 0.4, 1)], budget=3)
    assert select_programs(case, scenario()).objective == pytest.approx(90)


@on_paper("start_once")
def test_a_programme_starts_once():
    # Money for X in both years: twice would deliver 0.6 in 2028, 30 + 55 over two; once is 30 a year.
    plan = select_programs(one_place([("X", 0.3, 1)], budget=1, years=(2027, 2028)), scenario())
    assert starts(plan) == {"X": 2027}
    assert plan.objective == pytest.approx(30)
    assert plan.cost == pytest.approx(1)


@on_paper("requires")
def test_a_prerequisite_is_bought_for_what_it_enables():
    # Y (30 points) requires X (none). Both fit into two years, X first: Y counts in the second year only, 15.
    # Z counts in both years, 20 * 2 / 2 = 20, but with Z, which costs 2, X and Y cannot both be paid in budget 3
    # a year (X 3 in 2027, Y 3 in 2028): so Z alone in 2027 (20) against X and Y (15).
    tables = {"program_links": rows("program other kind", ("Y", "X", "requires"))}
    programs = [("X", 0.0, 3), ("Y", 0.3, 3), ("Z", 0.2, 2)]
    case = one_place(programs, budget=3, years=(2027, 2028), **tables)
    plan = select_programs(case, scenario())
    assert starts(plan) == {"Z": 2027}
    # Twice the effect of Y turns it round: 0.6 closes 0.4 + 0.2 * 0.75 = 55, in one of two years: 27.5 > 20.
    programs[1] = ("Y", 0.6, 3)
    plan = select_programs(one_place(programs, budget=3, years=(2027, 2028), **tables), scenario())
    assert starts(plan) == {"X": 2027, "Y": 2028}
    assert plan.objective == pytest.approx(27.5)
    assert reasons(plan)["X"] == "needed_by"


@on_paper("excludes")
def test_programmes_that_exclude_each_other():
    tables = {"program_links": rows("program other kind", ("X", "Y", "excludes"))}
    plan = select_programs(one_place([("X", 0.3, 1), ("Y", 0.2, 1)], budget=9, **tables), scenario())
    assert starts(plan) == {"X": 2027}
    assert reasons(plan)["Y"] == "excluded_by"


def two_places(program, takes_part, costs, effects, /, *, budget, years=(2027,), funds=None, **tables):
    """Two regions of equal need in one issue wide open, no border, one fund unless others are given."""
    base = {
        "regions": rows("region name", ("A", "Alfa"), ("B", "Beta")),
        "issues": rows("issue name_id", ("w", "Sampah")),
        "issue_regions": rows("issue region severity", ("w", "A", 1.0), ("w", "B", 1.0)),
        "programs": program,
        "program_regions": takes_part,
        "program_costs": rows("program region kind offset amount", *costs),
        "program_effects": rows("program issue effect", *effects),
        "funds": rows("fund name_id", ("f", "Dana")),
        "fund_budgets": rows("fund year amount", *(("f", year, budget) for year in years)),
    }
    return build_case("two", {**base, **(funds or {}), **tables})


@on_paper("coalition_volume")
def test_a_coalition_pays_only_together():
    # The plant C needs 10 t: A brings 6, B 5. It closes 0.4 in both regions, 40 points, for 2 + 2 + 1 = 5.
    # S, for A alone, closes 0.3 in one of two equal regions, 15 points, for 2.5. Budget 5: C. Budget 4: S.
    def case(budget, volume_of_b=5):
        return two_places(
            rows("program name_id duration min_volume", ("C", "PSEL", 1, 10), ("S", "TPS", 1, None)),
            rows("program region volume", ("C", "A", 6), ("C", "B", volume_of_b), ("S", "A", None)),
            [("C", "", "build", 0, 1), ("C", "A", "build", 0, 2), ("C", "B", "build", 0, 2), ("S", "A", "build", 0, 2.5)],
            [("C", "w", 0.4), ("S", "w", 0.3)],
            budget=budget,
        )  # fmt: skip

    together = select_programs(case(5), scenario())
    assert places(together) == {"C": ("A", "B")}
    assert together.objective == pytest.approx(40)
    apart = select_programs(case(4), scenario())
    assert places(apart) == {"S": ("A",)}
    assert apart.objective == pytest.approx(15)
    # 1.5 is left, so C lacks 3.5. It would add 32.5/2 in A (0.3 to 0.7 delivered: 0.3 to 0.625 closed) and 40/2
    # in B, 36.25 for 5: more a rupiah than S (15 for 2.5), so the reason is money.
    left = next(item for item in apart.programs if item.program == "C")
    assert left.reason == "money"
    assert left.reason_values == pytest.approx({"short": 3.5, "gain": 36.25, "cost": 5})
    small = select_programs(case(5, volume_of_b=3), scenario())
    assert places(small) == {"S": ("A",)}
    assert reasons(small)["C"] == "coalition_volume"


@on_paper("min_regions")
def test_a_programme_that_needs_two_regions():
    # C closes 0.2 where it is, A costs 1 and B 4; asked for two regions it costs 5, so with 4 T is left: 0.1 in A, 5.
    def plan(least, budget):
        case = two_places(
            rows("program name_id duration min_regions", ("C", "C", 1, least), ("T", "T", 1, None)),
            rows("program region", ("C", "A"), ("C", "B"), ("T", "A")),
            [("C", "A", "build", 0, 1), ("C", "B", "build", 0, 4), ("T", "A", "build", 0, 4)],
            [("C", "w", 0.2), ("T", "w", 0.1)],
            budget=budget,
        )
        return select_programs(case, scenario())

    alone = plan(1, 4)  # in A or in B it is worth the same, and A is cheaper
    assert places(alone) == {"C": ("A",)}
    assert alone.objective == pytest.approx(10)
    assert places(plan(2, 5)) == {"C": ("A", "B")}
    assert places(plan(2, 4)) == {"T": ("A",)}
    assert reasons(plan(3, 9))["C"] == "coalition_regions"


@on_paper("join_what_starts")
def test_a_shared_cost_is_paid_once_however_many_join():
    # Shared 6, own 1 each; 0.2 in each region that joins. Alone 7 for 10 points, both 8 for 20. T, for A, gives
    # 0.3, so 15 points, for 7. Budget 8: both join (20). Budget 7: T.
    def case(budget):
        return two_places(
            rows("program name_id duration", ("C", "Bersama", 1), ("T", "Sendiri", 1)),
            rows("program region", ("C", "A"), ("C", "B"), ("T", "A")),
            [("C", "", "build", 0, 6), ("C", "A", "build", 0, 1), ("C", "B", "build", 0, 1), ("T", "A", "build", 0, 7)],
            [("C", "w", 0.2), ("T", "w", 0.3)],
            budget=budget,
        )  # fmt: skip

    plan = select_programs(case(8), scenario())
    assert places(plan) == {"C": ("A", "B")}
    assert plan.objective == pytest.approx(20)
    assert plan.cost == pytest.approx(8)
    assert {item.region: item.cost for item in plan.regions} == {"A": 1, "B": 1}
    assert places(select_programs(case(7), scenario())) == {"T": ("A",)}


@on_paper("partners")
def test_partners_gain_from_each_other():
    # Equal gaps: similarity 1, a border: a = 1. Strength 0.5: each gets 0.2 * 1.5 = 0.3, so 30 points, not 20.
    case = two_places(
        rows("program name_id duration", ("C", "Bersama", 1)),
        rows("program region", ("C", "A"), ("C", "B")),
        [("C", "", "build", 0, 1)],
        [("C", "w", 0.2)],
        budget=1,
        borders=rows("region_a region_b", ("A", "B")),
    )
    assert select_programs(case, scenario(collaboration={"strength": 0.5})).objective == pytest.approx(30)
    assert select_programs(case, scenario(collaboration={"strength": 0.0})).objective == pytest.approx(20)


@on_paper("complements")
def test_complements_add_where_both_are_delivered():
    # X 0.2 in A and B, and half as much again where Y is: Y costs 3 in A, 1 in B and has no effect of its own.
    # 4 a year: X (2) and Y in B (1): 0.2 in A, 0.3 in B: 25 points. Y in both would cost 6 in all.
    case = two_places(
        rows("program name_id duration", ("X", "X", 1), ("Y", "Y", 1)),
        rows("program region", ("X", "A"), ("X", "B"), ("Y", "A"), ("Y", "B")),
        [("X", "", "build", 0, 2), ("Y", "A", "build", 0, 3), ("Y", "B", "build", 0, 1)],
        [("X", "w", 0.2)],
        budget=4,
        program_links=rows("program other kind value", ("X", "Y", "complements", 0.5)),
    )
    plan = select_programs(case, scenario())
    assert places(plan) == {"X": ("A", "B"), "Y": ("B",)}
    assert plan.objective == pytest.approx(25)


@on_paper("region_funds")
def test_a_region_does_not_pay_for_its_neighbour():
    # A holds 10, the province 1. C costs 1 shared and 4 in B, for B alone: A may pay nothing of it.
    # D costs 1 shared, 4 in A, 4 in B. Joined by A alone it costs 5, and A may pay all of it.
    funds = {
        "funds": rows("fund name_id holder", ("own", "APBD A", "A"), ("prov", "APBD", "")),
        "fund_budgets": rows("fund year amount", ("own", 2027, 10), ("prov", 2027, 1)),
    }
    case = two_places(
        rows("program name_id duration", ("C", "C", 1), ("D", "D", 1)),
        rows("program region", ("C", "B"), ("D", "A"), ("D", "B")),
        [("C", "", "build", 0, 1), ("C", "B", "build", 0, 4), *(("D", r, "build", 0, 4) for r in "AB"), ("D", "", "build", 0, 1)],
        [("C", "w", 0.4), ("D", "w", 0.2)],
        budget=0,
        funds=funds,
    )  # fmt: skip
    plan = select_programs(case, scenario())
    assert places(plan) == {"D": ("A",)}
    assert {(item.program, item.fund): item.amount for item in plan.funding} == {("D", "own"): 5}
    # C lacks 5 - 1 = 4.
    left = next(item for item in plan.programs if item.program == "C")
    assert left.reason_values["short"] == pytest.approx(4)


@on_paper("fund_shares")
def test_a_fund_with_rules_pays_its_share_of_what_they_name():
    # X costs 10; the grant pays at most 0.3 of X (its own row, before that of its dimension), 3; the rest, 7, is
    # exactly what the province has. A grant of 0.2 leaves 1 unpaid. Without a row the grant pays nothing at all.
    def plan(*rules):
        tables = {
            "funds": rows("fund name_id", ("prov", "APBD"), ("grant", "Hibah")),
            "fund_budgets": rows("fund year amount", ("prov", 2027, 7), ("grant", 2027, 9)),
            "fund_rules": rows("fund program dimension max_share", *rules),
            "programs": rows("program name_id duration dimension", ("X", "X", 1, "d")),
        }
        return select_programs(one_place([("X", 0.3, 10)], budget=0, **tables), scenario())

    whole = plan(("grant", "X", "", 0.3), ("grant", "", "d", 1.0))
    assert {item.fund: item.amount for item in whole.funding} == pytest.approx({"prov": 7, "grant": 3})
    assert plan(("grant", "", "d", 0.3)).selected
    assert not plan(("grant", "X", "", 0.2), ("grant", "", "d", 1.0)).selected
    assert not plan(("grant", "Y", "", 1.0)).selected


def test_certain_money_first():
    # X costs 4; 3 are agreed, 2 expected, 9 pledged.
    tables = {
        "funds": rows("fund name_id certainty", ("p", "CSR", "pledge"), ("e", "Danais", "expected"), ("a", "APBD", "agreed")),
        "fund_budgets": rows("fund year amount", ("p", 2027, 9), ("e", 2027, 2), ("a", 2027, 3)),
    }  # fmt: skip
    plan = select_programs(one_place([("X", 0.3, 4)], budget=0, **tables), scenario())
    assert {item.fund: item.amount for item in plan.funding} == pytest.approx({"a": 3, "e": 1})


@on_paper("costs_paid")
def test_costs_fall_due_year_by_year():
    # X builds 2 and 2 over two years, delivered in the second, then runs for 1 a year. 2027-2029, budgets 2, 2, 1:
    # it can only start in 2027 and counts in 2028 and 2029: 30 * 2/3 = 20. Without the 1 of 2029 it cannot be paid.
    def case(last):
        return one_place(
            [("X", 0.3, 2)],
            budget=0,
            programs=rows("program name_id duration", ("X", "X", 2)),
            program_costs=rows(
                "program region kind offset amount",
                ("X", "", "build", 0, 2), ("X", "", "build", 1, 2), ("X", "A", "run", None, 1),
            ),
            fund_budgets=rows("fund year amount", ("f", 2027, 2), ("f", 2028, 2), ("f", 2029, last)),
        )  # fmt: skip

    plan = select_programs(case(1), scenario())
    assert starts(plan) == {"X": 2027}
    assert plan.objective == pytest.approx(20)
    assert {item.year: item.amount for item in plan.funding} == {2027: 2, 2028: 2, 2029: 1}
    assert not select_programs(case(0.5), scenario()).selected


@pytest.mark.parametrize(
    ("columns", "settings", "expected"),
    [
        ({}, {}, {"X": 2027}),
        ({"first_start": 2028}, {}, {"X": 2028}),
        ({"last_start": 2026}, {}, {}),
        ({}, {"closed_years": [2027]}, {"X": 2028}),
        ({"in_annual_plan": True}, {"closed_years": [2027]}, {"X": 2027}),
        ({"last_start": 2027}, {"closed_years": [2027]}, {}),
        ({"duration": 3}, {}, {}),
        ({}, {"last_year": 2027}, {"X": 2027}),
        ({}, {"locked_out": ["X"]}, {}),
        ({}, {"locked_in": [{"program": "X", "start": 2028}]}, {"X": 2028}),
    ],
)
def test_when_a_programme_may_start(columns, settings, expected):
    programs = pd.DataFrame([{"program": "X", "name_id": "X", "duration": 1, **columns}])
    case = one_place([("X", 0.3, 1)], budget=1, years=(2027, 2028), programs=programs)
    plan = select_programs(case, scenario(**settings))
    assert starts(plan) == expected
    if not expected:
        out = "locked_out" if "locked_out" in settings else "no_start_year"
        assert reasons(plan)["X"] == out


def test_building_must_end_within_the_horizon():
    # Delivered after a year, but paid for over two: in 2028 it would end in 2029.
    costs = rows("program region kind offset amount", ("X", "", "build", 0, 1), ("X", "", "build", 1, 1))
    case = one_place([("X", 0.3, 1)], budget=1, years=(2027, 2028), program_costs=costs)
    assert starts(select_programs(case, scenario())) == {"X": 2027}
    closed = select_programs(case, scenario(closed_years=[2027]))
    assert reasons(closed) == {"X": "no_start_year"}


def test_the_cheaper_of_two_equal_plans():
    case = one_place([("X", 0.3, 5), ("Y", 0.3, 4), ("Z", 0.3, 6)], budget=6)
    assert starts(select_programs(case, scenario())) == {"Y": 2027}


def unequal(**tables):
    """Three quarters of the people live in A. X helps A (0.4), Y helps B (0.4); each costs 1."""
    return two_places(
        rows("program name_id duration", ("X", "X", 1), ("Y", "Y", 1), ("Z", "Z", 1)),
        rows("program region", ("X", "A"), ("Y", "B"), ("Z", "A")),
        [("X", "", "build", 0, 1), ("Y", "", "build", 0, 1), ("Z", "", "build", 0, 1)],
        [("X", "w", 0.4), ("Y", "w", 0.4), ("Z", "w", 0.4)],
        budget=2,
        **{"regions": rows("region name population", ("A", "Alfa", 3), ("B", "Beta", 1)), **tables},
    )


def test_without_equity_the_largest_region_takes_all():
    # X and Z in A: phi(0.8) = 0.7, times 0.75 = 52.5. X and Y: 0.4 of all = 40.
    plan = select_programs(unequal(), scenario())
    assert sorted(starts(plan)) == ["X", "Z"]
    assert plan.objective == pytest.approx(52.5)
    assert plan.equity is None


@on_paper("worst_off")
@pytest.mark.parametrize("mode", ["floor", "max_min"])
def test_equity_and_its_price(mode):
    # Half of 52.5 is 26.25: B must reach it, so Y is in and A keeps one: 40. The price is 12.5.
    plan = select_programs(unequal(), scenario(equity={"mode": mode, "floor": 0.5}))
    assert "Y" in starts(plan)
    assert plan.objective == pytest.approx(40)
    assert plan.status == "optimal"
    assert {item.region: item.impact for item in plan.regions} == pytest.approx({"A": 40, "B": 40})
    assert plan.equity.without == pytest.approx(52.5)
    assert plan.equity.price == pytest.approx(12.5)
    assert plan.equity.floor == pytest.approx(26.25 if mode == "floor" else 40, abs=1e-5)


def test_a_floor_that_is_kept_anyway_costs_nothing():
    plan = select_programs(unequal(), scenario(equity={"mode": "floor", "floor": 0.0}))
    assert plan.objective == pytest.approx(52.5)
    assert plan.equity.price == 0


def test_a_region_without_need_is_not_asked():
    tables = {"issue_regions": rows("issue region severity", ("w", "A", 1.0), ("w", "B", 0.0))}
    plan = select_programs(unequal(**tables), scenario(equity={"mode": "floor", "floor": 1.0}))
    assert sorted(starts(plan)) == ["X", "Z"]
    assert {item.region: item.impact for item in plan.regions}["B"] is None


def test_a_floor_out_of_reach_is_named():
    # Nothing helps B.
    tables = {"program_regions": rows("program region", ("X", "A"), ("Y", "A"), ("Z", "A"))}
    with pytest.raises(InfeasibleError) as error:
        select_programs(unequal(**tables), scenario(equity={"mode": "floor", "floor": 0.5}))
    # Without the rule X and Y would close phi(0.8) = 70 percent of A's need, three quarters of all: 52.5. Half of
    # that is asked for in B, where nothing can be reached.
    said = {problem.code: problem.values for problem in error.value.problems}
    assert list(said) == ["clash_of_one", "clash_floor", "ways_alone", "way_floor"]
    assert said["clash_floor"] == {"region": "B (Beta)", "floor": 26.25, "reach": 0.0}
    assert said["way_floor"]["share"] == 0.0


def test_equity_does_not_go_with_scores():
    with pytest.raises(ScenarioError) as error:
        select_programs(unequal(), scenario(objective="score", equity={"mode": "floor"}))
    assert error.value.problems[0].code == "equity_with_score"


@on_paper("new_systems", "retirements")
def test_new_systems_only_for_old_ones():
    # X (40 points) brings a system, Y (10) retires one, Z (8) retires the same: X needs Y or Z, and once is enough.
    tables = {
        "programs": rows("program name_id duration new_systems", ("X", "X", 1, 1), ("Y", "Y", 1, None), ("Z", "Z", 1, None), ("V", "V", 1, 1)),
        "systems": rows("system name", ("S", "Lama")),
        "program_systems": rows("program system action", ("Y", "S", "retires"), ("Z", "S", "retires")),
    }  # fmt: skip
    programs = [("X", 0.4, 1), ("Y", 0.1, 1), ("Z", 0.08, 1), ("V", 0.2, 1)]
    plan = select_programs(one_place(programs, budget=9, **tables), scenario(no_new_systems=True))
    assert sorted(starts(plan)) == ["X", "Y", "Z"]
    assert reasons(plan)["V"] == "new_systems"
    # Two programmes fit: X needs one that retires, so V (40 + 15 with X) is out for Y (40 + 7.5).
    plan = select_programs(one_place(programs, budget=2, **tables), scenario(no_new_systems=True))
    assert sorted(starts(plan)) == ["X", "Y"]
    plan = select_programs(one_place(programs, budget=2, **tables), scenario())
    assert sorted(starts(plan)) == ["V", "X"]


@on_paper("max_parallel")
def test_an_agency_leads_no_more_than_it_can():
    # X takes two years, Y one; one at a time. 2027-2028: X alone counts in 2028 (30 / 2 = 15); Y in 2027 counts
    # twice (20), X no longer fits. So Y. Over three years X can follow Y: 20 + 0.3 of 2029 = 20 + 10.
    def plan(years):
        tables = {
            "agencies": rows("agency name max_parallel", ("g", "Dinas", 1)),
            "programs": rows("program name_id duration agency", ("X", "X", 2, "g"), ("Y", "Y", 1, "g")),
        }
        case = one_place([("X", 0.3, 1), ("Y", 0.2, 1)], budget=9, years=years, **tables)
        return select_programs(case, scenario())

    short = plan((2027, 2028))
    assert starts(short) == {"Y": 2027}
    assert reasons(short)["X"] == "agency_busy"
    # 2027, 2028: 20 points; 2029: 0.2 + 0.3 delivered, phi = 0.4 + 0.1 * 0.75 = 47.5. Mean 29.17.
    long = plan((2027, 2028, 2029))
    assert starts(long) == {"Y": 2027, "X": 2028}
    assert long.objective == pytest.approx((20 + 20 + 47.5) / 3)


@on_paper("maturity")
def test_maturity_comes_first():
    # X asks for 3; A stands at 2; Y raises by 1 and has no effect. Y in 2027, X in 2028: 40 / 2 = 20.
    tables = {
        "regions": rows("region name maturity", ("A", "Alfa", 2)),
        "programs": rows(
            "program name_id duration required_maturity raises_maturity",
            ("X", "X", 1, 3, None),
            ("Y", "Y", 1, None, 1),
        ),
    }
    programs = [("X", 0.4, 1), ("Y", 0.0, 1)]
    plan = select_programs(one_place(programs, budget=2, years=(2027, 2028), **tables), scenario())
    assert starts(plan) == {"Y": 2027, "X": 2028}
    assert plan.objective == pytest.approx(20)
    alone = select_programs(one_place(programs, budget=2, **tables), scenario(locked_out=["Y"]))
    assert reasons(alone) == {"X": "maturity", "Y": "locked_out"}


@on_paper("quick_wins", "programs_per_dimension")
def test_quick_wins_and_dimensions_are_demanded():
    # Only one fits. X is best; the quick win is Y; Z alone is of the dimension e.
    tables = {
        "dimensions": rows("dimension name_id", ("d", "D"), ("e", "E")),
        "programs": rows(
            "program name_id duration dimension quick_win", ("X", "X", 1, "d", False), ("Y", "Y", 1, "d", True), ("Z", "Z", 1, "e", False)
        ),
    }  # fmt: skip
    case = one_place([("X", 0.4, 1), ("Y", 0.3, 1), ("Z", 0.2, 1)], budget=2, **tables)
    assert sorted(starts(select_programs(case, scenario()))) == ["X", "Y"]
    assert sorted(starts(select_programs(case, scenario(min_programs_per_dimension=1)))) == ["X", "Z"]
    both = scenario(min_programs_per_dimension=1, min_quick_wins=1)
    assert sorted(starts(select_programs(case, both))) == ["Y", "Z"]
    with pytest.raises(InfeasibleError) as error:
        select_programs(case, scenario(min_quick_wins=2))
    codes = [problem.code for problem in error.value.problems]
    assert codes == ["clash_of_one", "clash_quick_wins", "ways_alone", "way_quick_wins"]


@on_paper("locked_in")
def test_locked_in_though_worse():
    case = one_place([("X", 0.4, 1), ("Y", 0.3, 1)], budget=1)
    plan = select_programs(case, scenario(locked_in=["Y"]))
    assert starts(plan) == {"Y": 2027}
    assert reasons(plan) == {"X": "money", "Y": "locked_in"}


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        ({"locked_in": ["X"], "locked_out": ["X"]}, ["locked_in_and_out"]),
        ({"locked_in": [{"program": "X", "start": 2030}]}, ["lock_cannot_start"]),
        ({"locked_in": [{"program": "X", "regions": ["B"]}]}, ["locked_elsewhere"]),
        ({"locked_in": ["X"], "closed_years": [2027]}, ["cannot_start"]),
    ],
)
def test_locks_that_cannot_be_kept_are_named(settings, codes):
    case = one_place([("X", 0.3, 6)], budget=5)
    with pytest.raises(InfeasibleError, match="X") as error:
        select_programs(case, scenario(**settings))
    assert [problem.code for problem in error.value.problems] == codes


@on_paper("province_scope", "mandatory_regions")
def test_province_scope_and_mandatory_regions():
    # W reaches both regions and pays in both; M may leave out B, whose part is worth less than T in A, but not A.
    case = two_places(
        rows("program name_id duration scope", ("W", "W", 1, "province"), ("M", "M", 1, "joint")),
        rows("program region mandatory", ("M", "A", True), ("M", "B", False)),
        [("W", "A", "build", 0, 1), ("W", "B", "build", 0, 1), ("M", "A", "build", 0, 3), ("M", "B", "build", 0, 1)],
        [("W", "w", 0.1), ("M", "w", 0.3)],
        budget=4,
    )  # fmt: skip
    # M in A and B costs 4 for 30 points; W costs 2 for 10; M in B alone (1) and W would be 15 + 10 for 3.
    plan = select_programs(case, scenario())
    assert places(plan) == {"M": ("A", "B")}


def test_points_for_a_pair_of_complements():
    # Scores 5, 4, 6; X and Y together 3 more: 12 against X and Z 11. Budget for two.
    tables = {
        "programs": rows(
            "program name_id duration score", ("X", "X", 1, 5), ("Y", "Y", 1, 4), ("Z", "Z", 1, 6)
        ),
        "program_links": rows("program other kind value", ("X", "Y", "complements", 3)),
    }
    case = one_place([("X", 0, 1), ("Y", 0, 1), ("Z", 0, 1)], budget=2, **tables)
    plan = select_programs(case, scenario(objective="score"))
    assert sorted(starts(plan)) == ["X", "Y"]
    assert plan.objective == pytest.approx(12)
    assert reasons(plan)["X"] == "chosen_score"


def test_nothing_to_choose_from():
    plan = select_programs(one_place([("X", 0.3, 6)], budget=5), scenario(locked_out=["X"]))
    assert plan.selected == ()
    assert (plan.objective, plan.bound, plan.gap, plan.status) == (
        0,
        pytest.approx(0, abs=1e-3),
        0,
        "optimal",
    )
    assert plan.audit.passed


def test_choices_of_a_plan():
    plan = select_programs(one_place([("X", 0.3, 1)], budget=1), scenario())
    assert plan.choices == (Choice(program="X", start=2027, regions=("A",)),)
