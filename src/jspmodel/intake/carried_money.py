"""Money carried over from years past, as it stands in the ``datapackage.json`` of a case."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from jspmodel.errors import Problem
from jspmodel.intake.checks.costs_and_funds import money_limit
from jspmodel.intake.folder import PACKAGE
from jspmodel.intake.nearest import nearest_word

CARRIED = "carried_over"
"""The key of a list, as JSON has no keys of two parts."""
_PARTS = {"fund", "year", "amount"}


def carried_rows(carried: Mapping[tuple[str, int], float]) -> list[dict[str, object]]:
    """Return money carried over as it stands in ``datapackage.json``.

    Parameters
    ----------
    carried : mapping of (fund, year) to float
        Rp billion.

    Returns
    -------
    list of dict
    """
    return [
        {"fund": fund, "year": int(year), "amount": float(amount)} for (fund, year), amount in carried.items()
    ]


def carried_of(package: Mapping[str, Any]) -> tuple[dict[tuple[str, int], float], list[Problem]]:
    """Return what a case says is carried over, in Rp billion, and what is wrong with how it says so.

    Parameters
    ----------
    package : mapping
        What ``datapackage.json`` holds.
    """
    said, limit = package.get(CARRIED, []), money_limit()
    rows: list[Any] = said if isinstance(said, list) else [None]
    found = {(row["fund"], row["year"]): float(row["amount"]) for row in rows if _is_sound(row, limit)}
    if len(found) < len(rows):  # of two amounts for one fund and year one would be lost
        return {}, [Problem("bad_carried_over", PACKAGE, column=CARRIED, values={"limit": limit})]
    return found, []


def _is_sound(row: object, limit: float) -> bool:
    if not isinstance(row, dict) or set(row) != _PARTS:
        return False
    fund, year, amount = row["fund"], row["year"], row["amount"]
    if isinstance(year, bool) or isinstance(amount, bool) or not isinstance(fund, str):
        return False
    return isinstance(year, int) and isinstance(amount, int | float) and 0 <= amount <= limit


def unknown_funds(carried: Mapping[tuple[str, int], float], funds: Collection[str]) -> Iterator[Problem]:
    """Yield the funds that carry money over and are not there.

    Parameters
    ----------
    carried : mapping of (fund, year) to float
    funds : collection of str
        Codes of the case.

    Yields
    ------
    Problem
    """
    for fund in dict.fromkeys(fund for fund, _ in carried):
        if fund not in funds:
            values = {"value": fund, "table": "funds.csv", "nearest": nearest_word(fund, funds)}
            yield Problem("unknown_code", PACKAGE, column=CARRIED, values=values)
