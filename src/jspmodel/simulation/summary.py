"""Futures as tables: bands, chances, regions that gain."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from jspmodel.reproducible import dot
from jspmodel.simulation.world import World

Array = npt.NDArray[np.float64]

UNLIKELY = 0.05
"""Share of futures below which a target is out of reach."""
LIKELY = 0.5
"""Share of futures from which a target counts as expected to be reached."""
NOTICED = 1.0
"""Percent of its weighted gap below which a region is not yet helped."""
_BANDS = {"low": 0.1, "lower": 0.25, "median": 0.5, "upper": 0.75, "high": 0.9}
_PATHS = ("indicator", "issue", "region", "year", "target", *_BANDS, "without_low", "without", "without_high")
_TARGETS = (
    *("indicator", "issue", "region", "year", "target", "already"),
    *("without", "probability", "out_of_reach"),
)
_EXACT = 1e-9


def summarise(world: World, without: Array, with_plan: Array) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return ``paths`` and ``targets`` of ``Futures``.

    Parameters
    ----------
    world : World
    without, with_plan : arrays of shape (series, years, draws)

    Returns
    -------
    DataFrame
    DataFrame
    """
    paths, targets = [pd.DataFrame(columns=list(_PATHS))], [pd.DataFrame(columns=list(_TARGETS))]
    for indicator in np.unique(world.series.indicator):
        mine = world.series.indicator == indicator
        told = _IndicatorSummary(world, int(indicator), mine, without[mine], with_plan[mine])
        paths.append(told.paths())
        targets.append(told.targets())
    whole = [frames[1:] or frames for frames in (paths, targets)]
    return pd.concat(whole[0], ignore_index=True), pd.concat(whole[1], ignore_index=True)


class _IndicatorSummary:
    """One indicator: its regions, and last their mean weighted by population."""

    def __init__(
        self, world: World, indicator: int, mine: npt.NDArray[np.bool_], without: Array, with_plan: Array
    ) -> None:
        table = world.series.table[mine]
        weight = _mean_weights(world.share[world.series.region[mine]])
        base = table["base"].to_numpy(float)
        self.row = world.case.indicators.iloc[indicator]
        self.years = np.array(world.years)
        self.regions = [*table["region"], ""]
        self.sign = float(table["sign"].iloc[0])
        self.base = np.append(base, dot(weight, base))
        self.without, self.with_plan = (
            np.concatenate([values, dot(weight, values)[None]]) for values in (without, with_plan)
        )

    def paths(self) -> pd.DataFrame:
        """Return the bands, one row a region and year."""
        bands = np.quantile(self.with_plan, list(_BANDS.values()), axis=2)
        without = np.quantile(self.without, [0.1, 0.5, 0.9], axis=2)
        names = [*_BANDS, "without_low", "without", "without_high"]
        figures = dict(zip(names, np.concatenate([bands, without]).reshape(len(names), -1), strict=True))
        return pd.DataFrame(
            {
                "indicator": self.row["indicator"],
                "issue": self.row["issue"],
                "region": np.repeat(np.array(self.regions, dtype=object), len(self.years)),
                "year": np.tile(self.years, len(self.regions)),
                "target": self.row["target"],
                **figures,
            }
        ).astype({"region": "str"})

    def targets(self) -> pd.DataFrame:
        """Return the chances of reaching the target, one row a region."""
        asked = self.row["target_year"]
        year = self.years[-1] if np.isnan(asked) else int(np.clip(asked, self.years[0], self.years[-1]))
        at = int(year - self.years[0])
        probability = self._reached(self.with_plan[:, at]).mean(axis=1)
        return pd.DataFrame(
            {
                "indicator": self.row["indicator"],
                "issue": self.row["issue"],
                "region": self.regions,
                "year": year,
                "target": self.row["target"],
                "already": self._reached(self.base),
                "without": self._reached(self.without[:, at]).mean(axis=1),
                "probability": probability,
                "out_of_reach": probability < UNLIKELY,
            }
        )

    def _reached(self, values: Array) -> npt.NDArray[np.bool_]:
        target = float(self.row["target"])
        return np.asarray(self.sign * (values - target) <= _EXACT * max(1.0, abs(target)))


def _mean_weights(share: Array) -> Array:
    total = share.sum()
    return share / total if total > 0 else np.full(len(share), 1 / len(share))


def region_table(world: World, gained: Array, promised: pd.Series[float]) -> pd.DataFrame:
    """Return ``regions`` of ``Futures``.

    Parameters
    ----------
    world : World
    gained : array of shape (regions, draws)
    promised : Series of float by region
        The optimiser's impact.

    Returns
    -------
    DataFrame
    """
    impact = regional_impact(world, gained)
    low, median, high = np.quantile(impact, [0.1, 0.5, 0.9], axis=1)
    state = np.where(median >= NOTICED, "gains", "not_yet")
    return pd.DataFrame(
        {
            "region": promised.index,
            "promised": promised.fillna(0.0).to_numpy(float),
            "low": low,
            "median": median,
            "high": high,
            "mean": impact.mean(axis=1),
            "state": np.where(world.need > 0, state, "no_need"),
        }
    )


def regional_impact(world: World, gained: Array) -> Array:
    """Return what is gained in percent of each region's weighted gap today; 0 where there is none."""
    need = world.need[:, None]
    return np.divide(100 * gained, need, out=np.zeros_like(gained), where=need > 0)
