"""All that is tested of the rule quick_wins."""

from __future__ import annotations

import pytest

from jspmodel.errors import InfeasibleError
from jspmodel.selection import select_programs
from jspmodel.selection.rules import quick_wins
from selection.rules.audited import Tampered, without
from selection.rules.bad_data import csv_programs
from selection.rules.clashes import clash, programs
from selection.rules.marks import clashing, on_paper
from selection.small import make_scenario, one_place, rows, starts

SETTINGS = {"min_quick_wins": 1}
AUDITED_SETTINGS = {"min_quick_wins": 1}
NO_REASON = "With a programme more, what it asks for is there as before, or more of it."
ROWS = {
    quick_wins.quick_wins: """
        quick_wins(): start(P,2027) >= 1
    """,
}
BAD = {
    "quick_wins": [
        (csv_programs("quick_win", "P02,B,2,joint,yes"), "", "slow_quick_win", "quick_win"),
        ({}, "min_quick_wins: -1", "setting_low", "min_quick_wins"),
    ],
}  # fmt: skip
TAMPERED = Tampered(*without("P"), {"year": "2027"}, 1)
CLASHES = {}


@clashing("quick_wins")
def test_a_cover_of_three():
    # Of P, Q and R, 5 each, a budget of 9 pays one; the relaxation pays 1.8 of them. Two are demanded.
    case = one_place(
        [("P", 0.3, 5), ("Q", 0.2, 5), ("R", 0.2, 5)],
        budget=9,
        programs=programs(*((p, p, 1, True) for p in "PQR"), columns="program name_id duration quick_win"),
    )
    rules, ways = clash(case, make_scenario(min_quick_wins=2))
    assert rules == {"quick_wins", "budget f 2027"}
    assert ways == pytest.approx({"quick_wins": 1, "budget f 2027": 1})


@on_paper("quick_wins")
def test_quick_wins_are_demanded():
    # Only one fits. X is best, the quick win is Y; there is no other.
    tables = {
        "programs": rows("program name_id duration quick_win", ("X", "X", 1, False), ("Y", "Y", 1, True))
    }
    case = one_place([("X", 0.4, 1), ("Y", 0.3, 1)], budget=1, **tables)
    assert starts(select_programs(case, make_scenario())) == {"X": 2027}
    assert starts(select_programs(case, make_scenario(min_quick_wins=1))) == {"Y": 2027}
    with pytest.raises(InfeasibleError) as error:
        select_programs(case, make_scenario(min_quick_wins=2))
    codes = [problem.code for problem in error.value.problems]
    assert codes == ["clash_of_one", "clash_quick_wins", "ways_alone", "way_quick_wins"]
