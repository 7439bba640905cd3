"""What a programme alone can cost, year by year, at least and at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import isnan

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.intake.checks.chances import open_starts
from jspmodel.measure import plain_rows
from jspmodel.scenario import Scenario

Years = dict[int, float]
"""Rp billion by year."""


@dataclass
class _CostParts:
    """Costs by region (empty: shared): build by offset, run a year."""

    build: dict[str, Years] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))
    run: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def due(self, region: str, start: int, ready: int, year: int) -> float:
        running = self.run.get(region, 0.0) if year > ready else 0.0
        return self.build.get(region, {}).get(year - start, 0.0) + running


class CostBounds:
    """Costs of every programme for every start that it may have.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    """

    def __init__(self, case: Case, scenario: Scenario) -> None:
        self._years, self._eligible = measure.horizon(case, scenario), measure.eligible_regions(case)
        self._starts = open_starts(case, scenario)
        self._programs = case.programs.set_index("program")
        rows = case.program_regions[case.program_regions["mandatory"]]
        self._mandatory: dict[str, set[str]] = rows.groupby("program")["region"].agg(set).to_dict()
        self._parts: dict[str, _CostParts] = defaultdict(_CostParts)
        for row in plain_rows(case.program_costs):
            parts = self._parts[row.program]
            if row.kind == "run":
                parts.run[row.region] += row.amount
            else:
                parts.build[row.region][0 if isnan(row.offset) else int(row.offset)] += row.amount

    def least(self) -> dict[str, list[Years]]:
        """Return the least that each programme can cost, a bill for each start.

        The shared part, the regions that must take part, and in each year the cheapest others up to
        min_regions: no coalition costs less in any year.
        """
        return {program: list(self._bills(program, *self._needed(program))) for program in self._starts}

    def most(self) -> dict[str, list[Years]]:
        """Return what each programme costs if every region takes part, a bill for each start."""
        return {program: list(self._bills(program, self._eligible[program], 0)) for program in self._starts}

    def _needed(self, program: str) -> tuple[Iterable[str], int]:
        """Return the regions that must take part, and how many others at least."""
        row, mandatory = self._programs.loc[program], self._mandatory.get(program, set())
        if row["scope"] == "province":
            return self._eligible[program], 0
        asked = 1 if isnan(row["min_regions"]) else int(row["min_regions"])
        return mandatory, max(0, asked - len(mandatory))

    def _bills(self, program: str, fixed: Iterable[str], more: int) -> Iterable[Years]:
        parts, duration = self._parts[program], int(self._programs.at[program, "duration"])
        certain = ["", *fixed]
        free = [region for region in self._eligible[program] if region not in certain]
        for start in self._starts[program]:
            ready = start + duration - 1
            yield {
                year: sum(parts.due(region, start, ready, year) for region in certain)
                + sum(sorted(parts.due(region, start, ready, year) for region in free)[:more])
                for year in self._years
            }
