"""Amounts that cannot well be in the unit of their heading: far from others, or more than all budgets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jspmodel.errors import Problem
from jspmodel.intake import Sheet, judged_rows, schema, strange_amounts
from jspmodel.workbook.amounts import is_money
from jspmodel.workbook.money_units import MoneyUnit

_MOST_WITHOUT_BUDGETS = 1e3
"""Rp billion: more is asked about where no budget says what is much."""


def implausible_amounts(
    sheet: Sheet, units: Mapping[str, MoneyUnit], budgets: Sheet | None
) -> Iterator[Problem]:
    """Yield the amounts below a heading that names a unit which another unit would make plausible.

    Below one of billions of rupiah the checks of a case ask (``amount_far_above``).

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
    """
    rows, _ = judged_rows(sheet)
    most = most_in_a_year(None if sheet.table == "fund_budgets" else budgets)
    for field in schema(sheet.table)["fields"]:
        unit = units.get(field["name"])
        if not is_money(field) or field["name"] not in sheet.columns or not (unit and unit.is_scaled):
            continue
        place = sheet.columns.index(field["name"])
        amounts = {row: float(cells[place]) for row, cells in enumerate(rows) if cells[place]}
        strange = strange_amounts(amounts)
        for row, amount in amounts.items():
            if amount > most or row in strange:
                values = {"value": sheet.rows[row][place], "amount": amount}
                yield Problem("implausible_amount", sheet.file, sheet.lines[row], field["name"], values)


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
