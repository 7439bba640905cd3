"""All that is tested of the objective gap_closed."""

from __future__ import annotations

import pytest

from jspmodel.plan import Choice
from jspmodel.selection import select_programs
from jspmodel.selection.objectives import effects
from selection.rules.bad_data import edited
from selection.rules.marks import on_paper
from selection.small import (
    make_scenario,
    one_place,
    places,
    rows,
    two_places,
)

SETTINGS = {"collaboration": {"border": 3.0}}
LARGEST = 100.0
# 100/0.73125 * 1/3 * 0.5625 = 25.641 (19.2308 and 12.8205 at slopes 0.75 and 0.5), 4.2735 for w,B, 3.4188 for j,A.
TERMS = """
    piece(w,A,2027,0): 25.641026
    piece(w,A,2027,1): 19.230769
    piece(w,A,2028,0): 25.641026
    piece(w,A,2028,1): 19.230769
    piece(w,A,2028,2): 12.820513
    piece(w,A,2029,0): 25.641026
    piece(w,A,2029,1): 19.230769
    piece(w,A,2029,2): 12.820513
    piece(w,B,2027,0): 4.273504
    piece(w,B,2027,1): 3.205128
    piece(w,B,2028,0): 4.273504
    piece(w,B,2028,1): 3.205128
    piece(w,B,2028,2): 2.136752
    piece(w,B,2029,0): 4.273504
    piece(w,B,2029,1): 3.205128
    piece(w,B,2029,2): 2.136752
    piece(j,A,2029,0): 3.418803
    piece(j,A,2029,1): 2.564103
"""
# P in A alone from 2028: w,A gets 0.4 in 2028 and 2029, of 25.641 for all of it each year.
# P in both and Q: with a tie of 1 P gives 0.44; 2027 nothing else, by 2029 Q 0.2 and P half as much again as 0.4:
# 0.44 + 0.2 + 0.2 = 0.84, which closes 0.4 + 0.4 * 0.75 + 0.04 * 0.5 = 0.72; 0.44 closes 0.43.
WORTHS = [
    ([], 0.0),
    ([Choice(program="P", start=2028, regions=("A",))], 2 * 0.4 * 25.641026),
    (
        [
            Choice(program="P", start=2027, regions=("A", "B")),
            Choice(program="Q", start=2028, regions=("A", "B")),
        ],
        (2 * 0.43 + 0.72) * (25.641026 + 4.273504),
    ),
]
# R has an effect on j only, which is not needed where w alone counts.
HELPS = [
    ({}, {"P": True, "Q": True, "R": True}),
    ({"priority_issues": ["w"]}, {"P": True, "Q": True, "R": False}),
]
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


@on_paper("delivered_effects")
def test_returns_diminish():
    # 0.4 + 0.4 + 0.4 = 1.2 delivered: 0.4 * 1 + 0.4 * 0.75 + 0.4 * 0.5 = 0.9 closed.
    case = one_place([("X", 0.4, 1), ("Y", 0.4, 1), ("Z", 0.4, 1)], budget=3)
    assert select_programs(case, make_scenario()).objective == pytest.approx(90)


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
    assert select_programs(case, make_scenario(collaboration={"strength": 0.5})).objective == pytest.approx(
        30
    )
    assert select_programs(case, make_scenario(collaboration={"strength": 0.0})).objective == pytest.approx(
        20
    )


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
    plan = select_programs(case, make_scenario())
    assert places(plan) == {"X": ("A", "B"), "Y": ("B",)}
    assert plan.objective == pytest.approx(25)
