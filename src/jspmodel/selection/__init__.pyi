from .explanation import Evaluation, evaluate, next_billions, shadow_prices, spending_prices
from .export import formulate, write_model
from .inputs import SHARED, Proposal, read_inputs
from .objectives import worth_of
from .plan_audit import audit
from .rules import RULES
from .search import Step, Watch
from .select import select_programs

__all__ = [
    "RULES",
    "SHARED",
    "Evaluation",
    "Proposal",
    "Step",
    "Watch",
    "audit",
    "evaluate",
    "formulate",
    "next_billions",
    "read_inputs",
    "select_programs",
    "shadow_prices",
    "spending_prices",
    "worth_of",
    "write_model",
]
