"""Limits that a process sets on itself before it reads what others wrote, and what its end says of them."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from typing import Literal

Outcome = Literal["done", "memory", "seconds", "failed"]
_KILLED_FOR_MEMORY = tuple(-getattr(signal, name, 0) for name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGKILL"))
"""A library that is refused memory may end so; a system without memory left kills."""
OUT_OF_MEMORY = 71
"""Exit code of a process that was refused memory and could still say so."""


def limit_this_process(*, memory: int, seconds: int, written: int) -> None:
    """Let the system hold this process to limits, as far as it has them.

    Parameters
    ----------
    memory : int
        Bytes of its addresses: Linux only. macOS has the call and does not hold to it, Windows has neither.
    seconds : int
        Of the processor, not of the clock: a busy machine ends nobody. Linux and macOS.
    written : int
        Bytes of any one file that it writes.
    """
    if sys.platform == "win32":
        return
    import resource

    wanted = {resource.RLIMIT_CPU: seconds, resource.RLIMIT_FSIZE: written, resource.RLIMIT_CORE: 0}
    if sys.platform == "linux":
        wanted[resource.RLIMIT_AS] = memory
    for kind, limit in wanted.items():
        _, highest = resource.getrlimit(kind)
        hard = limit + (kind == resource.RLIMIT_CPU)  # a second more, so that the signal says why
        if highest != resource.RLIM_INFINITY:
            hard = min(hard, highest)
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (min(limit, hard), hard))


def outcome_of(code: int) -> Outcome:
    """Return how a process with such limits ended.

    Examples
    --------
    >>> outcome_of(0), outcome_of(OUT_OF_MEMORY), outcome_of(1)
    ('done', 'memory', 'failed')
    """
    if code == 0:
        return "done"
    if code == OUT_OF_MEMORY or code in _KILLED_FOR_MEMORY:
        return "memory"
    return "seconds" if code == -getattr(signal, "SIGXCPU", 0) else "failed"
