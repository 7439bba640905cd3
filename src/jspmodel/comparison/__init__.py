"""Runs of one case side by side: what they are worth, which programmes stay, what caused the difference."""

from jspmodel.comparison.beside import comparison_impact, comparison_reading, comparison_regions
from jspmodel.comparison.cause_tables import comparison_causes
from jspmodel.comparison.compared_runs import Run, cut_budgets
from jspmodel.comparison.comparison import Comparison, compare
from jspmodel.comparison.program_tables import program_matrix
from jspmodel.comparison.summary_screen import comparison_summary

__all__ = [
    "Comparison",
    "Run",
    "compare",
    "comparison_causes",
    "comparison_impact",
    "comparison_reading",
    "comparison_regions",
    "comparison_summary",
    "cut_budgets",
    "program_matrix",
]
