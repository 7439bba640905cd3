"""Amounts that cannot well be what a list says: far from all others, or more than all budgets of a year."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

from jspmodel.intake import Sheet, judged_rows

Key = TypeVar("Key", bound=Hashable)

_FAR = 100
"""How many times an amount differs from every other one before it is asked about."""
_UNITS = (1e3, 1e6, 1e9)
"""What a unit that was forgotten, or written for a cell that does not have it, makes of an amount."""
_SLACK = 3
_FEWEST_OTHERS = 2
_MOST_WITHOUT_BUDGETS = 1e3
"""Rp billion: more is asked about where no budget says what is much."""


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
