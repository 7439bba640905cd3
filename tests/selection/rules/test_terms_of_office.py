"""All that is tested of the rule terms_of_office."""

from __future__ import annotations

import hashlib
import json

import pytest

from jspmodel.report.assumptions import _rules
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import certify
from jspmodel.selection.postoptimal.certificate import check_certificate
from jspmodel.selection.rules import terms_of_office
from selection.rules.audited import CHOICES, PAYMENTS, Tampered
from selection.rules.bad_data import csv_programs, told
from selection.rules.clashes import Clash
from selection.rules.marks import on_paper, reason
from selection.small import make_scenario, one_place, reasons, rows, starts

SETTINGS = {"terms_of_office": True}
AUDITED_SETTINGS = SETTINGS
ON, OFF = make_scenario(**SETTINGS), make_scenario()
ROWS = {
    terms_of_office.term_of_office: "term_of_office(Q,2028): start(Q,2028) <= 0",
    terms_of_office.regional_term: "regional_term(P,A,2028): join(P,A,2028) <= 0",
}
BAD = {
    "term_of_office": [
        ({"terms_of_office": "office,region,last_year\nBupati,34.01,\n"}, "", "blank_cell", "last_year"),
        (
            {"terms_of_office": "office,region,last_year\nGubernur,,2028\nGubernur,,2029\n"},
            "",
            "duplicate_key",
            "office",
        ),
        (
            {"terms_of_office": "office,region,last_year\nGubernur,,2028\nWakil,,2029\n"},
            "",
            "term_twice",
            "region",
        ),
        ({"terms_of_office": "office,region,last_year\nGubernur,,2028.5\n"}, "", "not_whole", "last_year"),
        ({}, "terms_of_office: soon\n", "setting_yes_no", "terms_of_office"),
    ],
    "regional_term": [
        ({"terms_of_office": "office,region,last_year\nBupati,99,2028\n"}, "", "unknown_code", "region"),
        (csv_programs("strategic", "P01,A,1,joint,perhaps"), "", "not_yes_no", "strategic"),
    ],
}
# R is built in A until 2031 if it starts in 2029; the term of A ends with 2030.
TAMPERED = Tampered(
    {**CHOICES, "R": CHOICES["R"].model_copy(update={"start": 2029})},
    PAYMENTS,
    {"program": "R", "region": "A", "year": "2029"},
    1,
)


def built(*, terms, strategic=(False, False), costs=None, years=(2028, 2029), **tables):
    """X (0.3) is built in two years, Y (0.2) in one; both cost 2, in the one region A."""
    return one_place(
        [("X", 0.3, 2), ("Y", 0.2, 2)],
        budget=9,
        years=years,
        **{
            "programs": rows(
                "program name_id duration strategic", ("X", "X", 2, strategic[0]), ("Y", "Y", 1, strategic[1])
            ),
            "program_costs": OWN_COSTS if costs is None else costs,
            "terms_of_office": rows("office region last_year", *((f"kepala {region}", region, last) for region, last in terms)),
            **tables,
        },
    )  # fmt: skip


OWN_COSTS = rows(
    "program region kind offset amount", ("X", "A", "build", 0, 1), ("X", "A", "build", 1, 1), ("Y", "A", "build", 0, 2)
)  # fmt: skip
SHARED_COSTS = rows(
    "program region kind offset amount", ("X", "", "build", 0, 1), ("X", "", "build", 1, 1), ("Y", "", "build", 0, 2)
)  # fmt: skip
CLASHES = {
    "term": Clash(
        built(terms=[("", 2028)], costs=SHARED_COSTS),
        {**SETTINGS, "locked_in": ["X"]},
        {"lock X", "term X"},
        {"lock X": 1, "term X": 1},
    ),
    "regional_term": Clash(
        built(terms=[("A", 2028)]),
        {**SETTINGS, "locked_in": ["X"]},
        {"lock X", "min_regions X", "regional_term X A"},
        {"lock X": 1, "min_regions X": 1, "regional_term X A": 1},
    ),
}


