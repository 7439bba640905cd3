"""A plan in two stages: what starts before the news is known, and what follows in each future."""

from jspmodel.selection.postoptimal.two_stage.futures import FutureCase, futures_of
from jspmodel.selection.postoptimal.two_stage.staged_results import FutureWorth, StagedPlan, TwoStagePlan
from jspmodel.selection.postoptimal.two_stage.two_stage_plan import two_stage_plan

__all__ = [
    "FutureCase",
    "FutureWorth",
    "StagedPlan",
    "TwoStagePlan",
    "futures_of",
    "two_stage_plan",
]
