"""What was planned for the years that are over, and what was realised: amounts, outputs, delays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan, nan

import pandas as pd

from jspmodel import measure
from jspmodel.measure import records, sums
from jspmodel.realisation import Course, Standing, remaining_costs

AMOUNTS = ("program", "fund", "year", "planned", "realised")


def realised_amounts(standing: Standing) -> pd.DataFrame:
    """Return what the adopted plan pays in the years that are over, and what was spent.

    Returns
    -------
    DataFrame
        One row for each ``program``, ``fund`` and ``year`` in which one of them is above 0; ``planned`` and
        ``realised`` in Rp billion.
    """
    past = set(standing.planned_past)
    paid = standing.adopted.funding
    planned = sums(((one.program, one.fund, one.year), one.amount) for one in paid if one.year in past)
    columns = ("program", "fund", "year", "amount")
    spent = sums(
        ((program, fund, int(year)), amount)
        for program, fund, year, amount in records(standing.case.realisation, *columns)
        if year in past
    )
    keys = sorted({*planned, *(key for key, amount in spent.items() if amount > 0)})
    rows = [(*key, planned.get(key, 0.0), spent.get(key, 0.0)) for key in keys]
    return pd.DataFrame(rows, columns=list(AMOUNTS))


def absorption(amounts: pd.DataFrame, by: str) -> pd.DataFrame:
    r"""Return planned and realised amounts of a group, and the share that was absorbed.

    .. math:: \text{absorption} = 100 \, \frac{\text{realised}}{\text{planned}}

    Parameters
    ----------
    amounts : DataFrame
        As ``realised_amounts`` returns it.
    by : str
        ``program``, ``fund`` or ``year``.

    Returns
    -------
    DataFrame
        One row a group: ``planned``, ``realised`` (Rp billion), ``absorption`` (percent; NaN: none planned).
    """
    found = amounts.groupby(by, sort=True)[["planned", "realised"]].sum()
    planned = found["planned"].where(found["planned"] > 0)
    return found.assign(absorption=100 * found["realised"] / planned)


def region_amounts(standing: Standing) -> pd.DataFrame:
    """Return the adopted costs of regions' own parts in the years that are over, and what rows say of them.

    Returns
    -------
    DataFrame
        One row a region: ``planned`` and ``realised`` (Rp billion; NaN: no row names the region).
    """
    past, case = set(standing.planned_past), standing.case
    planned = sums(
        (str(region), float(amount))
        for choice in standing.adopted.choices
        for region, amount in measure.yearly_costs(case, choice, standing.planned_past).sum(axis=1).items()
    )
    said = sums(
        (region, amount)
        for region, year, amount in records(case.realisation, "region", "year", "amount")
        if year in past and region
    )
    rows = {
        r: (planned.get(r, 0.0), said.get(r, nan))
        for r in case.regions["region"]
        if r in planned or r in said
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["planned", "realised"])


def realised_outputs(standing: Standing) -> pd.DataFrame:
    """Return the outputs that were planned for the years that are over, and those that were realised.

    Returns
    -------
    DataFrame
        One row for each ``program`` and ``indicator`` planned or realised: ``unit``, ``planned``,
        ``realised`` (NaN: no row says), ``percent`` of what was planned (NaN: nothing was, or of a part of it
        no row says what was realised).
    """
    planned = _planned_outputs(standing)
    units: dict[tuple[str, str], str] = {}
    past = set(standing.planned_past)
    columns = ("program", "indicator", "region", "year", "amount")
    realised: dict[tuple[str, str], dict[tuple[str, int], float]] = defaultdict(dict)
    for program, indicator, region, year, amount in records(standing.case.realised_outputs, *columns):
        if year in past:
            realised[program, indicator][region, int(year)] = amount
    for program, indicator, unit in records(standing.case.program_outputs, "program", "indicator", "unit"):
        units.setdefault((program, indicator), unit)
    rows = []
    for key in [key for key in units if key in planned or key in realised]:
        due, done = planned.get(key, {}), realised.get(key, {})
        whole = sum(due.values())
        is_said = set(due) <= set(done) or any(not region for region, _ in done)
        share = 100 * sum(done.values()) / whole if whole > 0 and done and is_said else nan
        rows.append((*key, units[key], whole, sum(done.values()) if done else nan, share))
    return pd.DataFrame(rows, columns=["program", "indicator", "unit", "planned", "realised", "percent"])


def _planned_outputs(standing: Standing) -> dict[tuple[str, str], dict[tuple[str, int], float]]:
    """Return targets by programme and indicator, then by region and year."""
    past = set(standing.planned_past)
    chosen = {choice.program: choice for choice in standing.adopted.choices}
    found: dict[tuple[str, str], dict[tuple[str, int], float]] = defaultdict(dict)
    columns = ("program", "region", "offset", "indicator", "target")
    for program, region, offset, indicator, target in records(standing.case.program_outputs, *columns):
        choice = chosen.get(program)
        if choice is None or isnan(target) or (region and region not in choice.regions):
            continue
        year = choice.start + (0 if isnan(offset) else int(offset))
        if year in past:
            found[program, indicator][region, year] = target
    return found


@dataclass(frozen=True)
class Slip:
    """How a programme that was due to begin stands against the adopted plan.

    Attributes
    ----------
    course : Course
    ready, planned_ready : int or None
        Year of delivery as it stands, and as it was adopted; None: not known, as it has not begun or
        was given up.
    cost, planned_cost : float
        Rp billion over the horizon: spent, and still to come as far as it is going on; by the tables, as it
        was adopted.
    """

    course: Course
    ready: int | None
    planned_ready: int
    cost: float
    planned_cost: float

    @property
    def late(self) -> int:
        """Return by how many years it is delivered later than adopted; 0 where that is not known."""
        return 0 if self.ready is None else self.ready - self.planned_ready


def slips(standing: Standing) -> Sequence[Slip]:
    """Return how each programme that was due to begin stands, in the order of the plan."""
    return list(_slips(standing))


def _slips(standing: Standing) -> Iterator[Slip]:
    case = standing.case
    durations = dict(records(case.programs, "program", "duration"))
    for program, course in standing.courses.items():
        if not course.progress:
            continue
        duration = int(durations[program])
        ready, spent = None, sum(course.spent.values())
        still = 0.0
        if course.is_going_on:
            left = remaining_costs(case, course, duration, standing.through)
            first = max(left.ready, standing.through) + 1
            run = sum(left.run.values()) * max(0, standing.years[-1] + 1 - first)
            due = sum(amount for (_, year), amount in left.build.items() if year <= standing.years[-1])
            ready, still = left.ready, due + run
        planned_ready = course.planned.start + duration - 1
        planned = measure.yearly_costs(case, course.planned, standing.years).to_numpy().sum()
        yield Slip(course, ready, planned_ready, spent + still, float(planned))
