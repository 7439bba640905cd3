"""What a delay costs, and why a plan made from where one stands is another than the one adopted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import nan

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.measure import sums
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Choice, Plan
from jspmodel.realisation import Course, Standing, as_adopted
from jspmodel.scenario import Scenario
from jspmodel.selection import Evaluation, evaluate, read_inputs, worth_of

LEAST = 0.005
"""Rp billion from which on a change of what a programme takes is told."""


@dataclass(frozen=True)
class SlipCost:
    """What it costs that the plan did not go on as adopted, in the unit of the objective.

    Attributes
    ----------
    adopted : float
        What the adopted plan is worth.
    standing : float
        What it is worth if all else goes on as adopted.
    alone : dict of program to float
        What is lost where one programme alone stands as it does; these need not add up.
    """

    adopted: float
    standing: float
    alone: Mapping[str, float]


def slip_cost(case: Case, scenario: Scenario, standing: Standing) -> SlipCost:
    """Return what it costs that programmes began late, with fewer regions, or not.

    A programme that did not begin does so in the first year in which it still may; one that has no such year
    is lost, as is one given up.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        Both of what is left to decide.
    standing : Standing

    Returns
    -------
    SlipCost
    """
    asked = as_adopted(standing.scenario)
    whole = worth_of(standing.case, asked)(standing.adopted.choices)
    now = {choice.program: choice for choice in going_on(case, scenario, standing)}
    alone = {}
    for program in [program for program, course in standing.courses.items() if course.progress]:
        mixed = [now.get(program) if one.program == program else one for one in standing.adopted.choices]
        worth = worth_of(_standing_alone(case, standing.case, program), asked)
        alone[program] = whole - worth(tuple(one for one in mixed if one is not None))
    return SlipCost(whole, worth_of(case, scenario)(tuple(now.values())), alone)


def going_on(case: Case, scenario: Scenario, standing: Standing) -> tuple[Choice, ...]:
    """Return the adopted plan as it stands, if all else goes on as adopted."""
    proposals = read_inputs(case, scenario).proposals
    return tuple(
        choice
        for program, course in standing.courses.items()
        if (choice := _goes_on(course, proposals[program].starts if program in proposals else ())) is not None
    )


def _goes_on(course: Course, starts: Sequence[int]) -> Choice | None:
    if course.is_going_on:
        return course.choice
    if not course.progress:
        return course.planned
    if course.progress == "given_up" or not starts:
        return None
    return course.planned.model_copy(update={"start": min(starts)})


def _standing_alone(left: Case, read: Case, program: str) -> Case:
    """Return the tables as they were read, with one programme's delivery as it stands."""
    durations = measure.by(left.programs, "program", "duration")
    programs = read.programs.copy()
    programs.loc[programs["program"] == program, "duration"] = durations[program]
    effects = read.program_effects
    if program not in set(left.program_effects["program"]):
        effects = effects[effects["program"] != program]
    return replace(read, programs=programs, program_effects=effects)


@dataclass(frozen=True)
class Change:
    """A programme in the adopted plan and in the one made from where one stands.

    Attributes
    ----------
    program : str
    kind : str
        ``finished``, ``goes_on``, ``given_up``, ``as_planned``, ``begins_later`` (it did not begin),
        ``not_begun_out``, ``moved``, ``regions``, ``out``, ``new``.
    before, after : Choice or None
        As it was adopted, as it is planned now.
    cause : Cause or None
        Why; None: the kind says it.
    """

    program: str
    kind: str
    before: Choice | None
    after: Choice | None
    cause: Cause | None = None


@dataclass(frozen=True)
class Cause:
    """What stands against a programme as it was adopted (of a new one: stood against it in the adopted plan).

    Attributes
    ----------
    rules : tuple of str
        The rules that would be broken with it, all else as planned. None: nothing stands against it, and the
        cause cannot be told.
    missing : dict of int to float
        Rp billion that would be missing, by year.
    takers : dict of program to float
        Programmes that take more in those years than they were to by the adopted plan, of funds that may pay
        for this one, in Rp billion (of a new one: that take less now than they were to).
    gain : float
        What the plan with it is worth more than the one at hand.
    """

    rules: tuple[str, ...]
    missing: Mapping[int, float] = field(default_factory=dict)
    takers: Mapping[str, float] = field(default_factory=dict)
    gain: float = nan


def replan_changes(case: Case, scenario: Scenario, plan: Plan, standing: Standing) -> list[Change]:
    """Return what became of each programme of the adopted plan in the new one, what is new in it, and why.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        Both of what is left to decide.
    plan : Plan
        The answer to both.
    standing : Standing

    Returns
    -------
    list of Change
        In the order of the adopted plan, new programmes last.
    """
    return list(_Changes(case, scenario, plan, standing).all())


