"""Excel in, Excel out: a case as a workbook for planners, and what they made of it."""

from jspmodel.workbook.marks import mark_workbook
from jspmodel.workbook.plan_sheets import write_plan
from jspmodel.workbook.reading import Reading, read_workbook
from jspmodel.workbook.store import write_tables
from jspmodel.workbook.template import write_proposals, write_template

__all__ = [
    "Reading",
    "mark_workbook",
    "read_workbook",
    "write_plan",
    "write_proposals",
    "write_tables",
    "write_template",
]
