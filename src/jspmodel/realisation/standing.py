"""Where an adopted plan stands: what is planned again is told beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.plan import Plan
from jspmodel.realisation.course import Course, courses
from jspmodel.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Standing:
    """An adopted plan, and what became of it.

    Attributes
    ----------
    case : Case
        As its tables were read.
    scenario : Scenario
        As it is asked, with ``replan``; what is decided already is not yet among its locks.
    adopted : Plan
    """

    case: Case
    scenario: Scenario
    adopted: Plan

    @property
    def through(self) -> int:
        """Return the last year whose realisation counts."""
        year = self.scenario.replan.through
        if year is None:
            raise ValueError("a plan stands somewhere at the end of a year")
        return year

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Return the years of the horizon."""
        return measure.horizon(self.case, as_adopted(self.scenario))

    @property
    def past(self) -> tuple[int, ...]:
        """Return the years of the horizon that are over."""
        return tuple(year for year in self.years if year <= self.through)

    @cached_property
    def planned_past(self) -> tuple[int, ...]:
        """Return the years that are over and that the plan decided.

        One that was itself made from where an earlier plan stood pays for nothing before.
        """
        first = min((item.year for item in self.adopted.funding), default=self.years[0])
        return tuple(year for year in self.past if year >= first)

    @cached_property
    def courses(self) -> Mapping[str, Course]:
        """Return what became of each programme of the plan."""
        return courses(self.case, self.adopted.choices, self.through)


def as_adopted(scenario: Scenario) -> Scenario:
    """Return a scenario that goes on with no plan."""
    return scenario.model_copy(update={"replan": type(scenario.replan)()})


def standing_of(case: Case) -> Standing | None:
    """Return where an adopted plan stands from which a case is planned again; None: from nothing."""
    return case.standing if isinstance(case.standing, Standing) else None


def as_read(case: Case) -> Case:
    """Return a case as its tables were read, whatever is left to decide of it."""
    standing = standing_of(case)
    return case if standing is None else standing.case
