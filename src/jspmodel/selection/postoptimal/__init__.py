"""Post-optimality analysis: why this plan, and what would change it."""

from jspmodel.selection.postoptimal.alternatives import Alternative, Alternatives, alternatives
from jspmodel.selection.postoptimal.explanation import Explanation, explain
from jspmodel.selection.postoptimal.importance import Importance, ProgramImportance, importance

__all__ = [
    "Alternative",
    "Alternatives",
    "Explanation",
    "Importance",
    "ProgramImportance",
    "alternatives",
    "explain",
    "importance",
]
