"""Kalimantan Selatan: maturity before ambition, and a landfill that is under-used."""

from __future__ import annotations

import pytest

from jspmodel.errors import InfeasibleError
from jspmodel.intake import load, load_case, shipped
from jspmodel.report import Decision
from jspmodel.report.approvals import papers
from jspmodel.scenario import Lock, Solver
from jspmodel.selection import select_programs
from jspmodel.tables import maturity_table

FOLDER = shipped("data") / "kalsel"
ENABLING = ("E1", "E2", "E3", "E4")
QUICK = Solver(gap=0.6, effort=0.001)
"""What is claimed here holds of any plan: the first that is found will do."""
QUOTAS = {"63.71": (440, 105), "63.72": (200, 90), "63.03": (70, 60), "63.04": (40, 10), "63.01": (40, 10)}


def decided(name, **changes):
    case, scenario = load(str(FOLDER / "scenarios" / f"{name}.yaml"))
    scenario = scenario.model_copy(update={"solver": QUICK, **changes})
    return case, scenario, select_programs(case, scenario)


@pytest.fixture(scope="module")
def baseline():
    return decided("baseline")


def waiting(case, plan, level):
    asked = case.programs.set_index("program")["required_maturity"]
    return [item for item in plan.selected if asked[item.program] == level]


def test_every_scenario_loads():
    files = sorted((FOLDER / "scenarios").glob("*.yaml"))
    assert len(files) == 4
    for file in files:
        assert load(str(file))[1].name == file.stem


def test_every_region_stands_at_the_level_of_the_province_and_that_is_an_estimate():
    regions = load_case(FOLDER).regions
    assert len(regions) == 13
    assert set(zip(regions["maturity"], regions["stage"], regions["status"], strict=True)) == {
        (1, "Initial", "estimated")
    }


def test_maturity_comes_before_ambition(baseline):
    case, _, plan = baseline
    start = {item.program: item for item in plan.selected}
    assert plan.audit.passed
    second = waiting(case, plan, 2)
    assert second
    for item in second:
        for enabling in ENABLING:
            assert start[enabling].start < item.start
            assert set(item.regions) <= set(start[enabling].regions)
    for item in waiting(case, plan, 3):
        assert start["E5"].start < item.start


def test_the_council_comes_after_the_regulation(baseline):
    _, _, plan = baseline
    start = {item.program: item.start for item in plan.selected}
    assert start["E3"] < start["E4"]


def test_a_late_regulation_holds_up_everything_that_waits_for_it():
    case, _, plan = decided("late-regulation")
    assert {item.program: item.start for item in plan.selected}["E3"] == 2029
    # the council follows in 2030 at the earliest, so level 2 is reached at its end
    assert all(item.start == 2031 for item in waiting(case, plan, 2))
    assert not waiting(case, plan, 3)


def test_ambition_cannot_be_forced_before_maturity():
    with pytest.raises(InfeasibleError) as caught:
        decided("baseline", locked_in=[Lock(program="A1", start=2028)])
    assert "clash_maturity" in {problem.code for problem in caught.value.problems}


def test_the_missing_regulation_is_a_document_to_sign(baseline):
    case, scenario, plan = baseline
    waiting = papers(Decision(case, scenario, None, None, plan, None))
    mine = {paper.kind: paper for paper in waiting if "E3" in paper.programs}
    regulation = mine["Peraturan Daerah kota cerdas dan kemitraan"]
    assert regulation.signer == "Gubernur Kalimantan Selatan"
    assert mine["Persetujuan DPRD atas rancangan peraturan daerah"].due < regulation.due


def test_the_landfill_has_the_room_that_was_found():
    case = load_case(FOLDER)
    assert set(case.bodies["region"]) == set(QUOTAS)
    rows = case.program_regions[case.program_regions["program"] == "N1"].set_index("region")
    assert rows["volume"].to_dict() == {region: quota - sent for region, (quota, sent) in QUOTAS.items()}
    used = case.indicator_values[case.indicator_values["indicator"] == "landfill-use"].set_index("region")
    assert used.loc["63.71", "value"] == 23.9
    assert set(used["status"]) == set(rows["status"]) == {"estimated"}
    costs = case.program_costs
    hauled = costs[(costs["program"] == "N1") & (costs["kind"] == "run") & (costs["region"] == "63.71")]
    # 335 t/day for 365 days at Rp 65,000, in Rp billion
    assert hauled["amount"].tolist() == pytest.approx([7.948], abs=1e-3)


def test_the_report_shows_the_climb(baseline):
    case, scenario, plan = baseline
    for language in ("id", "en"):
        shown = maturity_table(case, scenario, plan, language).html
        assert "Initial" in shown
        assert all(f"{program} (20" in shown for program in ENABLING)