@dataclass(frozen=True, eq=False)
class _Changes:
    case: Case
    scenario: Scenario
    plan: Plan
    standing: Standing

    def all(self) -> Iterator[Change]:
        now = {choice.program: choice for choice in self.plan.choices}
        for program, course in self.standing.courses.items():
            yield self._of(course, now.get(program))
        for program, choice in now.items():
            if program not in self.standing.courses:
                yield Change(program, "new", None, choice, self._kept_out(choice))

    def _of(self, course: Course, after: Choice | None) -> Change:
        program, before = course.planned.program, course.planned
        if course.progress == "given_up":
            return Change(program, "given_up", before, after)
        if course.is_going_on:
            return Change(program, "finished" if course.finished else "goes_on", before, after)
        if course.progress:
            first = self.standing.through + 1
            back = before.model_copy(update={"start": first})
            if after is None:
                return Change(program, "not_begun_out", before, None, self._against(back))
            late = None if after.start == first else self._against(back)
            return Change(program, "begins_later", before, after, late)
        if after is None:
            return Change(program, "out", before, None, self._against(before))
        if after.start != before.start:
            return Change(program, "moved", before, after, self._against(before))
        if {*after.regions} != {*before.regions}:
            return Change(program, "regions", before, after, self._against(before))
        return Change(program, "as_planned", before, after)

    def _against(self, choice: Choice) -> Cause:
        """Put a programme into the new plan as it was adopted, and see what is broken."""
        others = [one for one in self.plan.choices if one.program != choice.program]
        found = evaluate(self.case, self.scenario, [*others, choice], self.plan)
        return self._cause(choice, found, sign=1.0, worth=self.plan.objective)

    def _kept_out(self, choice: Choice) -> Cause:
        """Put a new programme into the adopted plan, and see what was broken there."""
        standing = self.standing
        adopted = standing.adopted
        found = evaluate(standing.case, as_adopted(standing.scenario), [*adopted.choices, choice], adopted)
        return self._cause(choice, found, sign=-1.0, worth=adopted.objective)

    def _cause(self, choice: Choice, found: Evaluation, *, sign: float, worth: float) -> Cause:
        missing = sums((year, amount) for (_, year), amount in found.missing.items())
        takers = self._more_in(choice.program, set(missing), sign) if missing else {}
        rules = tuple(check.rule for check in found.broken)
        return Cause(rules, dict(sorted(missing.items())), takers, found.audit.objective - worth)

    def _more_in(self, program: str, years: set[int], sign: float) -> dict[str, float]:
        """Return who takes more (sign 1) or less (-1) than adopted of funds that may pay for a programme.

        Where only other funds pay for the same cost, nothing is taken: the lesser of both changes counts.
        """
        funds = measure.payers(self.case)[program]
        (planned, of_funds), (now, now_of_funds) = (
            self._paid(plan, years, funds) for plan in (self.standing.adopted, self.plan)
        )
        more = {
            p: min(
                sign * (now.get(p, 0.0) - planned.get(p, 0.0)),
                sign * (now_of_funds.get(p, 0.0) - of_funds.get(p, 0.0)),
            )
            for p in sorted({*planned, *now} - {program})
        }
        return dict(sorted(((p, x) for p, x in more.items() if x >= LEAST), key=lambda item: -item[1]))

    @staticmethod
    def _paid(
        plan: Plan, years: set[int], funds: Collection[str]
    ) -> tuple[dict[str, float], dict[str, float]]:
        """Return what a plan pays for each programme in some years, in all and from some funds."""
        paid = [one for one in plan.funding if one.year in years]
        return (
            sums((one.program, one.amount) for one in paid),
            sums((one.program, one.amount) for one in paid if one.fund in funds),
        )


def years_compared(case: Case, scenario: Scenario, plan: Plan, standing: Standing) -> pd.DataFrame:
    r"""Return planned, realised and newly planned amounts by year, and what each plan closes in that year.

    .. math:: \text{closed}_t = \frac{100}{N} \sum_{i,r} \text{need}_{ir} \, \text{closed}_{irt}

    Returns
    -------
    DataFrame
        One row a year: ``planned`` (adopted), ``realised`` (NaN: not over), ``now`` (newly planned; NaN:
        over) in Rp billion, ``closed_planned`` and ``closed_now`` in percent (NaN where effects do not
        count).
    """
    years, past = standing.years, set(standing.past)
    planned = sums((one.year, one.amount) for one in standing.adopted.funding)
    now = sums((one.year, one.amount) for one in plan.funding)
    spent = sums(
        (int(year), amount) for year, amount in measure.records(standing.case.realisation, "year", "amount")
    )
    closed = dict.fromkeys(years, (nan, nan))
    if COUNTS[plan.objective_kind].effects:
        before = _closed(standing.case, as_adopted(standing.scenario), standing.adopted.choices)
        after = _closed(case, scenario, plan.choices)
        closed = dict(zip(years, zip(before, after, strict=True), strict=True))
    rows = [
        (
            planned.get(year, 0.0),
            spent.get(year, 0.0) if year in past else nan,
            nan if year in past else now.get(year, 0.0),
            *closed[year],
        )
        for year in years
    ]
    columns = ["planned", "realised", "now", "closed_planned", "closed_now"]
    return pd.DataFrame(rows, index=pd.Index(years, name="year"), columns=columns)


def _closed(case: Case, scenario: Scenario, choices: Sequence[Choice]) -> list[float]:
    found = measure.Measure(case, scenario)
    need = found.needs.to_numpy()
    by_year = (need[:, :, None] * found.closed(found.delivered(choices))).sum(axis=(0, 1))
    return [100 * float(value) / float(need.sum()) for value in by_year]
