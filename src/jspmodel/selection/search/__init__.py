"""The search for a plan: what an equity rule asks for, plans known before, ties, and who pays."""

from jspmodel.selection.search.equity_search import SelectionResult, Stages, Step, Watch
from jspmodel.selection.search.plans import DIGITS, DOUBT, as_chosen, hold, pay, read_choices
from jspmodel.selection.search.ties import settled
from jspmodel.selection.search.warm_start import kept, marked, thinned

__all__ = [
    "DIGITS",
    "DOUBT",
    "SelectionResult",
    "Stages",
    "Step",
    "Watch",
    "as_chosen",
    "hold",
    "kept",
    "marked",
    "pay",
    "read_choices",
    "settled",
    "thinned",
]
