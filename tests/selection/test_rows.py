"""The rows of every family, compared with rows written by hand for a case of three programmes.

Regions A (300 people) and B (100) border; shares 0.75 and 0.25. Issue w (weight 0.75): severity 1 in A, 0.5 in B;
issue j (weight 0.25): 0.4 in A, 0 in B. Needs: w,A 0.5625; w,B 0.09375; j,A 0.075; N = 0.73125.
Similarity 0.375 / 0.85, times a border factor of 3 more than 1, so a[A,B] = 1 and two partners gain 0.1.
Three years, of equal weight.
P: joint, starts 2027 or 2028, one year, both regions and a volume of 10 needed (A brings 8, B 4).
Q: of the province, two years, so it starts 2027 or 2028 and is delivered 2028 or 2029.
R: joint, starts 2029, A is mandatory, asks for maturity 2 (A has 1, Q raises by 1; B has 2).
"""

from __future__ import annotations

import pytest

from jspmodel.intake.tables import build_case
from jspmodel.selection.formulation import FAMILIES, REPEATS, effects
from jspmodel.selection.rules import (
    coalition_volume,
    costs_paid,
    eligible_regions,
    equity,
    excludes,
    fund_budgets,
    fund_rules,
    known_codes,
    locked_in,
    mandatory_regions,
    maturity,
    max_parallel,
    min_regions,
    new_systems,
    programs_per_dimension,
    province_scope,
    quick_wins,
    region_funds,
    requires,
)
from selection import test_by_hand
from selection.families import worked_out
from selection.small import family_rows, rows, scenario, shown, stated, text_rows
from selection.test_bad_data import BAD

CASE = build_case(
    "three",
    {
        "regions": rows("region name population maturity", ("A", "Alfa", 300, 1), ("B", "Beta", 100, 2)),
        "borders": rows("region_a region_b", ("A", "B")),
        "dimensions": rows("dimension name_id", ("d", "Dimensi")),
        "issues": rows("issue name_id", ("w", "Sampah"), ("j", "Kerja")),
        "criteria": rows("criterion name_id weight", ("c", "Kriteria", 1)),
        "issue_scores": rows("issue criterion score", ("w", "c", 3), ("j", "c", 1)),
        "issue_regions": rows(
            "issue region severity", ("w", "A", 1.0), ("w", "B", 0.5), ("j", "A", 0.4), ("j", "B", 0.0)
        ),
        "agencies": rows("agency name max_parallel", ("g", "Dinas", 1)),
        "programs": rows(
            "program name_id dimension agency first_start last_start duration scope min_regions min_volume "
            "quick_win new_systems required_maturity raises_maturity score",
            ("P", "P", "d", "g", 2027, 2028, 1, "joint", 2, 10, True, 1, None, None, 8),
            ("Q", "Q", "d", "g", None, None, 2, "province", None, None, False, None, None, 1, 6),
            ("R", "R", "", "", 2029, None, 1, "joint", None, None, False, None, 2, None, 5),
        ),
        "program_regions": rows(
            "program region volume mandatory",
            ("P", "A", 8, False),
            ("P", "B", 4, False),
            ("R", "A", None, True),
            ("R", "B", None, False),
        ),
        "program_costs": rows(
            "program region kind offset amount",
            ("P", "", "build", 0, 4),
            ("P", "A", "build", 0, 2),
            ("P", "B", "run", None, 1),
            ("Q", "", "build", 0, 3),
            ("Q", "", "build", 1, 3),
            ("R", "A", "build", 0, 5),
        ),
        "program_effects": rows("program issue effect", ("P", "w", 0.4), ("Q", "w", 0.2), ("R", "j", 0.5)),
        "program_links": rows(
            "program other kind value",
            ("R", "Q", "requires", None),
            ("P", "R", "excludes", None),
            ("P", "Q", "complements", 0.5),
        ),
        "funds": rows("fund name_id holder", ("prov", "P", ""), ("own-A", "A", "A"), ("csr", "C", "")),
        "fund_budgets": rows(
            "fund year amount",
            *(("prov", year, 10) for year in (2027, 2028, 2029)),
            *(("own-A", year, 3) for year in (2027, 2028, 2029)),
            ("csr", 2027, 2),
        ),
        "fund_rules": rows("fund program dimension max_share", ("csr", "P", "", 0.5)),
        "systems": rows("system name", ("S", "Lama")),
        "program_systems": rows("program system action", ("Q", "S", "retires")),
    },
)
SCENARIO = scenario(
    collaboration={"border": 3.0},
    equity={"mode": "floor", "floor": 0.5},
    no_new_systems=True,
    min_quick_wins=1,
    min_programs_per_dimension=2,
    locked_in=[{"program": "P", "start": 2027, "regions": ["A"]}],
)

