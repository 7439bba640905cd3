"""Why not this programme: the least change with which it is in the plan and nothing is lost."""

from jspmodel.selection.postoptimal.counterfactuals.obstacles import Obstacle
from jspmodel.selection.postoptimal.counterfactuals.why_not import Change, ProgramWhyNot, WhyNot, why_not

__all__ = [
    "Change",
    "Obstacle",
    "ProgramWhyNot",
    "WhyNot",
    "why_not",
]
