"""A decision small enough to check by eye: the case of tests/hand.py with names, documents and a plan by hand.

P (A and B, 2027-2028): 10 shared and 4 in A; run costs 0.5 in B from 2029, after the horizon. Q (province)
starts 2028 and costs nothing. H is not accommodated.
"""

import pandas as pd

from hand import TABLES, rows
from jspmodel.case import Case
from jspmodel.intake.tables import build_case
from jspmodel.plan import Audit, Check, Choice, EquityResult, Payment, Plan, PlannedProgram, RegionResult
from jspmodel.report import Decision
from jspmodel.report.decision import assemble
from jspmodel.runs import NOT_ANALYSED, Sensitivity
from jspmodel.scenario import Scenario
from jspmodel.selection.parametric import Frontier, FrontierPoint

MORE = {
    "programs": rows(
        "program name_id name_en duration scope origin agency dimension",
        ("P", "Pengolahan sampah", "Waste treatment", 2, "joint", "RPJMD", "dlh", "env"),
        ("Q", "Pelatihan kerja", "Job training", 1, "province", "pokir", "dlh", "env"),
        ("H", "Taman kota", "City park", 1, "joint", "Musrenbang", "", ""),
    ),
    "dimensions": rows("dimension name_id name_en", ("env", "Lingkungan", "Environment")),
    "agencies": rows("agency region name", ("dlh", "", "DLH")),
    "agency_dimensions": rows("agency dimension role", ("dlh", "env", "lead")),
    "program_documents": rows(
        "program kind signer due done",
        ("P", "perjanjian kerja sama", "Bupati Alfa dan Bupati Beta", "2026-11-30", False),
        ("P", "SK", "Gubernur", "2026-10-31", True),
        ("H", "izin lahan", "Bupati Alfa", "2026-09-30", False),
    ),
    "program_outputs": rows(
        "program region offset indicator unit target", ("P", "A", 1, "Sampah terolah", "t/hari", 120)
    ),
}


def small_case(**tables) -> Case:
    return build_case("hand", {**TABLES, **MORE, **tables}, title={"id": "Contoh", "en": "Example"})


def small_plan(**changes) -> Plan:
    plan = Plan(
        case="hand",
        scenario="baseline",
        objective_kind="gap_closed",
        status="optimal",
        stopped_by_clock=False,
        objective=20.0,
        bound=20.2,
        gap=0.01,
        solver="HiGHS 1",
        programs=(
            PlannedProgram(
                program="P", selected=True, start=2027, regions=("A", "B"), cost=14.0, impact=15.0
            ),
            PlannedProgram(program="Q", selected=True, start=2028, regions=("A", "B"), cost=0.0, impact=5.0),
            PlannedProgram(program="H", selected=False, reason="locked_out"),
        ),
        funding=(
            Payment(program="P", fund="f", year=2027, amount=10.0),
            Payment(program="P", fund="g", year=2028, amount=4.0),
        ),
        regions=(
            RegionResult(region="A", impact=22.0, need=0.9, cost=4.0),
            RegionResult(region="B", impact=2.0, need=0.1, cost=0.0),
        ),
        equity=EquityResult(mode="floor", without=21.0, floor=1.5, price=1.0),
        audit=Audit(passed=True, objective=20.0, checks=(Check(rule="fund_budgets", checked=3, worst=0.0),)),
    )
    return plan.model_copy(update=changes)


P = Choice(program="P", start=2027, regions=("A", "B"))
Q = Choice(program="Q", start=2028, regions=("A", "B"))
H = Choice(program="H", start=2028, regions=("A",))


def small_sensitivity() -> Sensitivity:
    """A frontier by hand: nothing at half the budgets, P at 80 %, what the plan has at 100 %, H too at 120 %."""
    points = (
        FrontierPoint(0.5, 18.0, None, float("nan"), float("-inf")),
        FrontierPoint(0.8, 28.8, (P,), 15.0, 18.0),
        FrontierPoint(1.0, 36.0, (P,), 15.0, 20.2),
        FrontierPoint(1.2, 43.2, (P, Q, H), 21.0, 21.0),
    )
    programs = pd.DataFrame({"program": ["P", "Q", "H"], "share": [1.0, 0.5, 0.0]})
    return Sensitivity(Frontier(points, None), programs.assign(kind=["always", "sometimes", "never"]))


def small_decision(
    case: Case | None = None,
    plan: Plan | None = None,
    scenario: Scenario | None = None,
    sensitivity: Sensitivity = NOT_ANALYSED,
) -> Decision:
    case, plan, scenario = case or small_case(), plan or small_plan(), scenario or Scenario()
    return assemble(case, scenario, plan, sensitivity=sensitivity)
