"""Select programmes: the only part of jspmodel that knows the solver."""

from jspmodel.selection.audit import audit
from jspmodel.selection.evaluation import Evaluation, evaluate
from jspmodel.selection.more_money import next_billions
from jspmodel.selection.prices import shadow_prices
from jspmodel.selection.rules import RULES
from jspmodel.selection.select import select_programs
from jspmodel.selection.stages import Progress as Watch
from jspmodel.selection.stages import Step

__all__ = [
    "RULES",
    "Evaluation",
    "Step",
    "Watch",
    "audit",
    "evaluate",
    "next_billions",
    "select_programs",
    "shadow_prices",
]
