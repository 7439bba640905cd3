"""Rules on an adopted plan and what is said to have become of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import inf, isnan
from typing import Any

from jspmodel import measure
from jspmodel.errors import Problem
from jspmodel.intake.checks.scenario_values import setting_problem
from jspmodel.intake.csvfile import read_sheet
from jspmodel.measure import plain_rows, records, sums
from jspmodel.plan import Plan
from jspmodel.realisation import Course, Standing, is_carried, left_over, remaining_costs

_FILE = "realisation.csv"
_FAR = 10.0
"""Times the planned amount from which on an amount is asked about: a unit may be wrong."""
_SLACK = 0.0005
"""Rp billion by which amounts may differ that are told in thousandths."""


def check_adopted(standing: Standing) -> Iterator[Problem]:
    """Check that the adopted plan is one of this case, and that its programmes are still there."""
    plan, case = standing.adopted, standing.case
    if plan.case != case.name:
        yield setting_problem(
            standing.scenario, "adopted_other_case", "replan.adopted", other=plan.case, case=case.name
        )
    known: dict[str, set[str]] = {
        table: set(getattr(case, table).iloc[:, 0]) for table in ("programs", "regions", "funds")
    }
    for table, codes in _named(plan).items():
        for code in sorted(codes - known[table]):
            values: dict[str, Any] = {"value": code, "table": f"{table}.csv"}
            yield setting_problem(standing.scenario, "adopted_unknown_code", "replan.adopted", **values)
    eligible = measure.eligible_regions(case)
    for choice in plan.choices:
        elsewhere = [
            code for code in choice.regions if code not in eligible.get(choice.program, choice.regions)
        ]
        if eligible.get(choice.program) and not choice.regions:
            values = {"program": choice.program}
            yield setting_problem(standing.scenario, "adopted_nowhere", "replan.adopted", **values)
        elif elsewhere and known["regions"].issuperset(elsewhere):
            values = {"program": choice.program, "regions": elsewhere}
            yield setting_problem(standing.scenario, "adopted_elsewhere", "replan.adopted", **values)


def check_years(standing: Standing) -> Iterator[Problem]:
    """Check that a year is over, and that one is left to plan."""
    first, *_, last = (*standing.years, standing.years[-1])
    if not first <= standing.through < last:
        values: dict[str, Any] = {"year": standing.through, "first": first, "last": last - 1}
        yield setting_problem(standing.scenario, "replan_year", "replan.through", **values)


def check_planned(standing: Standing) -> Iterator[Problem]:
    """Check that rows are of programmes of the plan, not before it begins them, and of its amounts."""
    paid = _paid(standing.adopted)
    for table in ("realisation", "realised_outputs"):
        lines = _lines(standing, table)
        for row in plain_rows(getattr(standing.case, table)):
            flaw = _not_of_plan(standing, row, f"{table}.csv", lines(row.Index))
            if flaw:
                yield flaw
            elif table == "realisation" and row.year in standing.planned_past:
                yield from _other_amount(row, paid, lines(row.Index))


def _not_of_plan(standing: Standing, row: Any, file: str, line: int | None) -> Problem | None:
    """Return what the plan says against a row: a programme, year or region that it does not have."""
    choice = next((one for one in standing.adopted.choices if one.program == row.program), None)
    year = int(row.year)
    told: dict[str, object] = {"program": row.program, "year": year}
    if year > standing.through:
        return Problem(
            "realised_later", file, line, "year", {**told, "through": standing.through}, warning=True
        )
    if year not in standing.planned_past:
        # Decided by an earlier plan; what went on from there starts in this one when it did begin.
        if choice is None or year >= choice.start or not _has_begun(row):
            return None
    elif choice is None:
        return Problem("realised_not_planned", file, line, "program", told)
    if year < choice.start:
        return Problem("realised_before_start", file, line, "year", {**told, "start": choice.start})
    if row.region and row.region not in choice.regions:
        return Problem("realised_elsewhere", file, line, "region", {**told, "region": row.region})
    return None


def _has_begun(row: Any) -> bool:
    """Return whether a row, of money or of outputs, says that its programme has begun."""
    return bool(row.amount > 0) or getattr(row, "progress", "") in ("under_way", "finished")


def _other_amount(
    row: Any, paid: Mapping[tuple[str, str, int], float], line: int | None
) -> Iterator[Problem]:
    year = int(row.year)
    planned = paid.get((row.program, row.fund, year), 0.0)
    if not isnan(row.planned) and not row.region and abs(row.planned - planned) > 10 * _SLACK:
        told = {"program": row.program, "year": year, "fund": row.fund}
        values = {**told, "planned": row.planned, "plan": planned}
        yield Problem("planned_differs", _FILE, line, "planned", values)


def check_far_above(standing: Standing) -> Iterator[Problem]:
    """Ask about an amount far above what was planned in all; where a reason is given, tell of it."""
    lines = _lines(standing)
    costs = _whole_costs(standing)
    for row in plain_rows(standing.case.realisation):
        whole = costs.get(row.program, 0.0)
        if row.year > standing.through or not whole:
            continue
        for column in ("amount", "remaining"):
            amount = getattr(row, column)
            if amount > _FAR * whole:
                values = {"program": row.program, "amount": amount, "planned": whole}
                where = _FILE, lines(row.Index), column
                if row.reason:  # it may be that of a delay, and the unit wrong all the same
                    values["reason"] = row.reason
                    yield Problem("realised_far_above_said", *where, values, warning=True)
                else:
                    yield Problem("realised_far_above", *where, values)


def _whole_costs(standing: Standing) -> Mapping[str, float]:
    """Return what programmes cost in all: what the plan pays, and what was spent before it."""
    rows = records(standing.case.realisation, "program", "year", "amount")
    planned = ((item.program, item.amount) for item in standing.adopted.funding)
    first = min(standing.planned_past, default=-inf)
    before = ((program, amount) for program, year, amount in rows if year < first)
    return sums((*planned, *before))


def check_funds_had(standing: Standing) -> Iterator[Problem]:
    """Tell of which funds more is spent than they had: all years together, as money may be carried."""
    case = standing.case
    carried = ((fund, year, amount) for (fund, year), amount in case.carried_over.items())
    budgets = (*records(case.fund_budgets, "fund", "year", "amount"), *carried)
    had = sums((fund, amount) for fund, year, amount in budgets if year in standing.past)
    rows = records(case.realisation, "fund", "year", "amount")
    spent = sums((fund, amount) for fund, year, amount in rows if year in standing.past)
    for fund, amount in spent.items():
        if fund and amount > had.get(fund, 0.0) + 10 * _SLACK:
            values: dict[str, Any] = {"fund": fund, "amount": amount, "had": had.get(fund, 0.0)}
            values |= {"first": standing.past[0], "last": standing.through}
            yield Problem("realised_above_budget", _FILE, None, "amount", values, warning=True)


def check_complete(standing: Standing) -> Iterator[Problem]:
    """Ask for what is not said: that is not zero."""
    funds: dict[tuple[str, int], list[str]] = defaultdict(list)
    for item in standing.adopted.funding:
        funds[item.program, item.year].append(item.fund)
    said: dict[tuple[str, int], set[str]] = defaultdict(set)
    for program, fund, year in records(standing.case.realisation, "program", "fund", "year"):
        said[program, int(year)].add(fund)
    for program, course in standing.courses.items():
        end = course.finished or _given_up(standing, program) or standing.through
        missing = []
        for year in standing.planned_past:
            if not course.planned.start <= year <= end:
                continue
            asked = [fund for fund in funds[program, year] if fund not in said[program, year]]
            is_last = year == standing.through and not said[program, year]
            if (asked and said[program, year] != {""}) or is_last:
                missing.append(f"{year} ({', '.join(asked)})" if asked else str(year))
        if missing:
            values = {"program": program, "years": missing}
            yield Problem("realisation_missing", _FILE, None, "amount", values)


def check_remaining(standing: Standing) -> Iterator[Problem]:
    """Ask what is left of a programme on which more was spent than was due."""
    case, lines = standing.case, _lines(standing)
    duration = dict(records(case.programs, "program", "duration"))
    last = {row.program: row.Index for row in plain_rows(case.realisation) if row.year <= standing.through}
    for program, course in standing.courses.items():
        if not course.is_going_on:
            if stated := sum(list(course.stated.values())[-1:]):
                told = {"program": program, "amount": stated}
                yield Problem("remaining_of_nothing", _FILE, lines(last[program]), "remaining", told)
            continue
        if course.planned.regions and not course.regions:
            told = {"program": program}
            yield Problem("regions_all_out", _FILE, lines(last[program]), "progress", told)
            continue
        yield from _finished_early(standing, course, int(duration[program]), lines(last[program]))
        left = remaining_costs(case, course, int(duration[program]), standing.through)
        values: dict[str, object] = {
            "program": program,
            "spent": sum(course.spent.values()),
            "due": left.expected,
            "left": left.planned_left,
        }
        planned = course.planned.start + int(duration[program]) - 1
        if left.is_unsaid and planned < standing.through and any(left.run.values()):
            # Running costs of what is built are easily told as "under way".
            values["ready"] = planned
            yield Problem("still_under_way", _FILE, lines(last[program]), "progress, remaining", values)
        elif left.is_unsaid:
            yield Problem("remaining_unsaid", _FILE, lines(last[program]), "remaining", values)
        if left.ready > standing.years[-1]:
            values = {"program": program, "ready": left.ready, "last": standing.years[-1]}
            yield Problem("delivered_after_horizon", _FILE, lines(last[program]), "progress", values, True)


def _finished_early(standing: Standing, course: Course, duration: int, line: int | None) -> Iterator[Problem]:
    """Ask about what is finished before it was to be, with building that nobody paid: only a part may be."""
    done, begun = course.finished, course.begun
    if done is None or begun is None or done >= begun + duration - 1:
        return
    still = replace(course, finished=None)
    unpaid = remaining_costs(standing.case, still, duration, standing.through).planned_left
    if unpaid > _SLACK and not any(year >= done for year in course.stated):
        values = {"program": course.planned.program, "year": done, "left": unpaid}
        values["ready"] = begun + duration - 1
        yield Problem("finished_early", _FILE, line, "progress, remaining", values)


def check_unspent(standing: Standing) -> Iterator[Problem]:
    """Ask what becomes of money that is left over: carried into the next year, or lapsed."""
    left = {
        fund: amount for fund, amount in left_over(standing).items() if is_carried(standing, fund) is None
    }
    if left:
        values: dict[str, Any] = {
            "funds": list(left),
            "amount": sum(left.values()),
            "next": standing.through + 1,
        }
        yield setting_problem(standing.scenario, "unspent_unsaid", "replan.unspent", **values)


def check_locks(standing: Standing) -> Iterator[Problem]:
    """Check that no lock asks for what did not come about, or keeps out what began."""
    scenario = standing.scenario
    for lock in scenario.locked_in:
        course = standing.courses.get(lock.program)
        if course and course.progress == "given_up":
            yield setting_problem(standing.scenario, "locked_given_up", "locked_in", program=lock.program)
        elif (
            lock.start is not None
            and lock.start <= standing.through
            and lock.start != (course.begun if course else None)
        ):
            values: dict[str, Any] = {"program": lock.program, "year": lock.start}
            yield setting_problem(standing.scenario, "locked_to_past", "locked_in", **values)
        elif course and course.is_going_on and not course.keeps(lock):
            values = {"program": lock.program, "year": course.begun, "regions": list(course.regions)}
            yield setting_problem(standing.scenario, "locked_begun_otherwise", "locked_in", **values)
    for program in scenario.locked_out:
        course = standing.courses.get(program)
        if course and course.is_going_on:
            yield setting_problem(standing.scenario, "locked_out_begun", "locked_out", program=program)


CHECKS: tuple[Callable[[Standing], Iterator[Problem]], ...] = (
    check_planned,
    check_far_above,
    check_funds_had,
    check_complete,
    check_remaining,
    check_unspent,
    check_locks,
)
"""Judged where the plan and its years are sound."""


def _named(plan: Plan) -> Mapping[str, set[str]]:
    return {
        "programs": {choice.program for choice in plan.choices},
        "regions": {region for choice in plan.choices for region in choice.regions},
        "funds": {item.fund for item in plan.funding},
    }


def _paid(plan: Plan) -> dict[tuple[str, str, int], float]:
    return sums(((item.program, item.fund, item.year), item.amount) for item in plan.funding)


def _given_up(standing: Standing, program: str) -> int | None:
    table = standing.case.realisation
    there = table[(table["program"] == program) & (table["progress"] == "given_up") & (table["region"] == "")]
    return None if there.empty else int(there["year"].min())


def _lines(standing: Standing, table: str = "realisation") -> Callable[[Any], int | None]:
    """Return what gives the line of the file of each row; none of a case in memory."""
    folder = standing.case.folder
    file = None if folder is None else folder / f"{table}.csv"
    if file is None or not file.is_file():
        return lambda index: None
    lines = read_sheet(file, table)[0].lines
    return lambda index: lines[index] if index < len(lines) else None
