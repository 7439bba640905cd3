"""Many jobs at once on a Dask cluster that runs already; its machines share the disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jspmodel.batch.job import Job, Result
from jspmodel.batch.job_process import carry_out_there
from jspmodel.batch.pool import Heard
from jspmodel.errors import JspError, Problem, RunError
from jspmodel.text import worded

if TYPE_CHECKING:
    from distributed import Client

CONNECT_SECONDS = 10


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
    with client:
        waiting = {
            client.submit(carry_out_there, replace(job, out=home / job.out), home, pure=False): job
            for job in jobs
        }
        for future in as_completed(waiting, loop=client.loop):
            job = waiting[future]
            yield job, _result(future, job)


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
    except (OSError, ValueError, RuntimeError, AssertionError) as error:
        # distributed asserts that its loop starts within ten seconds; a machine may be too busy for that.
        said = str(error) or type(error).__name__
        problem = Problem("no_scheduler", values={"address": address, "error": said})
        raise _error(problem) from error


def _result(future: Any, job: Job) -> Result:
    """Return a job's result, told as the user asked for it; a failed one if the cluster lost it."""
    try:
        result: Result = future.result()
    except JspError as error:
        return Result(job, "failed", 0.0, error=error)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        problem = Problem("cluster_failed", values={"error": f"{type(error).__name__}: {error}"})
        return Result(job, "failed", 0.0, error=_error(problem))
    return replace(result, job=job)


def _error(problem: Problem) -> RunError:
    return worded(RunError, [problem])
