"""Rules on terms of office where a scenario asks that building ends within them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.intake.checks.chances import open_starts
from jspmodel.measure import records
from jspmodel.scenario import Scenario

_FILE = "terms_of_office.csv"


def check_terms_said(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Tell that no term is stated, and which ends before the plan begins."""
    if not scenario.terms_of_office:
        return
    if case.terms_of_office.empty:
        yield Problem("terms_unsaid", _FILE, None, "last_year", {}, warning=True)
    first = measure.horizon(case, scenario)[0]
    for office, last in records(case.terms_of_office, "office", "last_year"):
        if last < first:
            values = {"office": office, "last": int(last), "first": first}
            yield Problem("term_over", _FILE, None, "last_year", values, warning=True)


def check_terms_whole(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Tell of which governments no term is stated that build over several years: the rule passes them by."""
    if not scenario.terms_of_office or case.terms_of_office.empty:
        return
    stated = set(case.terms_of_office["region"])
    for region, programs in _built_over_years(case, scenario).items():
        values: dict[str, Any] = {"programs": programs}
        if region in stated:
            continue
        if region:
            yield Problem("term_missing", _FILE, None, "region", {**values, "region": region}, warning=True)
        else:
            yield Problem("term_missing_own", _FILE, None, "region", values, warning=True)


def _built_over_years(case: Case, scenario: Scenario) -> dict[str, list[str]]:
    """Return by region ("": shared) what could be chosen, is not strategic and is built in several years."""
    strategic, able = dict(records(case.programs, "program", "strategic")), open_starts(case, scenario)
    years: dict[tuple[str, str], set[float]] = defaultdict(set)
    columns = ("program", "region", "kind", "offset", "amount")
    for program, region, kind, offset, amount in records(case.program_costs, *columns):
        if kind == "build" and amount > 0 and program in able and not strategic[program]:
            years[region, program].add(offset)
    found: dict[str, list[str]] = {}
    for (region, program), offsets in sorted(years.items()):
        if len(offsets) > 1:
            found.setdefault(region, []).append(program)
    return found
