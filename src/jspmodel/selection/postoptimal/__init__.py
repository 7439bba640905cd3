"""Post-optimality analysis: why this plan, and what would change it."""

from jspmodel.selection.postoptimal.alternatives import Alternative, Alternatives, alternatives
from jspmodel.selection.postoptimal.certificate import Certificate, certify
from jspmodel.selection.postoptimal.explanation import Explanation, explain
from jspmodel.selection.postoptimal.importance import Importance, ProgramImportance, importance

__all__ = [
    "Alternative",
    "Alternatives",
    "Certificate",
    "Explanation",
    "Importance",
    "ProgramImportance",
    "alternatives",
    "certify",
    "explain",
    "importance",
]
