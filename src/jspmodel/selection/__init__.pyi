from .explanation import Evaluation, evaluate, next_billions, rule_prices, shadow_prices
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
    "rule_prices",
    "select_programs",
    "shadow_prices",
    "worth_of",
    "write_model",
]
