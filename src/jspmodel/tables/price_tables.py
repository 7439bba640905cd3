"""Tables for notebooks: what leeway in budgets and rules is worth, and what the next billions would bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd

from jspmodel.case import NAMED_IN, Case
from jspmodel.figures import left_of_budgets
from jspmodel.pages import Captioned, Fragment, render_finding
from jspmodel.plan import Plan
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table, listed, number, say

DIGITS = 3
"""What is nothing to so many digits is not shown."""
UNIT = 1.0
"""Rp billion of which a price tells what one more is worth."""
FEW = 2
"""Funds that a title names; of more it tells the number."""
CHANGES = ("adds", "drops")


def price_table(
    case: Case,
    scenario: Scenario,
    prices: pd.DataFrame | None,
    language: Language,
    plan: Plan | None = None,
) -> Fragment | None:
    """Return what a unit of leeway in each budget and rule is worth, dearest first.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    prices : DataFrame or None
        As ``shadow_prices`` returns it.
    language : {"id", "en"}
    plan : Plan, optional
        Where it leaves Rp 1 billion or more of a fund in a year, another is worth nothing there.

    Returns
    -------
    Fragment or None
        Funds whose money is worth the same in a year share a row. None (a notebook then shows nothing)
        without prices.
    """
    if prices is None:
        return None
    unit = say(f"prices.unit_{scenario.objective}", language)
    binding = prices if plan is None else _binding(case, scenario, prices, plan)
    worth = sorted(_worths(case, binding, language), key=lambda item: -item[1])
    rows = tuple((what, number(price, language, DIGITS)) for what, price, _ in worth)
    table = _table(("what", "price"), rows, language, {"price"}, unit)
    title = say("prices.price_none" if len(binding) == len(prices) else "prices.price_left", language)
    if money := [(short, price) for _, price, short in worth if short]:
        what, price = money[0]
        figure = number(price, language, DIGITS)
        title = say("prices.price_title", language, what=what, price=figure, unit=unit)
    caption = say("prices.price_caption", language, unit=unit)
    return render_finding(
        title, language, (), [Captioned(caption, table)], [say("prices.price_note", language)]
    )


def next_table(case: Case, scenario: Scenario, found: pd.DataFrame, language: Language) -> Fragment:
    """Return what more money would bring.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    found : DataFrame
        As ``next_billions`` returns it.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    unit = say(f"prices.unit_{scenario.objective}", language)
    funds = {**case.names("funds", language), "": say("prices.any_fund", language)}
    rows = tuple(
        (
            funds[row.fund] if row.amount else say("prices.no_money", language),
            _amount(row.amount, language),
            number(row.gain, language, DIGITS) + ("*" if row.stopped else ""),
            number(row.least, language, DIGITS),
            number(row.most, language, DIGITS),
            _changes(row, language),
        )
        for row in found.itertuples()
    )
    keys = ("fund", "amount", "gain", "least", "most", "changes")
    table = _table(keys, rows, language, set(keys[1:5]), unit)
    caption = say("prices.next_caption", language, unit=unit)
    note = say("prices.next_note", language)
    return render_finding(
        _next_title(found, unit, language), language, (), [Captioned(caption, table)], [note]
    )


def _binding(case: Case, scenario: Scenario, prices: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Return the prices without those of money of which the plan leaves a unit or more.

    Funds with one price in a year stand in for each other in the relaxation: where one of them has money
    left, it pays what more of any other would.
    """
    left = left_of_budgets(case, scenario, plan)
    is_budget, price = prices["rule"] == "budget", prices["price"].round(DIGITS)
    idle = {
        (year, worth)
        for fund, year, worth in zip(prices["fund"], prices["year"], price, strict=True)
        if left.get((fund, year), 0.0) >= UNIT
    }
    stands_in = zip(is_budget, prices["year"], price, strict=True)
    return prices[[not (money and (year, worth) in idle) for money, year, worth in stands_in]]


def _worths(case: Case, prices: pd.DataFrame, language: Language) -> Iterator[tuple[str, float, str]]:
    """Yield what leeway there is, what it is worth, and if it is money a short wording for a title."""
    shown = prices[prices["price"].round(DIGITS) > 0]
    names = {column: case.names(table, language) for column, table in NAMED_IN.items()}
    funds: dict[tuple[int, float], list[str]] = defaultdict(list)
    for row in shown.itertuples():
        if row.rule == "budget":
            funds[row.year, round(row.price, DIGITS)].append(names["fund"][row.fund])
        else:
            codes = {column: names[column].get(getattr(row, column, ""), "") for column in NAMED_IN}
            yield say(f"prices.{row.rule}", language, year=row.year, **codes), row.price, ""
    for (year, price), alike in funds.items():
        key = "budget" if len(alike) == 1 else "budgets"
        values = {"fund": alike[0], "funds": listed(alike, language), "year": year, "count": len(alike)}
        long = say(f"prices.{key}", language, **values)
        yield long, price, long if len(alike) <= FEW else say("prices.budgets_count", language, **values)


def _next_title(found: pd.DataFrame, unit: str, language: Language) -> str:
    whole = found[(found["fund"] == "") & (found["amount"] > 0)]
    row = whole.iloc[-1]
    figures = {key: number(row[key], language, 2) for key in ("gain", "least", "most")}
    key = "next_title" if row["gain"] >= 0.005 else "next_title_none"
    return say(f"prices.{key}", language, amount=_amount(row["amount"], language), unit=unit, **figures)


def _amount(amount: float, language: Language) -> str:
    return number(amount, language, 0 if amount == int(amount) else 1)


def _changes(row: Any, language: Language) -> str:
    lists = ((key, getattr(row, key)) for key in CHANGES)
    parts = [say(f"prices.{key}", language, programs=", ".join(codes)) for key, codes in lists if codes]
    if parts or not row.gain:
        return "; ".join(parts) or "–"
    return say("prices.same", language)


def _table(
    keys: tuple[str, ...], rows: tuple[tuple[str, ...], ...], language: Language, numeric: set[str], unit: str
) -> Table:
    columns = tuple(say(f"prices.column_{key}", language, unit=unit) for key in keys)
    return Table(columns, rows, tuple(key in numeric for key in keys))
