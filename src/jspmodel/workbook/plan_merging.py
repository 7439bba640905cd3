"""What the two sheets of an edited plan say together: where they differ, one of them was changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import isnan

from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.measure import eligible_regions, horizon
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario
from jspmodel.workbook.plan_cells import EditedRow
from jspmodel.workbook.plan_rows import JoinedSaid, Place, ProposalSaid

Said = Mapping[str, ProposalSaid] | None
Joined = Mapping[str, JoinedSaid] | None


class PlanMerger:
    """Puts together what both sheets say of each programme.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    ours : Plan or None
        Of two that differ, the sheet that differs from this plan was changed; None: not known yet.
    said, joined : mapping by programme, or None
        What each sheet says; None where it is not there.
    places : mapping of str to Place
        Of the sheets that are there.
    """

    def __init__(
        self,
        case: Case,
        scenario: Scenario,
        ours: Plan | None,
        said: Said,
        joined: Joined,
        places: Mapping[str, Place],
    ) -> None:
        self.problems: list[Problem] = []
        self._said, self._joined, self._places = said, joined, places
        self._ours = {choice.program: choice for choice in (ours.choices if ours else ())}
        self._eligible = eligible_regions(case)
        self._years, self._windows = horizon(case, scenario), case.programs.set_index("program")
        self._order = {region: place for place, region in enumerate(case.regions["region"])}

    def choices(self) -> Iterator[Choice]:
        """Yield what is taken up."""
        for program in self._eligible:
            one, other = (self._said or {}).get(program), (self._joined or {}).get(program)
            if self._said is None:
                if other and other.regions:
                    yield from self._joined_only(program, other)
            elif one is not None and (one.taken or (one.taken is None and self._is_new(program, one))):
                yield from self._taken(program, one, other)
            else:
                self._not_taken(program, one, other)

    def certain_problems(self) -> list[Problem]:
        """Return what is wrong whatever our plan is: years that no sheet says, or none of which can count."""
        for program in self._eligible:
            one, other = (self._said or {}).get(program), (self._joined or {}).get(program)
            if self._said is None and other and other.regions:
                list(self._joined_only(program, other))
            elif one is not None and one.taken and not self._may_agree(one, other):
                self._tell_years(program, one, _years(one, other))
        return self.problems

    def _may_agree(self, one: ProposalSaid, other: JoinedSaid | None) -> bool:
        """Whether some start in our plan would tell which year was written."""
        years = _years(one, other)
        return any(self._agreed(years, one, other, ours) is not None for ours in (None, *years))

    def _is_new(self, program: str, one: ProposalSaid) -> bool:
        """Whether somebody gave a programme that our plan leaves out a year, and no mark."""
        return one.start is not None and program not in self._ours

    def _joined_only(self, program: str, other: JoinedSaid) -> Iterator[Choice]:
        if len(other.years) == 1:
            yield Choice(program=program, start=min(other.years), regions=self._ordered(other.regions))
        else:
            told = self._year_words(program, other.years)
            self._tell(
                "participants", "plan_years" if other.years else "plan_no_year", other.row, "year", **told
            )

    def _not_taken(self, program: str, one: ProposalSaid | None, other: JoinedSaid | None) -> None:
        """Tell where a programme that is not taken up seems to be meant all the same."""
        is_struck = one is not None and one.how == "struck"
        if one is not None and one.taken is None and program in self._ours:
            self._tell("plan", "plan_mark_blank", one.row, "taken", program=program)
        elif one is not None and one.how == "no" and one.start and program not in self._ours:
            self._tell("plan", "plan_year_without_yes", one.row, "taken", program=program, year=one.start)
        elif other and other.regions and program not in self._ours and not is_struck:
            self._tell("participants", "plan_joined_not_taken", other.row, "code", program=program)

    def _taken(self, program: str, one: ProposalSaid, other: JoinedSaid | None) -> Iterator[Choice]:
        years = _years(one, other)
        start = self._agreed(years, one, other, self._ours[program].start if program in self._ours else None)
        if start is None:
            self._tell_years(program, one, years)
        regions = self._regions(program, one, other)
        if start is not None and regions is not None:
            yield Choice(program=program, start=start, regions=regions)

    @staticmethod
    def _agreed(years: set[int], one: ProposalSaid, other: JoinedSaid | None, ours: int | None) -> int | None:
        """Return the year that was written: of two, the one that our plan does not have."""
        if other and len(other.years) > 1 and one.start in {None, ours}:
            return None  # somebody moved some of the regions only
        written = years - {ours} or years
        return min(written) if len(written) == 1 else None

    def _regions(self, program: str, one: ProposalSaid, other: JoinedSaid | None) -> tuple[str, ...] | None:
        there = self._ours.get(program)
        before = set(there.regions if there else self._eligible[program])
        listed = None if one.regions is None else set(one.regions)
        joined = None if other is None else set(other.regions)
        if joined is None and self._joined is not None and there and listed == before and before:
            joined = set()  # its rows were deleted
        told = [found for found in (listed, joined) if found is not None]
        changed = [found for found in told if found != before]
        if changed and changed[0] != changed[-1]:
            names = {"location": sorted(changed[0]), "joined": sorted(changed[-1])}
            self._tell("plan", "plan_regions_differ", one.row, "location", program=program, **names)
            return None
        regions = changed[0] if changed else before
        if not regions and before:
            self._tell("plan", "plan_no_regions", one.row, "taken", program=program)
            return None
        return self._ordered(regions)

    def _ordered(self, regions: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(regions, key=self._place_of))

    def _place_of(self, region: str) -> int:
        return self._order.get(region, len(self._order))

    def _year_words(self, program: str, years: Iterable[int]) -> dict[str, object]:
        window = self._windows.loc[program]
        ends = zip(
            (window["first_start"], window["last_start"]), (self._years[0], self._years[-1]), strict=True
        )
        first, last = (int(end if isnan(given) else given) for given, end in ends)
        return {"program": program, "years": sorted(years), "first": first, "last": last}

    def _tell_years(self, program: str, one: ProposalSaid, years: set[int]) -> None:
        told = self._year_words(program, years)
        self._tell("plan", "plan_years" if years else "plan_no_year", one.row, "start", **told)

    def _tell(self, kind: str, code: str, row: EditedRow, column: str, **values: object) -> None:
        self.problems.append(self._places[kind].problem(code, row, column, **values))


def _years(one: ProposalSaid, other: JoinedSaid | None) -> set[int]:
    """Return the years that both sheets say."""
    return {*([] if one.start is None else [one.start]), *(other.years if other else ())}
