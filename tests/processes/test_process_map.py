"""Work in processes of our own: order, errors, a process that is gone."""

from __future__ import annotations

import operator
import os
import pickle
import signal
import time
from threading import Thread

import pytest

from jspmodel.errors import InfeasibleError
from jspmodel.processes import Child, EndedError, Lender, in_pieces, process_map, run_beside
from jspmodel.processes import map as process_map_module
from jspmodel.processes.beside import Turns
from jspmodel.selection.parametric.parametric_model import state_parametric_model
from selection.small import make_scenario, one_place


@pytest.mark.parametrize("workers", [1, 2, 9])
def test_results_come_in_order(workers):
    told = []
    assert process_map(operator.sub, 10, [1, 2, 3, 4], workers, told.append) == [9, 8, 7, 6]
    assert told == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("tasks", "most", "lengths"),
    [(20, 4, [3, 3, 4, 3, 3, 4]), (5, 12, [2, 3]), (1, 4, [1]), (0, 4, []), (24, 12, [12, 12])],
)
def test_pieces_are_even_in_number_and_in_length(tasks, most, lengths):
    pieces = in_pieces(range(tasks), most)
    assert [len(piece) for piece in pieces] == lengths
    assert [task for piece in pieces for task in piece] == list(range(tasks))


def test_nothing_to_do():
    assert process_map(operator.sub, 10, [], 2) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_reaches_the_caller(workers):
    with pytest.raises(ZeroDivisionError):
        process_map(operator.floordiv, 10, [1, 0, 2], workers)


def test_an_error_of_ours_keeps_its_problems():
    clash = make_scenario(locked_in=["X"], locked_out=["X"])
    with pytest.raises(InfeasibleError) as caught:
        process_map(state_parametric_model, one_place([("X", 0.1, 1)], budget=1), [clash, clash], 2)
    assert caught.value.problems


@pytest.fixture
def new_children(monkeypatch):
    """Processes that are started within the test: what they print goes where the test looks."""
    lender = Lender(lambda: Child(process_map_module.COMMAND))
    monkeypatch.setattr(process_map_module, "_children", lender)
    yield
    lender.end()


@pytest.mark.usefixtures("new_children")
def test_what_a_process_cannot_import_is_told(capfd):
    with pytest.raises(EndedError, match="exit code 1"):
        process_map(nowhere_else, 10, [1, 2], 2)
    assert "ModuleNotFoundError" in capfd.readouterr().err


def nowhere_else(common, task):
    """The tests are not on the path of a child."""


def test_what_cannot_travel_is_an_error_here():
    with pytest.raises((AttributeError, pickle.PicklingError)):
        process_map(lambda common, task: task, 10, [1, 2], 2)


def test_a_process_that_is_gone_is_told():
    # The task ends its own process, as the system does where memory runs out.
    with pytest.raises(EndedError, match="exit code 3"):
        process_map(operator.call, os._exit, [3, 3], 2)


MEET = """
import os, time
open(f"{folder}/{{os.getpid()}}", "w").close()
while len(os.listdir("{folder}")) < 2:
    time.sleep(0.01)
"""


def who_works(folder):
    """Return the processes that do two tasks of which each waits for the other."""
    folder.mkdir()
    process_map(operator.call, exec, [MEET.format(folder=folder)] * 2, 2)
    return {int(file.name) for file in folder.iterdir()}


def test_processes_are_used_again_but_not_one_that_is_gone(tmp_path):
    """A start takes longer than most tasks."""
    first = who_works(tmp_path / "first")
    assert who_works(tmp_path / "again") == first
    os.kill(gone := min(first), signal.SIGKILL)
    (dead,) = [child for child in process_map_module._children._idle if child.pid == gone]
    with pytest.raises(EndedError, match="exit code -9"):
        dead.hear()
    last = who_works(tmp_path / "last")
    assert gone not in last
    assert len(last & first) == 1


def test_pieces_beside_each_other_start_no_more_processes_than_one(tmp_path):
    """Whichever is free does the next task, of whatever piece."""
    alone = who_works(tmp_path / "alone")
    who = "__import__('os').getpid()"
    pieces = [lambda: process_map(operator.call, eval, [who] * 3, 2) for _ in range(4)]
    assert {pid for piece in run_beside(pieces, 2) for pid in piece} <= alone


def test_what_tasks_shared_does_not_stay():
    """It may be large; each process holds what the map under way shares, and no more."""
    held = "len(__import__('__main__').held)"
    assert [process_map(operator.call, eval, [held] * 2, 2) for _ in range(3)] == [[1, 1]] * 3


@pytest.mark.parametrize("workers", [1, 2])
def test_pieces_beside_each_other_return_what_they_do_alone(workers):
    def piece(whole):
        return lambda: process_map(operator.sub, whole, [1, 2, 3], workers)

    assert run_beside([piece(10), piece(20), lambda: "alone"], workers) == [[9, 8, 7], [19, 18, 17], "alone"]


@pytest.mark.parametrize("within", [False, True])
def test_pieces_share_the_processes_of_one(tmp_path, within):
    """Never more are at work than one piece may use; each task notes when it begins and ends."""
    code = f"t = __import__('time'); a = t.monotonic(); t.sleep(0.2); open({str(tmp_path)!r} + f'/{{a}}', 'w').write(str(t.monotonic()))"

    def work():
        process_map(operator.call, exec, [code] * 3, 2)

    # A piece may have pieces of its own.
    run_beside([work, (lambda: run_beside([work, work], 2)) if within else work], 2)
    spans = [(float(file.name), float(file.read_text())) for file in tmp_path.iterdir()]
    assert len(spans) == (9 if within else 6)
    assert max(sum(begun <= at < ended for begun, ended in spans) for at, _ in spans) <= 2


def test_free_processes_go_to_the_first_piece_then_to_who_came_first():
    turns, order, ranks = Turns(1), [], [(1,), (0, 1), (0,), (1,), (0, 0)]

    def waits(number, rank):
        with turns.turn(rank):
            order.append(number)

    with turns.turn((9,)):
        threads = [Thread(target=waits, args=one) for one in enumerate(ranks)]
        for count, thread in enumerate(threads, start=1):
            thread.start()
            while len(turns._waiting) < count:
                time.sleep(0.01)
    for thread in threads:
        thread.join()
    assert order == [2, 4, 1, 0, 3]


def test_where_one_piece_fails_nobody_waits_for_the_others():
    def fails():
        time.sleep(0.5)
        raise ZeroDivisionError

    begun = time.monotonic()
    with pytest.raises(ZeroDivisionError):
        run_beside([lambda: process_map(operator.call, time.sleep, [600, 600], 2), fails], 2)
    assert time.monotonic() - begun < 60
