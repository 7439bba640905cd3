"""How far regions are from their targets, and what that means for the province."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jspmodel.case import Case
from jspmodel.measure.once import once
from jspmodel.measure.priorities import weights
from jspmodel.scenario import Scenario


@once
def known_gaps(case: Case) -> pd.DataFrame:
    """Return how far each region is from the target of each issue; NaN where nothing is known.

    The mean over the issue's indicators that have a value in the region (its latest year) of
    clip((value - target) / (worst - target), 0, 1), which is 0 at or better than the target; ``worst`` is the
    worst region's value unless given. Without such an indicator: the severity of issue_regions.

    Returns
    -------
    DataFrame of float in 0-1, issues by regions
        In table order.
    """
    issues, regions = list(case.issues["issue"]), list(case.regions["region"])
    latest = case.indicator_values.sort_values("year").groupby(["indicator", "region"])["value"].last()
    parts = [_indicator_gaps(row, latest) for row in case.indicators.itertuples()]
    severity = case.issue_regions.pivot_table(index="issue", columns="region", values="severity")
    severity = severity.reindex(index=issues, columns=regions)
    if not parts:
        return severity
    measured = pd.concat(parts).groupby(["issue", "region"])["gap"].mean().unstack()
    return measured.reindex(index=issues, columns=regions).fillna(severity)


def _indicator_gaps(row: Any, latest: pd.Series[float]) -> pd.DataFrame:
    indicator, target, sign = row.indicator, row.target, 1 if row.better == "lower" else -1
    values = latest[latest.index.get_level_values("indicator") == indicator].droplevel("indicator")
    worst = row.worst
    if np.isnan(worst):
        worst = target + sign * (sign * (values - target)).max() if len(values) else target
    distance = sign * (values - target)
    span = sign * (worst - target)
    gap = (distance / span).clip(0, 1) if span > 0 else distance * 0.0
    return pd.DataFrame({"issue": row.issue, "region": values.index, "gap": gap.to_numpy()})


def gaps(case: Case) -> pd.DataFrame:
    """Return how far each region is from the target of each issue; 0 where nothing is known.

    Returns
    -------
    DataFrame of float in 0-1, issues by regions
        In table order; see ``known_gaps`` for the formula.
    """
    return known_gaps(case).fillna(0.0)


def shares(case: Case) -> pd.Series[float]:
    """Return each region's share of the population; equal shares where no region has one.

    Returns
    -------
    Series of float by region, summing to 1
        In table order.
    """
    people = case.regions.set_index("region")["population"]
    if people.isna().all():
        return pd.Series(1 / max(len(people), 1), index=people.index, name="share")
    return (people / people.sum()).rename("share")


@once
def needs(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return need[i,r] = weight[i] gap[i,r] share[r] for the issues that count.

    Returns
    -------
    DataFrame of float, issues by regions
        In table order; N is the sum of all entries.
    """
    weight = weights(case, scenario)
    return gaps(case).loc[weight.index].mul(weight, axis=0).mul(shares(case), axis=1)
