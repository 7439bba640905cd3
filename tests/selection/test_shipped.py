"""The shipped case of DIY, to a gap that is soon proven."""

from __future__ import annotations

from pathlib import Path

import pytest

from jspmodel.intake import load
from jspmodel.scenario import Solver
from jspmodel.selection import select_programs
from jspmodel.text import reason_text

DIY = Path(__file__).parents[2] / "data" / "diy"


@pytest.fixture(scope="module")
def decided():
    case, scenario = load(str(DIY / "scenarios" / "baseline.yaml"))
    scenario = scenario.model_copy(update={"solver": Solver(gap=0.2, effort="quick")})
    return case, scenario, select_programs(case, scenario)


def test_a_plan_is_found_and_passes_its_audit(decided):
    _, _, plan = decided
    assert plan.audit.passed
    assert len(plan.selected) > 10
    assert 0 < plan.objective <= plan.bound
    assert plan.gap < 0.25


def test_the_equity_floor_is_kept(decided):
    _, scenario, plan = decided
    assert plan.equity.mode == "floor"
    assert plan.equity.floor >= 0.9 * scenario.equity.floor * plan.equity.without
    assert all(region.impact >= plan.equity.floor - 1e-5 for region in plan.regions)


def test_the_waste_plant_has_its_tonnes(decided):
    case, _, plan = decided
    thresholds = case.programs.dropna(subset=["min_volume"]).set_index("program")["min_volume"]
    assert 1000 in thresholds.to_list()
    volumes = case.program_regions.set_index(["program", "region"])["volume"]
    for item in plan.selected:
        if item.program in thresholds.index:
            assert sum(volumes[item.program, r] for r in item.regions) >= thresholds[item.program]


def test_every_programme_has_a_reason_in_words(decided):
    case, _, plan = decided
    names = case.names("programs", "id") | case.names("agencies", "id")
    said = {p.program: reason_text(p.reason, p.reason_values, "id", names) for p in plan.programs}
    assert set(said) == set(case.programs["program"])
    assert all(said.values())
