"""Post-optimality analysis: why this plan, and what would change it."""

from jspmodel.selection.postoptimal.alternatives import Alternative, Alternatives, alternatives
from jspmodel.selection.postoptimal.brought_plans import Dropped
from jspmodel.selection.postoptimal.certificate import Certificate, certify
from jspmodel.selection.postoptimal.customary_plans import (
    CustomaryPlan,
    CustomaryPlans,
    RegionShare,
    customary_plans,
)
from jspmodel.selection.postoptimal.explanation import Explanation, explain
from jspmodel.selection.postoptimal.importance import Importance, ProgramImportance, importance

__all__ = [
    "Alternative",
    "Alternatives",
    "Certificate",
    "CustomaryPlan",
    "CustomaryPlans",
    "Dropped",
    "Explanation",
    "Importance",
    "ProgramImportance",
    "RegionShare",
    "alternatives",
    "certify",
    "customary_plans",
    "explain",
    "importance",
]
