"""Rules on money; each yields by how many Rp billion every instance is broken, and where."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from jspmodel.measure import budgets as all_budgets
from jspmodel.selection.audit.books import Books, Finding


def costs_paid(books: Books) -> Iterator[Finding]:
    """Check: payments are never negative and add up to the cost of each programme and year."""
    for payment in books.payments.itertuples():
        yield -payment.amount, _place(program=payment.program, fund=payment.fund, year=payment.year)
    paid = books.payments.groupby(["program", "year"])["amount"].sum()
    for program, costs in books.costs.items():
        for year, cost in costs.sum().items():
            yield abs(cost - paid.get((program, year), 0.0)), _place(program=program, year=year)


def fund_budgets(books: Books) -> Iterator[Finding]:
    """Check: what a fund pays in a year stays within its budget."""
    budgets = all_budgets(books.case, books.scenario)
    for (fund, year), amount in books.payments.groupby(["fund", "year"])["amount"].sum().items():
        yield amount - budgets.get((fund, year), 0.0), _place(fund=fund, year=year)


def fund_rules(books: Books) -> Iterator[Finding]:
    """Check: a fund with rules pays only for what they name, and at most its share of a year's cost."""
    rules = books.case.fund_rules
    for payment in books.payments.itertuples():
        rows = rules[rules["fund"] == payment.fund]
        if not rows.empty:
            share = _share(rows, payment.program, books.programs.at[payment.program, "dimension"])
            most = share * books.costs[payment.program][payment.year].sum()
            place = _place(program=payment.program, fund=payment.fund, year=payment.year)
            yield payment.amount - most, place


def _share(rows: pd.DataFrame, program: str, dimension: str) -> float:
    named = rows[rows["program"] == program]
    if named.empty and dimension:
        named = rows[(rows["program"] == "") & (rows["dimension"] == dimension)]
    return 0.0 if named.empty else float(named["max_share"].fillna(1.0).iloc[0])


def region_funds(books: Books) -> Iterator[Finding]:
    """Check: the funds of a region together pay at most its own and the shared cost of what it joins."""
    holders = books.case.funds.set_index("fund")["holder"]
    paid = books.payments.assign(region=books.payments["fund"].map(holders))
    paid = paid[paid["region"].isin(books.case.regions["region"])]
    sums = paid.groupby(["program", "region", "year"])["amount"].sum()
    for (program, region, year), amount in sums.items():
        parts = books.costs[program][year]
        joined = region in books.chosen[program].regions
        own = parts.get(region, 0.0) + parts.get("", 0.0) if joined else 0.0
        yield amount - own, _place(program=program, region=region, year=year)


def _place(**codes: object) -> dict[str, str]:
    return {name: str(code) for name, code in codes.items()}
