"""A child process: heard in time, told when it is gone, lent to one at a time, not left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import nullcontext

import pytest

from batch.test_many import FAR, running, until
from jspmodel.processes import Child, EndedError, Lender, lender

OWNER = "import os, sys, time; from jspmodel.processes import Owner; owner = Owner(); "
ECHO = "[owner.tell('heard', request) for request in owner.requests()]"


def command(code):
    return [sys.executable, "-P", "-c", OWNER + code]


@pytest.fixture
def child(request):
    """Start a child that does something, and end it after the test."""

    def start(code=ECHO):
        made = Child(command(code))
        request.addfinalizer(made.end)
        return made

    return start


@pytest.fixture
def lends():
    made = Lender(lambda: Child(command(ECHO)))
    yield made
    made.end()


def test_messages_arrive_in_order_whatever_their_size(child):
    echo = child()
    for message in (b"x" * 1_000_000, "short"):
        echo.tell(message)
    assert [echo.hear(), echo.hear()] == [("heard", b"x" * 1_000_000), ("heard", "short")]


def test_whoever_has_heard_enough_of_silence_goes_on(child):
    with pytest.raises(TimeoutError):
        child("time.sleep(600)").hear(0.0)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("sys.exit(3)", "exit code 3"),
        ("os.kill(os.getpid(), 9)", "exit code -9"),
        ("os.write(owner._to.fileno(), b'no pickle'); time.sleep(600)", "exit code"),
    ],
)
def test_the_end_is_told_again_and_again(child, code, status):
    gone = child(f"owner.tell('last'); {code}")
    assert gone.hear() == ("last",)
    for _ in range(2):
        with pytest.raises(EndedError, match=status) as error:
            gone.hear()
    assert error.value.problems[0].code == "solver_failed"
    gone.tell("nobody hears it")
    assert not gone.running


def test_it_can_be_started_again(child):
    echo = child()
    assert echo.end() == -signal.SIGKILL
    echo.begin()
    echo.tell("again")
    assert echo.hear() == ("heard", "again")


def test_only_messages_travel_over_the_pipes(child):
    """What a library prints, or a process of its own, goes nowhere; nobody else reads what the owner says."""
    loud = "import subprocess; print('loud'); os.write(1, b'loud'); subprocess.run(['echo', 'loud']); "
    told = child(loud + "owner.tell(sys.stdin.read()); " + ECHO)
    told.tell("for the child itself")
    assert [told.hear(), told.hear()] == [("",), ("heard", "for the child itself")]


def test_it_is_gone_when_its_owner_is_killed_whatever_it_does():
    code = "while True: sum(range(10_000))"  # a loop cannot follow a semicolon
    code = f"from jspmodel.processes import Child; child = Child({command(f'exec({code!r})')}); "
    code += "print(child.pid, flush=True); child.hear()"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as owner:
        pid = int(owner.stdout.readline())
        owner.kill()
    until(lambda: not running(pid))


def test_one_that_runs_is_lent_again_to_one_at_a_time(lends):
    with lends.lend() as first, lends.lend() as second:
        assert first.pid != second.pid
    with lends.lend() as again:
        assert again.pid in (first.pid, second.pid)


def test_one_that_was_killed_while_idle_is_not_lent(lends):
    with lends.lend() as first:
        os.kill(first.pid, signal.SIGKILL)
        with pytest.raises(EndedError):
            first.hear(FAR)
    with lends.lend() as second:
        second.tell("there")
        assert second.hear() == ("heard", "there")


def test_one_is_ended_only_where_something_went_wrong_while_it_was_asked(lends):
    for asks in (False, True):
        with (
            pytest.raises(ZeroDivisionError),
            lends.lend() as first,
            first.asked(1) if asks else nullcontext(),
        ):
            1 / 0
        assert first.running != asks


def test_once_all_are_ended_none_is_lent(lends):
    with lends.lend() as first:
        pass
    lends.end()
    assert not first.running
    with pytest.raises(RuntimeError), lends.lend():
        pass


def test_a_fork_gets_children_of_its_own_and_ends_no_others(lends, monkeypatch):
    with lends.lend() as first:
        pass
    parent = os.getpid()
    monkeypatch.setattr(lender.os, "getpid", lambda: parent + 1)
    lends.end()
    assert first.running
    with lends.lend() as second:
        assert second.pid != first.pid
    lends.end()
    first.end()
