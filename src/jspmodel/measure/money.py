"""Budgets and costs by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jspmodel.case import Case
from jspmodel.measure.once import once
from jspmodel.measure.wide import records
from jspmodel.measure.years import horizon
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario


@once
def budgets(case: Case, scenario: Scenario) -> dict[tuple[str, int], float]:
    """Return what each fund may pay in each year of the horizon.

    Returns
    -------
    dict of (fund, year) to float
        Rp billion, after the scenario's factors: B[f,t] = amount * all * funds[f] * years[t] + carried[f,t].
    """
    scale, years = scenario.budget_scale, set(horizon(case, scenario))
    found = {
        (fund, int(year)): amount * scale.all * scale.funds.get(fund, 1) * scale.years.get(year, 1)
        for fund, year, amount in records(case.fund_budgets, "fund", "year", "amount")
        if year in years
    }
    for (fund, year), amount in case.carried_over.items():
        if year in years:
            found[fund, year] = found.get((fund, year), 0.0) + amount
    return found


def yearly_costs(case: Case, choice: Choice, years: Sequence[int]) -> pd.DataFrame:
    """Return what a choice costs, by region and year.

    Build costs fall in start + offset; run costs in each year after delivery. A region's own costs count only
    where it takes part; shared costs (region ``""``) are paid once.

    Parameters
    ----------
    case : Case
    choice : Choice
    years : sequence of int
        The horizon.

    Returns
    -------
    DataFrame of float in Rp billion, regions (and ``""``) by years
        Only rows that cost something.
    """
    costs, there = _columns(case), {"", *choice.regions}
    mine = costs["program"] == choice.program
    rows = [row for row in zip(*(costs[key][mine] for key in _COST), strict=True) if row[0] in there]
    ready = choice.start + _durations(case)[choice.program] - 1
    place = {region: k for k, region in enumerate(sorted({row[0] for row in rows}))}
    column = {year: k for k, year in enumerate(years)}
    result = np.zeros((len(place), len(column)))
    for region, kind, offset, amount in rows:
        due = [choice.start + int(offset)] if kind == "build" else [year for year in years if year > ready]
        for year in due:
            if year in column:
                result[place[region], column[year]] += amount
    return pd.DataFrame(result, index=list(place), columns=list(column))


_COST = ("region", "kind", "offset", "amount")


@once
def _columns(case: Case) -> dict[str, npt.NDArray[Any]]:
    """Return the columns of program_costs as arrays: quicker to look things up in than tables."""
    return {key: case.program_costs[key].to_numpy() for key in ("program", *_COST)}


@once
def _durations(case: Case) -> dict[str, int]:
    return dict(zip(case.programs["program"], case.programs["duration"].astype(int), strict=True))


@once
def payers(case: Case) -> dict[str, dict[str, float]]:
    """Return which funds may pay for each programme, and the largest share of a year's cost for each.

    The least specific row counts last: a programme's own before that of its dimension before one that names
    neither, which holds for every programme that no other row of the fund names. Of what no row names a fund
    pays nothing where one of its rows allows something, all where they only forbid (a share of 0).

    Parameters
    ----------
    case : Case

    Returns
    -------
    dict of program to fund to float
        Shares in 0-1, without those that are 0.
    """
    rules = [*_rules(case)]
    named = {(fund, program): share for fund, program, _, share in rules if program}
    wide = {(fund, dimension): share for fund, program, dimension, share in rules if not program}
    bound = restricted_funds(case)
    result: dict[str, dict[str, float]] = {}
    for program, dimension in zip(case.programs["program"], case.programs["dimension"], strict=True):
        result[program] = {}
        for fund in case.funds["fund"]:
            rest = wide.get((fund, ""), 0.0 if fund in bound else 1.0)
            share = named.get((fund, program), wide.get((fund, dimension), rest))
            if share > 0:
                result[program][fund] = share
    return result


@once
def restricted_funds(case: Case) -> frozenset[str]:
    """Return the funds that pay only for what their rules name.

    Those with a rule that allows something, unless it allows it for every programme.
    """
    rules = [*_rules(case)]
    open_to_all = {fund for fund, program, of, share in rules if share > 0 and not (program or of)}
    return frozenset(fund for fund, *_, share in rules if share > 0) - open_to_all


def _rules(case: Case) -> Iterator[tuple[str, str, str, float]]:
    """Yield the rules of funds: fund, programme, dimension, share."""
    table = case.fund_rules
    columns = (table["fund"], table["program"], table["dimension"], table["max_share"].fillna(1.0).tolist())
    yield from zip(*columns, strict=True)


@once
def holders(case: Case) -> dict[str, str]:
    """Return the region that holds each fund, for the funds that a region holds."""
    regions = set(case.regions["region"].tolist())
    return {fund: holder for fund, holder in records(case.funds, "fund", "holder") if holder in regions}
