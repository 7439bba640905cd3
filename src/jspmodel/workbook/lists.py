"""The hidden sheet that every drop-down list of a template reads from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name

from jspmodel.case import TABLES
from jspmodel.intake import column_types, schema
from jspmodel.text import say, xml_text
from jspmodel.workbook.choice_labels import choice_words
from jspmodel.workbook.layout import FIRST_DATA_ROW, sheet_name
from jspmodel.workbook.rules import DEFAULT_LEVELS, LEVELS, has_choices, referenced

if TYPE_CHECKING:
    from jspmodel.scenario import Language

_SPARE = 300
"""Rows that a list of codes has for what planners add to its sheet."""
_FIRST = 3
"""Row of the first item of a list; above it stand what it is and how many items it has."""


def add_lists(book: Any, labels: Mapping[str, Mapping[str, str]], language: Language) -> dict[str, str]:
    """Write the hidden sheet of lists: choices as they are, codes as formulas that follow their sheet.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    labels : mapping of str to mapping of str to str
        By table, what people choose from for each code of the case.
    language : {"id", "en"}

    Returns
    -------
    dict of str to str
        Defined name of each list: by table for codes, by ``table.column`` for choices. Names and not ranges,
        because a spreadsheet program keeps a list of another sheet only so when it saves the file.
    """
    title = say("workbook.sheet_lists", language)
    sheet = book.add_worksheet(title)
    sheet.hide()
    names: dict[str, str] = {}
    written: dict[tuple[str, ...], str] = {}
    for key, items in _lists(labels, language).items():
        alike = written.get(tuple(items)) if _is_choice(key) else None
        if not alike:
            alike = f"list_{key.replace('.', '_')}"
            book.define_name(alike, _write_list(sheet, len(set(names.values())), key, items, title))
            written[tuple(items)] = alike
        names[key] = alike
    return names


def _is_choice(key: str) -> bool:
    return "." in key


def _write_list(sheet: Any, place: int, key: str, items: Sequence[str], title: str) -> str:
    """Write a list as a column, and return the formula of the part of it that is filled."""
    letter = xl_col_to_name(place)
    last = _FIRST + len(items) + (0 if _is_choice(key) else _SPARE) - 1
    span = f"${letter}${_FIRST}:${letter}${last}"
    counted = f'=MAX(1,SUMPRODUCT(MAX(({span}<>"")*(ROW({span})-{_FIRST - 1}))))'
    sheet.write_string(0, place, key)
    sheet.write_formula(1, place, counted, None, len(items) or 1)
    label = "" if _is_choice(key) else _label_formula(key)
    for index, row in enumerate(range(_FIRST - 1, last)):
        item = items[index] if index < len(items) else ""
        if _is_choice(key):
            sheet.write_string(row, place, item)
        else:
            # What a formula comes to is written as it is; xlsxwriter escapes texts alone.
            sheet.write_formula(row, place, label, None, xml_text(item))
    return f"=OFFSET('{title}'!${letter}${_FIRST},0,0,'{title}'!${letter}$2,1)"


def _label_formula(table: str) -> str:
    """Return the code and the name that stand in a table's sheet, wherever its rows are moved."""
    columns = list(column_types(table))
    name = "name" if "name" in columns else "name_id"
    code_cell, name_cell = (
        f"INDEX('{sheet_name(table)}'!${letter}:${letter},ROW()+{FIRST_DATA_ROW - _FIRST})"
        for letter in (xl_col_to_name(0), xl_col_to_name(columns.index(name)))
    )
    return f'=TRIM({code_cell}&" "&{name_cell})'


def _lists(labels: Mapping[str, Mapping[str, str]], language: Language) -> dict[str, list[str]]:
    codes = {table: list(labels.get(table, {}).values()) for table in dict.fromkeys(_referenced())}
    levels = list(choice_words("level", DEFAULT_LEVELS, language).values())
    return codes | dict(_choices(language)) | {LEVELS: levels}


def _referenced() -> Iterator[str]:
    for table in TABLES:
        for column in column_types(table):
            if other := referenced(table, column):
                yield other


def _choices(language: Language) -> Iterator[tuple[str, list[str]]]:
    for table in TABLES:
        for field in schema(table)["fields"]:
            if has_choices(field):
                yield f"{table}.{field['name']}", list(words_by_choice(field, language).values())


def words_by_choice(field: Mapping[str, Any], language: Language) -> dict[str, str]:
    """Return the word for each choice of a column, yes and no included, and the levels that are offered.

    Parameters
    ----------
    field : mapping of str to object
        The column in its table's schema.
    language : {"id", "en"}

    Returns
    -------
    dict of str to str
    """
    if field["type"] == "boolean":
        return {value: say(f"workbook.{value}", language) for value in ("true", "false")}
    choices = DEFAULT_LEVELS if field["name"] == "level" else field.get("constraints", {}).get("enum", ())
    return choice_words(field["name"], choices, language)
