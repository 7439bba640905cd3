"""Post-optimality analysis: why this plan, and what would change it."""

from jspmodel.selection.postoptimal.brought_plans import Dropped
from jspmodel.selection.postoptimal.customary_plans import customary_plans
from jspmodel.selection.postoptimal.customary_results import CustomaryPlan, CustomaryPlans, RegionShare

__all__ = ["CustomaryPlan", "CustomaryPlans", "Dropped", "RegionShare", "customary_plans"]
