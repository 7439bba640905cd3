"""The child process of ``worker``: carries out jobs one by one, and keeps its kernel and its imports."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
from contextlib import suppress
from queue import Empty, Queue

from jspmodel.batch.attempt import attempt
from jspmodel.batch.job import Job
from jspmodel.reporting.kernel import Keeper
from jspmodel.solver.pipes import own_output

IDLE = 60.0
"""Seconds without a job after which the process ends by itself: whoever wants another starts one."""
_LAST = 10.0


def main() -> None:
    """Carry out jobs until the parent is gone, or has none for a while."""
    out = own_output()

    def tell(*message: object) -> None:
        pickle.dump(message, out, pickle.HIGHEST_PROTOCOL)
        out.flush()

    # What a script starts in the background ignores this from the start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    jobs: Queue[Job] = Queue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    with suppress(KeyboardInterrupt, Empty, BrokenPipeError), Keeper() as keeper:
        while True:
            job = jobs.get(timeout=IDLE)
            tell("result", attempt(job, lambda step: tell("step", step), keeper=keeper))
    os._exit(0)  # the thread that listens may hold the input, over which a regular end would stumble


def _listen(jobs: Queue[Job]) -> None:
    """Pass jobs on; when the parent is gone, have what is under way tidied up and end."""
    with suppress(EOFError):
        while True:
            jobs.put(pickle.load(sys.stdin.buffer))  # noqa: S301
    if sys.platform == "win32":
        os._exit(1)
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    time.sleep(_LAST)
    os._exit(1)


if __name__ == "__main__":
    main()
