"""What a plan makes of information systems, counted by hand."""

import pytest

from hand import rows
from jspmodel.collaboration import review_systems
from jspmodel.intake.tables import build_case
from jspmodel.plan import PlannedProgram
from jspmodel.scenario import Scenario
from small_decision import small_plan

TABLES = {
    "regions": rows("region name", ("A", "A"), ("B", "B")),
    "programs": rows(
        "program name_id duration new_systems", ("P", "P", 2, 1), ("Q", "Q", 1, None), ("N", "N", 1, 5)
    ),
    "fund_budgets": rows("fund year amount", ("f", 2027, 1.0), ("f", 2030, 1.0)),
    "systems": rows(
        "system name function region yearly_cost",
        ("S1", "S1", "aduan", "", 0.5), ("S2", "S2", "aduan", "A", 0.25), ("S3", "S3", "aduan", "B", None),
        ("S4", "S4", "surat", "", 1.0), ("S5", "S5", "", "", 1.0), ("S6", "S6", "", "A", 1.0),
    ),
    "program_systems": rows(
        "program system action",
        ("P", "S2", "retires"), ("Q", "S2", "retires"), ("Q", "S3", "retires"), ("P", "S3", "reuses"),
        ("Q", "S1", "reuses"), ("N", "S4", "retires"),
    ),
}  # fmt: skip


@pytest.fixture
def systems():
    programs = (
        PlannedProgram(program="P", selected=True, start=2027),
        PlannedProgram(program="Q", selected=True, start=2029),
        PlannedProgram(program="N", selected=False),
    )
    return review_systems(build_case("s", TABLES), Scenario(), small_plan(programs=programs))


def test_counts_before_and_after(systems):
    assert (systems.before, systems.retired, systems.new, systems.after) == (6, 2, 1, 5)


def test_fates(systems):
    fates = systems.fates.set_index("system")
    assert fates["fate"].tolist() == ["reused", "retired", "retired", "kept", "kept", "kept"]
    assert fates.loc["S2", "programs"] == ("P", "Q")
    # P is delivered at the end of 2028: its systems cost nothing from 2029 on; Q at the end of 2029.
    assert fates.loc[["S2", "S3"], "free_from"].tolist() == [2029, 2030]


def test_retired_by_one_and_reused_by_another_is_said(systems):
    assert systems.fates.loc[systems.fates["disputed"], "system"].tolist() == ["S3"]


def test_freed_cost_by_year(systems):
    assert systems.freed.to_dict() == {2027: 0, 2028: 0, 2029: 0.25, 2030: 0.25}
    assert systems.freed_yearly == 0.25
    assert systems.unknown_costs == 1


def test_functions_that_several_systems_have(systems):
    (row,) = systems.functions.itertuples(index=False)
    assert tuple(row) == ("aduan", 3, ("", "A", "B"), 0.75, 1)


def test_no_systems_no_trouble():
    empty = {name: table for name, table in TABLES.items() if name not in ("systems", "program_systems")}
    nothing = review_systems(build_case("s", empty), Scenario(), small_plan(programs=()))
    assert (nothing.before, nothing.after, len(nothing.functions), nothing.freed.sum()) == (0, 0, 0, 0)
