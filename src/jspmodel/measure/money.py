"""Budgets and costs by year."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from jspmodel.case import Case
from jspmodel.measure.years import horizon
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario


def budgets(case: Case, scenario: Scenario) -> dict[tuple[str, int], float]:
    """Return what each fund may pay in each year of the horizon.

    Returns
    -------
    dict of (fund, year) to float
        Rp billion, after the scenario's factors: B[f,t] = amount * all * funds[f] * years[t].
    """
    scale, years = scenario.budget_scale, set(horizon(case, scenario))
    return {
        (row.fund, int(row.year)): row.amount
        * scale.all
        * scale.funds.get(row.fund, 1)
        * scale.years.get(row.year, 1)
        for row in case.fund_budgets.itertuples()
        if row.year in years
    }


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
    rows = case.program_costs[case.program_costs["program"] == choice.program]
    rows = rows[rows["region"].isin(["", *choice.regions])]
    duration = int(case.programs.loc[case.programs["program"] == choice.program, "duration"].iloc[0])
    ready = choice.start + duration - 1
    result = pd.DataFrame(0.0, index=sorted(set(rows["region"])), columns=list(years))
    for row in rows.itertuples():
        due = [choice.start + int(row.offset)] if row.kind == "build" else [y for y in years if y > ready]
        for year in due:
            if year in result.columns:
                result.loc[row.region, year] += row.amount
    return result
