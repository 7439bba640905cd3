"""Staff: how many people of each kind agencies have for programmes, and how many a plan needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, isnan

from jspmodel.case import Case
from jspmodel.measure.once import shared_once
from jspmodel.measure.wide import records
from jspmodel.plan import Choice

TRAINS = "trains"
"""The phase in which a programme adds people."""


@dataclass(frozen=True)
class StaffNeed:
    """A row of ``program_staff``, with the agency that it is asked of.

    Attributes
    ----------
    program, agency, staff_kind : str
    region : str
        Only where it takes part; ``""``: whoever does.
    phase : str
        ``build``: in each year from the start to delivery; ``run``: in each year after it; ``trains``:
        people who are there on top in each year after it.
    people : float
        Full-time equivalents.
    """

    program: str
    agency: str
    staff_kind: str
    region: str
    phase: str
    people: float

    @property
    def post(self) -> tuple[str, str]:
        """Whose people of what kind: agency and kind of staff."""
        return self.agency, self.staff_kind

    @property
    def asked(self) -> float:
        """People asked for; below 0 where they are added."""
        return -self.people if self.phase == TRAINS else self.people

    def holds(self, start: int, duration: int, year: int) -> bool:
        """Return whether a start makes it hold in a year."""
        last = start + duration - 1
        return start <= year <= last if self.phase == "build" else year > last


@dataclass(frozen=True)
class StaffYear:
    """People of a kind in an agency in a year: there, added by training, needed by a plan.

    Attributes
    ----------
    agency, staff_kind : str
    year : int
    people, trained, needed : float
        Full-time equivalents; ``people`` is what ``agency_staff`` says.
    """

    agency: str
    staff_kind: str
    year: int
    people: float
    trained: float
    needed: float

    @property
    def free(self) -> float:
        """People who are not needed."""
        return self.people + self.trained - self.needed


@shared_once
def staff_needs(case: Case) -> dict[str, tuple[StaffNeed, ...]]:
    """Return what each programme asks for, and adds.

    Returns
    -------
    dict of program to tuple of StaffNeed
        In table order; a blank agency is the programme's own.
    """
    own = dict(records(case.programs, "program", "agency"))
    needs = defaultdict[str, list[StaffNeed]](list)
    columns = ("program", "agency", "staff_kind", "region", "phase", "people")
    for program, agency, *rest in records(case.program_staff, *columns):
        needs[program].append(StaffNeed(program, agency or own[program], *rest))
    return {program: tuple(rows) for program, rows in needs.items()}


def staff_available(case: Case, years: Sequence[int]) -> dict[tuple[str, str], dict[int, float]]:
    """Return how many people of each kind agencies have; not there: no limit is known.

    Parameters
    ----------
    case : Case
    years : sequence of int

    Returns
    -------
    dict of (agency, staff kind) to year to float
        The row of ``agency_staff`` whose ``from_year`` is the last by the year; a blank one is from the
        beginning. Before the first of its rows none is available.
    """
    columns = ("agency", "staff_kind", "from_year", "people")
    known = defaultdict[tuple[str, str], list[tuple[float, float]]](list)
    for agency, kind, since, people in records(case.agency_staff, *columns):
        known[agency, kind].append((-inf if isnan(since) else since, people))
    return {
        post: {year: max((row for row in rows if row[0] <= year), default=(0, 0.0))[1] for year in years}
        for post, rows in known.items()
    }


def staff_years(case: Case, years: Sequence[int], choices: Iterable[Choice]) -> tuple[StaffYear, ...]:
    """Return how many people a plan needs where agencies say how many they have.

    Parameters
    ----------
    case : Case
    years : sequence of int
    choices : iterable of Choice
        Of a plan.

    Returns
    -------
    tuple of StaffYear
        By agency and kind of staff, in the order of ``agency_staff``, and year.
    """
    duration = dict(records(case.programs, "program", "duration"))
    needed, trained = (
        defaultdict[tuple[str, str, int], float](float),
        defaultdict[tuple[str, str, int], float](float),
    )
    for choice in choices:
        for need in staff_needs(case).get(choice.program, ()):
            if need.region in ("", *choice.regions):
                sums = trained if need.phase == TRAINS else needed
                for year in years:
                    if need.holds(choice.start, int(duration[choice.program]), year):
                        sums[(*need.post, year)] += need.people
    return tuple(
        StaffYear(*post, year, people, trained[(*post, year)], needed[(*post, year)])
        for post, by_year in staff_available(case, years).items()
        for year, people in by_year.items()
    )
