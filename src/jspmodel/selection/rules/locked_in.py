"""What is decided already is in the plan: a programme, the year of its start, regions that take part."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.realisation import standing_of
from jspmodel.scenario import Lock, Scenario
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.left_out import Part, entry_free, happened, setting_free
from jspmodel.selection.rules.rule import Assumption, Demand, OwnRows, Relaxation, Rule, asking
from jspmodel.selection.variables import Rows, Variables, label, total


def locked_in(variables: Variables, inputs: Inputs) -> Rows:
    r"""Put into the plan what is decided already.

    .. math:: \sum_{t \in T_p} \text{start}_{pt} \ge 1, \qquad \sum_{t \in T_p} \text{join}_{prt} \ge 1

    :math:`T_p` is the year that the lock gives, else every year in which *p* may start; the second row stands
    for each region that the lock gives.
    """
    for lock in inputs.scenario.locked_in:
        p = inputs.proposals.get(lock.program)
        starts = [t for t in p.starts if lock.start in (None, t)] if p else []
        begun = [(variables.start[lock.program, t], 1.0) for t in starts]
        yield label("locked_in", lock.program), total(begun) >= 1
        for r in lock.regions:
            joined = [(variables.join[lock.program, r, t], 1.0) for t in starts if p and r in p.regions]
            yield label("locked_region", lock.program, r), total(joined) >= 1


def carried_out(variables: Variables, wide: Inputs, inputs: Inputs) -> OwnRows:
    """Carry out what is locked, in whatever year: sum_t start[p,t] >= 1."""
    for lock in inputs.scenario.locked_in:
        p = wide.proposals.get(lock.program)
        yield (lock.program,), total(variables.started(p) if p else []) >= 1


def in_its_year(variables: Variables, wide: Inputs, inputs: Inputs) -> OwnRows:
    """Start it in the year that is locked: sum_t |t - year| start[p,t] <= 0."""
    for lock in inputs.scenario.locked_in:
        p = wide.proposals.get(lock.program)
        if lock.start is not None and p:
            away = [(variables.start[p.code, t], float(abs(t - lock.start))) for t in p.starts]
            yield (p.code, str(lock.start)), total(away) <= 0


def with_its_regions(variables: Variables, wide: Inputs, inputs: Inputs) -> OwnRows:
    """Have the regions that are locked take part: sum_t join[p,r,t] >= sum_t start[p,t]."""
    for lock in inputs.scenario.locked_in:
        if p := wide.proposals.get(lock.program):
            for r in lock.regions:
                joined = [(variables.join[p.code, r, t], 1.0) for t in p.starts if r in p.regions]
                missing = [(variable, -1.0) for variable, _ in variables.started(p)]
                yield (p.code, r), total(joined, missing) >= 0


def assumes(case: Case, scenario: Scenario) -> Iterator[Assumption]:
    """Yield what is decided already."""
    if scenario.locked_in:
        yield "locked_in", {"programs": [lock.program for lock in scenario.locked_in]}


def tells(case: Case, scenario: Scenario) -> Iterator[str]:
    """Yield the programmes that are locked."""
    if scenario.locked_in:
        yield f"locked_in [{', '.join(lock.program for lock in scenario.locked_in)}]"


def single(inputs: Inputs) -> Iterator[Inputs]:
    """Yield inputs with one lock each."""
    yield from (asking(inputs, locked_in=[lock]) for lock in inputs.scenario.locked_in)


def meets(inputs: Inputs, wide: Inputs) -> Iterator[str]:
    """Yield what is locked."""
    yield from (lock.program for lock in inputs.scenario.locked_in)


def hopeless(inputs: Inputs) -> Iterator[Problem]:
    """Yield locks that cannot be kept whatever else is done."""
    for lock in inputs.scenario.locked_in:
        yield from _hopeless(lock, inputs)


def _hopeless(lock: Lock, inputs: Inputs) -> Iterator[Problem]:
    proposal = inputs.proposals.get(lock.program)
    if lock.program in inputs.scenario.locked_out:
        yield _in_and_out(lock.program, inputs.case)
    elif proposal is None:
        yield Problem("cannot_start", column="locked_in", values={"program": lock.program})
    elif lock.start is not None and lock.start not in proposal.starts:
        values = {"program": lock.program, "year": lock.start, "possible": list(proposal.starts)}
        yield Problem("lock_cannot_start", column="locked_in", values=values)
    for region in lock.regions:
        if proposal and region not in proposal.regions:
            values = {"program": lock.program, "region": region}
            yield Problem("locked_elsewhere", column="locked_in", values=values)


def _in_and_out(program: str, case: Case) -> Problem:
    """Return the problem of a programme that is locked in and out: one of both may be what happened to it."""
    standing, values = standing_of(case), {"program": program}
    course = None if standing is None else standing.courses.get(program)
    if course is not None and course.is_going_on:
        return Problem("locked_out_begun", column="locked_out", values=values)
    if course is not None and course.progress == "given_up":
        return Problem("locked_given_up", column="locked_in", values=values)
    return Problem("locked_in_and_out", column="locked_in", values=values)


def parts(case: Case, scenario: Scenario) -> Iterator[Part]:
    """Yield each lock but those of what has begun already."""
    for lock in scenario.locked_in:
        if lock.program not in happened(case):
            yield Part("program", lock.program, entry_free("locked_in", lock.program, attrgetter("program")))


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: what is decided already is in the plan, when and where it was decided."""
    for lock in plan.scenario.locked_in:
        choice = plan.chosen.get(lock.program)
        wrong = choice is None or lock.start not in (None, choice.start)
        yield (
            wrong or not set(lock.regions) <= set(choice.regions if choice else ()),
            {"program": lock.program},
        )


RULE = Rule(
    "locked_in",
    audit,
    rows=(locked_in,),
    relaxations=(
        Relaxation(
            "lock",
            1,
            ("program",),
            row="locked_in",
            states=carried_out,
            frees=setting_free(locked_in=[]),
            offered=11,
            happened=True,
            merged=True,
        ),
        Relaxation("lock_year", 6, ("program", "year"), states=in_its_year, offered=2, happened=True),
        Relaxation(
            "lock_region",
            7,
            ("program", "region"),
            row="locked_region",
            states=with_its_regions,
            offered=10,
            happened=True,
        ),
    ),
    assumes=assumes,
    demands=Demand(tells, {"locked_in": []}, single, meets),
    hopeless=hopeless,
    parts=parts,
)