@on_paper("term_of_office", "regional_term")
@reason("beyond_term")
@pytest.mark.parametrize(("region", "costs"), [("A", None), ("", SHARED_COSTS)])
def test_what_is_built_in_two_years_ends_within_the_term_and_what_takes_one_may_follow_it(region, costs):
    # X from 2028 is delivered in 2029 (0.3), Y in 2028 (0.2): 20, 47.5 points in two years.
    free = select_programs(built(terms=[(region, 2029)], costs=costs), ON)
    assert starts(free) == {"X": 2028, "Y": 2028}
    assert free.objective == pytest.approx((20 + 47.5) / 2)
    held = select_programs(built(terms=[(region, 2028)], costs=costs), ON)
    assert starts(held) == {"Y": 2028}
    assert held.objective == pytest.approx(20)
    assert reasons(held)["X"] == "beyond_term"
    over = select_programs(built(terms=[(region, 2027)], costs=costs), ON)
    assert starts(over) == {"Y": 2028}


def test_strategic_programmes_and_scenarios_without_the_rule_are_exempt():
    strategic = built(terms=[("A", 2028)], strategic=(True, False))
    assert starts(select_programs(strategic, ON)) == {"X": 2028, "Y": 2028}
    assert starts(select_programs(built(terms=[("A", 2028)]), OFF)) == {"X": 2028, "Y": 2028}


def test_terms_of_a_region_bind_it_alone():
    assert starts(select_programs(built(terms=[("A", 2028)], costs=SHARED_COSTS), ON)) == {
        "X": 2028,
        "Y": 2028,
    }
    assert starts(select_programs(built(terms=[("", 2028)]), ON)) == {"X": 2028, "Y": 2028}


def test_the_report_says_whose_term_counts_and_where_the_rpjmd_ends():
    terms = rows(
        "office region last_year rpjmd_last", ("Gubernur", "", 2030, 2029), ("Bupati", "A", 2029, None)
    )
    case = built(terms=[], terms_of_office=terms)
    said = list(_rules(case, ON, "id"))
    assert any("PP 12/2019 Pasal 92, menurut ingatan" in one for one in said)
    assert (
        "RPJMD penyusun rencana ini berakhir 2029; program sesudahnya perlu dimuat dalam RPJMD berikutnya."
        in said
    )
    assert any("tidak membatasi rencana" in one for one in _rules(case, OFF, "id"))
    assert not any("RPJMD" in one for one in _rules(built(terms=[]), ON, "id"))


def test_where_the_rpjmd_of_several_regions_ends_is_one_line_a_year():
    terms = rows(
        "office region last_year rpjmd_last",
        ("Bupati", "A", 2030, 2029), ("Wali kota", "B", 2030, 2029), ("Camat", "C", 2030, 2030),
    )  # fmt: skip
    regions = rows("region name", ("A", "Kabupaten A"), ("B", "Kota B"), ("C", "Kabupaten C"))
    said = list(_rules(built(terms=[], terms_of_office=terms, regions=regions), ON, "en"))
    assert [one for one in said if "RPJMD" in one] == [
        "In Kabupaten A and Kota B the RPJMD ends in 2029; programmes after it have to be in the next.",
        "In Kabupaten C the RPJMD ends in 2030; programmes after it have to be in the next.",
    ]


def test_a_stranger_finds_the_same_rows(tmp_path):
    case = built(terms=[("A", 2028), ("", 2028)])
    folder = certify(case, ON, select_programs(case, ON)).write(tmp_path / "certificate")
    assert any("anew row by row" in english for _, english in check_certificate.check(folder))
    table = folder / "tables/terms_of_office.csv"
    other = table.read_text(encoding="utf-8").replace("A,2028", "A,2029").encode()
    table.write_bytes(other)
    document = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    document["tables"]["terms_of_office.csv"] = hashlib.sha256(other).hexdigest()
    (folder / "certificate.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(check_certificate.Broken, match=r"regional_term\(X,A,2028\)"):
        check_certificate.check(folder)


def test_bad_rows_of_other_governments_are_refused_all_at_once(tmp_path):
    tables = {
        "terms_of_office": "office,region,last_year,rpjmd_last\nWali,99,20280,2029\nBupati,34.01,2028,1\n"
    }
    assert {(p.code, p.row) for p in told(tmp_path, tables, "") if not p.warning} == {
        ("unknown_code", 2), ("out_of_range", 2), ("out_of_range", 3)
    }  # fmt: skip
