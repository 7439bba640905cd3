"""Rules on terms of office where a scenario asks that building ends within them."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import Problem
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
