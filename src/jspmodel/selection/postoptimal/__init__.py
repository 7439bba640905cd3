"""Post-optimality analysis: why this plan, and what would change it."""

from jspmodel.selection.postoptimal.importance import Importance, ProgramImportance, importance
from jspmodel.selection.postoptimal.nested_levels import NestedLevel, NestedPlan
from jspmodel.selection.postoptimal.nested_plan import nested_plan

__all__ = ["Importance", "NestedLevel", "NestedPlan", "ProgramImportance", "importance", "nested_plan"]
