"""How the server ends: in order, whatever signal ends it, and without a word of libraries in the window."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl-C, another program, a window that is closed; Windows does not know the last."""


@contextmanager
def ended_in_order(stop: Callable[[], None]) -> Iterator[None]:
    """Have signals call ``stop`` instead of breaking into what runs; what they mean else comes afterwards.

    One that comes while all is put away, such as a second Ctrl-C, changes nothing.

    Parameters
    ----------
    stop : callable
        Has what runs within come to its end soon.
    """
    heard: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        heard.append(number)
        stop()

    known = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in known}
    replaced = {number: handler for number, handler in before.items() if handler != signal.SIG_IGN}
    for number in replaced:
        signal.signal(number, hear)
    try:
        yield
    finally:
        for number, handler in replaced.items():
            signal.signal(number, handler)
    if heard:
        signal.raise_signal(heard[0])


@contextmanager
def errors_only() -> Iterator[None]:
    """Keep what libraries warn of, in English, out of the planner's window; errors still stand there."""
    spoken = logging.lastResort
    logging.lastResort = logging.StreamHandler()
    logging.lastResort.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logging.lastResort = spoken


@contextmanager
def unheard() -> Iterator[None]:
    """Keep all that libraries say out of the window: pages that are being made break as their server ends."""
    before = logging.root.manager.disable
    logging.disable()
    try:
        yield
    finally:
        logging.disable(before)
