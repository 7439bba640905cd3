"""All that is tested of the rule staff_limits."""

from __future__ import annotations

import hashlib
import json

import pytest

from jspmodel import measure
from jspmodel.plan import Choice
from jspmodel.selection import select_programs, shadow_prices
from jspmodel.selection.postoptimal import certify
from jspmodel.selection.postoptimal.certificate import check_certificate
from jspmodel.selection.rules import staff_limits
from jspmodel.text.selection_reasons import reason_names, reason_text, remedy_text
from selection.rules.audited import CASE, Tampered, moved
from selection.rules.bad_data import csv_programs, edited, told
from selection.rules.clashes import Clash
from selection.rules.marks import on_paper, reason
from selection.small import by_program, make_scenario, one_place, reasons, rows, starts

ON, OFF = make_scenario(), make_scenario(staff_limits=False)
# 2027: P or Q is built. 2028: P of 2027 runs, 1 in B; P or Q is built. 2029: 4 people; Q of 2027 has trained one.
ROWS = {
    staff_limits.staff_limits: """
        staff_limits(g,an,2027): 2 start(P,2027) + 2 start(Q,2027) <= 3
        staff_limits(g,an,2028): join(P,B,2027) + 2 start(P,2028) + 2 start(Q,2027) + 2 start(Q,2028) <= 3
        staff_limits(g,an,2029): join(P,B,2027) + join(P,B,2028) - start(Q,2027) + 2 start(Q,2028) + 3 start(R,2029) <= 4
    """,
}
KINDS = {"staff_kinds": "staff_kind,name_id\nan,Analis\n", "agencies": "agency,name\ng,Dinas\nh,Badan\n"}
BAD = {
    "staff_limits": [
        (KINDS | {"agency_staff": "agency,staff_kind,people\ng,an,-1\n"}, "", "negative", "people"),
        (KINDS | {"agency_staff": "agency,staff_kind,people\ng,an,\n"}, "", "blank_cell", "people"),
        (KINDS | {"agency_staff": "agency,staff_kind,people\ng,xx,1\n"}, "", "unknown_code", "staff_kind"),
        (KINDS | {"agency_staff": "agency,staff_kind,from_year,people\ng,an,,1\ng,an,,2\n"}, "", "duplicate_key", "agency, staff_kind, from_year"),
        (KINDS | {"program_staff": "program,staff_kind,agency,phase,people\nP01,an,g,built,1\n"}, "", "not_in_list", "phase"),
        (KINDS | {"program_staff": "program,staff_kind,phase,people\nP01,an,build,1\n"}, "", "staff_without_agency", "agency"),
        (KINDS | {"program_staff": "program,staff_kind,agency,region,phase,people\nP01,an,g,Z,build,1\n"}, "", "unknown_code", "region"),
        ({}, "staff_limits: some\n", "setting_yes_no", "staff_limits"),
    ],
}  # fmt: skip
TAMPERED = Tampered(*moved("Q", start=2027), {"agency": "g", "staff_kind": "an", "year": "2027"}, 1)


def staffed(*needs, people=((None, 2),), **tables):
    """X (0.3) and Y (0.2) cost 1 each, take a year, and are led by g."""
    return one_place(
        [("X", 0.3, 1), ("Y", 0.2, 1)],
        budget=9,
        **{
            "agencies": rows("agency name", ("g", "Dinas")),
            "programs": rows("program name_id duration agency", ("X", "X", 1, "g"), ("Y", "Y", 1, "g")),
            "staff_kinds": rows("staff_kind name_id name_en", ("an", "Analis", "Analyst")),
            "agency_staff": rows(
                "agency staff_kind from_year people", *(("g", "an", year, n) for year, n in people)
            ),
            "program_staff": rows(
                "program staff_kind phase people", *((p, "an", *rest) for p, *rest in needs)
            ),
            **tables,
        },
    )


