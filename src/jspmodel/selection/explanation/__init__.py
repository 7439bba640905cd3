"""What is told of a plan: reasons, prices of rules, what more money would bring, how others compare."""

from jspmodel.selection.explanation.evaluation import Evaluation, evaluate
from jspmodel.selection.explanation.marginal_budget import next_billions
from jspmodel.selection.explanation.prices import PLACES, hold_floor, other_settings, shadow_prices
from jspmodel.selection.explanation.reasons import Reasons, Return
from jspmodel.selection.explanation.rule_prices import rule_prices

__all__ = [
    "PLACES",
    "Evaluation",
    "Reasons",
    "Return",
    "evaluate",
    "hold_floor",
    "next_billions",
    "other_settings",
    "rule_prices",
    "shadow_prices",
]
