"""What the formulation needs of a case and scenario, read once from the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import Any

import numpy as np
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.measure import computed_once, records, unless_blank
from jspmodel.realisation import with_decided
from jspmodel.scenario import Scenario

SHARED = ""
"""Stands for the region of shared costs."""


@dataclass(frozen=True)
class Proposal:
    """A proposed programme that could start, as the formulation sees it.

    Attributes
    ----------
    starts : tuple of int
        Years in which it may start: in its window and the horizon, in no closed year (unless it is in the
        annual plan), built and delivered by the end of the horizon.
    regions : tuple of str
        Regions that may take part, in table order.
    build : mapping of region to offset to Rp billion
        ``SHARED`` stands for shared costs; offset 0 is the year of the start.
    run : mapping of region to Rp billion
        In each year after delivery.
    """

    code: str
    dimension: str
    agency: str
    starts: tuple[int, ...]
    duration: int
    joint: bool
    regions: tuple[str, ...]
    mandatory: frozenset[str]
    min_regions: int
    min_volume: float
    volumes: Mapping[str, float]
    build: Mapping[str, Mapping[int, float]]
    run: Mapping[str, float]
    score: float
    new_systems: float
    quick_win: bool
    required_maturity: float
    raises_maturity: float

    def ready(self, start: int) -> int:
        """Return the year at whose end the programme is delivered."""
        return start + self.duration - 1

    def starts_ready_by(self, year: int) -> tuple[int, ...]:
        """Return the starts from which the programme is delivered by the end of a year."""
        last = year - self.duration + 1
        return tuple(start for start in self.starts if start <= last)

    def due(self, region: str, start: int, year: int) -> float:
        """Return what a start makes due in a year for a region's part, or the shared part, in Rp billion."""
        offset, build = year - start, self.build.get(region)
        running = self.run.get(region, 0.0) if offset >= self.duration else 0.0
        return running if build is None else build.get(offset, 0.0) + running


@dataclass(frozen=True)
class Inputs:
    """The case and scenario as the formulation sees them.

    Attributes
    ----------
    proposals : dict of program to Proposal
        Those that could start and are not locked out, in table order.
    need : dict of (issue, region) to float
        Where it is above 0.
    effects : dict of program to issue to float
        Where it is above 0 and the issue counts.
    gains : dict of (region, region) to float
        strength * a[r,s] where above 0; each pair once, in table order.
    payers : dict of program to fund to float
        The funds that may pay for it and the largest share of a year's cost that each may bear.
    opens : dict of (program, fund) to float
        The year from which the fund may pay for it, where it waits for documents after its first possible
        start; ``inf``: never.
    holder : dict of fund to region
        The funds that a region holds.
    maturity : dict of region to float
        Where it is known.
    max_parallel : dict of agency to int
        Where it is limited.
    retires : dict of system to tuple of programs
        The programmes that retire a system.
    """

    case: Case
    scenario: Scenario
    years: tuple[int, ...]
    year_weights: dict[int, float]
    proposals: dict[str, Proposal]
    shares: dict[str, float]
    need: dict[tuple[str, str], float]
    effects: dict[str, dict[str, float]]
    gains: dict[tuple[str, str], float]
    budgets: dict[tuple[str, int], float]
    payers: dict[str, dict[str, float]]
    opens: dict[tuple[str, str], float]
    holder: dict[str, str]
    maturity: dict[str, float]
    max_parallel: dict[str, int]
    retires: dict[str, tuple[str, ...]]

    def links(self, kind: str) -> list[tuple[str, str, float]]:
        """Return the links of a kind as (program, other, value); a blank value is 0."""
        return [(program, other, value) for named, program, other, value in self._links if named == kind]

    @cached_property
    def _links(self) -> list[tuple[str, str, str, float]]:
        table = self.case.program_links
        columns = (table["kind"], table["program"], table["other"], table["value"].fillna(0.0))
        return list(zip(*columns, strict=True))

    @cached_property
    def all_costs(self) -> float:
        """More than all programmes cost together, in Rp billion."""
        built = (
            amount for p in self.proposals.values() for parts in p.build.values() for amount in parts.values()
        )
        run = (amount for p in self.proposals.values() for amount in p.run.values())
        return 1 + sum(built) + len(self.years) * sum(run)

    def complements(self) -> list[tuple[Proposal, Proposal, float]]:
        """Return pairs of which the first gains a share of its effect (or points) where both are there."""
        known = self.proposals
        links = self.links("complements")
        return [
            (known[p], known[o], value) for p, o, value in links if value > 0 and p in known and o in known
        ]


@computed_once()
def read_inputs(case: Case, scenario: Scenario) -> Inputs:
    """Read what the formulation needs.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    Inputs
        Its ``scenario`` keeps what has happened to an adopted plan, whatever the one given says.
    """
    scenario = with_decided(case, scenario)
    years = measure.horizon(case, scenario)
    need = measure.needs(case, scenario)
    proposals = _proposals(case, scenario, years)
    limits = records(case.agencies, "agency", "max_parallel")
    return Inputs(
        case=case,
        scenario=scenario,
        years=years,
        year_weights=dict(zip(years, measure.year_weights(case, scenario).tolist(), strict=True)),
        proposals=proposals,
        shares=measure.shares(case).to_dict(),
        need=_positive(need),
        effects=_effects(case, scenario, need.index),
        gains=_gains(case, scenario),
        budgets=measure.budgets(case, scenario),
        payers=measure.payers(case),
        opens=_opens(case, scenario, proposals),
        holder=measure.holders(case),
        maturity={r: known for r, known in records(case.regions, "region", "maturity") if not isnan(known)},
        max_parallel={agency: int(most) for agency, most in limits if not isnan(most)},
        retires=_retires(case),
    )