CLASHES = {
    "staff": Clash(
        staffed(("X", "build", 2), ("Y", "build", 1.5), years=(2027,)),
        {"locked_in": ["X", "Y"]},
        {"lock X", "lock Y", "staff g an 2027"},
        {"lock X": 1, "lock Y": 1, "staff g an 2027": 1.5},
    ),
}


@on_paper("staff_limits")
@reason("staff_busy")
def test_programmes_that_need_the_same_people_follow_each_other_or_one_stays_out():
    # Of two analysts X takes two and Y one: one after the other. X first: 30 in 2027; 2028: 0.5 delivered,
    # phi = 0.4 + 0.1 * 0.75 = 47.5. Mean 38.75. In one year alone X.
    def plan(years):
        return select_programs(staffed(("X", "build", 2), ("Y", "build", 1), years=years), ON)

    both = plan((2027, 2028))
    assert starts(both) == {"X": 2027, "Y": 2028}
    assert both.objective == pytest.approx(38.75)
    alone = plan((2027,))
    assert starts(alone) == {"X": 2027}
    assert reasons(alone)["Y"] == "staff_busy"


def test_what_runs_takes_people_too_and_training_adds_them_from_the_year_after():
    # X runs with both analysts, so Y never fits beside it: best is X from 2027 on, 30 in both years.
    held = staffed(("X", "run", 2), ("Y", "build", 1), years=(2027, 2028), people=((None, 2),))
    plan = select_programs(held, ON)
    # Y in 2027 beside X, whose need begins in 2028: 47.5 in both years.
    assert starts(plan) == {"X": 2027, "Y": 2027}
    # Y needs 3 and only X, when it is complete, makes 3 of 2.
    trained = staffed(("X", "trains", 1), ("Y", "build", 3), years=(2027, 2028))
    assert starts(select_programs(trained, ON)) == {"X": 2027, "Y": 2028}
    untrained = staffed(("Y", "build", 3), years=(2027, 2028))
    assert starts(select_programs(untrained, ON)) == {"X": 2027}
    # A demanded Y brings its trainer with it.
    assert starts(select_programs(trained, make_scenario(locked_in=["Y"]))) == {"X": 2027, "Y": 2028}


def test_the_last_row_by_a_year_says_how_many_there_are_and_none_were_there_before_the_first():
    case = staffed(people=((2028, 1), (2030, 4)))
    assert measure.staff_available(case, range(2027, 2032)) == {
        ("g", "an"): {2027: 0, 2028: 1, 2029: 1, 2030: 4, 2031: 4}
    }


def test_the_limits_hold_only_where_the_scenario_says_so():
    case = staffed(("X", "build", 2), ("Y", "build", 1), years=(2027,))
    assert starts(select_programs(case, OFF)) == {"X": 2027, "Y": 2027}


def test_a_person_more_is_worth_what_the_programme_kept_out_would_add():
    # Of two analysts Y takes one for 0.2, X both for 0.3: in the relaxation Y whole and X by half, 0.35 of a gap at
    # slope 1. Another analyst carries out half of X more: 0.05 at slope 1 and 0.1 at 0.75, of which the first hair at 1.
    case = staffed(("X", "build", 2), ("Y", "build", 1), years=(2027,))
    prices = shadow_prices(case, ON, select_programs(case, ON))
    (row,) = prices[prices["rule"] == "staff"].to_dict("records")
    assert (row["agency"], row["staff_kind"], row["year"]) == ("g", "an", 2027)
    assert row["price"] == pytest.approx(15, abs=1e-3)


