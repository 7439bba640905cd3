"""Runs: from scenario files to folders of results that are whole or not there."""

from jspmodel.batch.attempt import attempt
from jspmodel.batch.failure import note_failure
from jspmodel.batch.job import Job, Result
from jspmodel.batch.run import run_scenario
from jspmodel.batch.targets import scenario_files

__all__ = ["Job", "Result", "attempt", "note_failure", "run_scenario", "scenario_files"]
