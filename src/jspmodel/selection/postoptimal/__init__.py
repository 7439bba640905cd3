"""Post-optimality analysis: why this plan, and what would change it."""

from jspmodel.selection.postoptimal.brought_plans import Dropped
from jspmodel.selection.postoptimal.customary_plans import (
    CustomaryPlan,
    CustomaryPlans,
    RegionShare,
    customary_plans,
)

__all__ = ["CustomaryPlan", "CustomaryPlans", "Dropped", "RegionShare", "customary_plans"]
