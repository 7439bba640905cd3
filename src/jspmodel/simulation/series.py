"""What indicators did so far: the trend that goes on, and how far years strayed from it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from jspmodel.case import Case

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

ENOUGH = 3
"""Years of a series from which a trend is read: with two, one bad figure would be the whole slope."""
_PERCENT = {"persen", "%", "percent"}


@dataclass(frozen=True, eq=False)
class Series:
    """The series of a case, one a pair of indicator and region that has a value.

    Attributes
    ----------
    table : DataFrame
        ``indicator``, ``issue``, ``region``, ``years`` (how many were observed), ``base_year`` and ``base``
        (the latest value), ``slope`` (per year, in the indicator's unit; 0 below ``ENOUGH`` years),
        ``target``, ``sign`` (1 lower is better, -1 higher), ``span`` (from target to worst; 0: no gap),
        ``lowest`` and ``highest`` (what the unit allows).
    indicator, issue, region : arrays of int, shape (series,)
        Places in the tables of the case.
    residuals : array of shape (series, most)
        What yearly changes left over beside the slope, oldest first, their mean 0; blank places are 0.
    count : array of int, shape (series,)
        How many residuals there are.
    """

    table: pd.DataFrame
    indicator: Places
    issue: Places
    region: Places
    residuals: Array
    count: Places


def read_series(case: Case) -> Series:
    """Return the series of a case.

    Parameters
    ----------
    case : Case

    Returns
    -------
    Series
        In table order of indicators, then regions.
    """
    values = case.indicator_values.merge(case.indicators.drop(columns=["source", "status"]), on="indicator")
    rows, leftovers = [], []
    for (indicator, region), group in values.sort_values("year").groupby(["indicator", "region"]):
        years, seen = group["year"].to_numpy(float), group["value"].to_numpy(float)
        slope = theil_sen(years, seen) if len(years) >= ENOUGH else 0.0
        rows.append((indicator, region, len(years), int(years[-1]), seen[-1], slope))
        leftovers.append(_residuals(years, seen, slope))
    columns = ["indicator", "region", "years", "base_year", "base", "slope"]
    table = pd.DataFrame(rows, columns=columns).merge(_scales(values), on="indicator")
    place = {
        name: pd.Index(getattr(case, f"{name}s")[name]).get_indexer(table[name])
        for name in ("indicator", "issue", "region")
    }
    order = np.lexsort((place["region"], place["indicator"]))
    padded, count = _padded(leftovers)
    ordered = {name: places[order] for name, places in place.items()}
    return Series(
        table.iloc[order].reset_index(drop=True), residuals=padded[order], count=count[order], **ordered
    )


def theil_sen(years: Array, values: Array) -> float:
    """Return the median of the slopes between all pairs of years (Theil 1950; Sen 1968).

    Up to 29 % of the years may be wrong without moving it far.

    Parameters
    ----------
    years, values : arrays of shape (n,)

    Returns
    -------
    float
        Per year; 0 with fewer than two different years.
    """
    pairs = combinations(range(len(years)), 2)
    slopes = [(values[b] - values[a]) / (years[b] - years[a]) for a, b in pairs if years[b] != years[a]]
    return float(np.median(slopes)) if slopes else 0.0


def damped_years(ahead: npt.NDArray[np.int64], damping: float) -> Array:
    """Return how many years' worth of slope a damped trend adds: sum_{j=1}^{n} damping^j.

    Parameters
    ----------
    ahead : array of int
        Years n since the last value; below 1: none.
    damping : float in 0-1
        1 is a straight line, 0 no trend (Gardner and McKenzie 1985).

    Returns
    -------
    array of the same shape
    """
    most = max(int(ahead.max(initial=0)), 0)
    sums = np.concatenate([[0.0], np.cumsum(np.cumprod(np.full(most, damping)))])
    return sums[np.clip(ahead, 0, most)]


def _residuals(years: Array, values: Array, slope: float) -> Array:
    """Return what each change left over, per year, centred; over g years a change strays by sqrt(g)."""
    if len(years) < ENOUGH:
        return np.zeros(0)
    apart = np.diff(years)
    left = (np.diff(values) - slope * apart)[apart > 0] / np.sqrt(apart[apart > 0])
    return left - left.mean() if len(left) else left


def _padded(rows: list[Array]) -> tuple[Array, Places]:
    count = np.array([len(row) for row in rows], dtype=np.intp)
    result = np.zeros((len(rows), max(1, int(count.max(initial=0)))))
    for k, row in enumerate(rows):
        result[k, : len(row)] = row
    return result, count


def _scales(values: pd.DataFrame) -> pd.DataFrame:
    """Return each indicator's direction, distance from target to worst, and what its unit allows.

    Quantities that were never below 0 stay at or above 0; a percentage never above 100 stays there.
    """
    rows = []
    for indicator, group in values.groupby("indicator"):
        row = group.iloc[0]
        sign = 1.0 if row["better"] == "lower" else -1.0
        latest = group.sort_values("year").groupby("region")["value"].last()
        given = row["worst"]
        span = (
            sign * (given - row["target"]) if not np.isnan(given) else (sign * (latest - row["target"])).max()
        )
        lowest = 0.0 if min(group["value"].min(), row["target"]) >= 0 else -np.inf
        whole = row["unit"] in _PERCENT and max(group["value"].max(), row["target"]) <= 100
        highest = 100.0 if whole else np.inf
        rows.append((indicator, row["issue"], row["target"], sign, max(span, 0.0), lowest, highest))
    columns = ["indicator", "issue", "target", "sign", "span", "lowest", "highest"]
    return pd.DataFrame(rows, columns=columns)
