"""All that is tested of the rule known_codes."""

from __future__ import annotations

import pytest

from jspmodel.plan import Choice
from jspmodel.selection import select_programs
from jspmodel.selection.rules import known_codes
from selection.rules.audited import CHOICES, PAYMENTS, broken, judge, moved
from selection.rules.bad_data import csv_programs
from selection.rules.marks import on_paper
from selection.small import make_scenario, one_place, starts

ROWS = {
    known_codes.start_once: """
        start_once(P): start(P,2027) + start(P,2028) <= 1
        start_once(Q): start(Q,2027) + start(Q,2028) <= 1
    """,
}
BAD = {
    "start_once": [
        (csv_programs("first_start,last_start", "P01,A,1,joint,2029,2028"), "", "window_reversed", "last_start"),
        (csv_programs("first_start", "P02,B,2,joint,2029"), "", "no_start_fits", "first_start"),
        (csv_programs("first_start", "P01,A,1,joint,soon"), "", "not_a_number", "first_start"),
    ],
}  # fmt: skip
CLASHES = {}


@on_paper("start_once")
def test_a_programme_starts_once():
    # Money for X in both years: twice would deliver 0.6 in 2028, 30 + 55 over two; once is 30 a year.
    plan = select_programs(one_place([("X", 0.3, 1)], budget=1, years=(2027, 2028)), make_scenario())
    assert starts(plan) == {"X": 2027}
    assert plan.objective == pytest.approx(30)
    assert plan.cost == pytest.approx(1)


@pytest.mark.parametrize(
    ("choices", "payments"),
    [
        ({**CHOICES, "X": Choice(program="X", start=2028)}, PAYMENTS),
        ({**CHOICES, "again": CHOICES["S"]}, PAYMENTS),
        (moved("S", regions=("Z",))[0], PAYMENTS),
        (CHOICES, {**PAYMENTS, ("P", "none", 2027): 0.0}),
        (CHOICES, {**PAYMENTS, ("T", "prov", 2028): 1.0}),
        (CHOICES, {**PAYMENTS, ("P", "prov", 2031): 0.0}),
    ],
)
def test_what_the_tables_do_not_know_is_rejected_at_once(choices, payments):
    verdict = judge(choices, payments)
    assert not verdict.passed
    assert broken(verdict) == {"known_codes"}
