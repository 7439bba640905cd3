"""Rules on what a scenario leaves possible in its case: what cannot be chosen, what nobody knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import isnan
from typing import Any

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.intake.checks.scenario_values import setting_problem
from jspmodel.measure import once, plain_rows, records
from jspmodel.objective_kinds import COUNTS
from jspmodel.scenario import Scenario


def check_starts(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that each programme has a year to start in, and one that is locked in the year asked for."""
    locks = {lock.program: lock.start for lock in scenario.locked_in}
    for program, years in possible_starts(case, scenario).items():
        asked = locks.get(program)
        if asked is not None and asked not in years:
            values: dict[str, Any] = {"program": program, "year": asked, "possible": list(years)}
            yield setting_problem(scenario, "lock_cannot_start", "locked_in.start", **values)
        elif not years:
            column, locked = "first_start", program in locks
            yield Problem(
                "cannot_start", "programs.csv", None, column, {"program": program}, warning=not locked
            )


@once
def possible_starts(case: Case, scenario: Scenario) -> dict[str, tuple[int, ...]]:
    """Return the years in which each programme may start and still be delivered and built in time."""
    horizon = measure.horizon(case, scenario)
    built: dict[str, float] = defaultdict(float)
    for program, kind, offset in records(case.program_costs, "program", "kind", "offset"):
        if kind == "build" and not isnan(offset):
            built[program] = max(offset, built[program])
    return {
        row.program: tuple(
            year
            for year in horizon
            if not (year < row.first_start or year > row.last_start)
            and year + max(row.duration - 1, built[row.program]) <= horizon[-1]
            and (year not in scenario.closed_years or row.in_annual_plan)
        )
        for row in plain_rows(case.programs)
    }


def open_starts(case: Case, scenario: Scenario) -> dict[str, tuple[int, ...]]:
    """Return the same for programmes that could be chosen: those with a start that are not locked out."""
    every = possible_starts(case, scenario).items()
    return {program: years for program, years in every if years and program not in scenario.locked_out}


def check_regions(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that a joint programme concerns some region, and can have the regions and the volume it needs."""
    eligible = measure.eligible_regions(case)
    given = ((program, volume) for program, volume in records(case.program_regions, "program", "volume"))
    volumes = measure.sums(given)
    for row in (row for row in plain_rows(case.programs) if row.scope != "province"):
        count, volume = len(eligible[row.program]), float(volumes.get(row.program, 0.0))
        if not count:
            yield _odd("concerns_nobody", "program", program=row.program)
        elif row.min_regions > count:
            yield _odd(
                "too_few_regions",
                "min_regions",
                program=row.program,
                needed=int(row.min_regions),
                count=count,
            )
        if row.min_volume > volume:
            values = {
                "program": row.program,
                "needed": row.min_volume,
                "volume": volume,
            }
            yield _odd("too_little_volume", "min_volume", **values)


def _odd(code: str, column: str, **values: object) -> Problem:
    return Problem(code, "programs.csv", None, column, values, warning=True)


def check_budget_years(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that some fund has a budget in every year of the horizon."""
    budgeted = {year for _, year in measure.budgets(case, scenario)}
    without = [year for year in measure.horizon(case, scenario) if year not in budgeted]
    if without:
        yield setting_problem(scenario, "years_without_budget", "last_year", warning=True, years=without)


def check_gaps(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that every gap is known (else it counts as 0)."""
    if not COUNTS[scenario.objective].effects:
        return
    known = measure.known_gaps(case)
    for issue, regions in known[known.isna().any(axis=1)].iterrows():
        if regions.notna().any():
            values = {"issue": issue, "regions": list(regions.index[regions.isna()])}
            yield Problem("gap_unknown", "issues.csv", None, "issue", values, warning=True)


def check_need(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Check that some issue that counts has a gap somewhere: else there is nothing to close."""
    if not COUNTS[scenario.objective].effects:
        return
    nothing = case.issues.empty or case.regions.empty
    if nothing or not measure.needs(case, scenario).to_numpy().sum() > 0:
        yield Problem("no_need", "issues.csv")


def check_illustrative(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Say how many tables hold nothing but illustrative figures."""
    given = {name: set(table["status"]) for name, table in case.tables().items() if "status" in table}
    marked = {name: status for name, status in given.items() if status - {""}}
    invented = [f"{name}.csv" for name, status in marked.items() if status == {"illustrative"}]
    if invented:
        values = {"count": len(invented), "of": len(marked), "tables": invented}
        yield Problem("illustrative", "", None, "", values, warning=True)
