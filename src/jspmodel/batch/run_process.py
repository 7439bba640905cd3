"""The child process of ``worker``: carries out jobs one by one, and keeps its kernel and its imports."""

from __future__ import annotations

import os
from contextlib import suppress

from jspmodel.batch.attempt import attempt
from jspmodel.processes import Owner
from jspmodel.runs import Keeper

IDLE = 60.0
"""Seconds without a job after which the process ends by itself: whoever wants another starts one."""


def main() -> None:
    """Carry out jobs until the owner is gone, or has none for a while."""
    owner = Owner(tidy=True)
    with suppress(KeyboardInterrupt, BrokenPipeError), Keeper() as keeper:
        for job in owner.requests(IDLE):
            owner.tell("result", attempt(job, lambda step: owner.tell("step", step), keeper=keeper))
    os._exit(0)  # nobody waits for threads that still draw


if __name__ == "__main__":
    main()
