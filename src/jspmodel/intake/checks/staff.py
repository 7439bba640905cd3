"""Rules on the staff that programmes need, and that agencies have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.intake.checks.chances import open_starts
from jspmodel.intake.checks.program_places import rows_elsewhere
from jspmodel.intake.draft import Draft
from jspmodel.measure import StaffNeed, plain_rows
from jspmodel.scenario import Scenario


def check_staff_agencies(draft: Draft) -> Iterator[Problem]:
    """Check that a need names an agency, or that its programme has one."""
    own = dict(zip(draft["programs"]["program"], draft["programs"]["agency"], strict=True))
    for row in plain_rows(draft["program_staff"]):
        if not row.agency and row.program in own and not own[row.program]:
            yield draft.problem(
                "staff_without_agency", "program_staff", row.Index, "agency", program=row.program
            )


def check_staff_places(draft: Draft) -> Iterator[Problem]:
    """Check that a programme needs staff only for regions that may take part in it."""
    for row in rows_elsewhere(draft, "program_staff"):
        values = {"program": row.program, "region": row.region}
        yield draft.problem("staff_elsewhere", "program_staff", row.Index, "region", **values)


def check_staff_known(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Tell of which agencies it is not said how many people they have of a kind that is needed."""
    known = {(row.agency, row.staff_kind) for row in plain_rows(case.agency_staff)}
    missing: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for need in _needs(case, scenario):
        if need.asked > 0 and need.post not in known:
            missing[need.post][need.program] = None
    for (agency, kind), programs in missing.items():
        values = {"agency": agency, "staff_kind": kind, "programs": list(programs)}
        yield Problem("staff_unlimited", "agency_staff.csv", None, "people", values, warning=True)


def check_staff_enough(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Tell which programmes need more people than there can ever be, all training counted."""
    needs = list(_needs(case, scenario))
    for post, years in measure.staff_available(case, measure.horizon(case, scenario)).items():
        mine = [need for need in needs if need.post == post]
        for program in dict.fromkeys(need.program for need in mine):
            yield from _never_enough(program, mine, max(years.values()))


def _never_enough(program: str, needs: Sequence[StaffNeed], people: float) -> Iterator[Problem]:
    """Yield what a programme needs of a post that it can never have: at all, in a region, or to run."""
    own = [need for need in needs if need.program == program]
    others = sum(need.people for need in needs if need.asked < 0 and need.program != program)
    trains = sum(need.people for need in own if need.asked < 0)
    build = _sum(own, "build", "")
    told = {"program": program, "agency": own[0].agency, "staff_kind": own[0].staff_kind}
    file, most = "agency_staff.csv", people + others
    if build > most:
        values = {**told, "people": build, "most": most}
        yield Problem("staff_never_enough", file, None, "people", values, warning=True)
        return
    for region in dict.fromkeys(need.region for need in own if need.region):
        if (needed := build + _sum(own, "build", region)) > most:
            values = {**told, "region": region, "people": needed, "most": most}
            yield Problem("staff_never_region", file, None, "people", values, warning=True)
    if (needed := _sum(own, "run", "")) > most + trains:
        values = {**told, "people": needed, "most": most + trains}
        yield Problem("staff_never_runs", file, None, "people", values, warning=True)


def _sum(needs: Sequence[StaffNeed], phase: str, region: str) -> float:
    return sum(need.people for need in needs if need.phase == phase and need.region == region)


def _needs(case: Case, scenario: Scenario) -> Iterator[StaffNeed]:
    """Yield what programmes ask for that could be chosen, where staff counts."""
    if scenario.staff_limits:
        able = open_starts(case, scenario)
        yield from (need for p, needs in measure.staff_needs(case).items() if p in able for need in needs)
