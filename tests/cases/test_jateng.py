"""Semarang Raya with Kedungsepur: burdens are shared, companies enter where public money is short."""

from __future__ import annotations

import pytest

import semarang
from jspmodel.collaboration import agency_roles, payer_accounts, share_costs
from jspmodel.intake import load, shipped
from jspmodel.plan import Plan
from jspmodel.scenario import BudgetScale, Solver
from jspmodel.selection import select_programs

FOLDER = shipped("data") / "jateng"
PRIVATE = ("kpbu", "csr")
TRAINING = ("T01", "T02")


def decided(name, **changes):
    case, scenario = load(str(FOLDER / "scenarios" / f"{name}.yaml"))
    scenario = scenario.model_copy(update={"solver": Solver(gap=0.04, effort=0.02), **changes})
    return case, scenario, select_programs(case, scenario)


def paid(plan: Plan, funds) -> float:
    return sum(item.amount for item in plan.funding if item.fund in funds)


@pytest.fixture(scope="module")
def baseline():
    return decided("baseline")


def test_facts_are_those_of_the_small_case():
    case, _ = load(str(FOLDER))
    regions = case.regions.set_index("region")
    assert (
        regions["population"].to_dict()
        == semarang.semarang().regions.set_index("region")["population"].to_dict()
    )
    poverty = case.indicator_values[
        (case.indicator_values["indicator"] == "poverty") & (case.indicator_values["year"] == 2025)
    ]
    assert dict(zip(poverty["region"], poverty["value"], strict=True)) == semarang.POVERTY
    assert set(poverty["status"]) == {"observed"}
    pairs = {frozenset(pair) for pair in zip(case.borders["region_a"], case.borders["region_b"], strict=True)}
    small = semarang.semarang().borders
    assert pairs == {frozenset(pair) for pair in zip(small["region_a"], small["region_b"], strict=True)}
    members = case.bodies.groupby("body")["region"].agg(set)
    assert members["Semarang Raya"] == set(semarang.SEMARANG_RAYA)
    assert members["Kedungsepur"] == {semarang.GROBOGAN, *semarang.SEMARANG_RAYA}


def test_cost_shares_by_region_add_up_to_the_bill(baseline):
    case, scenario, plan = baseline
    sharing = share_costs(case, scenario, plan)
    payers = payer_accounts(case, scenario, plan).payers
    burden = payers[payers["joint"] != 0]
    assert set(burden["region"]) == set(case.regions["region"])
    joint = {row.program for row in sharing.programs.itertuples()}
    bill = sum(item.amount for item in plan.funding if item.program in joint)
    assert len(joint) > 5
    assert burden["joint"].sum() == pytest.approx(bill, abs=0.01)
    assert payers["own"].sum() == pytest.approx(plan.cost, abs=1e-6)


def test_companies_enter_where_public_money_is_short(baseline):
    case, _, plan = baseline
    public = [fund for fund in case.funds["fund"] if fund not in PRIVATE]
    assert paid(plan, PRIVATE) > 10
    *_, ample = decided("baseline", budget_scale=BudgetScale(funds=dict.fromkeys(public, 20.0)))
    assert paid(ample, PRIVATE) < 0.1 * paid(plan, PRIVATE)
    *_, without = decided("no-private")
    assert paid(without, PRIVATE) == 0
    assert without.objective < plan.objective


def test_training_comes_before_what_asks_for_trained_people(baseline):
    case, _, plan = baseline
    start = {item.program: item.start for item in plan.selected}
    asking = case.programs.loc[case.programs["required_maturity"] == 3, "program"]
    trained = [program for program in asking if program in start]
    first = min(start[program] for program in TRAINING if program in start)
    low = set(case.regions.loc[case.regions["maturity"] < 3, "region"])
    joined = [item for item in plan.selected if item.program in trained and low & set(item.regions)]
    assert joined
    assert all(item.start > first for item in joined)
    *_, untrained = decided("no-training")
    assert all(not low & set(i.regions) for i in untrained.selected if i.program in set(asking))
    assert untrained.objective < plan.objective


def test_every_dimension_has_an_agency_that_leads(baseline):
    roles = agency_roles(*baseline)
    assert len(roles.dimensions) == 6
    assert (roles.dimensions["leads"] > 0).all()
    assert not any(roles.owners["flags"])
