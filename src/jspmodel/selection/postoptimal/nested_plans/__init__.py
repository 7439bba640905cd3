"""What goes first: plans over rising budgets of which each carries out what the one before does."""

from jspmodel.selection.postoptimal.nested_plans.nested_levels import NestedLevel, NestedPlan
from jspmodel.selection.postoptimal.nested_plans.nested_plan import nested_plan

__all__ = [
    "NestedLevel",
    "NestedPlan",
    "nested_plan",
]
