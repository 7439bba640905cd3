"""Roles of agencies, by hand."""

import pytest

from hand import rows
from jspmodel.collaboration import agency_roles
from jspmodel.intake.tables import build_case
from jspmodel.plan import PlannedProgram
from jspmodel.scenario import Scenario
from small_decision import small_plan

TABLES = {
    "regions": rows("region name", ("A", "A"), ("B", "B")),
    "dimensions": rows("dimension name_id", ("env", "E"), ("soc", "S"), ("eco", "K")),
    "agencies": rows(
        "agency region name max_parallel", ("x", "", "X", 1), ("y", "", "Y", None), ("a", "A", "XA", None),
        ("b", "B", "XB", None),
    ),
    "agency_dimensions": rows(
        "agency dimension role", ("x", "env", "lead"), ("y", "env", "Lead"), ("y", "soc", "support"),
        ("a", "soc", ""),
    ),
    "programs": rows(
        "program name_id duration dimension agency new_systems",
        ("P", "P", 2, "env", "x", 1), ("Q", "Q", 1, "soc", "x", None), ("R", "R", 1, "soc", "", 0), ("T", "T", 1, "", "x", 1),
        ("S", "S", 1, "eco", "", None), ("N", "N", 1, "env", "x", None),
    ),
    "program_agencies": rows(
        "program agency region role",
        ("P", "a", "A", "proposes"), ("P", "x", "", "leads"), ("P", "y", "", "leads"), ("P", "b", "B", "supports"),
        ("Q", "y", "", "proposes"), ("Q", "x", "", "leads"), ("R", "y", "", "leads"), ("R", "y", "", "proposes"),
        ("S", "y", "", "supports"), ("T", "y", "", "proposes"), ("T", "x", "", "digitalises"),
    ),
    "fund_budgets": rows("fund year amount", ("f", 2027, 1.0), ("f", 2028, 1.0)),
}  # fmt: skip


def planned(program, start, *regions):
    return PlannedProgram(program=program, selected=True, start=start, regions=regions)


@pytest.fixture
def roles():
    programs = (
        planned("P", 2027, "A"), planned("Q", 2028), planned("R", 2028), planned("S", 2028), planned("T", 2029),
    )  # fmt: skip
    return agency_roles(build_case("r", TABLES), Scenario(), small_plan(programs=programs))


def test_agencies_by_dimensions(roles):
    assert roles.matrix.loc["x"].tolist() == ["lead", "", ""]
    assert roles.matrix.loc["y"].tolist() == ["lead", "support", ""]
    assert roles.matrix.loc["a"].tolist() == ["", "support", ""]


def test_gaps_and_overlaps(roles):
    table = roles.dimensions.set_index("dimension")
    assert table["leads"].to_dict() == {"env": 2, "soc": 0, "eco": 0}
    assert table["supports"].to_dict() == {"env": 0, "soc": 2, "eco": 0}
    assert table["gap"].to_dict() == {"env": False, "soc": True, "eco": True}
    assert table["programs"].to_dict() == {"env": 1, "soc": 2, "eco": 1}


def test_every_selected_programme_has_its_owner_or_says_what_is_undecided(roles):
    owners = roles.owners.set_index("program")
    assert owners["owner"].to_dict() == {"P": "x", "Q": "x", "R": "y", "S": "", "T": "x"}
    assert owners["flags"].to_dict() == {
        "P": ("several_leads", "no_digital"),
        "Q": ("other_dimension",),
        "R": (),
        "S": ("no_owner", "no_proposer"),
        "T": (),
    }
    assert owners.loc["P", "proposes"] == ("a",)


def test_load_counts_what_is_under_way_where_it_takes_place(roles):
    load = roles.load.set_index(["agency", "year"])
    assert load["owned"].to_dict() == {
        ("x", 2027): 1, ("x", 2028): 2, ("y", 2027): 0, ("y", 2028): 1, ("a", 2027): 0, ("a", 2028): 0,
    }  # fmt: skip
    assert load.loc[("y", 2028), "taking_part"] == 4
    assert list(load[load["over"]].index) == [("x", 2028)]


def test_an_empty_plan():
    roles = agency_roles(build_case("r", TABLES), Scenario(), small_plan(programs=()))
    assert roles.owners.empty
    assert roles.load.empty
