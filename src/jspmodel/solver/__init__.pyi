from . import neighbourhoods
from .benders import Benders
from .branch_and_bound import ProofNode, Split, proof_tree
from .clock import Clock
from .effort import Effort, effort_units, work_of
from .highs import PLANS_ONLY, Options, RelaxationResult, maximise, relax
from .list_insertion import ListInsertion
from .matrix import (
    NOT_FIXED,
    Array,
    ColumnMap,
    Flags,
    Matrix,
    Places,
    Side,
    restrict,
    with_columns,
    with_rows,
)
from .model_file import write_model_file
from .neighbourhoods import INTEGRALITY_TOLERANCE
from .nested_models import NestedModels
from .progress import ProgressCallback
from .quiet import Quiet
from .relaxed_search import ONE_THREAD, RelaxedModel
from .reoptimisation import Reoptimiser, any_plan, exclusion, solve_small
from .result import SearchResult
from .risk_aversion import RiskAversion, conditional_value_at_risk
from .session import Session
from .staged_models import StagedModels
from .worker import SearchRequest, Worker, borrow_worker, start_worker

__all__ = [
    "INTEGRALITY_TOLERANCE",
    "NOT_FIXED",
    "ONE_THREAD",
    "PLANS_ONLY",
    "Array",
    "Benders",
    "Clock",
    "ColumnMap",
    "Effort",
    "Flags",
    "ListInsertion",
    "Matrix",
    "NestedModels",
    "Options",
    "Places",
    "ProgressCallback",
    "ProofNode",
    "Quiet",
    "RelaxationResult",
    "RelaxedModel",
    "Reoptimiser",
    "RiskAversion",
    "SearchRequest",
    "SearchResult",
    "Session",
    "Side",
    "Split",
    "StagedModels",
    "Worker",
    "any_plan",
    "borrow_worker",
    "conditional_value_at_risk",
    "effort_units",
    "exclusion",
    "maximise",
    "neighbourhoods",
    "proof_tree",
    "relax",
    "restrict",
    "solve_small",
    "start_worker",
    "with_columns",
    "with_rows",
    "work_of",
    "write_model_file",
]
