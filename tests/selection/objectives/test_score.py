"""All that is tested of the objective score."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hand import TABLES
from jspmodel.intake.tables import build_case
from jspmodel.plan import Choice
from jspmodel.selection import select_programs
from jspmodel.selection.objectives import score, worth_of
from jspmodel.selection.postoptimal import certify, robust_portfolios
from jspmodel.selection.postoptimal.certificate import check_certificate
from selection.rules.bad_data import edited
from selection.rules.marks import on_paper
from selection.small import make_scenario, one_place, places, reasons, rows, starts

SETTINGS = {"objective": "score"}
# P has 8 points, Q 6, R 5, and P and Q together 0.5 more.
LARGEST = 19.5
# Three quarters of the people live in A, a quarter in B.
TERMS = """
    join(P,A,2027): 6
    join(P,A,2028): 6
    join(P,B,2027): 2
    join(P,B,2028): 2
    join(Q,A,2027): 4.5
    join(Q,A,2028): 4.5
    join(Q,B,2027): 1.5
    join(Q,B,2028): 1.5
    join(R,A,2029): 3.75
    join(R,B,2029): 1.25
    both(P,Q,,0): 0.5
"""
WORTHS = [
    ([], 0.0),
    ([Choice(program="P", start=2028, regions=("A",))], 6.0),
    (
        [
            Choice(program="P", start=2027, regions=("A", "B")),
            Choice(program="Q", start=2028, regions=("A", "B")),
        ],
        14.5,
    ),
]
HELPS = [({}, {"P": True, "Q": True, "R": True})]
ROWS = {
    score.pairs: """
        complements(P,Q,,0,P): both(P,Q,,0) - start(P,2027) - start(P,2028) <= 0
        complements(P,Q,,0,Q): both(P,Q,,0) - start(Q,2027) - start(Q,2028) <= 0
    """,
}
BAD = {
    "pairs": [
        (edited("program_links", "complements,0.5", "complements,"), "objective: score", "complement_without_value", "value"),
    ],
}  # fmt: skip


@on_paper("pairs")
def test_points_for_a_pair_of_complements():
    # Scores 5, 4, 6; X and Y together 3 more: 12 against X and Z 11. Budget for two.
    tables = {
        "programs": rows(
            "program name_id duration score", ("X", "X", 1, 5), ("Y", "Y", 1, 4), ("Z", "Z", 1, 6)
        ),
        "program_links": rows("program other kind value", ("X", "Y", "complements", 3)),
    }
    case = one_place([("X", 0, 1), ("Y", 0, 1), ("Z", 0, 1)], budget=2, **tables)
    plan = select_programs(case, make_scenario(objective="score"))
    assert sorted(starts(plan)) == ["X", "Y"]
    assert plan.objective == pytest.approx(12)
    assert reasons(plan)["X"] == "chosen_score"


def test_a_programme_without_a_score_adds_nothing():
    tables = {"programs": rows("program name_id duration score", ("X", "X", 1, 5), ("Y", "Y", 1, None))}
    plan = select_programs(
        one_place([("X", 0, 1), ("Y", 0.4, 1)], budget=2, **tables), make_scenario(**SETTINGS)
    )
    assert reasons(plan) == {"X": "chosen_score", "Y": "no_effect"}


def test_worth_by_share_of_the_population_and_pairs():
    case = build_case("hand", TABLES)
    scored = replace(case, programs=case.programs.assign(score=[10.0, 5.0, 3.0]))
    worth = worth_of(scored, make_scenario(**SETTINGS))
    assert worth([Choice(program="P", start=2027, regions=("A",))]) == pytest.approx(7.5)
    both = [
        Choice(program="P", start=2027, regions=("A", "B")),
        Choice(program="Q", start=2027, regions=("A", "B")),
    ]
    assert worth(both) == pytest.approx(10 + 5 + 0.2)
    assert worth([Choice(program="H", start=2027)]) == 3.0


def test_where_nobody_lives_regions_count_alike(tmp_path):
    """X has 8 points for B and C, both without people; B costs 1, C 2, and there is 1: half of the points."""
    case = one_place(
        [("X", 0, 0)],
        budget=1,
        regions=rows("region name population", ("A", "Alfa", 5), ("B", "Beta", 0), ("C", "Citra", 0)),
        issue_regions=rows("issue region severity", *(("w", r, 1.0) for r in "ABC")),
        programs=rows("program name_id duration score", ("X", "X", 1, 8)),
        program_regions=rows("program region", ("X", "B"), ("X", "C")),
        program_costs=rows(
            "program region kind offset amount", ("X", "B", "build", 0, 1.0), ("X", "C", "build", 0, 2.0)
        ),
    )
    scenario = make_scenario(**SETTINGS)
    plan = select_programs(case, scenario)
    assert plan.objective == pytest.approx(4)
    assert places(plan) == {"X": ("B",)}
    found = robust_portfolios(case, scenario, plan)
    assert [one.centre for one in found.portfolios] == pytest.approx([4])
    certificate = certify(case, scenario, plan)
    assert certificate.bound == pytest.approx(4, abs=1e-3)
    check_certificate.check(certificate.write(tmp_path / "c"))
