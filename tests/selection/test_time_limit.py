"""The time limit holds for the whole call, whatever the solver does."""

from __future__ import annotations

import sys

import pytest

from jspmodel.errors import SolverError
from jspmodel.plan import Plan
from jspmodel.selection import select_programs
from jspmodel.solver import worker
from selection.small import make_scenario, one_place, starts, unequal
from solver.hung import HANG, Time, start_anew

LIMIT = 2.5
LATE = LIMIT + worker.LEAST_GRACE + worker.START + worker.TICK
"""What a child may take that has to be started."""
CHILD = """
import pickle, sys, time
from dataclasses import replace
from jspmodel.solver.highs import Options, maximise
out = sys.stdout.buffer
def tell(*message):
    pickle.dump(message, out)
    out.flush()
matrix, layout, options = pickle.load(sys.stdin.buffer)
while True:
    asked = pickle.load(sys.stdin.buffer)
    found = maximise(replace(matrix, cost=asked.cost, lower=asked.lower, upper=asked.upper).bounded(), options, 0)
"""
PLAN = "    tell('plan', found.values, found.objective)\n"
BOUND = "    tell('step', found.objective, 48.0)\n"
HANG = f"    {HANG}"

CASE = one_place([("X", 0.3, 6), ("Y", 0.2, 4), ("Z", 0.2, 5)], budget=9)
"""Y and Z are worth 40 (see rules/test_fund_budgets.py)."""


@pytest.fixture
def child(request, monkeypatch):
    """Put a script in the place of the solver; return how to select with it and the seconds that this took."""

    def select(script, case=CASE, limit=LIMIT, **settings):
        start_anew(request, [sys.executable, "-c", CHILD + script])
        time = Time(monkeypatch)
        try:
            answer = select_programs(
                case, make_scenario(solver={"gap": 0.0, "time_limit": limit}, **settings)
            )
        except SolverError as error:
            answer = error
        return answer, time.passed

    return select


def test_a_solver_that_hangs_leaves_its_best_plan(child):
    plan, seconds = child(PLAN + BOUND + HANG)
    assert LIMIT <= seconds <= LATE
    assert starts(plan) == {"Y": 2027, "Z": 2027}
    assert (plan.status, plan.stopped_by_clock) == ("feasible", True)
    assert plan.audit.passed
    assert (plan.objective, plan.bound, plan.gap) == pytest.approx((40, 48, 0.2), abs=1e-3)


def test_without_a_bound_there_is_the_largest_objective(child):
    plan, _ = child(PLAN + HANG)
    assert plan.bound == pytest.approx(100, abs=1e-3)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_a_solver_that_hangs_without_a_plan(child):
    error, seconds = child(HANG)
    assert LIMIT <= seconds <= LATE
    assert [problem.code for problem in error.problems] == ["no_plan_found"]


def test_every_search_may_hang(child):
    # A child is started anew for each search, and each may take its grace.
    plan, seconds = child(PLAN + HANG, case=unequal(), limit=6.0, equity={"mode": "max_min"})
    assert seconds <= 6 + 3 * (worker.LEAST_GRACE + worker.START + worker.TICK)
    assert "Y" in starts(plan)
    assert plan.status == "feasible"
    assert plan.audit.passed
