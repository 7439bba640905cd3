"""The only reader of input: table schemas, loading, checks."""

from jspmodel.intake.cases import load_case, read_case
from jspmodel.intake.choices import load_choices
from jspmodel.intake.fit import check, load, load_with_warnings
from jspmodel.intake.locate import (
    find_input,
    find_scenario,
    place_of,
    scenario_files,
    shipped,
    shipped_cases,
)
from jspmodel.intake.plan_files import load_plan, plan_text
from jspmodel.intake.scenarios import load_scenario, scenario_sources

__all__ = [
    "check",
    "find_input",
    "find_scenario",
    "load",
    "load_case",
    "load_choices",
    "load_plan",
    "load_scenario",
    "load_with_warnings",
    "place_of",
    "plan_text",
    "read_case",
    "scenario_files",
    "scenario_sources",
    "shipped",
    "shipped_cases",
]
