"""Select programmes: the only part of jspmodel that knows the solver."""

from jspmodel.selection.audit import audit
from jspmodel.selection.explanation import Evaluation, evaluate, next_billions, shadow_prices
from jspmodel.selection.export import formulate, write_model
from jspmodel.selection.rules import RULES
from jspmodel.selection.search import Step, Watch
from jspmodel.selection.select import select_programs

__all__ = [
    "RULES",
    "Evaluation",
    "Step",
    "Watch",
    "audit",
    "evaluate",
    "formulate",
    "next_billions",
    "select_programs",
    "shadow_prices",
    "write_model",
]
