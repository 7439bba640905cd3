"""A child that hangs, and a clock that only runs while it does: no machine is too slow for a test."""

from __future__ import annotations

from queue import Empty, Queue

from jspmodel.solver import clock, worker

HANG = "tell('hang'); time.sleep(600)\n"
"""What a child's script says before it hangs (it has ``tell`` and ``time``)."""


class Time:
    """Seconds that have passed: those for which somebody waited for a child that hangs."""

    def __init__(self, monkeypatch) -> None:
        self.passed = 0.0
        time = self

        class Heard(Queue):
            hangs = False

            def get(self, block=True, timeout=None):
                if timeout is None:
                    return super().get(block)
                if not self.hangs:
                    message = super().get()
                    if message != ("hang",):
                        return message
                    self.hangs = True
                time.passed += max(timeout, 1e-3)
                raise Empty

        monkeypatch.setattr(worker, "Queue", Heard)
        monkeypatch.setattr(worker, "monotonic", lambda: self.passed)
        monkeypatch.setattr(clock, "monotonic", lambda: self.passed)
