"""Programmes need people, of whom agencies have only so many of each kind; training adds some."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from math import ceil, inf, isnan

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.measure import StaffNeed, records, shared_once
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.plan_view import Finding, PlanView, place
from jspmodel.selection.rules.rule import (
    Assumption,
    Reason,
    Relaxation,
    Rule,
    Values,
)
from jspmodel.selection.variables import Pair, Rows, Variables, label, total

SMALL = 1e-6
"""People that count as none."""


def staff_limits(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let programmes need no more people than an agency has.

    .. math:: \sum_p \sum_{s \,:\, s \le t \le s + d_p - 1} n^{\text{build}}_{pak} \, \text{start}_{ps}
        + \sum_p \sum_{s \,:\, s + d_p - 1 < t} \bigl( n^{\text{run}}_{pak} - n^{\text{trains}}_{pak} \bigr)
        \, \text{start}_{ps} \le S_{akt}
        \qquad \text{for each agency } a, \text{ kind } k, \text{ year } t

    :math:`S_{akt}` are the people of kind *k* that agency *a* has in year *t* (``agency_staff``),
    :math:`n_{pak}` those that *p* needs, or adds, in a ``phase`` (``program_staff``), :math:`d_p` its
    ``duration`` in years. Of a row with a ``region`` *r* :math:`\text{join}_{prs}` stands for
    :math:`\text{start}_{ps}`. An agency of which nothing is said has no row.
    """
    if not inputs.scenario.staff_limits:
        return
    asked = defaultdict[tuple[str, str], list[tuple[Proposal, StaffNeed]]](list)
    for p, need in _needs(inputs):
        asked[need.post].append((p, need))
    for (agency, kind), available in measure.staff_available(inputs.case, inputs.years).items():
        for year, limit in available.items():
            pairs = [pair for p, need in asked[agency, kind] for pair in _used(variables, p, need, year)]
            if sum(max(people, 0.0) for _, people in pairs) > limit:
                yield label("staff_limits", agency, kind, year), total(pairs) <= limit


def _needs(inputs: Inputs) -> Iterator[tuple[Proposal, StaffNeed]]:
    needs = measure.staff_needs(inputs.case)
    for p in inputs.proposals.values():
        yield from ((p, need) for need in needs.get(p.code, ()))


def _used(variables: Variables, p: Proposal, need: StaffNeed, year: int) -> Iterator[Pair]:
    if need.region and need.region not in p.regions:
        return
    for start in p.starts:
        if need.holds(start, p.duration, year):
            key = (p.code, need.region, start)
            yield variables.join[key] if need.region else variables.start[p.code, start], need.asked


def _people(inputs: Inputs, codes: tuple[str, ...]) -> float:
    agency, kind, year = codes
    return measure.staff_available(inputs.case, inputs.years)[agency, kind][int(year)]


def _asks(inputs: Inputs, codes: tuple[str, ...], _: float) -> Values:
    return {"people": _people(inputs, codes)}


def _gives(inputs: Inputs, codes: tuple[str, ...], floor: float, amount: float) -> Values:
    return {"people": _people(inputs, codes) + ceil(10 * amount - SMALL) / 10}


def _most(inputs: Inputs, codes: tuple[str, ...]) -> float:
    return 1 + sum(need.people for _, need in _needs(inputs) if need.post == codes[:2])


def blocks(inputs: Inputs, p: Proposal) -> Iterator[Reason]:
    """Yield the first agency and kind of staff of which it needs what others need too."""
    if not inputs.scenario.staff_limits:
        return
    limited = measure.staff_available(inputs.case, inputs.years)
    for need in measure.staff_needs(inputs.case).get(p.code, ()):
        if need.asked > 0 and need.post in limited:
            yield "staff_busy", {"agency": need.agency, "staff_kind": need.staff_kind}
            return


def needs(wide: Inputs, programs: Collection[str]) -> Iterator[str]:
    """Yield what trains the people that some of them need."""
    if wide.scenario.staff_limits:
        posts = {need.post for p, need in _needs(wide) if p.code in programs and need.asked > 0}
        yield from (p.code for p, need in _needs(wide) if need.asked < 0 and need.post in posts)


def assumes(case: Case, scenario: Scenario) -> Iterator[Assumption]:
    """Yield that people are counted, or that they are known and are not."""
    if not case.program_staff.empty and not case.agency_staff.empty:
        yield ("staff_limits" if scenario.staff_limits else "staff_off"), {}


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: in no year are more people needed than an agency has, with those trained until then."""
    if not plan.scenario.staff_limits:
        return
    for (agency, kind), since in _staff(plan.case).items():
        for year in plan.years:
            there = [people for first, people in since if first <= year]
            used = sum(_asked(plan, agency, kind, year))
            where = place(agency=agency, staff_kind=kind, year=year)
            yield used - (there[-1] if there else 0.0), where


@shared_once
def _staff(case: Case) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """Return the rows of each agency and kind, by the year from which they hold."""
    rows = defaultdict[tuple[str, str], list[tuple[float, float]]](list)
    columns = ("agency", "staff_kind", "from_year", "people")
    for agency, kind, since, people in records(case.agency_staff, *columns):
        rows[agency, kind].append((-inf if isnan(since) else since, people))
    return {key: sorted(held) for key, held in rows.items()}


@shared_once
def _rows(case: Case) -> list[tuple[str, str, str, str, str, float]]:
    """Return what programmes need: programme, agency, kind, region, phase, people."""
    columns = ("program", "agency", "staff_kind", "region", "phase", "people")
    return list(records(case.program_staff, *columns))


def _asked(plan: PlanView, agency: str, kind: str, year: int) -> Iterator[float]:
    """Yield the people that programmes of the plan need, or add (below 0)."""
    for program, named, of, region, phase, people in _rows(plan.case):
        choice = plan.chosen.get(program)
        if of != kind or choice is None or (named or plan.entries("agency")[program]) != agency:
            continue
        if region and region not in choice.regions:
            continue
        built = year <= plan.last_year(choice)
        if phase == "build" and built and choice.start <= year:
            yield people
        elif phase != "build" and not built:
            yield people if phase == "run" else -people


RULE = Rule(
    "staff_limits",
    audit,
    rows=(staff_limits,),
    relaxations=(
        Relaxation(
            "staff",
            26,
            ("agency", "staff_kind", "year"),
            row="staff_limits",
            offered=16,
            asks=_asks,
            gives=_gives,
            most=_most,
        ),
    ),
    blocks=blocks,
    assumes=assumes,
    needs=needs,
)
