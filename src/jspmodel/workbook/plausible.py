"""Amounts that cannot well be what a list says: far from all others, or more than all budgets of a year."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import TypeVar

from jspmodel.errors import Problem
from jspmodel.intake import Sheet, judged_rows, schema
from jspmodel.workbook.amounts import is_money
from jspmodel.workbook.money_units import MoneyUnit

Key = TypeVar("Key", bound=Hashable)

_FAR = 100
"""How many times an amount differs from every other one before it is asked about."""
_UNITS = (1e3, 1e6, 1e9)
"""What a unit that was forgotten, or written for a cell that does not have it, makes of an amount."""
_SLACK = 3
_FEWEST_OTHERS = 2
_MOST_WITHOUT_BUDGETS = 1e3
"""Rp billion: more is asked about where no budget says what is much."""

_BEYOND_ALL = 1e4
"""Rp billion: what is more in a column of billions may have been written in rupiah."""


def implausible_amounts(
    sheet: Sheet, units: Mapping[str, MoneyUnit], budgets: Sheet | None
) -> Iterator[Problem]:
    """Yield the amounts of a table that another unit would make plausible.

    Parameters
    ----------
    sheet : Sheet
        Of a workbook.
    units : mapping of str to MoneyUnit
        Of each column whose heading names another unit than billions of rupiah.
    budgets : Sheet or None
        The table ``fund_budgets``.

    Yields
    ------
    Problem
        An error below a heading that names a unit, else a warning.
    """
    rows, _ = judged_rows(sheet)
    most = most_in_a_year(None if sheet.table == "fund_budgets" else budgets)
    for field in schema(sheet.table)["fields"]:
        if not is_money(field) or field["name"] not in sheet.columns:
            continue
        place = sheet.columns.index(field["name"])
        amounts = {row: float(cells[place]) for row, cells in enumerate(rows) if cells[place]}
        unit = units.get(field["name"])
        strange = strange_amounts(amounts)
        for row, amount in amounts.items():
            told = amount > most or row in strange if unit else row in strange and amount > _BEYOND_ALL
            if told and not (unit and not unit.is_scaled):
                values = {"value": sheet.rows[row][place], "amount": amount}
                line, name = sheet.lines[row], field["name"]
                yield Problem("implausible_amount", sheet.file, line, name, values, warning=not unit)


def strange_amounts(amounts: Mapping[Key, float]) -> set[Key]:
    """Return the amounts that would be like the others in another unit, and are far from all as they stand.

    Parameters
    ----------
    amounts : mapping of key to float
        Of one column.

    Returns
    -------
    set of key

    Examples
    --------
    >>> strange_amounts({2: 1.5, 3: 2.0, 4: 1500000.0}), strange_amounts({2: 1.5, 3: 2.0, 4: 150.0})
    ({4}, set())
    """
    return {key for key, amount in amounts.items() if amount and _is_strange(key, amount, amounts)}


def _is_strange(key: Key, amount: float, amounts: Mapping[Key, float]) -> bool:
    others = [other for place, other in amounts.items() if place != key and other]
    if len(others) < _FEWEST_OTHERS:
        return False
    low, high = min(others), max(others)
    if low / _FAR < amount < high * _FAR:
        return False
    either = [amount * unit for unit in _UNITS] + [amount / unit for unit in _UNITS]
    return any(low / _SLACK <= other <= high * _SLACK for other in either)


def most_in_a_year(sheet: Sheet | None) -> float:
    """Return what all funds together have in the year with most, in Rp billion.

    Parameters
    ----------
    sheet : Sheet or None
        The table ``fund_budgets``.

    Returns
    -------
    float
        Where there are no budgets, an amount that no single proposal is likely to have.
    """
    by_year: dict[str, float] = {}
    if sheet and {"year", "amount"} <= set(sheet.columns):
        year, amount = sheet.columns.index("year"), sheet.columns.index("amount")
        for row in judged_rows(sheet)[0]:
            by_year[row[year]] = by_year.get(row[year], 0.0) + float(row[amount] or 0)
    return max(by_year.values(), default=0.0) or _MOST_WITHOUT_BUDGETS
