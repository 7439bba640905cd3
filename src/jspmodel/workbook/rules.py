"""What each column of a sheet lets in and says: list, limits and message, from its table's schema."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from jspmodel.intake import schema
from jspmodel.scenario import Scenario
from jspmodel.text import number, say
from jspmodel.workbook.amounts import is_money
from jspmodel.workbook.layout import FIRST_PLAN, sheet_name

if TYPE_CHECKING:
    from jspmodel.scenario import Language

_LARGEST = 1e15
_FIRST_YEAR = 1900
"""The least value of a column in the schemas where it holds years."""
LEVELS = "program_effects.level"
"""The column of levels, which a scenario may name anew: the defaults are offered, others let pass."""
_LEVELS_SHOWN = {LEVELS, "first_plan.level"}
DEFAULT_LEVELS = tuple(Scenario.model_fields["effect_levels"].default)
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
"""Excel's limits."""


def column_rule(
    table: str, field: Mapping[str, Any], lists: Mapping[str, str], language: Language
) -> dict[str, Any]:
    """Return the data validation of a column, as XlsxWriter wants it.

    It warns and refuses nothing: an import reads more than Excel would let in, such as "750 juta".

    Parameters
    ----------
    table : str
    field : mapping of str to object
        The column in its table's schema.
    lists : mapping of str to str
        Defined name of each list on the sheet of lists: by table for its codes, by table and column, such as
        ``program_costs.kind``, for choices.
    language : {"id", "en"}

    Returns
    -------
    dict of str to object
    """
    message = " ".join([*_duty(field, language), *_wanted(table, field, language)])
    told = " ".join([message, *_also_read(table, field, language)])
    words = {
        "input_title": _cut(_heading(field, language), _LONGEST_TITLE),
        "input_message": _cut(message, _LONGEST_MESSAGE),
        "error_title": _cut(_heading(field, language), _LONGEST_TITLE),
        "error_message": _cut(told, _LONGEST_MESSAGE),
    }
    return {**words, **_limits(table, field, lists), "ignore_blank": True, "error_type": "warning"}


def referenced(table: str, column: str) -> str:
    """Return the table whose codes a column holds, ``""`` where it holds none."""
    keys = schema(table).get("foreignKeys", [])
    return next((key["reference"]["resource"] for key in keys if key["fields"] == [column]), "")


def has_choices(field: Mapping[str, Any]) -> bool:
    """Whether a column takes one of a few choices, yes or no included."""
    return field["type"] == "boolean" or "enum" in field.get("constraints", {})


def is_year(field: Mapping[str, Any]) -> bool:
    """Whether a column holds years."""
    return bool(field.get("constraints", {}).get("minimum") == _FIRST_YEAR)


def _limits(table: str, field: Mapping[str, Any], lists: Mapping[str, str]) -> dict[str, Any]:
    limits = field.get("constraints", {})
    if other := referenced(table, field["name"]):
        return {"validate": "list", "source": f"={lists[other]}"}
    if has_choices(field):
        return {"validate": "list", "source": "=" + lists[f"{table}.{field['name']}"]}
    if f"{table}.{field['name']}" in _LEVELS_SHOWN:
        return {"validate": "list", "source": "=" + lists[LEVELS]}
    if field["type"] == "date":
        return {"validate": "date", "criteria": ">=", "value": date(1900, 1, 1)}
    if field["type"] not in {"integer", "number"}:
        return {"validate": "any"}
    kind = "integer" if field["type"] == "integer" else "decimal"
    low, high = limits.get("minimum", -_LARGEST), limits.get("maximum", _LARGEST)
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}


def _duty(field: Mapping[str, Any], language: Language) -> list[str]:
    return [say("workbook.required", language)] if field.get("constraints", {}).get("required") else []


def _wanted(table: str, field: Mapping[str, Any], language: Language) -> list[str]:
    """Return what a column wants, in sentences."""
    limits = field.get("constraints", {})
    if other := referenced(table, field["name"]):
        return [say("workbook.wants_code", language, sheet=sheet_name(other))]
    if has_choices(field) or f"{table}.{field['name']}" in _LEVELS_SHOWN:
        return [say("workbook.wants_choice", language)]
    if field["type"] == "date":
        return [say("workbook.wants_date", language)]
    if field["type"] == "string":
        key = schema(table)["primaryKey"]
        if table == FIRST_PLAN and key == [field["name"]]:
            return [say("workbook.wants_program_name", language)]
        return [say("workbook.wants_new_code", language)] if key == [field["name"]] else []
    kind = say(f"workbook.wants_{field['type']}", language)
    known = {key: number(limits[key], language) for key in ("minimum", "maximum") if key in limits}
    if is_year(field):
        return [say("workbook.wants_year", language)]
    span = say(f"workbook.{'_'.join(known)}", language, **known) if known else ""
    unit = say("workbook.in_unit", language, unit=unit_of(field, language)) if "unit" in field else ""
    return [" ".join(part for part in (kind, span) if part) + ".", *([unit] if unit else [])]


def _also_read(table: str, field: Mapping[str, Any], language: Language) -> list[str]:
    """Return what an import reads in a column besides what Excel lets pass without a word."""
    if referenced(table, field["name"]) or field["type"] not in {"number", "integer", "date"}:
        return []
    if is_year(field):
        return [say("workbook.also_year", language)]
    if is_money(field):
        return [say("workbook.also_money", language)]
    if field["type"] == "date":
        return [say("workbook.also_date", language)]
    return [say("workbook.also_unit", language)] if unit_of(field, language) else []


def unit_of(field: Mapping[str, Any], language: Language) -> str:
    """Return the unit of a column, ``""`` where it has none."""
    return str(field.get("unit" if language == "id" else "unit_en", ""))


def _heading(field: Mapping[str, Any], language: Language) -> str:
    return str(field["title" if language == "id" else "title_en"])


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
