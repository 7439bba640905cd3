"""What a plan is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem
from jspmodel.measure.distance import needs
from jspmodel.measure.once import shared_once
from jspmodel.measure.reach import effects, eligible_regions
from jspmodel.measure.region_ties import edges
from jspmodel.measure.years import horizon, year_weights
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Choice
from jspmodel.reproducible import dot
from jspmodel.scenario import Scenario

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Impact:
    """Percent of the weighted gap closed, averaged over the horizon.

    Attributes
    ----------
    total : float
        100/N sum_t year_weight[t] sum_{i,r} need[i,r] closed[i,r,t].
    by_region : Series of float by region
        The same sum over the region's own needs, divided by them; NaN where a region has no need.
    """

    total: float
    by_region: pd.Series[float]


class Measure:
    """The measure of one case and scenario, its constants computed once.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Raises
    ------
    DataError
        Where effects count and the needs add up to 0: nothing could be closed.
    """

    def __init__(self, case: Case, scenario: Scenario) -> None:
        self.years = horizon(case, scenario)
        self.year_weights = year_weights(case, scenario)
        self.needs = needs(case, scenario)
        self.pieces = scenario.diminishing_returns
        self._regions = list(case.regions["region"])
        self._strength = scenario.collaboration.strength
        self._edges = edges(case, scenario).to_numpy()
        counted = effects(case, scenario)[self.needs.index]
        self._effects = dict(zip(counted.index, counted.to_numpy(), strict=True))
        codes, programs = list(case.programs["program"]), case.programs
        self._duration = dict(zip(codes, programs["duration"].astype(int).tolist(), strict=True))
        self._joint = dict(zip(codes, (programs["scope"] != "province").tolist(), strict=True))
        links = case.program_links[case.program_links["kind"] == "complements"]
        self._complements = list(
            zip(links["program"], links["other"], links["value"].fillna(0.0), strict=True)
        )
        eligible = eligible_regions(case)
        self._anywhere = {program for program, regions in eligible.items() if not regions}
        if COUNTS[scenario.objective].effects and not self.needs.to_numpy().sum() > 0:
            raise DataError(
                "No issue has a gap in any region: there is nothing to close.", [Problem("no_need")]
            )

    def delivered(self, choices: Sequence[Choice]) -> Array:
        """Return the delivered effect e[i,r,t].

        Programmes count from the year in which they are delivered (start + duration - 1). Each partner s of r
        in a joint programme adds strength * a[r,s] * effect; a complement delivered too adds value * effect.

        Returns
        -------
        array of shape (issues that count, regions, years)
        """
        total = np.zeros((len(self.needs.index), len(self._regions), len(self.years)))
        since = {choice.program: self._since(choice) for choice in choices}
        joined = {choice.program: self._joined(choice) for choice in choices}
        for program, there in joined.items():
            gain = self._strength * dot(self._edges, there) if self._joint[program] else 0.0
            total += self._spread(program, (1 + gain) * there, since[program])
        for program, other, value in self._complements:
            if program in joined and other in joined:
                both = joined[program] * (1.0 if other in self._anywhere else joined[other])
                total += value * self._spread(program, both, since[program] * since[other])
        return total

    def _spread(self, program: str, regions: Array, years: Array) -> Array:
        return np.einsum("i,r,t->irt", self._effects[program], regions, years)

    def _since(self, choice: Choice) -> Array:
        """1 in the years in which a choice is delivered, else 0."""
        ready = choice.start + self._duration[choice.program] - 1
        return np.array([year >= ready for year in self.years], dtype=float)

    def _joined(self, choice: Choice) -> Array:
        """1 for the regions that take part, else 0."""
        there = set(choice.regions)
        return np.array([region in there for region in self._regions], dtype=float)

    def closed(self, effect: Array) -> Array:
        """Return phi(e): concave, piecewise linear, at most 1.

        Parameters
        ----------
        effect : array
            Delivered effects, any shape.

        Returns
        -------
        array of the same shape
            The sum over pieces of slope times the part of the effect that falls into the piece.
        """
        result, start = np.zeros_like(effect), 0.0
        for width, slope in self.pieces:
            result += slope * np.clip(effect - start, 0.0, width)
            start += width
        return result

    def impact(self, choices: Sequence[Choice]) -> Impact:
        """Return the impact of carrying out the given choices.

        Parameters
        ----------
        choices : sequence of Choice
            Each programme at most once.

        Returns
        -------
        Impact
        """
        need, closed = self.needs.to_numpy(), self._average(choices)
        whole, own = float(need.sum()), need.sum(axis=0)
        gained = (need * closed).sum(axis=0)
        by_region = np.divide(100 * gained, own, out=np.full(len(own), np.nan), where=own > 0)
        total = 100 * float(gained.sum()) / whole if whole > 0 else 0.0
        return Impact(total, pd.Series(by_region, index=self.needs.columns, name="impact"))

    def parts(self, choices: Sequence[Choice]) -> pd.DataFrame:
        """Return what an impact is made of.

        Parameters
        ----------
        choices : sequence of Choice
            Each programme at most once.

        Returns
        -------
        DataFrame of float in percent of the whole need, issues that count by regions
            They add up to ``impact(choices).total``; all 0 where there is no need.
        """
        need = self.needs.to_numpy()
        whole = float(need.sum())
        values = 100 * need * self._average(choices) / whole if whole > 0 else np.zeros_like(need)
        return pd.DataFrame(values, index=self.needs.index, columns=self.needs.columns)

    def _average(self, choices: Sequence[Choice]) -> Array:
        """Return the share of each gap that is closed, averaged over the horizon."""
        return np.asarray(dot(self.closed(self.delivered(choices)), self.year_weights))


@shared_once
def measure_of(case: Case, scenario: Scenario) -> Measure:
    """Return the measure of a case and scenario, within ``computed_once`` the same for all who ask.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    Measure

    Raises
    ------
    DataError
        As ``Measure``.
    """
    return Measure(case, scenario)
