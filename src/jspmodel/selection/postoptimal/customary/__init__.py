"""The usual ways of making a plan, beside the best one."""

from jspmodel.selection.postoptimal.customary.brought_plans import Dropped
from jspmodel.selection.postoptimal.customary.customary_plans import customary_plans
from jspmodel.selection.postoptimal.customary.customary_results import (
    CustomaryPlan,
    CustomaryPlans,
    RegionShare,
)

__all__ = [
    "CustomaryPlan",
    "CustomaryPlans",
    "Dropped",
    "RegionShare",
    "customary_plans",
]
