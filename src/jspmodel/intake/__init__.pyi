from .adopted_plan import ADOPTED_FOLDER, adopted_file, replanned, require_adoptable, standing_pair
from .carried_money import CARRIED
from .case_names import CaseNames
from .cases import errors_of, judge_sheets, load_case, read_case
from .checks.strange_amounts import strange_amounts
from .checks.two_stage import two_stage_problems
from .choices import check_new_choices, load_choices, write_choices
from .command import command_with_more_effort
from .csvfile import Sheet
from .defaults import is_filled
from .draft import Draft
from .fit import check, judged_pair, load, load_with_warnings
from .folder import PACKAGE, read_package, read_sheets, read_title
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
from .named_codes import doubt_of, meanings_in, plain_name
from .nearest import nearest_code, nearest_word, unknown_code
from .official_regions import regions_of_province
from .places_beside import places_beside
from .plan_files import LARGEST_PLAN, load_plan, plan_text
from .regencies import region_codes, region_rows
from .region_names import Meaning, RegionNames, within_text
from .regular_file import RefusedFileError, is_plain, is_there, read_if_regular, read_regular
from .said_of_itself import said_of_itself
from .scenario_names import coded_scenario
from .scenario_schema import SCHEMA_LINE, write_schema
from .scenarios import load_scenario, scenario_sources
from .schemas import column_types, required_columns, schema
from .starting_set import border_rows, indicator_rows, issue_rows, starting_title
from .strict_json import strict_json
from .tables import build_case
from .textfile import refused_file, unreadable_file
from .total_rows import is_total
from .typed_cells import Flaw, normal_cell
from .understood import understood
from .validate import judged_rows, one_kind_a_cell
from .whole_file import replacing, replacing_together, require_new_folder, whole_folder, write_whole
from .written_cells import is_percent, own_units, percent_of, percent_power, plain_number
from .yamlfile import dotted

__all__ = [
    "ADOPTED_FOLDER",
    "CARRIED",
    "LARGEST_PLAN",
    "PACKAGE",
    "SCENARIO_FOLDER",
    "SCHEMA_LINE",
    "CaseNames",
    "Draft",
    "Flaw",
    "Meaning",
    "RefusedFileError",
    "RegionNames",
    "Sheet",
    "adopted_file",
    "border_rows",
    "build_case",
    "case_of",
    "check",
    "check_new_choices",
    "code_names",
    "coded_scenario",
    "column_types",
    "command_with_more_effort",
    "dotted",
    "doubt_of",
    "errors_of",
    "find_folder",
    "find_input",
    "find_scenario",
    "indicator_rows",
    "is_filled",
    "is_percent",
    "is_plain",
    "is_there",
    "is_total",
    "issue_rows",
    "judge_sheets",
    "judged_pair",
    "judged_rows",
    "load",
    "load_case",
    "load_choices",
    "load_plan",
    "load_scenario",
    "load_with_warnings",
    "meanings_in",
    "nearest_code",
    "nearest_word",
    "normal_cell",
    "one_kind_a_cell",
    "own_units",
    "percent_of",
    "percent_power",
    "place_of",
    "places_beside",
    "plain_name",
    "plain_number",
    "plan_text",
    "read_case",
    "read_if_regular",
    "read_package",
    "read_regular",
    "read_sheets",
    "read_title",
    "refused_file",
    "region_codes",
    "region_rows",
    "regions_of_province",
    "replacing",
    "replacing_together",
    "replanned",
    "require_adoptable",
    "require_new_folder",
    "required_columns",
    "said_of_itself",
    "scenario_files",
    "scenario_sources",
    "schema",
    "shipped",
    "shipped_cases",
    "standing_pair",
    "starting_title",
    "strange_amounts",
    "strict_json",
    "tell_shipped",
    "two_stage_problems",
    "understood",
    "unknown_code",
    "unreadable_file",
    "whole_folder",
    "within_text",
    "write_choices",
    "write_schema",
    "write_whole",
]
