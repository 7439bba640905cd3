"""Post-optimality analysis: why this plan, and what would change it."""

from jspmodel.selection.postoptimal.importance import Importance, ProgramImportance, importance
from jspmodel.selection.postoptimal.obstacles import Obstacle
from jspmodel.selection.postoptimal.why_not import Change, ProgramWhyNot, WhyNot, why_not

__all__ = [
    "Change",
    "Importance",
    "Obstacle",
    "ProgramImportance",
    "ProgramWhyNot",
    "WhyNot",
    "importance",
    "why_not",
]
