"""Rules on what may be said shortly, judged before it is filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from jspmodel.errors import Problem
from jspmodel.intake.defaults import is_filled, is_total, profile_shares
from jspmodel.intake.draft import Draft
from jspmodel.measure import plain_rows


def short_forms(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with unit costs, spending profiles and growth.

    Parameters
    ----------
    draft : Draft
        As read, nothing filled in.

    Yields
    ------
    Problem
    """
    rules: tuple[tuple[str, tuple[Callable[[Draft], Iterator[Problem]], ...]], ...] = (
        ("program_costs", (_costs, _volumes, _profiles)),
        ("funds", (_growth,)),
    )
    for table, judges in rules:
        if table in draft.whole:
            for judge in judges:
                yield from judge(draft)


def _costs(draft: Draft) -> Iterator[Problem]:
    """Judge that each cost is an amount or a unit cost."""
    table = draft["program_costs"]
    amount, unit = table["amount"].notna(), table["unit_cost"].notna()
    for index in table.index[amount & unit & ~is_filled(table["source"])]:
        yield draft.problem("cost_twice", "program_costs", index, "unit_cost")
    for index in table.index[~amount & ~unit]:
        yield draft.problem("cost_missing", "program_costs", index, "amount")


def _volumes(draft: Draft) -> Iterator[Problem]:
    """Judge that a unit cost has volumes to be multiplied by."""
    if "program_regions" not in draft.sound:
        return
    table, regions = draft["program_costs"], draft["program_regions"]
    known = regions[regions["volume"].notna()]
    places = {*known["program"], *zip(known["program"], known["region"], strict=True)}
    for row in (row for row in plain_rows(table) if row.unit_cost == row.unit_cost and row.program):
        place = (row.program, row.region) if row.region else row.program
        if place not in places:
            yield draft.problem(
                "unit_cost_without_volume", "program_costs", row.Index, "unit_cost", program=row.program
            )


def _profiles(draft: Draft) -> Iterator[Problem]:
    """Judge that a profile is that of a total, with as many parts as the programme has years."""
    table, programs = draft["program_costs"], draft["programs"]
    years = dict(zip(programs["program"], programs["duration"], strict=True))
    total = is_total(table)
    for index in table.index[total]:
        value, duration = table.at[index, "profile"], years.get(table.at[index, "program"], 0)
        if duration >= 1 and profile_shares(value, int(duration)) is None:
            values: dict[str, Any] = {"value": value, "years": int(duration)}
            yield draft.problem("bad_profile", "program_costs", index, "profile", **values)
    spread = is_filled(table["source"])
    for index in table.index[~total & ~spread & (table["profile"] != "")]:
        yield draft.problem("profile_unused", "program_costs", index, "profile", warning=True)


def _growth(draft: Draft) -> Iterator[Problem]:
    """Judge that a growth range has two ends in order, and years to fill."""
    table, budgets = draft["funds"], draft["fund_budgets"]
    growing = table[table["growth_low"].notna() | table["growth_high"].notna()]
    if growing.empty:
        return
    budgets = budgets[~is_filled(budgets["source"])]
    last = budgets.groupby("fund")["year"].max()
    for row in plain_rows(growing):
        low, high = row.growth_low, row.growth_high
        until = budgets["year"].max() if row.growth_until != row.growth_until else row.growth_until
        if low != low or high != high:
            yield draft.problem("growth_half", "funds", row.Index, "growth_low, growth_high")
        elif low > high:
            yield draft.problem("growth_reversed", "funds", row.Index, "growth_high", low=low, high=high)
        elif "fund_budgets" in draft.sound and not last.get(row.fund, until) < until:
            yield draft.problem(
                "growth_nothing", "funds", row.Index, "growth_until", warning=True, fund=row.fund
            )
