"""Whether a case says enough for a plan: without it there are gaps, rankings and partners all the same."""

from __future__ import annotations

from collections.abc import Iterable

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem
from jspmodel.text import worded

PLAN_TABLES = ("programs", "program_costs", "funds", "fund_budgets")
"""The tables without which there is nothing to select."""


def missing_for_plan(case: Case) -> tuple[str, ...]:
    """Return the tables that a plan needs and that are not there, or have no row.

    Parameters
    ----------
    case : Case

    Returns
    -------
    tuple of str
        Nothing where programmes can be selected. A case without them is valid for what it can say.
    """
    return tuple(table for table in PLAN_TABLES if getattr(case, table).empty)


def require_plan_tables(case: Case, warnings: Iterable[Problem] = ()) -> None:
    """Make sure that a case says enough for a plan.

    Parameters
    ----------
    case : Case
    warnings : iterable of Problem
        Told with it where they are about files that were not read: a table's name may be misspelt.

    Raises
    ------
    DataError
        If not; one problem names every table that is missing.
    """
    if missing := missing_for_plan(case):
        tables = [f"{table}.csv" for table in missing]
        unread = [warning for warning in warnings if warning.code == "unknown_file"]
        values = {"case": case.name, "tables": tables}
        raise worded(DataError, [Problem("no_plan_yet", values=values), *unread])
