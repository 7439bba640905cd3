from .atomic_write import write_atomically, written_together
from .content_key import content_key
from .fingerprints import NOTEBOOK, output_hashes, table_hashes
from .notebook_execution import execute_notebook, with_parameters
from .notebook_kernel import Keeper, Kernel
from .plan_file import PLAN, check_codes, read_run_plan
from .read_back import LONGEST_WORDS, unreadable_run
from .record import (
    is_finished,
    key_of,
    read_record,
    record_digest,
    recorded_scenario,
    require_same_inputs,
    write_record,
)
from .recorded_input import READINGS, changing, load_judged, load_recorded
from .result_store import Kept
from .run_folders import leads_out, subfolders
from .run_list import FAILED, Entry, Failure, PlanHeader, comparisons, read_entries
from .sensitivity import NOT_ANALYSED, Sensitivity, read_sensitivity, write_sensitivity
from .sensitivity_analysis import DRAWS, draws_effects, find_prices, find_sensitivity
from .stored_explanation import (
    EXPLANATION,
    explanation_text,
    find_explanation,
    find_presence,
    read_explanation,
)
from .stored_plan import find_plan
from .stored_tradeoffs import Tradeoff, TradeoffQuestion, find_tradeoff, tradeoff_text
from .temporary import held_folder

__all__ = [
    "DRAWS",
    "EXPLANATION",
    "FAILED",
    "LONGEST_WORDS",
    "NOTEBOOK",
    "NOT_ANALYSED",
    "PLAN",
    "READINGS",
    "Entry",
    "Failure",
    "Keeper",
    "Kept",
    "Kernel",
    "PlanHeader",
    "Sensitivity",
    "Tradeoff",
    "TradeoffQuestion",
    "changing",
    "check_codes",
    "comparisons",
    "content_key",
    "draws_effects",
    "execute_notebook",
    "explanation_text",
    "find_explanation",
    "find_plan",
    "find_presence",
    "find_prices",
    "find_sensitivity",
    "find_tradeoff",
    "held_folder",
    "is_finished",
    "key_of",
    "leads_out",
    "load_judged",
    "load_recorded",
    "output_hashes",
    "read_entries",
    "read_explanation",
    "read_record",
    "read_run_plan",
    "read_sensitivity",
    "record_digest",
    "recorded_scenario",
    "require_same_inputs",
    "subfolders",
    "table_hashes",
    "tradeoff_text",
    "unreadable_run",
    "with_parameters",
    "write_atomically",
    "write_record",
    "write_sensitivity",
    "written_together",
]
