"""What is left to pay of a programme that has begun."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

from jspmodel.case import Case
from jspmodel.measure import records
from jspmodel.realisation.course import Course

Parts = Mapping[tuple[str, int], float]
"""Rp billion by region (``""``: shared) and year."""
SLACK = 0.0005
"""Rp billion by which amounts may differ that are told in thousandths."""


@dataclass(frozen=True)
class RemainingCosts:
    """What is left to pay of a programme that has begun.

    Attributes
    ----------
    ready : int
        Year at whose end it is delivered.
    build : mapping of (region, year) to float
        Rp billion, in years after the last one that is over.
    run : mapping of region to float
        Rp billion in each year after delivery.
    expected : float
        Build costs due by the end of the last year that is over, from its real start, in Rp billion.
    planned_left : float
        Whole build costs less what was spent: what would be left if it cost what was planned.
    left : float
        What is left of the build costs.
    is_unsaid : bool
        Whether more was spent than was due and nobody said what is left: spent ahead, or costs more.
    """

    ready: int
    build: Parts
    run: Mapping[str, float]
    expected: float
    planned_left: float
    left: float
    is_unsaid: bool


def remaining_costs(case: Case, course: Course, duration: int, through: int) -> RemainingCosts:
    r"""Return what is left to pay of a programme that is going on.

    .. math:: \text{left}_p = \sum_{r, t} \text{build}_{prt} - \sum_{t \le T} \text{realised}_{pt}

    What was due by T and was not spent comes in the year after T, beside what is due then. Where
    ``remaining`` states that more or less is left, each year takes its share of that. Of a programme that is
    finished nothing is left of what it was built for, unless it is stated. With b the real start and d the
    duration it is delivered in the year :math:`\max(b + d - 1, T + 1)`, or in which it was finished.

    Parameters
    ----------
    case : Case
        As it was read.
    course : Course
        Of a programme that is going on.
    duration : int
        In years, as planned.
    through : int
        T, the last year that is over.

    Returns
    -------
    RemainingCosts
    """
    parts, run = _parts(case, course)
    shares = _shares(parts)
    for year, amount in course.stated.items():
        if year < through:
            paid = sum(spent for when, spent in course.spent.items() if when <= year)
            later = _later(parts, paid, shares, year)
            parts = {("", year): paid, **_stated(later, amount, shares, year + 1)}
    start, stated = course.choice.start, course.stated.get(through)
    ready = course.finished or max(start + duration - 1, through + 1)
    spent = sum(course.spent.values()) - _run_by(run, course.finished, through)
    expected = sum(amount for (_, year), amount in parts.items() if year <= through)
    later = {} if course.finished else _later(parts, spent, shares, through)
    left = sum(later.values()) if stated is None else stated
    return RemainingCosts(
        ready=ready,
        build=_stated(later, left, shares, through + 1),
        run=run,
        expected=expected,
        planned_left=0.0 if course.finished else max(0.0, sum(parts.values()) - spent),
        left=left,
        is_unsaid=course.finished is None and stated is None and spent > expected + SLACK,
    )


def _parts(case: Case, course: Course) -> tuple[dict[tuple[str, int], float], dict[str, float]]:
    """Return build costs by region and year from the real start, and run costs by region."""
    there, start = {"", *course.regions}, course.choice.start
    build: dict[tuple[str, int], float] = defaultdict(float)
    run: dict[str, float] = defaultdict(float)
    columns = ("program", "region", "kind", "offset", "amount")
    for program, region, kind, offset, amount in records(case.program_costs, *columns):
        if program != course.planned.program or region not in there:
            continue
        if kind == "build":
            build[region, start + (0 if isnan(offset) else int(offset))] += amount
        else:
            run[region] += amount
    return dict(build), dict(run)


def _run_by(run: Mapping[str, float], finished: int | None, through: int) -> float:
    """Return run costs due by the end of the last year that is over."""
    return 0.0 if finished is None else sum(run.values()) * max(0, through - finished)


def _shares(parts: Parts) -> dict[str, float]:
    """Return each region's share of the build costs, by which what comes late or anew is told apart."""
    whole = sum(parts.values())
    shares: dict[str, float] = defaultdict(float)
    for (region, _), amount in parts.items():
        shares[region] += amount / whole if whole else 0.0
    return dict(shares) if whole else {"": 1.0}


def _later(parts: Parts, paid: float, shares: Mapping[str, float], year: int) -> Parts:
    """Return what is due after a year; what was due by then and not paid comes in the first year after it."""
    late = sum(amount for (_, when), amount in parts.items() if when <= year) - paid
    later = defaultdict(float, {key: amount for key, amount in parts.items() if key[1] > year})
    for region, share in shares.items() if late > 0 else ():
        later[region, year + 1] += share * late
    return dict(later)


def _stated(later: Parts, left: float, shares: Mapping[str, float], first: int) -> Parts:
    """Return what is due later where so much is left: each year its share; all at once if none was due."""
    whole = sum(later.values())
    if whole <= 0:
        return {(region, first): share * left for region, share in shares.items() if left > 0}
    return {key: amount * left / whole for key, amount in later.items() if left > 0}
