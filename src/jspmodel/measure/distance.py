"""How far regions are from their targets, and what that means for the province."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import isnan

import pandas as pd

from jspmodel.case import Case
from jspmodel.measure.area_types import region_weights
from jspmodel.measure.once import once
from jspmodel.measure.wide import by, cells, means, records, wide
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
    issues, regions = case.issues["issue"].tolist(), case.regions["region"].tolist()
    severity = means(cells(case.issue_regions, ("issue", "region"), "severity"))
    latest: dict[str, dict[str, float]] = defaultdict(dict)
    for (indicator, region), value in cells(
        case.indicator_values.sort_values("year"), ("indicator", "region"), "value"
    ):
        if not isnan(value):
            latest[indicator][region] = value
    measured = means(
        ((issue, region), gap)
        for issue, indicator, better, target, worst in records(
            case.indicators, "issue", "indicator", "better", "target", "worst"
        )
        for region, gap in _indicator_gaps(better, target, worst, latest[indicator])
    )
    return wide(severity | measured, issues, regions, ("issue", "region"))


def _indicator_gaps(
    better: str, target: float, worst: float, values: Mapping[str, float]
) -> Iterator[tuple[str, float]]:
    sign = 1 if better == "lower" else -1
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
    people = by(case.regions, "region", "population")
    if people.isna().all():
        return pd.Series(1 / max(len(people), 1), index=people.index, name="share")
    return (people / people.sum()).rename("share")


def shares_among(share: Mapping[str, float], regions: Sequence[str]) -> dict[str, float]:
    """Return the shares of some regions; 1 each where nobody lives in any of them.

    Parameters
    ----------
    share : mapping of str to float
        Of the population, by region.
    regions : sequence of str

    Returns
    -------
    dict of str to float
        By region.

    Examples
    --------
    >>> shares_among({"A": 0.3, "B": 0.7}, "A"), shares_among({"A": 0.0, "B": 0.0, "C": 1.0}, "AB")
    ({'A': 0.3}, {'A': 1.0, 'B': 1.0})
    """
    among = {region: share[region] for region in regions}
    return among if any(among.values()) else dict.fromkeys(among, 1.0)


@once
def needs(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return need[i,r] = weight[i,a(r)] gap[i,r] share[r] for the issues that count.

    a(r) is the region's type of area where the scenario has ``weights_by_area_type``; else the weight of an
    issue is the same in every region.

    Returns
    -------
    DataFrame of float, issues by regions
        In table order; N is the sum of all entries.
    """
    weight = region_weights(case, scenario)
    gap = gaps(case).loc[weight.index]
    values = gap.to_numpy() * weight.to_numpy() * shares(case).to_numpy()
    return pd.DataFrame(values, index=gap.index, columns=gap.columns, copy=False)
