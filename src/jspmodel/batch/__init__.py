"""Runs: from scenario files to folders of results that are whole or not there."""

from jspmodel.batch.attempt import attempt
from jspmodel.batch.dask import run_on_dask
from jspmodel.batch.failure import note_failure
from jspmodel.batch.job import Job, Result
from jspmodel.batch.pool import run_here, sensible_workers
from jspmodel.batch.run_job import run_scenario

__all__ = [
    "Job",
    "Result",
    "attempt",
    "note_failure",
    "run_here",
    "run_on_dask",
    "run_scenario",
    "sensible_workers",
]
