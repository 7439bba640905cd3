"""Payments that another fund could make: how much, by hand, and that the plan with it moved keeps every rule."""

import pandas as pd
import pytest

from jspmodel.figures import exchangeable_payments
from jspmodel.intake import load_case
from jspmodel.intake.tables import build_case
from jspmodel.plan import Payment
from jspmodel.scenario import Scenario
from jspmodel.selection import select_programs
from jspmodel.selection.plan_audit import audit
from tiny import tiny_tables, write_case

FUNDS = "fund,name_id,holder\nprov,Kas provinsi,\nkota,Kas Barat,34.10\ntimur,Kas Timur,34.01\ncsr,Mitra,\n"
PROGRAMS = (
    "program,name_id,dimension,duration,scope\nP01,Pelatihan,living,1,joint\nP03,Data,living,1,province\n"
)
COSTS = "program,region,kind,offset,amount\nP01,,build,0,2\nP01,34.10,build,0,1\nP03,,build,0,2\n"
RULES = "fund,program,max_share\ncsr,P01,0.25\n"
EFFECTS = "program,issue,effect\nP01,poverty,0.3\nP03,poverty,0.3\n"
REGIONS = "program,region\nP01,34.01\nP01,34.10\n"


def planned(folder, budgets):
    tables = tiny_tables() | {
        "funds": FUNDS,
        "fund_budgets": "fund,year,amount\n" + budgets,
        "fund_rules": RULES,
        "programs": PROGRAMS,
        "program_costs": COSTS,
        "program_regions": REGIONS,
        "program_effects": EFFECTS,
    }
    for table in ("program_links", "program_outputs", "program_documents", "program_agencies"):
        tables.pop(table, None)
    case = load_case(write_case(folder / "tiny", tables))
    scenario = Scenario()
    return case, scenario, select_programs(case, scenario)


def told(case, scenario, plan):
    return {
        (one.program, one.fund): (one.other, round(one.amount, 6))
        for one in exchangeable_payments(case, scenario, plan)
    }


def with_payments(plan, *payments):
    funding = tuple(Payment(program=p, fund=f, year=2027, amount=a) for p, f, a in payments)
    return plan.model_copy(update={"funding": funding})


@pytest.mark.parametrize(
    ("budgets", "payments", "expected"),
    [
        # Barat has 3, and may pay its own 1 and the shared 2 of P01, or P03: no rule keeps it from either.
        (
            "prov,2027,5\nkota,2027,3\n",
            (("P01", "prov", 3), ("P03", "prov", 2)),
            {("P01", "prov"): ("kota", 3), ("P03", "prov"): ("kota", 2)},
        ),
        # Timur may pay the shared 2 alone, Barat has nothing left, the partner a quarter of 3.
        (
            "prov,2027,4\nkota,2027,1\ntimur,2027,9\ncsr,2027,9\n",
            (("P01", "prov", 2), ("P01", "kota", 1), ("P03", "prov", 2)),
            {("P01", "prov"): ("timur", 2), ("P01", "kota"): ("timur", 1), ("P03", "prov"): ("timur", 2)},
        ),
        # The partner has paid its quarter; what is left of Barat's money is half a billion.
        (
            "prov,2027,4.25\nkota,2027,0.5\ncsr,2027,9\n",
            (("P01", "prov", 2.25), ("P01", "csr", 0.75), ("P03", "prov", 2)),
            {("P01", "prov"): ("kota", 0.5), ("P01", "csr"): ("kota", 0.5), ("P03", "prov"): ("kota", 0.5)},
        ),
        # Nobody else has money.
        ("prov,2027,5\n", (("P01", "prov", 3), ("P03", "prov", 2)), {}),
    ],
)
def test_what_another_fund_could_pay(tmp_path, budgets, payments, expected):
    case, scenario, plan = planned(tmp_path, budgets)
    assert {choice.program for choice in plan.choices} == {"P01", "P03"}
    assert {choice.start for choice in plan.choices} == {2027}
    assert told(case, scenario, with_payments(plan, *payments)) == expected


def test_a_plan_with_a_payment_moved_breaks_no_rule(tmp_path):
    budgets = "prov,2027,5\nkota,2027,1\ntimur,2027,9\ncsr,2027,9\n"
    case, scenario, plan = planned(tmp_path, budgets)
    assert exchangeable_payments(case, scenario, plan)
    for one in exchangeable_payments(case, scenario, plan):
        flows = {(p.program, p.fund, p.year): p.amount for p in plan.funding}
        flows[one.program, one.fund, one.year] -= one.amount
        key = one.program, one.other, one.year
        flows[key] = flows.get(key, 0.0) + one.amount
        funding = tuple(
            Payment(program=p, fund=f, year=y, amount=a) for (p, f, y), a in flows.items() if a > 1e-9
        )
        assert audit(case, scenario, plan.choices, funding).passed


def test_a_fund_that_waits_for_a_document_could_not_pay(tmp_path):
    case, scenario, plan = planned(tmp_path, "prov,2027,5\nkota,2027,3\n")
    paid = with_payments(plan, ("P01", "prov", 3), ("P03", "prov", 2))
    waits = {
        "documents": pd.DataFrame({"document": ["DED"], "name_id": ["Rancangan"]}),
        "required_documents": pd.DataFrame({"document": ["DED"], "fund": ["kota"]}),
        "program_readiness": pd.DataFrame({"program": ["P03"], "document": ["DED"], "state": ["ready"]}),
    }
    waiting = build_case("tiny", {**{k: v for k, v in case.tables().items() if len(v)}, **waits})
    assert told(waiting, scenario, paid) == {("P03", "prov"): ("kota", 2)}
