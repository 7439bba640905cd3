"""Runs: from a scenario file to a folder of results that is whole or not there."""

from jspmodel.batch.run import Job, run_scenario
from jspmodel.batch.targets import scenario_files

__all__ = ["Job", "run_scenario", "scenario_files"]
