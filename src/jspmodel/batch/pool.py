"""Many jobs at once on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Queue

from jspmodel.batch.job import Job, Result
from jspmodel.batch.job_process import carry_out, workers
from jspmodel.errors import JspError
from jspmodel.intake import load_scenario

Heard = tuple[Job, str | Result]
"""A job with the step that it starts, or with its result."""


def run_here(jobs: Sequence[Job], count: int) -> Iterator[Heard]:
    """Carry out jobs in processes of this machine.

    Parameters
    ----------
    jobs : sequence of Job
    count : int
        Of processes.

    Yields
    ------
    Job
    str or Result
        Each step as it starts (``solve``, ``report``), and one result a job, in the order of their ends.

    Notes
    -----
    Whoever stops reading ends the processes: nothing half-done is left.
    """
    heard: Queue[Heard] = Queue()
    lender, threads = workers(Path.cwd()), ThreadPoolExecutor(count)

    def carried_out(job: Job) -> None:
        heard.put((job, carry_out(job, lender, lambda step: heard.put((job, step)))))

    try:
        for job in jobs:
            threads.submit(carried_out, job)
        left = len(jobs)
        while left:
            told = heard.get()
            left -= isinstance(told[1], Result)
            yield told
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        lender.end()
        threads.shutdown()


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def sensible_workers(jobs: Iterable[Job]) -> int:
    """Return how many jobs at once leave each solver the threads that its scenario asks for.

    Parameters
    ----------
    jobs : iterable of Job

    Returns
    -------
    int
        At least 1, at most the number of jobs.
    """
    threads = []
    for job in jobs:
        asked = 1
        with suppress(JspError):  # told when it is its turn
            asked = load_scenario(str(job.scenario_file), job.changes).solver.threads
        threads.append(asked)
    return max(1, min(usable_cores() // max(threads, default=1), len(threads)))
