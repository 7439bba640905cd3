"""What all futures of a case share: the constants, read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from jspmodel import measure
from jspmodel.case import TABLES, Case
from jspmodel.errors import DataError, Problem
from jspmodel.intake import Draft
from jspmodel.intake.checks import check_effects, check_level_ranges, check_spillovers, check_worst
from jspmodel.measure import plain_rows
from jspmodel.plan import Choice
from jspmodel.reproducible import dot
from jspmodel.scenario import Scenario
from jspmodel.simulation.series import Places, Series, read_series
from jspmodel.text import worded

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Effects:
    """The rows of program_effects: places in the tables, and the range of each effect (0-1).

    Attributes
    ----------
    program, issue : arrays of int, shape (rows,)
    low, mode, high : arrays of shape (rows,)
        A blank end of the range is the effect itself.
    """

    program: Places
    issue: Places
    low: Array
    mode: Array
    high: Array


@dataclass(frozen=True, eq=False)
class Joined:
    """A programme of the plan: places in the tables, its start, the regions that take part."""

    program: int
    start: int
    regions: Places


@dataclass(frozen=True, eq=False)
class World:
    """The constants of the futures of one case under one scenario.

    Attributes
    ----------
    case : Case
    scenario : Scenario
    measure : Measure
        The optimiser's own: horizon, year weights, phi.
    series : Series
    weight : array of shape (issues, regions)
        0 for an issue that does not count; regions of different types of area may weigh issues differently.
    gap : array of shape (issues, regions)
        Today's, as the optimiser measures it.
    share : array of shape (regions,)
        Of the population.
    ties : array of shape (regions, regions)
        The edges a[r,s].
    chains : array of shape (issues, issues)
        What an effect on an issue (row) comes to on every issue (column).
    effects : Effects
    duration : array of int, shape (programs,)
    risk : array of shape (programs,)
        Chance that a programme is never delivered.
    anywhere : array of bool, shape (programs,)
        Programmes that have no regions: they work everywhere.
    region_risk : array of shape (regions,)
        Chance that a region's part is not.
    requires : tuple of (int, int)
        Places of a programme and of one that must be delivered before it starts.
    complements : tuple of (int, int, float)
        Places of a programme and its complement, and the value.
    """

    case: Case
    scenario: Scenario
    measure: measure.Measure
    series: Series
    weight: Array
    gap: Array
    share: Array
    ties: Array
    chains: Array
    effects: Effects
    duration: Places
    risk: Array
    anywhere: npt.NDArray[np.bool_]
    region_risk: Array
    requires: tuple[tuple[int, int], ...]
    complements: tuple[tuple[int, int, float], ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The horizon."""
        return self.measure.years

    @property
    def need(self) -> Array:
        """Each region's weighted gap today, in shares of the whole weight; shape (regions,)."""
        result = np.empty(len(self.share))
        for weight, regions in self.weighings:
            result[regions] = dot(weight, self.gap[:, regions])
        return result

    @cached_property
    def weighings(self) -> tuple[tuple[Array, Places | slice], ...]:
        """Weights of the issues, each with its regions: one for all where types of area do not count."""
        found: dict[bytes, list[int]] = {}
        for place, column in enumerate(self.weight.T):
            found.setdefault(column.tobytes(), []).append(place)
        whole = len(found) == 1
        return tuple(
            (self.weight[:, places[0]].copy(), slice(None) if whole else np.array(places, dtype=np.intp))
            for places in found.values()
        )

    def joined(self, choices: Sequence[Choice]) -> tuple[Joined, ...]:
        """Return choices by their places in the tables."""
        programs, regions = pd.Index(self.case.programs["program"]), pd.Index(self.case.regions["region"])
        return tuple(
            Joined(
                int(programs.get_loc(choice.program)),
                choice.start,
                np.array(sorted(regions.get_loc(region) for region in choice.regions), dtype=np.intp),
            )
            for choice in choices
        )


def build_world(case: Case, scenario: Scenario) -> World:
    """Read what all futures share.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    World

    Raises
    ------
    DataError
        If a range of effects is out of order, a worst value is not worse than its target, spillovers between
        issues explode, or (under ``gap_closed``) nothing has a gap.
    """
    if problems := [problem for problem in _problems(case, scenario) if not problem.warning]:
        raise worded(DataError, problems)
    model = measure.Measure(case, scenario)
    table = case.programs
    weight = measure.region_weights(case, scenario).reindex(case.issues["issue"]).fillna(0.0)
    return World(
        case=case,
        scenario=scenario,
        measure=model,
        series=read_series(case),
        weight=weight.to_numpy(float),
        gap=measure.gaps(case).to_numpy(float),
        share=measure.shares(case).to_numpy(float),
        ties=measure.edges(case, scenario).to_numpy(float),
        chains=measure.spillover_chains(case),
        effects=_effects(case, scenario),
        duration=table["duration"].to_numpy(np.intp),
        risk=table["delivery_risk"].fillna(0.0).to_numpy(float),
        anywhere=np.array([not regions for regions in measure.eligible_regions(case).values()], dtype=bool),
        region_risk=_region_risk(case, scenario),
        requires=tuple((p, o) for p, o, _ in _links(case, "requires")),
        complements=tuple(_links(case, "complements")),
    )


def _problems(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Judge a case that was built in memory by the rules that a file must pass."""
    tables = case.tables()
    lines = {name: range(2, len(table) + 2) for name, table in tables.items()}
    draft = Draft(tables, lines, frozenset(TABLES), frozenset(TABLES))
    yield from check_worst(draft)
    yield from check_spillovers(draft)
    yield from check_effects(draft)
    yield from check_level_ranges(case, scenario)


def _effects(case: Case, scenario: Scenario) -> Effects:
    table, ranges = case.program_effects, measure.effect_ranges(case, scenario)
    return Effects(
        program=pd.Index(case.programs["program"]).get_indexer(table["program"]),
        issue=pd.Index(case.issues["issue"]).get_indexer(table["issue"]),
        low=ranges["low"].to_numpy(float),
        mode=ranges["mode"].to_numpy(float),
        high=ranges["high"].to_numpy(float),
    )


def _region_risk(case: Case, scenario: Scenario) -> Array:
    """Return the chance that a region's part fails: falls from maturity 1 to 0 at 5; blank maturity: 0."""
    short = (5 - case.regions["maturity"].fillna(5.0)).clip(0, 4) / 4
    return scenario.simulation.readiness_risk * short.to_numpy(float)


def _links(case: Case, kind: str) -> Iterator[tuple[int, int, float]]:
    place = {program: k for k, program in enumerate(case.programs["program"])}
    rows = case.program_links[case.program_links["kind"] == kind]
    for row in plain_rows(rows.fillna({"value": 0.0})):
        yield place[row.program], place[row.other], float(row.value)