EXPECTED = {
    known_codes.start_once: """
        start_once(P): start(P,2027) + start(P,2028) <= 1
        start_once(Q): start(Q,2027) + start(Q,2028) <= 1
    """,
    eligible_regions.join_what_starts: """
        join_what_starts(P,A,2027): join(P,A,2027) - start(P,2027) <= 0
        join_what_starts(P,A,2028): join(P,A,2028) - start(P,2028) <= 0
        join_what_starts(P,B,2027): join(P,B,2027) - start(P,2027) <= 0
        join_what_starts(P,B,2028): join(P,B,2028) - start(P,2028) <= 0
        join_what_starts(R,B,2029): join(R,B,2029) - start(R,2029) <= 0
    """,
    province_scope.province_scope: """
        province_scope(Q,A,2027): join(Q,A,2027) - start(Q,2027) = 0
        province_scope(Q,A,2028): join(Q,A,2028) - start(Q,2028) = 0
        province_scope(Q,B,2027): join(Q,B,2027) - start(Q,2027) = 0
        province_scope(Q,B,2028): join(Q,B,2028) - start(Q,2028) = 0
    """,
    mandatory_regions.mandatory_regions: """
        mandatory_region(R,A,2029): join(R,A,2029) - start(R,2029) = 0
    """,
    min_regions.min_regions: """
        min_regions(P,2027): join(P,A,2027) + join(P,B,2027) - 2 start(P,2027) >= 0
        min_regions(P,2028): join(P,A,2028) + join(P,B,2028) - 2 start(P,2028) >= 0
    """,
    coalition_volume.coalition_volume: """
        coalition_volume(P,2027): 8 join(P,A,2027) + 4 join(P,B,2027) - 10 start(P,2027) >= 0
        coalition_volume(P,2028): 8 join(P,A,2028) + 4 join(P,B,2028) - 10 start(P,2028) >= 0
    """,
    maturity.maturity: """
        maturity(R,A,2029): - join(Q,A,2027) + join(R,A,2029) <= 0
    """,
    locked_in.locked_in: """
        locked_in(P): start(P,2027) >= 1
        locked_region(P,A): join(P,A,2027) >= 1
    """,
    quick_wins.quick_wins: """
        quick_wins(): start(P,2027) >= 1
    """,
    programs_per_dimension.programs_per_dimension: """
        programs_per_dimension(d): start(P,2027) + start(P,2028) + start(Q,2027) + start(Q,2028) >= 2
    """,
    requires.requires: """
        requires(R,Q,2029): - start(Q,2027) + start(R,2029) <= 0
    """,
    excludes.excludes: """
        excludes(P,R): start(P,2027) + start(P,2028) + start(R,2029) <= 1
    """,
    max_parallel.max_parallel: """
        max_parallel(g,2027): start(P,2027) + start(Q,2027) <= 1
        max_parallel(g,2028): start(P,2028) + start(Q,2027) + start(Q,2028) <= 1
        max_parallel(g,2029): start(Q,2028) <= 1
    """,
    new_systems.new_systems: """
        new_systems(): - retired(S) + start(P,2027) + start(P,2028) <= 0
    """,
    new_systems.retirements: """
        retirement(S): retired(S) - start(Q,2027) - start(Q,2028) <= 0
    """,
    costs_paid.costs_paid: """
        cost_paid(P,2027): - 2 join(P,A,2027) + pay(P,csr,2027) + pay(P,own%2DA,2027) + pay(P,prov,2027) \
- 4 start(P,2027) = 0
        cost_paid(P,2028): - 2 join(P,A,2028) - join(P,B,2027) + pay(P,own%2DA,2028) + pay(P,prov,2028) \
- 4 start(P,2028) = 0
        cost_paid(P,2029): - join(P,B,2027) - join(P,B,2028) + pay(P,own%2DA,2029) + pay(P,prov,2029) = 0
        cost_paid(Q,2027): pay(Q,own%2DA,2027) + pay(Q,prov,2027) - 3 start(Q,2027) = 0
        cost_paid(Q,2028): pay(Q,own%2DA,2028) + pay(Q,prov,2028) - 3 start(Q,2027) - 3 start(Q,2028) = 0
        cost_paid(Q,2029): pay(Q,own%2DA,2029) + pay(Q,prov,2029) - 3 start(Q,2028) = 0
        cost_paid(R,2029): - 5 join(R,A,2029) + pay(R,own%2DA,2029) + pay(R,prov,2029) = 0
    """,
    fund_budgets.fund_budgets: """
        fund_budget(prov,2027): pay(P,prov,2027) + pay(Q,prov,2027) <= 10
        fund_budget(prov,2028): pay(P,prov,2028) + pay(Q,prov,2028) <= 10
        fund_budget(prov,2029): pay(P,prov,2029) + pay(Q,prov,2029) + pay(R,prov,2029) <= 10
        fund_budget(own%2DA,2027): pay(P,own%2DA,2027) + pay(Q,own%2DA,2027) <= 3
        fund_budget(own%2DA,2028): pay(P,own%2DA,2028) + pay(Q,own%2DA,2028) <= 3
        fund_budget(own%2DA,2029): pay(P,own%2DA,2029) + pay(Q,own%2DA,2029) + pay(R,own%2DA,2029) <= 3
        fund_budget(csr,2027): pay(P,csr,2027) <= 2
    """,
    fund_rules.fund_shares: """
        fund_share(P,csr,2027): - join(P,A,2027) + pay(P,csr,2027) - 2 start(P,2027) <= 0
    """,
    region_funds.region_funds: """
        region_funds(P,A,2027): - 6 join(P,A,2027) + pay(P,own%2DA,2027) <= 0
        region_funds(P,A,2028): - 6 join(P,A,2028) + pay(P,own%2DA,2028) <= 0
        region_funds(P,A,2029): pay(P,own%2DA,2029) <= 0
        region_funds(Q,A,2027): - 3 join(Q,A,2027) + pay(Q,own%2DA,2027) <= 0
        region_funds(Q,A,2028): - 3 join(Q,A,2027) - 3 join(Q,A,2028) + pay(Q,own%2DA,2028) <= 0
        region_funds(Q,A,2029): - 3 join(Q,A,2028) + pay(Q,own%2DA,2029) <= 0
        region_funds(R,A,2029): - 5 join(R,A,2029) + pay(R,own%2DA,2029) <= 0
    """,
    fund_budgets.year_budgets: """
        year_budget(2027): 2 join(P,A,2027) + 4 start(P,2027) + 3 start(Q,2027) <= 15
        year_budget(2028): 2 join(P,A,2028) + join(P,B,2027) + 4 start(P,2028) + 3 start(Q,2027) \
+ 3 start(Q,2028) <= 13
        year_budget(2029): join(P,B,2027) + join(P,B,2028) + 5 join(R,A,2029) + 3 start(Q,2028) <= 13
    """,
    effects.partners: """
        partners(P,A,B,2027,A): - join(P,A,2027) + together(P,A,B,2027) <= 0
        partners(P,A,B,2027,B): - join(P,B,2027) + together(P,A,B,2027) <= 0
        partners(P,A,B,2028,A): - join(P,A,2028) + together(P,A,B,2028) <= 0
        partners(P,A,B,2028,B): - join(P,B,2028) + together(P,A,B,2028) <= 0
        partners(R,A,B,2029,A): - join(R,A,2029) + together(R,A,B,2029) <= 0
        partners(R,A,B,2029,B): - join(R,B,2029) + together(R,A,B,2029) <= 0
    """,
    effects.complements: """
        complements(P,Q,A,2028,P): both(P,Q,A,2028) - join(P,A,2027) - join(P,A,2028) <= 0
        complements(P,Q,A,2028,Q): both(P,Q,A,2028) - join(Q,A,2027) <= 0
        complements(P,Q,A,2029,P): both(P,Q,A,2029) - join(P,A,2027) - join(P,A,2028) <= 0
        complements(P,Q,A,2029,Q): both(P,Q,A,2029) - join(Q,A,2027) - join(Q,A,2028) <= 0
        complements(P,Q,B,2028,P): both(P,Q,B,2028) - join(P,B,2027) - join(P,B,2028) <= 0
        complements(P,Q,B,2028,Q): both(P,Q,B,2028) - join(Q,B,2027) <= 0
        complements(P,Q,B,2029,P): both(P,Q,B,2029) - join(P,B,2027) - join(P,B,2028) <= 0
        complements(P,Q,B,2029,Q): both(P,Q,B,2029) - join(Q,B,2027) - join(Q,B,2028) <= 0
    """,
    # By 2027 only P can be delivered: 0.4 (1 + 0.1 + 0.5) = 0.64 at most, so the third piece is out of reach.
    effects.delivered_effects: """
        delivered(w,A,2027): - 0.4 join(P,A,2027) + piece(w,A,2027,0) + piece(w,A,2027,1) \
- 0.04 together(P,A,B,2027) <= 0
        delivered(w,A,2028): - 0.2 both(P,Q,A,2028) - 0.4 join(P,A,2027) - 0.4 join(P,A,2028) \
- 0.2 join(Q,A,2027) + piece(w,A,2028,0) + piece(w,A,2028,1) + piece(w,A,2028,2) \
- 0.04 together(P,A,B,2027) - 0.04 together(P,A,B,2028) <= 0
        delivered(w,A,2029): - 0.2 both(P,Q,A,2029) - 0.4 join(P,A,2027) - 0.4 join(P,A,2028) \
- 0.2 join(Q,A,2027) - 0.2 join(Q,A,2028) + piece(w,A,2029,0) + piece(w,A,2029,1) + piece(w,A,2029,2) \
- 0.04 together(P,A,B,2027) - 0.04 together(P,A,B,2028) <= 0
        delivered(w,B,2027): - 0.4 join(P,B,2027) + piece(w,B,2027,0) + piece(w,B,2027,1) \
- 0.04 together(P,A,B,2027) <= 0
        delivered(w,B,2028): - 0.2 both(P,Q,B,2028) - 0.4 join(P,B,2027) - 0.4 join(P,B,2028) \
- 0.2 join(Q,B,2027) + piece(w,B,2028,0) + piece(w,B,2028,1) + piece(w,B,2028,2) \
- 0.04 together(P,A,B,2027) - 0.04 together(P,A,B,2028) <= 0
        delivered(w,B,2029): - 0.2 both(P,Q,B,2029) - 0.4 join(P,B,2027) - 0.4 join(P,B,2028) \
- 0.2 join(Q,B,2027) - 0.2 join(Q,B,2028) + piece(w,B,2029,0) + piece(w,B,2029,1) + piece(w,B,2029,2) \
- 0.04 together(P,A,B,2027) - 0.04 together(P,A,B,2028) <= 0
        delivered(j,A,2029): - 0.5 join(R,A,2029) + piece(j,A,2029,0) + piece(j,A,2029,1) \
- 0.05 together(R,A,B,2029) <= 0
    """,
    # In A, w is 0.5625 / 0.6375 of the needs: 100/3 times that is 29.4118 (22.0588 and 14.7059 at slopes 0.75
    # and 0.5), and j 3.92157 (2.94118). In B, w is all: 33.3333, 25, 16.6667.
    equity.worst_off: """
        worst_off(A): 3.92157 piece(j,A,2029,0) + 2.94118 piece(j,A,2029,1) + 29.4118 piece(w,A,2027,0) \
+ 22.0588 piece(w,A,2027,1) + 29.4118 piece(w,A,2028,0) + 22.0588 piece(w,A,2028,1) \
+ 14.7059 piece(w,A,2028,2) + 29.4118 piece(w,A,2029,0) + 22.0588 piece(w,A,2029,1) \
+ 14.7059 piece(w,A,2029,2) - worst() >= 0
        worst_off(B): 33.3333 piece(w,B,2027,0) + 25 piece(w,B,2027,1) + 33.3333 piece(w,B,2028,0) \
+ 25 piece(w,B,2028,1) + 16.6667 piece(w,B,2028,2) + 33.3333 piece(w,B,2029,0) + 25 piece(w,B,2029,1) \
+ 16.6667 piece(w,B,2029,2) - worst() >= 0
    """,
}


