"""Runs: what went in and came out is recorded, kept, found again; notebooks are executed."""

from jspmodel import grammars  # noqa: F401 (before nbformat)
from jspmodel.runs.atomic_write import write_atomically
from jspmodel.runs.fingerprints import NOTEBOOK, output_hashes, table_hashes
from jspmodel.runs.plan_file import PLAN, read_run_plan
from jspmodel.runs.record import (
    is_finished,
    key_of,
    not_a_run,
    read_record,
    recorded_scenario,
    require_same_inputs,
    write_record,
)
from jspmodel.runs.recorded_input import load_judged, load_recorded
from jspmodel.runs.result_store import Kept
from jspmodel.runs.run_list import FAILED, Entry, Failure, PlanHeader, comparisons, read_entries
from jspmodel.runs.sensitivity import NOT_ANALYSED, Sensitivity, read_sensitivity, write_sensitivity
from jspmodel.runs.sensitivity_analysis import DRAWS, find_prices, find_sensitivity
from jspmodel.runs.stored_plan import find_plan

__all__ = [
    "DRAWS",
    "FAILED",
    "NOTEBOOK",
    "NOT_ANALYSED",
    "PLAN",
    "Entry",
    "Failure",
    "Kept",
    "PlanHeader",
    "Sensitivity",
    "comparisons",
    "find_plan",
    "find_prices",
    "find_sensitivity",
    "is_finished",
    "key_of",
    "load_judged",
    "load_recorded",
    "not_a_run",
    "output_hashes",
    "read_entries",
    "read_record",
    "read_run_plan",
    "read_sensitivity",
    "recorded_scenario",
    "require_same_inputs",
    "table_hashes",
    "write_atomically",
    "write_record",
    "write_sensitivity",
]