def test_how_many_a_plan_needs_is_told_by_year():
    case = staffed(("X", "build", 2), ("X", "trains", 1), ("Y", "build", 1.5), people=((None, 2),))
    choices = [
        Choice(program="X", start=2027, regions=("A",)),
        Choice(program="Y", start=2028, regions=("A",)),
    ]
    found = measure.staff_years(case, (2027, 2028, 2029), choices)
    assert [(one.year, one.people, one.trained, one.needed, one.free) for one in found] == [
        (2027, 2, 0, 2, 0),
        (2028, 2, 1, 1.5, 1.5),
        (2029, 2, 1, 0, 3),
    ]
    # Of the audited plan: P 2 in 2027; Q 2, S in B 1 in 2028, when P has trained one; R runs in A from 2030.
    plan = [
        Choice(program=p, start=s, regions=tuple(r))
        for p, s, r in (("P", 2027, "AC"), ("Q", 2028, "ABC"), ("R", 2028, "A"), ("S", 2028, "B"))
    ]
    used = {
        one.year: one.needed - one.trained
        for one in measure.staff_years(CASE, (2027, 2028, 2029, 2030), plan)
    }
    assert used == {2027: 2, 2028: 2, 2029: -1, 2030: 0}


def test_what_is_not_known_and_what_can_never_be_is_told(tmp_path):
    tables = {
        **KINDS,
        **csv_programs("agency", "P01,A,1,joint,g", "P02,B,2,joint,h"),
        "agency_staff": "agency,staff_kind,people\ng,an,2\n",
        "program_staff": "program,staff_kind,phase,people\nP01,an,build,5\nP02,an,build,1\n",
    }
    found = [p for p in told(tmp_path, tables, "") if p.code.startswith("staff_")]
    assert [(p.code, dict(p.values)) for p in found] == [
        ("staff_unlimited", {"agency": "h", "staff_kind": "an", "programs": ["P02"]}),
        (
            "staff_never_enough",
            {"program": "P01", "agency": "g", "staff_kind": "an", "people": 5.0, "most": 2.0},
        ),
    ]
    assert all(p.warning for p in found)
    assert not [
        p for p in told(tmp_path / "off", tables, "staff_limits: false\n") if p.code.startswith("staff_")
    ]


def test_a_need_for_a_region_that_cannot_take_part_is_an_error(tmp_path):
    tables = {
        **KINDS,
        "program_staff": "program,staff_kind,agency,region,phase,people\nP02,an,g,34.10,build,5\n",
        **edited("program_regions", "P02,34.10,4,3,5\n", ""),
    }
    assert [p.code for p in told(tmp_path, tables, "") if p.code.startswith("staff")] == ["staff_elsewhere"]


def test_the_reason_names_agency_and_kind():
    case = staffed(("X", "build", 2), ("Y", "build", 1), years=(2027,))
    plan = select_programs(case, ON)
    code, values = by_program(plan, "Y")
    names = reason_names(case, "en")
    assert (
        reason_text(code, values, "en", names)
        == "Staff of Dinas (Analyst) is taken by the programmes chosen."
    )
    assert "Dinas (Analis:" in remedy_text(code, values, "id", reason_names(case, "id"))


def test_a_stranger_finds_the_same_rows_of_staff_and_the_plan_within_them(tmp_path):
    needs = ("X", "build", 2), ("X", "trains", 1), ("Y", "build", 1)
    case = staffed(*needs, years=(2027, 2028), people=((None, 2), (2028, 1)))
    plan = select_programs(case, ON)
    # 2028: Y needs one of one, X of 2027 trains another.
    assert starts(plan) == {"X": 2027, "Y": 2028}
    folder = certify(case, ON, plan).write(tmp_path / "certificate")
    assert any("anew row by row" in english for _, english in check_certificate.check(folder))
    # With one person less in 2027 that row is another.
    there = (folder / "tables/agency_staff.csv").read_text(encoding="utf-8")
    assert there.count("g,an,,2\n") == 1
    other = there.replace("g,an,,2\n", "g,an,,1\n").encode()
    (folder / "tables/agency_staff.csv").write_bytes(other)
    document = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    document["tables"]["agency_staff.csv"] = hashlib.sha256(other).hexdigest()
    (folder / "certificate.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(check_certificate.Broken, match=r"staff_limits\(g,an,2027\)"):
        check_certificate.check(folder)
