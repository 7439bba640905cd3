"""Processes that carry out jobs, each with its own imports and kernel, whoever hands the jobs out."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from jspmodel.batch.job import Job, Result, TellStep
from jspmodel.errors import Problem, RunError
from jspmodel.processes import Child, EndedError, Lender
from jspmodel.text import worded

COMMAND = [sys.executable, "-P", "-m", "jspmodel.batch.run_process"]
TRIES = 2
"""How often a job is begun whose process is killed."""
_PATIENCE = 15.0


def workers(home: Path) -> Lender[Child]:
    """Return processes that can carry out jobs, started when they are needed.

    Parameters
    ----------
    home : Path
        Their current folder.

    Returns
    -------
    Lender
    """
    return Lender(lambda: Child(COMMAND, home, apart=True), _PATIENCE)


def carry_out(job: Job, lender: Lender[Child], tell: TellStep) -> Result:
    """Carry out a job in a process; once more if that is killed.

    Parameters
    ----------
    job : Job
    lender : Lender
        As ``workers`` returns it.
    tell : callable

    Returns
    -------
    Result
    """
    noted = job.noted()
    start, problem = perf_counter(), Problem("worker_lost", values={"times": TRIES})
    for _ in range(TRIES):
        try:
            with lender.lend() as worker:
                return replace(_asked(worker, noted, tell), job=job)
        except EndedError:
            continue
        except (OSError, RuntimeError) as cause:  # no process can be started, or all were ended
            problem = Problem("no_worker", values={"error": str(cause)})
            break
    error = worded(RunError, [problem])
    return Result(job, "failed", perf_counter() - start, error=error)


def _asked(worker: Child, job: Job, tell: TellStep) -> Result:
    with worker.asked(job):
        while (message := worker.hear())[0] != "result":
            tell(message[1])
    return message[1]


_here: dict[Path, Lender[Child]] = {}


def carry_out_there(job: Job, home: Path) -> Result:
    """Carry out a job in a process of this machine: what a cluster calls.

    Parameters
    ----------
    job : Job
    home : Path
        Current folder of whoever wants it.

    Returns
    -------
    Result

    Notes
    -----
    Processes stay a while for the next job, and end by themselves (``child.IDLE``).
    """
    return carry_out(job, _here.setdefault(home, workers(home)), lambda step: None)
