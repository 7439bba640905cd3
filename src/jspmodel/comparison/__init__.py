"""Runs of one case side by side: what they are worth, which programmes stay, what caused the difference."""

from jspmodel.comparison.beside import comparison_impact, comparison_reading, comparison_regions
from jspmodel.comparison.cause_tables import comparison_causes
from jspmodel.comparison.compared_runs import Run, cut_budgets
from jspmodel.comparison.comparison import Comparison, compare
from jspmodel.comparison.comparison_page import write_comparison as write_comparison
from jspmodel.comparison.comparison_workbook import write_comparison_workbook as write_comparison_workbook
from jspmodel.comparison.program_tables import program_matrix
from jspmodel.comparison.summary_screen import cautions as cautions
from jspmodel.comparison.summary_screen import comparison_summary
from jspmodel.comparison.summary_screen import count_programs as count_programs
from jspmodel.comparison.summary_screen import kind_counts as kind_counts
from jspmodel.comparison.titles import case_title as case_title
from jspmodel.comparison.titles import first_title as first_title
from jspmodel.comparison.titles import region_names as region_names
from jspmodel.comparison.titles import run_titles as run_titles

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
