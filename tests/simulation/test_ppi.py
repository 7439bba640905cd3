"""Policy Priority Inference, called: where it spends and where we do."""

import importlib.util
import sys
import warnings
from types import ModuleType

import numpy as np
import pytest

from hand import TABLES, rows
from jspmodel.errors import RunError
from jspmodel.plan import Payment, PlannedProgram
from jspmodel.scenario import Scenario
from jspmodel.simulation.ppi import compare_with_ppi
from jspmodel.text import words
from simulation.test_outcome import plan_of
from simulation.worlds import hand

PAYMENTS = (
    Payment(program="P", fund="f", year=2027, amount=10.0),
    Payment(program="P", fund="g", year=2028, amount=4.0),
)


@pytest.fixture(autouse=True)
def _joblib(monkeypatch):
    """The package imports joblib, for runs in parallel that we never ask for, without requiring it."""
    if importlib.util.find_spec("joblib") is None:
        stand_in = ModuleType("joblib")
        stand_in.Parallel = stand_in.delayed = None
        monkeypatch.setitem(sys.modules, "joblib", stand_in)


def plan(p_cost=14.0, q_cost=6.0):
    chosen = plan_of(
        PlannedProgram(program="P", selected=True, start=2027, regions=("A", "B"), cost=p_cost),
        PlannedProgram(program="Q", selected=True, start=2028, regions=("A", "B"), cost=q_cost),
    )
    return chosen.model_copy(update={"funding": PAYMENTS})


def test_our_money_by_issue_by_hand():
    # P acts on waste alone, Q on jobs alone: 14 and 6 of 20.
    table = compare_with_ppi(hand(), Scenario(), plan(), runs=5).set_index("issue")
    assert table["ours"].to_dict() == pytest.approx({"w": 0.7, "j": 0.3})
    # By population: waste 0.75 * 1 + 0.25 * 0.5, jobs 0.25 * 0.8.
    assert table["gap"].to_dict() == pytest.approx({"w": 0.875, "j": 0.2})


def test_a_programme_of_two_issues_is_split_by_what_it_adds():
    # P: 0.5 on waste (need of A and B), 0.25 on jobs: split as 0.5 W 0.875 to 0.25 J 0.2.
    both = rows("program issue effect", ("P", "w", 0.5), ("P", "j", 0.25))
    table = compare_with_ppi(hand(program_effects=both), Scenario(), plan(q_cost=0.0), runs=5)
    waste, jobs = 0.5 * 3.8 * 0.875, 0.25 * 1.6 * 0.2
    assert table["ours"].tolist() == pytest.approx([waste / (waste + jobs), jobs / (waste + jobs)])


def test_it_spends_where_the_gap_is_and_by_its_seed():
    case = hand(issue_spillovers=rows("issue on_issue value", ("w", "j", 0.4)))
    one, same = (compare_with_ppi(case, Scenario(), plan(), runs=50) for _ in range(2))
    assert one["ppi"].sum() == pytest.approx(1)
    assert one["ppi"].iloc[0] > 0.6 > 0.4 > one["ppi"].iloc[1]
    assert (one["ppi_low"] <= one["ppi_high"]).all()
    assert one.equals(same)


def test_an_issue_that_no_programme_serves_gets_no_money():
    only = TABLES["program_effects"].iloc[:1]
    table = compare_with_ppi(hand(program_effects=only), Scenario(), plan(), runs=5)
    assert table[["ours", "ppi"]].to_numpy().tolist() == [[1, 1], [0, 0]]


def test_issues_that_no_programme_serves_may_come_first():
    jobs = rows("program issue level", ("Q", "j", "high"))
    table = compare_with_ppi(hand(program_effects=jobs), Scenario(), plan(), runs=5)
    assert table[["ours", "ppi"]].to_numpy().tolist() == [[0, 0], [1, 1]]


def test_no_programme_at_all_spends_nothing():
    none = rows("program issue effect")
    table = compare_with_ppi(hand(program_effects=none), Scenario(), plan_of(), runs=5)
    assert (table[["ours", "ppi"]] == 0).all(axis=None)


def test_it_leaves_the_process_as_it_was():
    before, filters = np.random.get_state()[1].copy(), list(warnings.filters)
    compare_with_ppi(hand(), Scenario(), plan(), runs=5)
    assert (np.random.get_state()[1] == before).all()
    assert list(warnings.filters) == filters


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "policy_priority_inference", None)
    with pytest.raises(RunError) as error:
        compare_with_ppi(hand(), Scenario(), plan())
    (problem,) = error.value.problems
    assert problem.code == "extra_missing"
    assert words(problem, "id") != words(problem, "en")
    assert 'pip install "jspmodel[ppi]"' in words(problem, "en")
