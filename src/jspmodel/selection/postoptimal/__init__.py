"""Post-optimality analysis: why this plan, and what would change it."""

from jspmodel.selection.postoptimal.importance import Importance, ProgramImportance, importance

__all__ = ["Importance", "ProgramImportance", "importance"]
