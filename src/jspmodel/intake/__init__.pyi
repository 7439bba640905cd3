from .cases import errors_of, judge_sheets, load_case, read_case
from .choices import load_choices
from .command import command_with_more_effort
from .csvfile import Sheet
from .defaults import is_filled
from .draft import Draft
from .fit import check, load, load_with_warnings
from .folder import REQUIRED_TABLES, empty_tables, read_sheets, read_title
from .keys import code_names
from .locate import (
    SCENARIO_FOLDER,
    case_of,
    find_folder,
    find_input,
    find_scenario,
    place_of,
    scenario_files,
    shipped,
    shipped_cases,
    tell_shipped,
)
from .nearest import nearest_code, nearest_word, unknown_code
from .plan_files import LARGEST_PLAN, load_plan, plan_text
from .regencies import region_codes, region_rows
from .regular_file import RefusedFileError, is_plain, is_there, read_if_regular, read_regular
from .scenario_schema import SCHEMA_LINE, write_schema
from .scenarios import load_scenario, scenario_sources
from .schemas import column_types, required_columns, schema
from .strict_json import strict_json
from .tables import build_case
from .textfile import refused_file, unreadable_file
from .typed_cells import Flaw, normal_cell
from .validate import judged_rows
from .yamlfile import dotted

__all__ = [
    "LARGEST_PLAN",
    "REQUIRED_TABLES",
    "SCENARIO_FOLDER",
    "SCHEMA_LINE",
    "Draft",
    "Flaw",
    "RefusedFileError",
    "Sheet",
    "build_case",
    "case_of",
    "check",
    "code_names",
    "column_types",
    "command_with_more_effort",
    "dotted",
    "empty_tables",
    "errors_of",
    "find_folder",
    "find_input",
    "find_scenario",
    "is_filled",
    "is_plain",
    "is_there",
    "judge_sheets",
    "judged_rows",
    "load",
    "load_case",
    "load_choices",
    "load_plan",
    "load_scenario",
    "load_with_warnings",
    "nearest_code",
    "nearest_word",
    "normal_cell",
    "place_of",
    "plan_text",
    "read_case",
    "read_if_regular",
    "read_regular",
    "read_sheets",
    "read_title",
    "refused_file",
    "region_codes",
    "region_rows",
    "required_columns",
    "scenario_files",
    "scenario_sources",
    "schema",
    "shipped",
    "shipped_cases",
    "strict_json",
    "tell_shipped",
    "unknown_code",
    "unreadable_file",
    "write_schema",
]
