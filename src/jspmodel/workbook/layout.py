"""How a workbook is laid out: the name of each sheet, and which heading stands for which column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from jspmodel.case import TABLES
from jspmodel.intake import schema
from jspmodel.text import LANGUAGES, say

_LONGEST_NAME = 31
"""Excel's limit for the name of a sheet."""
FIRST_DATA_ROW = 7
"""Row of the first data in a template, as a spreadsheet counts; above it stand, from row 1: title, what a row
is, an example, units, Indonesian and English headings."""


FIRST_PLAN = "first_plan"
"""The sheet that says a first plan, one row a programme, and is no table of a case."""


def sheet_name(table: str) -> str:
    """Return the name of the sheet that holds a table: its Indonesian title.

    Examples
    --------
    >>> sheet_name("program_costs")
    'Biaya program'
    """
    return str(schema(table)["title"])[:_LONGEST_NAME]


def own_sheets(part: str) -> frozenset[str]:
    """Return what a sheet of the workbook that holds no table is called, in every language.

    Parameters
    ----------
    part : {"guide", "lists", "problems"}

    Returns
    -------
    frozenset of str
    """
    return frozenset(say(f"workbook.sheet_{part}", language) for language in LANGUAGES)


def table_of(name: str) -> str:
    """Return the table that a sheet holds, ``""`` for another sheet.

    Examples
    --------
    >>> table_of("biaya  PROGRAM"), table_of("Funds"), table_of("fund_budgets"), table_of("Catatan")
    ('program_costs', 'funds', 'fund_budgets', '')
    """
    return _tables().get(plain_heading(name), "")


@cache
def _tables() -> dict[str, str]:
    return {
        plain_heading(name[:_LONGEST_NAME]): table
        for table in (*TABLES, FIRST_PLAN)
        for name in (table, schema(table)["title"], schema(table)["title_en"])
    }


@cache
def known_headings(table: str) -> Mapping[str, str]:
    """Return the column that each plain heading stands for.

    Parameters
    ----------
    table : str

    Returns
    -------
    mapping of str to str
        The column's own name, its Indonesian and its English title; each also without what is in brackets.
    """
    found: dict[str, str] = {}
    for shorten in (False, True):
        for field in schema(table)["fields"]:
            for title in (field["name"], field["title"], field["title_en"]):
                text = re.sub(r"\(.*?\)", " ", title) if shorten else title
                found.setdefault(plain_heading(text), field["name"])
    return found


def column_of(heading: str, table: str) -> str:
    """Return the column that a heading stands for, ``""`` where it is none of the table's.

    Examples
    --------
    >>> column_of("Biaya (miliar rupiah) *", "program_costs"), column_of("Catatan", "program_costs")
    ('amount', '')
    """
    known = known_headings(table)
    return known.get(plain_heading(heading)) or known.get(plain_heading(re.sub(r"\(.*?\)", " ", heading)), "")


def plain_heading(text: str) -> str:
    """Return a heading without what people change about it: case, blanks, stars, underscores."""
    return " ".join(re.sub(r"[_*:]", " ", text).casefold().split())
