from .beside import run_beside
from .child import Child, EndedError
from .lender import Lender
from .limits import OUT_OF_MEMORY, Outcome, limit_this_process, outcome_of
from .map import as_share, in_pieces, process_map
from .owner import Owner
from .questioned import Questioned, TooMuchSaidError, questioned

__all__ = [
    "OUT_OF_MEMORY",
    "Child",
    "EndedError",
    "Lender",
    "Outcome",
    "Owner",
    "Questioned",
    "TooMuchSaidError",
    "as_share",
    "in_pieces",
    "limit_this_process",
    "outcome_of",
    "process_map",
    "questioned",
    "run_beside",
]
