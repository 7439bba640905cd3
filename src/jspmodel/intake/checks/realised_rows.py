"""Rules on rows of realisation: that they say one thing, and what can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import isnan
from typing import Any

from jspmodel.errors import Problem
from jspmodel.intake.draft import Draft
from jspmodel.intake.nearest import nearest_word
from jspmodel.measure import plain_rows

_MONEY, _OUTPUTS = "realisation", "realised_outputs"


def check_amounts(draft: Draft) -> Iterator[Problem]:
    """Check that money names its fund, and that none is spent on what has not begun."""
    for row in plain_rows(draft[_MONEY]):
        if not row.amount > 0:
            continue
        if not row.fund:
            yield draft.problem("realised_without_fund", _MONEY, row.Index, "fund", program=row.program)
        if row.progress == "not_begun":
            values = {"program": row.program, "year": int(row.year), "amount": row.amount}
            yield draft.problem("spent_not_begun", _MONEY, row.Index, "progress", **values)


def check_progress(draft: Draft) -> Iterator[Problem]:
    """Check that rows of a programme and year agree, and that nothing goes back: finished, then not begun."""
    rank = {"not_begun": 0, "under_way": 1, "finished": 2, "given_up": 2}
    told: dict[tuple[str, str], dict[int, Any]] = defaultdict(dict)
    for row in sorted(plain_rows(draft[_MONEY]), key=lambda row: (row.year, row.Index)):
        if isnan(row.year) or row.progress not in rank:
            continue
        years = told[row.program, row.region]
        before = years.setdefault(int(row.year), row)
        values = {"program": row.program, "year": int(row.year)}
        if before.progress != row.progress:
            yield draft.problem("progress_differs", _MONEY, row.Index, "progress", **values)
    for (program, _), years in told.items():
        rows = list(years.values())
        for earlier, row in pairwise(rows):
            done = rank[earlier.progress] == rank["finished"] and earlier.progress != row.progress
            if rank[row.progress] < rank[earlier.progress] or done:
                values = {"program": program, "year": int(row.year), "before": int(earlier.year)}
                yield draft.problem("progress_goes_back", _MONEY, row.Index, "progress", **values)


def check_remaining(draft: Draft) -> Iterator[Problem]:
    """Check that what is still to come is stated once for a programme and year."""
    seen: set[tuple[str, int]] = set()
    for row in plain_rows(draft[_MONEY]):
        if isnan(row.remaining) or isnan(row.year):
            continue
        key = row.program, int(row.year)
        if key in seen:
            yield draft.problem(
                "remaining_twice", _MONEY, row.Index, "remaining", program=key[0], year=key[1]
            )
        seen.add(key)


def check_parts(draft: Draft) -> Iterator[Problem]:
    """Ask whether what a region spent is part of what is said to be spent in all: it would count twice."""
    spent = [row for row in plain_rows(draft[_MONEY]) if row.amount > 0 and row.fund]
    whole = {(row.program, row.year, row.fund) for row in spent if not row.region}
    for row in spent:
        if row.region and (row.program, row.year, row.fund) in whole:
            values = {"program": row.program, "year": int(row.year), "fund": row.fund, "region": row.region}
            yield draft.problem("realised_part_and_whole", _MONEY, row.Index, "amount", **values)


def check_outputs(draft: Draft) -> Iterator[Problem]:
    """Check that an output is one of the programme's, in its unit."""
    known: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in plain_rows(draft["program_outputs"]):
        known[row.program][row.indicator].add(row.unit)
    for row in plain_rows(draft[_OUTPUTS]):
        if not (row.program and row.indicator):
            continue  # told by itself
        units = known[row.program].get(row.indicator)
        if units is None:
            near = nearest_word(row.indicator, known[row.program])
            values = {"program": row.program, "value": row.indicator, "nearest": near}
            yield draft.problem("output_not_planned", _OUTPUTS, row.Index, "indicator", **values)
        elif row.unit and units - {""} and row.unit.casefold() not in {unit.casefold() for unit in units}:
            values = {"program": row.program, "value": row.unit, "units": sorted(units - {""})}
            yield draft.problem("output_other_unit", _OUTPUTS, row.Index, "unit", **values)


def check_years_over(draft: Draft) -> Iterator[Problem]:
    """Tell which years are not over yet: what is said of them may still change."""
    for table in (_MONEY, _OUTPUTS):
        rows = draft[table]
        told = rows[(rows["year"] >= date.today().year) & (rows["status"] != "illustrative")]
        for year, some in told.groupby("year"):
            first = int(some.index[0])
            yield draft.problem("year_not_over", table, first, "year", warning=True, year=int(year))
