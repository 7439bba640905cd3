"""Select programmes: the only part of jspmodel that knows the solver."""

from jspmodel.selection.audit import audit
from jspmodel.selection.select import select_programs
from jspmodel.selection.stages import Progress as Watch
from jspmodel.selection.stages import Step

__all__ = ["Step", "Watch", "audit", "select_programs"]