@pytest.mark.parametrize("family", FAMILIES + REPEATS, ids=lambda family: family.__name__)
def test_rows_are_those_written_by_hand(family):
    assert family_rows(family, CASE, SCENARIO) == text_rows(EXPECTED[family])


def test_every_family_has_rows_written_by_hand():
    assert set(EXPECTED) == set(FAMILIES + REPEATS)
    assert all(text.strip() for text in EXPECTED.values())


def test_every_family_is_worked_out_on_paper_and_gets_bad_data():
    families = {family.__name__ for family in FAMILIES + REPEATS}
    assert worked_out(test_by_hand) == families
    assert set(BAD) == families
    assert all(cases for cases in BAD.values())


def test_the_model_holds_the_rows_of_all_families():
    problem = stated(CASE, SCENARIO).problem
    expected = {name: row for text in EXPECTED.values() for name, row in text_rows(text).items()}
    assert {row.name: shown(row) for row in problem.constraints()} == expected


def test_cuts_can_be_left_out():
    names = {row.name for row in stated(CASE, SCENARIO, cuts=False).problem.constraints()}
    assert not any(name.startswith("year_budget") for name in names)
    assert "fund_budget(prov,2027)" in names


def test_the_objective_weighs_needs_years_and_slopes():
    objective = {v.name: factor for v, factor in stated(CASE, SCENARIO).problem.objective.items()}
    # 100/0.73125 * 1/3 * 0.5625 = 25.6410, times the slope of the piece.
    assert objective["piece(w,A,2027,0)"] == pytest.approx(25.641026)
    assert objective["piece(w,A,2028,1)"] == pytest.approx(25.641026 * 0.75)
    assert objective["piece(j,A,2029,0)"] == pytest.approx(100 / 0.73125 / 3 * 0.075)
    # Budgets add up to 41, so that a rupiah billion costs 1e-4/41 of a point: P from 2027 4 shared, B 1 twice.
    assert objective["start(P,2027)"] == pytest.approx(-4e-4 / 41)
    assert objective["join(P,B,2027)"] == pytest.approx(-2e-4 / 41)


