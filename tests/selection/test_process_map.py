"""Work in processes of our own: order, errors, a process that is gone."""

from __future__ import annotations

import operator
import os
import signal

import pytest

from jspmodel.errors import InfeasibleError, SolverError
from jspmodel.selection.parametric.parametric_model import state_alike
from jspmodel.selection.process_map import _waiting, spread
from selection.small import one_place, scenario


@pytest.mark.parametrize("workers", [1, 2, 9])
def test_results_come_in_order(workers):
    told = []
    assert spread(operator.sub, 10, [1, 2, 3, 4], workers, told.append) == [9, 8, 7, 6]
    assert told == [1, 2, 3, 4]


def test_nothing_to_do():
    assert spread(operator.sub, 10, [], 2) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_reaches_the_caller(workers):
    with pytest.raises(ZeroDivisionError):
        spread(operator.floordiv, 10, [1, 0, 2], workers)


def test_an_error_of_ours_keeps_its_problems():
    clash = scenario(locked_in=["X"], locked_out=["X"])
    with pytest.raises(InfeasibleError) as caught:
        spread(state_alike, one_place([("X", 0.1, 1)], budget=1), [clash, clash], 2)
    assert caught.value.problems


def test_a_process_that_is_gone_is_told():
    # The task ends its own process, as the system does where memory runs out.
    with pytest.raises(SolverError, match="exit code 3"):
        spread(operator.call, os._exit, [3, 3], 2)


def test_processes_are_used_again_but_not_one_that_is_gone():
    """A start takes longer than most tasks; what the last caller shared does not stay."""
    who = "(__import__('time').sleep(0.2), __import__('os').getpid())[1]"
    first = set(spread(operator.call, eval, [who] * 4, 2))
    assert set(spread(operator.call, eval, [who] * 4, 2)) == first
    os.kill(gone := min(first), signal.SIGKILL)
    (dead,) = [process for process in _waiting if process._process.pid == gone]
    dead._process.wait()
    again = set(spread(operator.call, eval, [who] * 4, 2))
    assert gone not in again
    assert len(again & first) == 1
