"""Bali: nine regions in four stages, partners, and a landfill that closes only after its replacement."""

from __future__ import annotations

from itertools import combinations

import pytest

from jspmodel.collaboration import is_partner, money_channels
from jspmodel.intake import load, load_case, shipped
from jspmodel.scenario import Solver
from jspmodel.selection import select_programs
from jspmodel.tables import maturity_table, pledge_table

FOLDER = shipped("data") / "bali"
SARBAGITA = {"51.02", "51.03", "51.04", "51.71"}
FACILITY, SEPARATION, CLOSING = "S2", "S1", "S4"
STAGES = ["belum ikut", "asesmen", "peluncuran", "implementasi", "sosialisasi"]


def decided(name):
    case, scenario = load(str(FOLDER / "scenarios" / f"{name}.yaml"))
    scenario = scenario.model_copy(update={"solver": Solver(gap=0.6, effort=0.001)})
    return case, scenario, select_programs(case, scenario)


@pytest.fixture(scope="module")
def baseline():
    return decided("baseline")


def test_every_scenario_loads():
    files = sorted((FOLDER / "scenarios").glob("*.yaml"))
    assert len(files) == 5
    for file in files:
        assert load(str(file))[1].name == file.stem


def test_six_of_nine_regions_take_part_and_that_is_not_told_as_observed():
    regions = load_case(FOLDER).regions
    assert len(regions) == 9
    assert (regions["stage"] != "belum ikut").sum() == 6
    assert [STAGES[int(level) - 1] for level in regions["maturity"]] == list(regions["stage"])
    assert set(regions["status"]) == {"illustrative"}


def test_poverty_is_observed_in_every_region_and_year():
    case = load_case(FOLDER)
    values = case.indicator_values.set_index(["region", "year"])
    assert len(values) == 9 * 7
    assert set(values["status"]) == {"observed"}
    assert values.loc[("51.03", 2025), "value"] == 1.9
    assert values.loc[("51.07", 2022), "value"] == 6.98


def test_only_the_four_of_sarbagita_together_bring_enough_waste():
    case = load_case(FOLDER)
    assert set(case.bodies["region"]) == SARBAGITA
    rows = case.program_regions[case.program_regions["program"] == FACILITY].set_index("region")
    needed = case.programs.set_index("program").loc[FACILITY, "min_volume"]
    assert set(rows.index) == SARBAGITA
    assert needed == 1000
    assert rows["volume"].sum() >= needed
    assert all(rows.loc[list(three), "volume"].sum() < needed for three in combinations(SARBAGITA, 3))


def test_suwung_closes_after_its_replacement_stands(baseline):
    _, _, plan = baseline
    chosen = {item.program: item for item in plan.selected}
    assert plan.audit.passed
    assert set(chosen[FACILITY].regions) == set(chosen[CLOSING].regions) == SARBAGITA
    assert chosen[FACILITY].start + 2 <= chosen[CLOSING].start
    assert chosen[SEPARATION].start + 1 <= chosen[CLOSING].start


def test_without_agreement_suwung_stays_open():
    _, _, plan = decided("no-agreement")
    reasons = {item.program: (item.selected, item.reason) for item in plan.programs}
    assert reasons[FACILITY] == (False, "locked_out")
    assert reasons[CLOSING] == (False, "needs_other")


def test_no_region_skips_a_stage(baseline):
    case, _, plan = baseline
    level = dict(zip(case.regions["region"], case.regions["maturity"], strict=True))
    reached = {"T1": 2, "T2": 3, "T3A": 4, "T3B": 4, "T4A": 5, "T4B": 5}
    stages = [item for item in plan.selected if item.program in reached]
    assert stages
    for item in stages:
        for region in item.regions:
            assert level[region] == reached[item.program] - 1
            level[region] += 1


def test_the_report_shows_stages_and_pledges(baseline):
    case, scenario, plan = baseline
    for language in ("id", "en"):
        path = maturity_table(case, scenario, plan, language)
        promised = pledge_table(case, scenario, plan, language)
        assert "sosialisasi" in path.html
        assert all(name in promised.html for name in case.names("funds", language).values() if ":" in name)


def test_partners_in_kind_are_pledges_that_pay_only_what_they_name(baseline):
    case, _, plan = baseline
    partners = case.funds[case.funds["kind"].map(is_partner)]
    assert len(partners) == 4
    assert partners["kind"].str.contains("natura").sum() == 3
    assert set(partners["certainty"]) == {"pledge"}
    named = set(zip(case.fund_rules["fund"], case.fund_rules["program"], strict=True))
    channels = money_channels(case, plan)
    paid = channels[channels["fund"].isin(partners["fund"])]
    assert set(paid["channel"]) == {"partner"}
    assert set(zip(paid["fund"], paid["program"], strict=True)) <= named
