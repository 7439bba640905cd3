"""A run that never raises: whatever goes wrong becomes a result that says so."""

from __future__ import annotations

import errno
import traceback
from time import perf_counter
from typing import Any

from jspmodel.batch.job import Job, Result, TellQuestion, TellStep
from jspmodel.batch.run_job import run_scenario
from jspmodel.case import Case
from jspmodel.errors import JspError, Problem, RunError
from jspmodel.runs import Keeper
from jspmodel.scenario import Scenario
from jspmodel.selection import Watch
from jspmodel.text import worded

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ELOOP, errno.ENXIO}


def attempt(
    job: Job,
    progress: TellStep,
    watch: Watch | None = None,
    asked: TellQuestion | None = None,
    keeper: Keeper | None = None,
    loaded: tuple[Case, Scenario, dict[str, Any]] | None = None,
) -> Result:
    """Carry out a run.

    Parameters
    ----------
    job : Job
    progress, watch, asked, keeper, loaded
        As ``run_scenario`` takes them.

    Returns
    -------
    Result
    """
    start = perf_counter()
    try:
        run = run_scenario(job, progress, watch, asked, keeper, loaded)
    except JspError as error:
        return Result(job, "failed", perf_counter() - start, error=error)
    except Exception as error:  # a fault of the machine or of ours must not end the others
        told = foreseen(error, job)
        return Result(job, "failed", perf_counter() - start, error=told, trace=traceback.format_exc())
    is_ours = not run.skipped or job.is_made_since()  # by a process that was lost, say
    return Result(job, "done" if is_ours else "skipped", perf_counter() - start, plan=run.plan)


def foreseen(error: Exception, job: Job) -> RunError:
    """Return what an error of the machine means, and how to mend it.

    Parameters
    ----------
    error : Exception
    job : Job

    Returns
    -------
    RunError
    """
    number = error.errno if isinstance(error, OSError) else None
    if number in _FULL:
        problem = Problem("disk_full", str(getattr(error, "filename", None) or job.out))
    elif number in _FORBIDDEN:
        problem = Problem("not_writable_folder", str(getattr(error, "filename", None) or job.out))
    else:
        problem = Problem("run_crashed", values={"error": f"{type(error).__name__}: {error}"})
    return worded(RunError, [problem])
