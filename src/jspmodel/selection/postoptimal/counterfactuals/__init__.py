"""Why not this programme: the least change with which it is in the plan and nothing is lost."""

from jspmodel.selection.postoptimal.counterfactuals.obstacles import Obstacle
from jspmodel.selection.postoptimal.counterfactuals.why_not import (
    Change,
    ProgramWhyNot,
    WhyNot,
    is_worthless,
    why_not,
)

__all__ = [
    "Change",
    "Obstacle",
    "ProgramWhyNot",
    "WhyNot",
    "is_worthless",
    "why_not",
]
