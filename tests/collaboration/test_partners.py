"""The helpdesk: what it answers, and what it says of a code it does not know."""

import math

import pytest

from hand import rows
from jspmodel import find_partners
from jspmodel.errors import DataError
from jspmodel.intake import load_case, shipped
from jspmodel.intake.tables import build_case
from semarang import DEMAK, GROBOGAN, KAB, KENDAL, SALATIGA, semarang
from told import assert_worded

MORE = {
    "issues": rows("issue name_id dimension", ("w", "Sampah", "env"), ("j", "Kerja", "")),
    "regions": rows("region name", ("A", "Alfa"), ("B", "Beta"), ("C", "Gama"), ("D", "Delta")),
    "borders": rows("region_a region_b", ("A", "B"), ("A", "C")),
    "bodies": rows("body region topic", ("X", "A", "sampah"), ("X", "D", "sampah")),
    "issue_regions": rows(
        "issue region severity", ("w", "A", 0.2), ("w", "B", 0.5), ("w", "C", 0.9), ("w", "D", 0.4)
    ),
    "programs": rows(
        "program name_id duration scope origin agency",
        ("P", "P", 1, "joint", "pokir", "dlh"), ("Q", "Q", 1, "province", "Renja", "dlh"),
        ("N", "N", 1, "joint", "Renja", "dlh"),
    ),
    "program_regions": rows("program region", ("P", "B"), ("N", "A")),
    "program_effects": rows("program issue effect level", ("P", "w", None, "odd"), ("Q", "w", 0.1, ""), ("N", "w", 0.0, "")),
    "dimensions": rows("dimension name_id", ("env", "Lingkungan")),
    "agencies": rows("agency region name", ("b", "B", "b"), ("dlh", "", "DLH"), ("a", "A", "a"), ("x", "", "x")),
    "agency_dimensions": rows("agency dimension role", ("b", "env", "support"), ("dlh", "env", "lead"), ("a", "env", "support")),
    "systems": rows(
        "system name region agency function", ("S1", "S1", "", "", "aduan"), ("S2", "S2", "B", "", "aduan"),
        ("S3", "S3", "C", "", "surat"), ("S4", "S4", "", "", ""), ("S5", "S5", "", "", ""),
    ),
    "program_systems": rows("program system action", ("P", "S1", "reuses"), ("Q", "S4", "retires")),
}  # fmt: skip


@pytest.fixture
def partners():
    return find_partners(build_case("desk", MORE), "w", "A")


def test_regions_with_the_same_problem_joined_ones_first(partners):
    assert partners.regions["region"].tolist() == ["D", "C", "B"]
    assert partners.regions["body"].tolist() == ["X", "", ""]
    assert partners.regions["borders"].tolist() == [False, True, True]
    assert partners.gap == 0.2


def test_programmes_for_the_issue_those_open_first(partners):
    assert partners.programs["program"].tolist() == ["Q", "P"]
    assert partners.programs["included"].tolist() == [True, False]
    assert partners.programs["regions"].tolist() == [("A", "B", "C", "D"), ("B",)]


def test_agencies_of_the_dimension_the_provinces_first_then_the_regions_own(partners):
    assert partners.agencies["agency"].tolist() == ["dlh", "a", "b"]


def test_systems_of_the_same_function_elsewhere_too(partners):
    assert sorted(partners.systems["system"]) == ["S1", "S2", "S4"]


def test_an_issue_of_which_nothing_is_known():
    nothing = find_partners(build_case("desk", MORE), "j", "A")
    assert math.isnan(nothing.gap)
    parts = (nothing.regions, nothing.programs, nothing.agencies, nothing.systems)
    assert [len(part) for part in parts] == [0, 0, 0, 0]


def test_kendal_asks_about_poverty():
    # Its neighbour Kab. Semarang (6.3 percent) has the problem too; Salatiga and Kota Semarang have not.
    regions = find_partners(semarang(), "poverty", KENDAL).regions
    assert regions["region"].tolist() == [KAB, DEMAK, GROBOGAN]
    assert set(regions["body"]) == {"Semarang Raya", "Kedungsepur"}
    assert SALATIGA not in set(regions["region"])


def test_a_code_that_became_a_number_on_its_way_is_read_as_text():
    # papermill -p region 34.04 hands over a float.
    assert find_partners(load_case(shipped("data") / "diy"), "I04", 34.04).region == "34.04"
    tables = {
        "regions": rows("region name", ("34.10", "Barat"), ("34.02", "Timur")),
        "issues": rows("issue name_id", ("w", "Sampah")),
    }
    with pytest.raises(DataError) as caught:
        find_partners(build_case("codes", tables), "w", 34.10)
    assert [problem.code for problem in caught.value.problems] == ["code_as_number"]
    assert "34.10 Barat" in caught.value.problems[0].values["nearest"]


def test_unknown_codes_are_both_told():
    case = load_case(shipped("data") / "diy")
    with pytest.raises(DataError) as caught:
        find_partners(case, "I99", "34.2")
    assert [problem.column for problem in caught.value.problems] == ["issue", "region"]
    assert_worded(caught.value.problems)
