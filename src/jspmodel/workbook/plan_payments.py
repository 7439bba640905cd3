"""Who pays what in a plan that officials edited: it is computed anew, so what they changed there is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from jspmodel.errors import Problem
from jspmodel.intake import CaseNames
from jspmodel.plan import Plan
from jspmodel.workbook.plan_cells import SAME, EditedRow
from jspmodel.workbook.plan_grid import EditedSheet
from jspmodel.workbook.plan_rows import Place

Payments = Mapping[tuple[str, str, str], EditedRow]
"""Row of each payment, by programme, fund and year as they are written."""


def read_payments(sheet: EditedSheet, codes: CaseNames) -> Payments:
    """Return the payments of the sheet of funding; a row that names no programme, such as a total, is none.

    Parameters
    ----------
    sheet : EditedSheet
    codes : CaseNames

    Returns
    -------
    mapping
    """
    return {
        (program, row.texts["fund_code"], row.texts["year"]): row
        for row in sheet.rows
        if (program := codes.find("programs", row.texts["code"]))
    }


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
    typed = [
        key
        for key, row in said.items()
        if key[0] in taken and (row.is_struck or not row.has_money(paid.get(key, 0.0)))
    ]
    missing = [key for key, amount in paid.items() if key not in said and amount > SAME]
    if not typed and not missing:
        return
    program, fund, year = key = (typed or missing)[0]
    row = said.get(key) or next(iter(said.values()))
    told = place.problem(
        "plan_payment_typed",
        row,
        "budget",
        count=len(typed) + len(missing),
        program=program,
        fund=fund,
        year=year,
        cost=paid.get(key, 0.0),
    )
    yield replace(told, warning=True)
