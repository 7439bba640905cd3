"""All that is tested of the rule requires."""

from __future__ import annotations

import pytest

from jspmodel.selection import select_programs
from jspmodel.selection.rules import requires
from selection.rules.audited import Tampered, moved
from selection.rules.bad_data import edited
from selection.rules.clashes import TWO, Clash
from selection.rules.marks import on_paper, reason
from selection.small import by_program, make_scenario, one_place, reasons, rows, starts

ROWS = {
    requires.requires: """
        requires(R,Q,2029): - start(Q,2027) + start(R,2029) <= 0
    """,
}
BAD = {
    "requires": [
        (edited("program_links", "P02,P03,requires,", "P02,P02,requires,"), "", "link_to_itself", "other"),
        (edited("program_links", "P01,P03,complements,0.5", "P03,P02,requires,"), "", "cycle", "other"),
        ({}, "locked_out: [P03]", "never_ready", "other"),
    ],
}  # fmt: skip
TAMPERED = Tampered(*moved("R", start=2027), {"program": "R", "other": "P"}, 1)
CLASHES = {
    # Q must be delivered before P starts, and there is but one year.
    "requires": Clash(
        one_place(TWO, budget=9, program_links=rows("program other kind", ("P", "Q", "requires"))),
        {"locked_in": ["P"]},
        {"lock P", "requires P Q"},
        {"lock P": 1, "requires P Q": 1},
    ),
}


@on_paper("requires")
def test_a_prerequisite_is_bought_for_what_it_enables():
    # Y (30 points) requires X (none). Both fit into two years, X first: Y counts in the second year only, 15.
    # Z counts in both years, 20 * 2 / 2 = 20, but with Z, which costs 2, X and Y cannot both be paid in budget 3
    # a year (X 3 in 2027, Y 3 in 2028): so Z alone in 2027 (20) against X and Y (15).
    tables = {"program_links": rows("program other kind", ("Y", "X", "requires"))}
    programs = [("X", 0.0, 3), ("Y", 0.3, 3), ("Z", 0.2, 2)]
    case = one_place(programs, budget=3, years=(2027, 2028), **tables)
    plan = select_programs(case, make_scenario())
    assert starts(plan) == {"Z": 2027}
    # Twice the effect of Y turns it round: 0.6 closes 0.4 + 0.2 * 0.75 = 55, in one of two years: 27.5 > 20.
    programs[1] = ("Y", 0.6, 3)
    plan = select_programs(one_place(programs, budget=3, years=(2027, 2028), **tables), make_scenario())
    assert starts(plan) == {"X": 2027, "Y": 2028}
    assert plan.objective == pytest.approx(27.5)
    assert reasons(plan)["X"] == "needed_by"


@reason("needs_other")
def test_what_requires_something_left_out():
    tables = {"program_links": rows("program other kind", ("Y", "X", "requires"))}
    case = one_place([("X", 0.1, 9), ("Y", 0.3, 1)], budget=1, years=(2027, 2028), **tables)
    assert by_program(select_programs(case, make_scenario()), "Y") == ("needs_other", {"program": "X"})


@reason("needs_earlier")
def test_what_requires_something_done_too_late():
    # X is worth having in the only year there is; Y would have to start a year later.
    tables = {"program_links": rows("program other kind", ("Y", "X", "requires"))}
    case = one_place([("X", 0.1, 1), ("Y", 0.3, 1)], budget=9, **tables)
    assert by_program(select_programs(case, make_scenario()), "Y") == ("needs_earlier", {"program": "X"})
