"""How far regions are from their targets, and what that means for the province."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import isnan
from typing import Any

import pandas as pd

from jspmodel.case import Case
from jspmodel.measure.once import once
from jspmodel.measure.priorities import weights
from jspmodel.measure.wide import cells, means, wide
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
    severity = means(cells(case.issue_regions, ("issue", "region"), "severity"))
    latest: dict[str, dict[str, float]] = defaultdict(dict)
    for (indicator, region), value in cells(
        case.indicator_values.sort_values("year"), ("indicator", "region"), "value"
    ):
        if not isnan(value):
            latest[indicator][region] = value
    measured = means(
        ((row.issue, region), gap)
        for row in case.indicators.itertuples()
        for region, gap in _indicator_gaps(row, latest[row.indicator])
    )
    return wide(severity | measured, issues, regions, ("issue", "region"))


def _indicator_gaps(row: Any, values: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    target, sign = row.target, 1 if row.better == "lower" else -1
    worst = row.worst
    if isnan(worst):
        worst = target + sign * max((sign * (value - target) for value in values.values()), default=0.0)
    span = sign * (worst - target)
    for region, value in values.items():
        yield region, min(max(sign * (value - target) / span, 0.0), 1.0) if span > 0 else 0.0


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
