"""All that is tested of the rule locked_in."""

from __future__ import annotations

import pytest

from jspmodel.errors import InfeasibleError
from jspmodel.selection import select_programs
from jspmodel.selection.rules import locked_in
from jspmodel.text import listing
from selection.rules.audited import Tampered, without
from selection.rules.clashes import DEAR_IN_B, Clash, clash, wide
from selection.rules.marks import clashing, on_paper
from selection.small import make_scenario, may_start, one_place, reasons, rows, starts

SETTINGS = {"locked_in": [{"program": "P", "start": 2027, "regions": ["A"]}]}
AUDITED_SETTINGS = {"locked_in": [{"program": "P", "start": 2027, "regions": ["A"]}]}
NO_REASON = "With a programme more, what it asks for is there as before, or more of it."
ROWS = {
    locked_in.locked_in: """
        locked_in(P): start(P,2027) >= 1
        locked_region(P,A): join(P,A,2027) >= 1
    """,
}
BAD = {
    "locked_in": [
        ({}, "locked_in: [P9]", "unknown_code", "locked_in"),
        ({}, "locked_in: [{program: P02, start: 2029}]", "lock_cannot_start", "locked_in.start"),
        ({}, "locked_in: [P01]\nlocked_out: [P01]", "locked_in_and_out", "locked_out"),
    ],
}  # fmt: skip
TAMPERED = Tampered(*without("P"), {"program": "P"}, 1)
CLASHES = {
    # B is locked in and costs 3, which A may not pay; the province has 1 and pays for the shared part or for B.
    "lock_region": Clash(
        wide("scope", "joint", costs=DEAR_IN_B, program_regions=rows("program region", ("P", "A"), ("P", "B"))),
        {"locked_in": [{"program": "P", "regions": ["B"]}]},
        {"lock P", "lock_region P B", "region_funds P", "budget p 2027"},
        {"budget p 2027": 2, "lock P": 1, "lock_region P B": 1, "region_funds P": 2},
    ),
}  # fmt: skip


@on_paper("locked_in")
def test_locked_in_though_worse():
    case = one_place([("X", 0.4, 1), ("Y", 0.3, 1)], budget=1)
    plan = select_programs(case, make_scenario(locked_in=["Y"]))
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
        select_programs(case, make_scenario(**settings))
    assert [problem.code for problem in error.value.problems] == codes


@clashing("lock", "lock_year")
def test_a_lock_and_a_budget():
    # P is locked in for 2027 and costs 6; the fund has 4 in 2027 and 9 in 2028. Q, R and their rules do not matter.
    case = one_place(
        [("P", 0.3, 6), ("Q", 0.2, 2), ("R", 0.2, 2)],
        budget=0,
        fund_budgets=rows("fund year amount", ("f", 2027, 4), ("f", 2028, 9)),
        program_links=rows("program other kind", ("Q", "R", "excludes")),
    )
    scenario = make_scenario(locked_in=[{"program": "P", "start": 2027}], locked_out=["R"])
    rules, ways = clash(case, scenario)
    assert rules == {"lock P", "lock_year P 2027", "budget f 2027"}
    assert ways == pytest.approx({"budget f 2027": 2, "lock_year P 2027": 1, "lock P": 1})
    with pytest.raises(InfeasibleError) as error:
        select_programs(case, scenario)
    assert listing(error.value.problems, "en").splitlines() == [
        "baseline.yaml",
        "  - It is proven that no plan keeps these 2 rules together; without any one of them the others can be kept:",
        "  - P is locked in with its start in 2027 (locked_in).",
        "  - f (Dana): Rp 4 billion in 2027; Rp 6 billion are needed (fund_budgets.csv, budget_scale).",
        "  - Ways out, the easiest first; one of them is enough:",
        "  - Raise the budget of f in 2027 by Rp 2 billion (fund_budgets.csv, counted after budget_scale).",
        "  - Let P start in 2028 instead of 2027 (locked_in).",
        "  - Do not lock in P (locked_in).",
    ]
    assert "Naikkan pagu f tahun 2027 sebesar Rp2 miliar" in listing(error.value.problems, "id")


def test_a_lock_with_a_year():
    assert starts(may_start({}, {"locked_in": [{"program": "X", "start": 2028}]})) == {"X": 2028}
