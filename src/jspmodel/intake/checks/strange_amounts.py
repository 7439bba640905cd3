"""Amounts of money far above all others of their column, which another unit would make like them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from typing import TypeVar

from jspmodel.errors import Problem
from jspmodel.intake.draft import Draft

Key = TypeVar("Key", bound=Hashable)

_FAR = 100
"""How many times amounts differ from all others before they are asked about."""
_UNITS = (1e3, 1e6, 1e9)
"""What a unit that was forgotten, or written for a cell that does not have it, makes of an amount."""
_SLACK = 3
_FEWEST_OTHERS = 2


def check_units(draft: Draft) -> Iterator[Problem]:
    """Ask about amounts that are 100 times all others of their column or more, and like them by 1000 less.

    A budget of 2500 beside 15, 8 and 3 was meant in millions.
    """
    for table in ("fund_budgets", "program_costs"):
        amounts: dict[int, float] = {}
        for index, amount in draft[table]["amount"].items():
            line = draft.lines[table][index]
            amounts[line] = max(amount, amounts.get(line, 0.0))
        for line, usual in strange_amounts(amounts).items():
            amount = amounts[line]
            if amount > usual:
                values = {"amount": amount, "most": usual, "likely": _likely(amount, usual)}
                yield Problem("amount_far_above", f"{table}.csv", line, "amount", values, warning=True)


def strange_amounts(amounts: Mapping[Key, float]) -> dict[Key, float]:
    """Return the amounts that would be like the others in another unit, and are far from all as they stand.

    Several that are far on the same side count together: who writes millions for billions does so year after
    year. They are fewer than the others.

    Parameters
    ----------
    amounts : mapping of key to float
        Of one column.

    Returns
    -------
    dict of key to float
        Of each strange amount the nearest of the others.

    Examples
    --------
    >>> strange_amounts({2: 1.5, 3: 2.0, 4: 1500000.0}), strange_amounts({2: 1.5, 3: 2.0, 4: 150.0})
    ({4: 2.0}, {})
    >>> strange_amounts({2: 2500.0, 3: 15.0, 4: 8.0, 5: 2500.0, 6: 3.0})
    {2: 15.0, 5: 15.0}
    """
    ordered = sorted(amount for amount in amounts.values() if amount > 0)
    found: dict[Key, float] = {}
    for place in range(1, len(ordered)):
        low, high = ordered[:place], ordered[place:]
        if high[0] < low[-1] * _FAR:
            continue
        few, many, usual = (high, low, low[-1]) if len(high) < len(low) else (low, high, high[0])
        if len(few) < len(many) and len(many) >= _FEWEST_OTHERS:
            strange = {amount for amount in few if _like(amount, many)}
            found |= {key: usual for key, amount in amounts.items() if amount in strange}
    return found


def _like(amount: float, others: list[float]) -> bool:
    """Whether another unit would make an amount like others."""
    either = [amount * unit for unit in _UNITS] + [amount / unit for unit in _UNITS]
    return any(others[0] / _SLACK <= other <= others[-1] * _SLACK for other in either)


def _likely(amount: float, usual: float) -> Decimal:
    """Return what an amount is where it was written in the unit that brings it nearest below ``usual``."""
    unit = next(unit for unit in _UNITS if amount / unit <= usual * _SLACK)
    return Decimal(str(amount)) / Decimal(str(int(unit)))
