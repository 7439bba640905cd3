"""Why this plan, as sheets of its workbook: a question a sheet, numbers as numbers, codes in a column."""

from jspmodel.documents.why_pages.explanation_pages import explanation_pages

__all__ = ["explanation_pages"]
