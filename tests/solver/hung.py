"""A child that hangs, and a clock that only runs while it does: no machine is too slow for a test."""

from __future__ import annotations

from jspmodel.processes import Child, Lender
from jspmodel.solver import clock, worker

HANG = "tell('hang'); time.sleep(600)\n"
"""What a child's script says before it hangs (it has ``tell`` and ``time``)."""


def start_anew(request, command) -> None:
    """Have the searches of a test start children of their own, by another command."""
    lender, monkeypatch = Lender(worker.Worker), request.getfixturevalue("monkeypatch")
    request.addfinalizer(lender.end)
    monkeypatch.setattr(worker, "_workers", lender)
    monkeypatch.setattr(worker, "COMMAND", command)


class Time:
    """Seconds that have passed: those for which somebody waited for a child that hangs."""

    def __init__(self, monkeypatch) -> None:
        self.passed, hung = 0.0, set()

        def hear(child, seconds=None):
            if seconds is None or child.pid not in hung:
                message = Child.hear(child)
                if message != ("hang",):
                    return message
                hung.add(child.pid)
            self.passed += max(seconds, 1e-3)
            raise TimeoutError

        monkeypatch.setattr(worker.Worker, "hear", hear)
        monkeypatch.setattr(worker, "monotonic", lambda: self.passed)
        monkeypatch.setattr(clock, "monotonic", lambda: self.passed)
