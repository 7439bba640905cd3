"""Who pays what in a plan that officials edited: it is computed anew, so what they changed there is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from jspmodel.errors import Problem
from jspmodel.plan import Plan
from jspmodel.workbook.plan_cells import EditedRow
from jspmodel.workbook.plan_codes import PlanCodes
from jspmodel.workbook.plan_grid import EditedSheet
from jspmodel.workbook.plan_rows import Place

_SAME = 5e-4
"""Rp billion by which a payment may differ: less is rounding."""
Payments = Mapping[tuple[str, str, str], tuple[float | None, EditedRow]]
"""Amount (None: no number) and row of each payment, by programme, fund and year as they are written."""


def read_payments(sheet: EditedSheet, codes: PlanCodes) -> Payments:
    """Return the payments of the sheet of funding; a row that names no programme, such as a total, is none.

    Parameters
    ----------
    sheet : EditedSheet
    codes : PlanCodes

    Returns
    -------
    mapping
    """
    found: dict[tuple[str, str, str], tuple[float | None, EditedRow]] = {}
    for row in sheet.rows:
        if program := codes.find("programs", row.texts["code"]):
            paid = None if row.is_struck else _number(row.texts["budget"])
            found[program, row.texts["fund_code"], row.texts["year"]] = paid, row
    return found


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def changed_payments(said: Payments, ours: Plan, taken: Collection[str], place: Place) -> Iterator[Problem]:
    """Warn of payments that are not those of our plan.

    Parameters
    ----------
    said : Payments
    ours : Plan
    taken : collection of str
        Programmes that are taken up: the payments of others fall with them.
    place : Place
        Of the sheet.

    Yields
    ------
    Problem
        One at most, at the first that differs, with how many do.
    """
    paid: dict[tuple[str, str, str], float] = {}
    for item in ours.funding:
        if item.program in taken:
            key = (item.program, item.fund, str(item.year))
            paid[key] = paid.get(key, 0.0) + item.amount
    mine = {key: one for key, one in said.items() if key[0] in taken}
    typed = [
        (key, row)
        for key, (amount, row) in mine.items()
        if amount is None or not abs(amount - paid.get(key, 0.0)) <= _SAME
    ]
    missing = [key for key, amount in paid.items() if key not in mine and amount > _SAME]
    if not typed and not missing:
        return
    (program, fund, year), row = typed[0] if typed else (missing[0], next(iter(said.values()))[1])
    told = place.problem(
        "plan_payment_typed",
        row,
        "budget",
        count=len(typed) + len(missing),
        program=program,
        fund=fund,
        year=year,
        cost=paid.get((program, fund, year), 0.0),
    )
    yield replace(told, warning=True)
