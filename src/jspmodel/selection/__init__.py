"""Select programmes: the only part of jspmodel that knows the solver."""

from jspmodel.selection.audit import audit
from jspmodel.selection.equity_search import Progress as Watch
from jspmodel.selection.equity_search import Step
from jspmodel.selection.evaluation import Evaluation, evaluate
from jspmodel.selection.marginal_budget import next_billions
from jspmodel.selection.prices import shadow_prices
from jspmodel.selection.rules import RULES
from jspmodel.selection.select import select_programs

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
