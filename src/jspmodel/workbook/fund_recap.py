"""What each fund pays in each year, what is left of it, and sums: formulas over the sheet of payments."""

from __future__ import annotations

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.plan import Plan
from jspmodel.scenario import Language, Scenario
from jspmodel.text import say
from jspmodel.workbook.pages import Column, Formula, Page, Value, cells_of, letter_of

_FIRST = 3
"""Columns before those of the years."""


def fund_recap(case: Case, scenario: Scenario, plan: Plan, payments: Page, language: Language) -> Page:
    """Return the payments by fund and year, with the budgets of all years, what is left, and totals.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
    payments : Page
        What the formulas add up: codes of funds in the third column, years in the sixth, then amounts.
    language : {"id", "en"}

    Returns
    -------
    Page
        Without rows where nothing is paid.
    """
    years, name = measure.horizon(case, scenario), say("workbook.sheet_recap", language)
    heads = [Column(say(f"workbook.plan_{key}", language), width) for key, width in _TEXTS.items()]
    heads += [Column(str(year), 12, "cell_money") for year in years]
    heads += [
        Column(say(f"workbook.plan_{key}", language), 16, "cell_money") for key in ("paid", "ceiling", "left")
    ]
    if not payments.rows:
        return Page(name, heads, [])
    rows = [
        _row(case, scenario, plan, payments, fund, place, language)
        for place, fund in enumerate(case.funds["fund"], 2)
    ]
    rows.append(_total(rows, language))
    return Page(name, heads, rows, totals=1)


_TEXTS = {"fund_code": 14, "fund": 34, "holder": 26}


def _row(
    case: Case, scenario: Scenario, plan: Plan, payments: Page, fund: str, place: int, language: Language
) -> list[Value]:
    years, count = measure.horizon(case, scenario), len(payments.rows)
    funds, dates, amounts = (cells_of(payments.name, column, count) for column in (2, 5, 6))
    paid = dict.fromkeys(years, 0.0)
    for item in plan.funding:
        if item.fund == fund:
            paid[item.year] = paid.get(item.year, 0.0) + item.amount
    cells: list[Value] = [
        Formula(f"=SUMPRODUCT(EXACT({funds},$A{place})*({dates}={year})*{amounts})", paid[year])
        for year in years
    ]
    ceiling = sum(amount for (one, _), amount in measure.budgets(case, scenario).items() if one == fund)
    first, last, whole = (letter_of(_FIRST + k) for k in (0, len(years) - 1, len(years)))
    total = Formula(f"=SUM({first}{place}:{last}{place})", sum(paid[year] for year in years))
    left = Formula(
        f"=ROUND({letter_of(_FIRST + len(years) + 1)}{place}-{whole}{place},6)",
        round(ceiling - total.value, 6) + 0.0,
    )
    held = dict(zip(case.funds["fund"], case.funds["holder"], strict=True))[fund]
    holders = {"": say(f"report.{case.level}", language), **case.names("regions", language)}
    return [fund, case.names("funds", language)[fund], holders[held], *cells, total, ceiling, left]


def _total(rows: list[list[Value]], language: Language) -> list[Value]:
    """Return the sums of the columns of figures."""
    last = len(rows) + 1
    sums = [
        Formula(
            f"=SUM({letter_of(place)}2:{letter_of(place)}{last})", sum(_worth(row[place]) for row in rows)
        )
        for place in range(_FIRST, len(rows[0]))
    ]
    return ["", say("workbook.plan_total", language), "", *sums]


def _worth(value: Value) -> float:
    return value.value if isinstance(value, Formula) else float(value) if isinstance(value, float) else 0.0
