"""The search in a process of its own: it comes back in time whatever the child does."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace

import numpy as np
import pytest

from jspmodel.errors import SolverError
from jspmodel.solver import worker
from jspmodel.solver.highs import Options, maximise
from jspmodel.solver.worker import SearchRequest, Worker, borrow_worker
from solver.hung import HANG, Time, start_anew
from solver.test_search import SMALL, case

CHILD = """
import pickle, sys, time
held, request = pickle.load(sys.stdin.buffer), pickle.load(sys.stdin.buffer)
def tell(*message):
    pickle.dump(message, sys.stdout.buffer)
    sys.stdout.buffer.flush()
"""
WORK = 1000.0
PLAN = 'tell("plan", held[0].cost * 0 + 7, 3.5); tell("step", 3.5, 4.0); '


@pytest.fixture
def whole():
    return case(**SMALL)


def ask(matrix, column_map, gap=0.0, **more):
    watched = []
    with borrow_worker() as helper:
        helper.load(matrix, column_map, Options(threads=1))
        request = SearchRequest(matrix.cost, matrix.lower, matrix.upper, WORK, gap, **more)
        return helper.search(request, lambda *told: watched.append(told)), watched


@pytest.fixture
def child(request):
    """Put a script in the place of the solver."""

    def put(script):
        start_anew(request, [sys.executable, "-c", CHILD + script])

    return put


def test_a_child_is_asked_again_and_answers_the_same(whole):
    first, watched = ask(*whole)
    assert first.proven
    assert first.bound == pytest.approx(first.objective, abs=1e-4)
    assert watched
    again, _ = ask(*whole)
    assert again.values.tolist() == first.values.tolist()
    known, _ = ask(*whole, start=first.values, bound=first.bound)
    assert known.objective == pytest.approx(first.objective)


def test_changed_bounds_count(whole):
    matrix, column_map = whole
    upper = matrix.upper.copy()
    upper[column_map.start] = 0.0
    with borrow_worker() as helper:
        helper.load(matrix, column_map, Options(threads=1))
        assert helper.search(
            SearchRequest(matrix.cost, matrix.lower, upper, WORK, 0.0)
        ).objective == pytest.approx(0)
        assert helper.search(SearchRequest(matrix.cost, matrix.lower, matrix.upper, WORK, 0.0)).objective > 1


def test_a_child_that_hangs_is_ended_and_its_plan_kept(whole, child, monkeypatch):
    child(PLAN + HANG)
    time = Time(monkeypatch)
    result, watched = ask(*whole, seconds=4)
    assert 4 <= time.passed <= 4 + worker.LEAST_GRACE + worker.START + worker.TICK
    assert (result.objective, result.bound, result.stopped, result.proven) == (3.5, 4.0, True, False)
    assert set(result.values) == {7.0}
    # Told again and again, for who wants to give up; what is new only once.
    assert list(dict.fromkeys(told[1:] for told in watched))[-2:] == [(3.5, np.inf), (3.5, 4.0)]
    assert [set(told[0]) for told in watched if told[0] is not None] == [{7.0}]


def test_a_child_that_hangs_without_a_plan_leaves_what_was_known(whole, child):
    child("time.sleep(600)")
    start = np.zeros(len(whole[0].cost))
    result, _ = ask(*whole, seconds=0.1, start=start, bound=9.0)
    assert result.values is start
    assert (result.bound, result.status, result.stopped) == (9.0, "clock", True)


def test_a_child_that_dies_with_a_plan_leaves_it(whole, child):
    child(PLAN + "sys.exit(3)")
    result, _ = ask(*whole)
    assert (result.objective, result.stopped) == (3.5, True)


def test_a_child_that_dies_without_a_plan_is_an_error(whole, child):
    child("sys.exit(3)")
    with pytest.raises(SolverError, match="exit code 3") as error:
        ask(*whole)
    assert error.value.problems[0].code == "solver_failed"


def test_a_child_that_is_needed_again_is_begun_again(whole, child):
    child("time.sleep(600)")
    helper = Worker()
    matrix, column_map = whole
    helper.load(matrix, column_map, Options(threads=1))
    request = SearchRequest(matrix.cost, matrix.lower, matrix.upper, WORK, 0.0, seconds=0.1)
    assert helper.search(request).values is None
    helper._command[:] = [sys.executable, "-P", "-m", "jspmodel.solver.worker_process"]
    assert helper.search(SearchRequest(matrix.cost, matrix.lower, matrix.upper, WORK, 0.0)).proven
    helper.end()


def test_a_stopped_child_holds_nobody_up_even_before_it_reads(whole):
    matrix, column_map = whole
    with borrow_worker() as helper:
        helper.load(matrix, column_map, Options(threads=1))
        assert helper.search(SearchRequest(matrix.cost, matrix.lower, matrix.upper, WORK, 0.0)).proven
        os.kill(helper.pid, signal.SIGSTOP)
        cost = np.resize(matrix.cost, 100_000)  # more than a pipe holds
        assert helper.search(SearchRequest(cost, cost, cost, WORK, 0.0, seconds=0.2)).values is None


def test_what_one_question_found_does_not_bind_the_next():
    matrix, column_map = case(6, **SMALL)
    narrow = matrix.upper.copy()
    narrow[column_map.start[::2]] = 0.0
    with borrow_worker() as helper:
        helper.load(matrix, column_map, Options(threads=1))
        for upper in (matrix.upper, narrow, matrix.upper):
            found = helper.search(SearchRequest(matrix.cost, matrix.lower, upper, WORK, 0.0))
            best = maximise(replace(matrix, upper=upper), Options(threads=1), 0.0).objective
            assert found.proven
            assert found.objective == pytest.approx(best, abs=1e-5)
    assert maximise(replace(matrix, upper=narrow), Options(threads=1), 0.0).objective < best - 0.1