def _opens(case: Case, scenario: Scenario, proposals: Mapping[str, Proposal]) -> dict[tuple[str, str], float]:
    opens, payers = measure.opening_years(case, scenario).items(), measure.payers(case)
    return {
        (program, fund): year
        for (program, fund), year in opens
        if program in proposals and fund in payers[program] and year > min(proposals[program].starts)
    }


def _retires(case: Case) -> dict[str, tuple[str, ...]]:
    programs: dict[str, list[str]] = defaultdict(list)
    for system, program, action in records(case.program_systems, "system", "program", "action"):
        if action == "retires":
            programs[system].append(program)
    return {system: tuple(some) for system, some in programs.items()}


def _proposals(case: Case, scenario: Scenario, years: tuple[int, ...]) -> dict[str, Proposal]:
    eligible = measure.eligible_regions(case)
    regions, costs = _by_program(case.program_regions), _by_program(case.program_costs)
    result = {}
    locked_out = set(scenario.locked_out)
    for row in _rows(case.programs):
        code = row["program"]
        if code in locked_out:
            continue
        build, run = _costs(costs[code])
        if starts := _starts(row, build, scenario, years):
            result[code] = _proposal(row, starts, eligible[code], regions[code], build, run)
    return result


def _by_program(table: pd.DataFrame) -> dict[str, list[dict[Any, Any]]]:
    """Return the rows of a table by the programme that they are of."""
    rows: dict[str, list[dict[Any, Any]]] = defaultdict(list)
    for row in _rows(table):
        rows[row["program"]].append(row)
    return rows


def _rows(table: pd.DataFrame) -> Iterator[dict[Any, Any]]:
    """Yield rows as plain values by column, as ``to_dict`` gives them, in a third of its time."""
    names = table.columns.tolist()
    for values in records(table, *names):
        yield dict(zip(names, values, strict=True))


def _proposal(
    row: dict[Any, Any],
    starts: tuple[int, ...],
    eligible: tuple[str, ...],
    own: list[dict[Any, Any]],
    build: dict[str, dict[int, float]],
    run: dict[str, float],
) -> Proposal:
    return Proposal(
        code=row["program"],
        dimension=row["dimension"],
        agency=row["agency"],
        starts=starts,
        duration=int(row["duration"]),
        joint=row["scope"] != "province",
        regions=eligible,
        mandatory=frozenset(place["region"] for place in own if place["mandatory"]),
        min_regions=int(unless_blank(row["min_regions"], 1)),
        min_volume=unless_blank(row["min_volume"], 0.0),
        volumes={place["region"]: unless_blank(place["volume"], 0.0) for place in own},
        build=build,
        run=run,
        score=unless_blank(row["score"], 0.0),
        new_systems=unless_blank(row["new_systems"], 0.0),
        quick_win=bool(row["quick_win"]),
        required_maturity=unless_blank(row["required_maturity"], 0.0),
        raises_maturity=unless_blank(row["raises_maturity"], 0.0),
    )


def _costs(rows: list[dict[Any, Any]]) -> tuple[dict[str, dict[int, float]], dict[str, float]]:
    build: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    run: dict[str, float] = defaultdict(float)
    for row in rows:
        if row["kind"] == "build":
            build[row["region"]][int(unless_blank(row["offset"], 0))] += row["amount"]
        else:
            run[row["region"]] += row["amount"]
    return {region: dict(parts) for region, parts in build.items()}, dict(run)


def _starts(
    row: dict[Any, Any], build: dict[str, dict[int, float]], scenario: Scenario, years: tuple[int, ...]
) -> tuple[int, ...]:
    built = max((offset for parts in build.values() for offset in parts), default=0)
    first = unless_blank(row["first_start"], years[0])
    last = min(unless_blank(row["last_start"], years[-1]), years[-1] - max(built, int(row["duration"]) - 1))
    closed = [] if row["in_annual_plan"] else scenario.closed_years
    return tuple(year for year in years if first <= year <= last and year not in closed)


def _positive(need: pd.DataFrame) -> dict[tuple[str, str], float]:
    values = need.to_numpy()
    where = zip(*np.nonzero(values > 0), strict=True)
    return {(need.index[i], need.columns[r]): float(values[i, r]) for i, r in where}


def _effects(case: Case, scenario: Scenario, issues: pd.Index[Any]) -> dict[str, dict[str, float]]:
    table = measure.effects(case, scenario)[issues]
    rows = zip(table.index, table.to_numpy().tolist(), strict=True)
    return {p: {i: e for i, e in zip(issues, row, strict=True) if e > 0} for p, row in rows}


def _gains(case: Case, scenario: Scenario) -> dict[tuple[str, str], float]:
    gains = scenario.collaboration.strength * measure.edges(case, scenario)
    regions, values = list(gains.index), np.triu(gains.to_numpy())
    where = zip(*np.nonzero(values > 0), strict=True)
    return {(regions[r], regions[s]): float(values[r, s]) for r, s in where}
