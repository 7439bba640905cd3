from .atomic_write import write_atomically
from .content_key import content_key
from .fingerprints import NOTEBOOK, output_hashes, table_hashes
from .notebook_execution import execute_notebook, with_parameters
from .notebook_kernel import Keeper, Kernel
from .plan_file import PLAN, read_run_plan
from .record import (
    is_finished,
    key_of,
    not_a_run,
    read_record,
    recorded_scenario,
    require_same_inputs,
    write_record,
)
from .recorded_input import load_judged, load_recorded
from .result_store import Kept
from .run_list import FAILED, Entry, Failure, PlanHeader, comparisons, read_entries
from .sensitivity import NOT_ANALYSED, Sensitivity, read_sensitivity, write_sensitivity
from .sensitivity_analysis import DRAWS, find_prices, find_sensitivity
from .stored_explanation import (
    EXPLANATION,
    explanation_text,
    find_explanation,
    find_presence,
    read_explanation,
)
from .stored_plan import find_plan

__all__ = [
    "DRAWS",
    "EXPLANATION",
    "FAILED",
    "NOTEBOOK",
    "NOT_ANALYSED",
    "PLAN",
    "Entry",
    "Failure",
    "Keeper",
    "Kept",
    "Kernel",
    "PlanHeader",
    "Sensitivity",
    "comparisons",
    "content_key",
    "execute_notebook",
    "explanation_text",
    "find_explanation",
    "find_plan",
    "find_presence",
    "find_prices",
    "find_sensitivity",
    "is_finished",
    "key_of",
    "load_judged",
    "load_recorded",
    "not_a_run",
    "output_hashes",
    "read_entries",
    "read_explanation",
    "read_record",
    "read_run_plan",
    "read_sensitivity",
    "recorded_scenario",
    "require_same_inputs",
    "table_hashes",
    "with_parameters",
    "write_atomically",
    "write_record",
    "write_sensitivity",
]
