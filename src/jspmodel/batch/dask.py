"""Many jobs at once on a Dask cluster that runs already; its machines share the disk."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jspmodel.batch.job import Job, Result
from jspmodel.batch.job_process import carry_out_there
from jspmodel.batch.pool import Heard
from jspmodel.batch.run_job import finished_plan
from jspmodel.errors import JspError, Problem, RunError
from jspmodel.runs import load_recorded
from jspmodel.text import worded

if TYPE_CHECKING:
    from distributed import Client

CONNECT_SECONDS = 10
_CANCELLED = {"CancelledError", "FutureCancelledError", "FuturesCancelledError", "CommClosedError"}
"""What a client tells of all jobs once it gave the scheduler up."""


def run_on_dask(jobs: Sequence[Job], address: str) -> Iterator[Heard]:
    """Carry out jobs on a cluster.

    Parameters
    ----------
    jobs : sequence of Job
    address : str
        Of its scheduler, such as ``tcp://10.0.0.1:8786``.

    Yields
    ------
    Job
    Result
        One a job, in the order of their ends.

    Raises
    ------
    RunError
        If the extra ``dask`` is not installed, or nothing answers at the address.
    """
    client = connected(address)
    from distributed import as_completed

    home = Path.cwd()
    with _quiet(), client:
        waiting = {}
        for job in jobs:
            noted = replace(job.noted(), out=home / job.out)
            waiting[client.submit(carry_out_there, noted, home, pure=False)] = job, noted
        for future in as_completed(waiting, loop=client.loop):
            job, noted = waiting[future]
            yield job, replace(_result(future, noted), job=job)


def connected(address: str) -> Client:
    """Return a client of a cluster.

    Parameters
    ----------
    address : str

    Returns
    -------
    distributed.Client

    Raises
    ------
    RunError
        If the extra is not installed, or nothing answers at the address.
    """
    try:
        from distributed import Client
    except ImportError as error:
        missing = {"missing": error.name or "distributed", "extra": "dask"}
        raise _error(Problem("extra_missing", values=missing)) from error

    class Closing(Client):
        """Closes itself where it cannot connect: the garbage collector would while another one starts.

        Both then wait for the lock of distributed's loop, in one thread, without an end.
        """

        def __init__(self, *arguments: object, **options: object) -> None:
            try:
                super().__init__(*arguments, **options)  # type: ignore[no-untyped-call]
            except BaseException:
                self.close()  # type: ignore[no-untyped-call]
                raise

    try:
        return Closing(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except Exception as error:
        # distributed asserts that its loop starts within ten seconds: a machine may be too busy for that. And
        # what is no scheduler may answer anything: a page of the web, read as the length of a message.
        said = str(error) or type(error).__name__
        problem = Problem("no_scheduler", values={"address": address, "error": said})
        raise _error(problem) from error


def _result(future: Any, job: Job) -> Result:
    """Return a job's result; where the cluster lost it, what stands in its folder, else a failed one."""
    try:
        result: Result = future.result()
    except JspError as error:
        return Result(job, "failed", 0.0, error=error)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        return _lost(job, error)
    return result


def _lost(job: Job, error: BaseException) -> Result:
    """Return what came of a job that the cluster did not tell the end of: a worker may have done it whole."""
    if type(error).__name__ in _CANCELLED:
        problem = Problem("scheduler_lost")
    else:
        problem = Problem("cluster_failed", values={"error": f"{type(error).__name__}: {error}"})
    failed = Result(job, "failed", 0.0, error=_error(problem))
    with suppress(JspError):
        if job.is_made_since():
            record = load_recorded(job.scenario_file, job.changes)[2]
            plan = finished_plan(job, record["key"])
            return Result(job, "done", 0.0, plan=plan) if plan else failed
    return failed


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the cluster's own log to itself: what is lost is told of each job."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _error(problem: Problem) -> RunError:
    return worded(RunError, [problem])
