"""Select programmes: the only part of jspmodel that knows the solver."""

from jspmodel.selection.audit import audit
from jspmodel.selection.select import select_programs

__all__ = ["audit", "select_programs"]
