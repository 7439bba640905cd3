"""One city: kemantren are its regions, companies pay what they name, Diskominfosan supplies the digital part."""

from __future__ import annotations

import pytest

from jspmodel.collaboration import agency_roles, money_channels
from jspmodel.intake import load, shipped
from jspmodel.report import analysis, conclusion, my_region, recommendations, roles, summary, who_pays
from jspmodel.report.decision import assemble
from jspmodel.scenario import BudgetScale, Solver
from jspmodel.selection import select_programs

FOLDER = shipped("data") / "kota-yogyakarta"
CSR = ("csr-digital", "csr-river", "csr-green")


def decided(name, **changes):
    case, scenario = load(str(FOLDER / "scenarios" / f"{name}.yaml"))
    scenario = scenario.model_copy(update={"solver": Solver(gap=0.04, effort=0.005), **changes})
    return case, scenario, select_programs(case, scenario)


@pytest.fixture(scope="module")
def baseline():
    return decided("baseline")


def test_its_regions_are_fourteen_kemantren_that_add_up_to_the_city():
    case, _ = load(str(FOLDER))
    assert case.level == "city"
    assert set(case.regions["kind"]) == {"kemantren"}
    assert len(case.regions) == 14
    assert case.regions["population"].sum() == 415605
    assert set(case.regions["status"]) == {"estimated"}


def test_earmarked_money_pays_only_for_what_it_names(baseline):
    case, *_ = baseline
    named = case.fund_rules.groupby("fund")["program"].agg(set)
    rich = BudgetScale(funds={**dict.fromkeys(CSR, 100.0), "apbd": 0.5})
    *_, plan = decided("baseline", budget_scale=rich)
    by_fund = {fund: {i.program for i in plan.funding if i.fund == fund and i.amount > 0} for fund in CSR}
    assert all(by_fund[fund] <= named[fund] for fund in CSR)
    assert by_fund["csr-digital"] == {"P04"}
    spent = sum(item.amount for item in plan.funding if item.fund in CSR)
    assert 0 < spent < 0.1 * 100 * case.fund_budgets.loc[case.fund_budgets["fund"].isin(CSR), "amount"].sum()


def test_without_companies_less_is_done(baseline):
    *_, plan = baseline
    *_, without = decided("no-csr")
    assert not [item for item in without.funding if item.fund in CSR and item.amount > 0]
    assert without.objective < plan.objective


def test_every_digital_programme_has_diskominfosan(baseline):
    case, *_ = baseline
    programs = case.programs.set_index("program")
    digital = set(case.program_systems["program"]) | set(programs.index[programs["new_systems"] > 0])
    suppliers = case.program_agencies[case.program_agencies["role"] == "digitalises"]
    assert len(digital) > 5
    assert digital <= set(suppliers.loc[suppliers["agency"] == "diskominfosan", "program"])
    assert not any(agency_roles(*baseline).owners["flags"])


def test_each_programme_waits_for_bappeda_and_each_dimension_is_backed(baseline):
    case, _, plan = baseline
    decided_by = case.program_documents[case.program_documents["signer"].str.startswith("Kepala Bappeda")]
    assert set(decided_by["program"]) == set(case.programs["program"])
    dimension = case.programs.set_index("program")["dimension"]
    assert {dimension[item.program] for item in plan.selected} == set(case.dimensions["dimension"])


def test_no_new_systems(baseline):
    case, _, plan = baseline
    chosen = {item.program for item in plan.selected}
    new = case.programs.loc[case.programs["program"].isin(chosen), "new_systems"].sum()
    retired = case.program_systems[case.program_systems["program"].isin(chosen)]
    assert new <= retired.loc[retired["action"] == "retires", "system"].nunique()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_report_speaks_of_a_city(baseline, language):
    decision = assemble(*baseline)
    rows = who_pays(decision, language).html.count("<tr>")
    assert rows == 5, "kemantren hold no funds: headings, the city, the centre, partners, and their sum"
    parts = (summary, my_region, analysis, who_pays, conclusion, recommendations, roles)
    text = " ".join(part(decision, language).html for part in parts).casefold()
    assert not [word for word in ("provinsi", "province", "provincial", "kabupaten") if word in text]
    assert set(money_channels(decision.case, decision.plan)["channel"]) == {"own", "partner"}
