"""What plans are worth beside the first, by one and the same measure, and how much of that is proven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.comparison.causes import MEASURE_TABLES, same_measure, same_years
from jspmodel.comparison.compared_runs import Run, tables_of
from jspmodel.errors import DataError
from jspmodel.intake import PACKAGE
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Plan

METRICS = [
    "run", "title_id", "title_en", "kind", "status", "stopped", "objective", "bound", "gap", "worth", "cost",
    "budget", "unused", "selected", "proposed", "least", "least_region", "finished", "years",
]  # fmt: skip
DIFFERENCES = ["run", "verdict", "worth", "open", "cost", "unused", "selected", "least"]
_SAME = 1e-6
_BUDGETS = {"fund_budgets.csv", PACKAGE}
"""Files that say what budgets there are; the latter has changed only where it says what is carried over."""
_NEEDED = MEASURE_TABLES | {"programs.csv", "program_regions.csv", "fund_budgets.csv"}
"""Files that decide what a plan is worth: needs, effects, durations, who may take part, years."""


def region_impacts(runs: Sequence[Run], case: Case | None, changed: Sequence[str]) -> pd.DataFrame:
    """Return each region's impact in each run, by the measure of the first.

    Parameters
    ----------
    runs : sequence of Run
    case : Case or None
    changed : sequence of str
        Files that are no longer those of the runs: what they decide cannot be computed again.

    Returns
    -------
    DataFrame
        ``region``, ``run``, ``impact`` (percent of the region's own weighted gap; NaN where it has no need or
        the run measures otherwise), ``difference`` to the first run (percentage points), ``cost`` of its own
        parts (Rp billion).
    """
    first, again = runs[0], _again(runs[0], case, changed)
    rows = []
    for run in runs:
        impacts = _by_region(first, run, again)
        rows += [
            (item.region, run.label, impacts.get(item.region, nan), item.cost) for item in run.plan.regions
        ]
    frame = pd.DataFrame(rows, columns=["region", "run", "impact", "cost"])
    base = frame[frame["run"] == first.label].set_index("region")["impact"]
    frame.insert(3, "difference", frame["impact"] - frame["region"].map(base))
    return frame


def metrics(
    runs: Sequence[Run], regions: pd.DataFrame, case: Case | None, changed: Sequence[str]
) -> pd.DataFrame:
    """Return the figures of each run.

    Parameters
    ----------
    runs : sequence of Run
    regions : DataFrame
        As ``region_impacts`` returns it.
    case : Case or None
    changed : sequence of str

    Returns
    -------
    DataFrame
        One row a run: ``run``, ``title_id``, ``title_en``, ``kind`` of objective, ``status``, ``stopped`` (by
        the clock), ``objective`` (percent of the weighted gap, or score points), ``bound``, ``gap`` (NaN
        where nothing is proven), ``worth`` (the plan by the measure of the first run; NaN where it cannot be
        measured so), ``cost``, ``budget``, ``unused`` (Rp billion; NaN where the tables have changed since),
        ``selected``, ``proposed`` programmes, ``least`` and ``least_region`` (impact and code of the region
        helped least, by the measure of the first run), ``finished``, ``years`` planned (``2027-2031``; empty
        where not known).
    """
    first, again = runs[0], _again(runs[0], case, changed)
    rows = []
    for run in runs:
        plan, title = run.plan, run.scenario.title
        tables = tables_of(run, case, changed)
        budget = (
            sum(measure.budgets(tables, run.scenario).values())
            if tables and not _BUDGETS & {*changed}
            else nan
        )
        least, region = _least(regions[regions["run"] == run.label])
        rows.append(
            (
                run.label, run.name or title.id or title.en or run.label,
                run.name or title.en or title.id or run.label,
                plan.objective_kind, plan.status, plan.stopped_by_clock,
                plan.objective, plan.bound, nan if run.gap is None else run.gap,
                _worth(first, run, again), plan.cost,
                budget, max(0.0, budget - plan.cost) if budget == budget else nan, len(plan.selected),
                plan.proposed, least, region, run.finished,
                f"{run.years[0]}-{run.years[-1]}" if run.years else "",
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=METRICS)


def differences(runs: Sequence[Run], figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of each run less those of the first.

    Parameters
    ----------
    runs : sequence of Run
    figures : DataFrame
        As ``metrics`` returns it.

    Returns
    -------
    DataFrame
        One row a run but the first: ``run``, ``verdict``, ``worth``, ``open``, ``cost``, ``unused``,
        ``selected``, ``least``. ``open`` is how much better than its plan that one of the two may still be
        which is worth less (bound less objective). ``verdict``: ``proven``, the best of the one is certainly
        worth more than the best of the other; ``within``, the difference is no larger than what is open, so
        that a longer search might undo it; ``same``; ``other_measure``, the two seek different things, and
        only their plans are compared; ``not_comparable``, no common measure; ``no_plan``, the search of one
        found nothing (all figures NaN). ``cost`` and ``unused`` are NaN where the two add up other years, or
        the money of other regions.
    """
    first = runs[0]
    base = figures.iloc[0]
    rows = []
    for run, row in zip(runs[1:], figures.iloc[1:].itertuples(), strict=True):
        gain = float(row.worth - base["worth"])
        alike = same_measure(first, run)
        lower = run.plan if gain < 0 else first.plan
        left = max(0.0, lower.bound - lower.objective) if alike else nan
        verdict = _verdict(gain, left, alike=alike) if first.answered and run.answered else "no_plan"
        money = (row.cost - base["cost"], row.unused - base["unused"])
        if not same_years(first, run) or first.regions != run.regions:
            money = nan, nan
        told = (gain, left, *money, row.selected - base["selected"], row.least - base["least"])
        rows.append((run.label, verdict, *(told if verdict != "no_plan" else (nan,) * len(told))))
    return pd.DataFrame(rows, columns=DIFFERENCES)


def _verdict(gain: float, left: float, *, alike: bool) -> str:
    if gain != gain:
        return "not_comparable"
    if not alike:
        return "other_measure"
    if abs(gain) <= _SAME:
        return "same"
    return "proven" if abs(gain) > left + _SAME else "within"


def _again(first: Run, case: Case | None, changed: Sequence[str]) -> measure.Measure | None:
    """Return the measure of the first run, where any plan can be measured by it once more."""
    case = tables_of(first, case, changed)
    if case is None or not COUNTS[first.scenario.objective].effects or _NEEDED & set(changed):
        return None
    try:
        return measure.Measure(case, first.scenario)
    except DataError:
        return None


def _worth(first: Run, run: Run, again: measure.Measure | None) -> float:
    if not run.answered:
        return nan
    if same_measure(first, run):
        return run.plan.objective
    if again is None or not _inside(run.plan, again):
        return nan
    return again.impact(run.plan.choices).total


def _by_region(first: Run, run: Run, again: measure.Measure | None) -> Mapping[str, float]:
    if not run.answered:
        return {}
    if same_measure(first, run):
        return {item.region: nan if item.impact is None else item.impact for item in run.plan.regions}
    if again is None or not _inside(run.plan, again):
        return {}
    return {str(region): float(value) for region, value in again.impact(run.plan.choices).by_region.items()}


def _inside(plan: Plan, again: measure.Measure) -> bool:
    """Return whether a plan starts within the horizon of a measure."""
    return all(choice.start in again.years for choice in plan.choices)


def _least(regions: pd.DataFrame) -> tuple[float, str]:
    known = regions.dropna(subset=["impact"])
    if known.empty:
        return nan, ""
    row = known.loc[known["impact"].idxmin()]
    return float(row["impact"]), str(row["region"])
