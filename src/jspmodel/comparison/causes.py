"""What differs between two runs: settings, tables, versions; and which of it changes what is measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from jspmodel.comparison.compared_runs import NO_CAUSES, Run
from jspmodel.scenario import Scenario

MEASURE = {
    "first_year",
    "last_year",
    "objective",
    "criteria_weights",
    "weights_by_area_type",
    "priority_issues",
    "year_weights",
    "effect_levels",
    "diminishing_returns",
    "collaboration",
}
"""Settings that decide what a plan is worth: an impact under others is another measure."""
MEASURE_TABLES = {
    "regions.csv",
    "borders.csv",
    "bodies.csv",
    "issues.csv",
    "criteria.csv",
    "area_type_weights.csv",
    "issue_scores.csv",
    "indicators.csv",
    "indicator_values.csv",
    "issue_regions.csv",
    "program_effects.csv",
    "program_links.csv",
}
"""Tables that do the same."""
CARRIED = "carried_over"
"""The name of money that years past have left, among what goes into a run."""
_BUDGETS = "fund_budgets.csv"
_NAMES = {"name", "title", "language", "rule_prices"}
"""Settings that change what is told of a plan, never the plan."""
_KINDS = {"solver": "search", "simulation": "simulation", "two_stage": "simulation"}
PACKAGES = ("jspmodel", "pulp", "highspy")
COLUMNS = ["run", "kind", "key", "before", "after"]


def changes(first: Run, run: Run) -> pd.DataFrame:
    """Return what went into a run that did not go into the first.

    Parameters
    ----------
    first, run : Run

    Returns
    -------
    DataFrame
        ``run``, ``kind`` (``measure``, ``rule``, ``search``, ``simulation``, ``measure_table``, ``table``,
        ``money``, ``version``), ``key`` (dotted setting, file, money carried over by fund and year, or
        package), ``before`` and ``after`` (values; None where it is not there; the first eight digits of a
        file's sha256; Rp billion).
    """
    found = [
        *setting_changes(first.scenario, run.scenario),
        *_tables(first, run),
        *_carried(first, run),
        *_versions(first, run),
    ]
    return pd.DataFrame([(run.label, *change) for change in found], columns=COLUMNS, dtype=object)


def same_measure(first: Run, run: Run) -> bool:
    """Return whether the impact of both is measured alike: same goals, weights, years, effects and needs."""
    return same_years(first, run) and not set(changes(first, run)["kind"]) & {"measure", "measure_table"}


def same_years(first: Run, run: Run) -> bool:
    """Return whether both plan the same years, which budgets decide where the settings do not."""
    if first.years and run.years:
        return first.years == run.years
    stated = {(one.scenario.first_year, one.scenario.last_year) for one in (first, run)}
    return len(stated) == 1 and (
        None not in next(iter(stated)) or first.tables.get(_BUDGETS) == run.tables.get(_BUDGETS)
    )


def setting_changes(first: Scenario, other: Scenario) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield kind, dotted key, and both values of each setting that differs and is more than a name."""
    before, after = (dict(_flat(item.model_dump(mode="json"))) for item in (first, other))
    floors = first.equity.mode == other.equity.mode == "floor"
    idle = set() if floors else {"equity.floor"}  # says nothing where no floor is asked for
    for key in sorted({*before, *after}):
        root = key.split(".")[0]
        if root not in _NAMES and before.get(key) != after.get(key) and key not in idle:
            kind = "measure" if root in MEASURE else _KINDS.get(root, "rule")
            yield kind, key, before.get(key), after.get(key)


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + str(key), value


def _tables(first: Run, other: Run) -> Iterator[tuple[str, str, str | None, str | None]]:
    for name in sorted({*first.tables, *other.tables}):
        before, after = first.tables.get(name), other.tables.get(name)
        if before != after and name not in NO_CAUSES:
            kind = "measure_table" if name in MEASURE_TABLES else "table"
            yield kind, name, before and before[:8], after and after[:8]


def _carried(first: Run, other: Run) -> Iterator[tuple[str, str, float | None, float | None]]:
    """Yield money that years past have left and of which one run has more, in years that are planned."""
    if first.carried_over is None or other.carried_over is None:
        return
    for fund, year in sorted({*first.carried_over, *other.carried_over}):
        before, after = (
            carried.get((fund, year), 0.0) for carried in (first.carried_over, other.carried_over)
        )
        if before != after and (_plans(first, year) or _plans(other, year)):
            yield "money", f"{CARRIED}.{fund}.{year}", before or None, after or None


def _plans(run: Run, year: int) -> bool:
    """Return whether a year is still to be decided in a run: planned, and not over."""
    return year in run.years and year > (run.scenario.replan.through or 0)


def _versions(first: Run, other: Run) -> Iterator[tuple[str, str, str, str]]:
    for name in PACKAGES:
        before, after = first.packages.get(name), other.packages.get(name)
        if before and after and before != after:
            yield "version", name, before, after
