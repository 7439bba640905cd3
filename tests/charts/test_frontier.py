"""The budget frontier as a chart: the plan at its own budget, a slider that tells what changes."""

import pytest

from jspmodel import charts
from jspmodel.figures import budget_steps
from small_decision import small_decision, small_sensitivity


@pytest.fixture(scope="module")
def decision():
    return small_decision(sensitivity=small_sensitivity())


@pytest.fixture(scope="module")
def steps(decision):
    found = budget_steps(decision.case, decision.scenario, decision.plan, decision.sensitivity.frontier)
    return {step.percent: step for step in found}


def test_the_plan_stands_at_its_own_budget(steps):
    assert (steps[100].programs, steps[100].objective, steps[100].bound) == (("P", "Q"), 20.0, 20.2)
    assert steps[100].leaves == steps[100].enters == ()
    assert steps[100].regions.abs().max() == 0


def test_what_leaves_and_enters(steps):
    assert (steps[80].leaves, steps[80].enters) == (("Q",), ())
    assert (steps[120].leaves, steps[120].enters) == ((), ("H",))
    assert steps[50].programs is None
    assert (steps[80].regions.dropna() <= 0).all()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_slider_tells_each_step(decision, language):
    case, plan, found = decision.case, decision.plan, decision.sensitivity.frontier
    spec = charts.frontier(case, decision.scenario, plan, found, language).to_dict()
    told = dict(spec["usermeta"]["jspmodel"]["slider"]["steps"])
    assert list(told) == [50, 80, 100, 120]
    assert len(told[50]) == 1
    assert "Q " in told[80][1]
    (parameter,) = spec["params"]
    assert (parameter["name"], parameter["value"]) == ("budget", 100)
    assert parameter["bind"]["min"] == 50
    assert spec["description"]


def test_no_frontier_no_chart(decision):
    assert charts.frontier(decision.case, decision.scenario, decision.plan, None, "id") is None


def test_steps_that_are_known_are_taken_as_they_are(decision, steps):
    given = decision.case, decision.scenario, decision.plan, decision.sensitivity.frontier, "en"
    own, known = (charts.frontier(*given, steps=some).to_dict() for some in (None, [*steps.values()]))
    assert known["usermeta"] == own["usermeta"]
    assert list(known["datasets"].values()) == list(own["datasets"].values())
    some = charts.frontier(*given, steps=[steps[80], steps[100]]).to_dict()
    assert dict(some["usermeta"]["jspmodel"]["slider"]["steps"]).keys() == {80, 100}
