"""Select programmes: the only part of jspmodel that knows the solver."""

from jspmodel.selection.audit import audit
from jspmodel.selection.evaluation import Evaluation, evaluate
from jspmodel.selection.select import select_programs
from jspmodel.selection.stages import Progress as Watch
from jspmodel.selection.stages import Step

__all__ = ["Evaluation", "Step", "Watch", "audit", "evaluate", "select_programs"]
