from .book_limits import LARGEST_FILE
from .brought_plan import open_brought
from .changes import CellChange, TableChange, WholeRow
from .files import check_new_file, new_workbook
from .first_plan_renamed import QUESTIONS
from .forms import FORMS, NearestForm, is_list, nearest_form
from .imported_workbooks import keep_imported
from .kept_columns import keep_columns, read_kept
from .layout import sheet_name
from .list_fields import field_of, field_word, map_options, parsed_map
from .list_years import ROW_YEAR, year_heading
from .lists import words_by_choice
from .map_checks import check_map
from .marks import mark_workbook
from .pages import Column, Page, Value, dated, write_page
from .plan_reading import BroughtPlan
from .plan_sheets import impact_note, plan_pages, write_pages, write_plan
from .proposed_rows import Proposed
from .reading import Reading, read_workbook
from .realisation_form import write_realisation_form
from .region_years import read_region_years
from .rules import is_year, referenced, unit_of
from .sheet_wording import describe_problem, problem_list, problem_rows
from .stated_columns import StatedColumns
from .store import write_tables
from .styles import workbook_styles
from .template import write_proposals, write_template

__all__ = [
    "FORMS",
    "LARGEST_FILE",
    "QUESTIONS",
    "ROW_YEAR",
    "BroughtPlan",
    "CellChange",
    "Column",
    "NearestForm",
    "Page",
    "Proposed",
    "Reading",
    "StatedColumns",
    "TableChange",
    "Value",
    "WholeRow",
    "check_map",
    "check_new_file",
    "dated",
    "describe_problem",
    "field_of",
    "field_word",
    "impact_note",
    "is_list",
    "is_year",
    "keep_columns",
    "keep_imported",
    "map_options",
    "mark_workbook",
    "nearest_form",
    "new_workbook",
    "open_brought",
    "parsed_map",
    "plan_pages",
    "problem_list",
    "problem_rows",
    "read_kept",
    "read_region_years",
    "read_workbook",
    "referenced",
    "sheet_name",
    "unit_of",
    "words_by_choice",
    "workbook_styles",
    "write_page",
    "write_pages",
    "write_plan",
    "write_proposals",
    "write_realisation_form",
    "write_tables",
    "write_template",
    "year_heading",
]
