"""Simulation of tests/hand.py, worked by hand."""

import pytest

from hand import TABLES, rows
from jspmodel.intake.tables import build_case
from jspmodel.measure import Measure
from jspmodel.plan import Audit, Plan, PlannedProgram
from jspmodel.scenario import Collaboration, Scenario
from jspmodel.simulation import simulate

FLAT = Scenario(collaboration=Collaboration(strength=0.0), diminishing_returns=[(1.0, 1.0)])


@pytest.fixture
def case():
    return build_case("hand", TABLES)


def plan_of(*programs):
    return Plan(
        case="hand", scenario="baseline", objective_kind="gap_closed", status="optimal", stopped_by_clock=False,
        objective=0, bound=0, gap=0, solver="paper", programs=programs, funding=(), regions=(),
        audit=Audit(passed=True, objective=0, checks=()),
    )  # fmt: skip


def test_no_programmes_is_the_baseline(case):
    outcome = simulate(case, FLAT, plan_of())
    assert (outcome.paths["with_plan"] == outcome.paths["without"]).all()
    assert (outcome.gaps["before"] == outcome.gaps["after"]).all()


def test_one_programme_one_region_is_the_closed_form(case):
    # P (effect 0.5 on w) in A from 2027, delivered 2028: 10 + 0.5 * (0 - 10) = 5 there; B stays at 5.
    chosen = PlannedProgram(program="P", selected=True, start=2027, regions=("A",))
    paths = simulate(case, FLAT, plan_of(chosen)).paths.set_index(["region", "year"])
    assert paths["with_plan"].to_dict() == pytest.approx(
        {("A", 2027): 10.0, ("A", 2028): 5.0, ("B", 2027): 5.0, ("B", 2028): 5.0}
    )
    assert paths["without"].to_dict() == pytest.approx(
        {("A", 2027): 10.0, ("A", 2028): 10.0, ("B", 2027): 5.0, ("B", 2028): 5.0}
    )


def test_gaps_after_the_plan(case):
    chosen = PlannedProgram(program="P", selected=True, start=2027, regions=("A",))
    gaps = simulate(case, FLAT, plan_of(chosen)).gaps.set_index(["issue", "region"])
    assert gaps.loc[("w", "A")].tolist() == pytest.approx([1.0, 0.5])
    assert gaps.loc[("j", "B")].tolist() == pytest.approx([0.8, 0.8])


def test_gaps_are_those_of_the_last_year(case):
    # P starts in 2028 and is delivered in 2029, the third year.
    chosen = PlannedProgram(program="P", selected=True, start=2028, regions=("A",))
    outcome = simulate(case, FLAT.model_copy(update={"last_year": 2029}), plan_of(chosen))
    assert outcome.gaps.set_index(["issue", "region"]).loc[("w", "A")].tolist() == pytest.approx([1.0, 0.5])
    paths = outcome.paths.set_index(["region", "year"])["with_plan"]
    assert paths["A"].to_dict() == pytest.approx({2027: 10.0, 2028: 10.0, 2029: 5.0})


def test_an_indicator_of_which_more_is_better_rises():
    # To 20 from 10 in A: half of the way is 15; in B from 25 there is no way to go.
    better = TABLES["indicators"].assign(better="higher", target=20, worst=0)
    values = rows("indicator region year value", ("t", "A", 2025, 10), ("t", "B", 2025, 25))
    case = build_case("hand", TABLES | {"indicators": better, "indicator_values": values})
    chosen = PlannedProgram(program="P", selected=True, start=2027, regions=("A", "B"))
    paths = simulate(case, FLAT, plan_of(chosen)).paths.set_index(["region", "year"])["with_plan"]
    assert paths["A"].to_dict() == pytest.approx({2027: 10.0, 2028: 15.0})
    assert paths["B"].to_dict() == pytest.approx({2027: 25.0, 2028: 25.0})


def test_it_equals_the_optimisers_measure(case):
    chosen = PlannedProgram(program="P", selected=True, start=2027, regions=("A", "B"))
    gaps = simulate(case, Scenario(), plan_of(chosen)).gaps.set_index(["issue", "region"])
    closed = 1 - gaps["after"] / gaps["before"]
    model = Measure(case, Scenario())
    last_year = model.closed(model.delivered(plan_of(chosen).choices))[:, :, -1]
    assert closed.loc[("w", "A")] == pytest.approx(last_year[0, 0])


def test_an_indicator_at_its_target_stays_where_it_is():
    fine = TABLES | {"indicators": TABLES["indicators"].assign(target=7, worst=20)}
    chosen = PlannedProgram(program="P", selected=True, start=2027, regions=("A", "B"))
    paths = simulate(build_case("hand", fine), FLAT, plan_of(chosen)).paths
    assert paths.loc[paths["region"] == "B", "with_plan"].tolist() == [5.0, 5.0]
    # A: 10 + 0.5 * (7 - 10) = 8.5 once delivered.
    assert paths.loc[paths["region"] == "A", "with_plan"].tolist() == pytest.approx([10.0, 8.5])
