"""Judge a plan from the tables alone; shares no code with the formulation."""

from jspmodel.selection.audit.judge import RULES, TOLERANCE, audit

__all__ = ["RULES", "TOLERANCE", "audit"]
