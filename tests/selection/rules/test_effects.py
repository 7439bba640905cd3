"""All that is tested of the effects, which are rows but no rule."""

from __future__ import annotations

import pytest

from jspmodel.selection import select_programs
from jspmodel.selection.formulation import effects
from selection.rules.bad_data import edited
from selection.rules.marks import on_paper
from selection.rules.three_programs import CASE
from selection.small import (
    family_rows,
    one_place,
    places,
    reasons,
    rows,
    scenario,
    starts,
    text_rows,
    two_places,
)

SETTINGS = {"collaboration": {"border": 3.0}}
ROWS = {
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
}
BAD = {
    "partners": [
        (edited("borders", "34.01,34.10", "34.01,34.01"), "", "border_with_itself", "region_b"),
        ({}, "collaboration: {strength: -0.1}", "setting_low", "collaboration.strength"),
    ],
    "complements": [
        (edited("program_links", "complements,0.5", "complements,"), "", "complement_without_value", "value"),
        (edited("program_links", "complements,0.5", "complements,-0.5"), "", "negative", "value"),
    ],
    "delivered_effects": [
        (edited("program_effects", "P01,poverty,0.2,0.1,0.3,", "P01,poverty,1.2,,,"), "", "out_of_range", "effect"),
        (edited("program_effects", "P01,poverty,0.2,0.1,0.3,", "P01,poverty,,,,"), "", "effect_missing", "effect"),
        ({}, "diminishing_returns: [[0.4, 0.5], [0.4, 1.0]]", "slopes_rise", "diminishing_returns"),
    ],
}  # fmt: skip
CLASHES = {}


@on_paper("delivered_effects")
def test_returns_diminish():
    # 0.4 + 0.4 + 0.4 = 1.2 delivered: 0.4 * 1 + 0.4 * 0.75 + 0.4 * 0.5 = 0.9 closed.
    case = one_place([("X", 0.4, 1), ("Y", 0.4, 1), ("Z", 0.4, 1)], budget=3)
    assert select_programs(case, scenario()).objective == pytest.approx(90)


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


def test_complements_under_score_need_both_programmes_started():
    assert family_rows(effects.complements, CASE, scenario(objective="score")) == text_rows("""
        complements(P,Q,,0,P): both(P,Q,,0) - start(P,2027) - start(P,2028) <= 0
        complements(P,Q,,0,Q): both(P,Q,,0) - start(Q,2027) - start(Q,2028) <= 0
    """)