def test_scores_are_shared_among_the_regions_that_join():
    settings = scenario(objective="score")
    objective = {v.name: factor for v, factor in stated(CASE, settings).problem.objective.items()}
    # P has 8 points, three quarters of the people live in A. Most points: 8 + 6 + 5 + 0.5, so the price of
    # money is 19.5e-6/41.
    price = 19.5e-6 / 41
    assert objective["join(P,A,2028)"] == pytest.approx(6 - 2 * price)
    assert objective["join(P,B,2028)"] == pytest.approx(2 - price)
    assert objective["both(P,Q,,0)"] == pytest.approx(0.5)
    assert not any(name.startswith(("piece", "together")) for name in objective)


def test_complements_under_score_need_both_programmes_started():
    assert family_rows(effects.complements, CASE, scenario(objective="score")) == text_rows("""
        complements(P,Q,,0,P): both(P,Q,,0) - start(P,2027) - start(P,2028) <= 0
        complements(P,Q,,0,Q): both(P,Q,,0) - start(Q,2027) - start(Q,2028) <= 0
    """)


@pytest.mark.parametrize(
    "family",
    [
        locked_in.locked_in,
        quick_wins.quick_wins,
        programs_per_dimension.programs_per_dimension,
        new_systems.new_systems,
        new_systems.retirements,
        equity.worst_off,
    ],
)
def test_a_rule_that_the_scenario_does_not_ask_for_states_nothing(family):
    assert family_rows(family, CASE, scenario()) == {}
