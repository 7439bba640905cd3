"""A form for what became of an adopted plan: its amounts and outputs by year, beside cells to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isnan
from pathlib import Path

from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.intake import read_title
from jspmodel.measure import records, sums
from jspmodel.plan import Plan
from jspmodel.realisation import courses
from jspmodel.scenario import Language
from jspmodel.workbook.files import check_new_file, new_workbook, raise_all
from jspmodel.workbook.proposed_rows import Proposed, Row, appended
from jspmodel.workbook.template import fill_workbook, readable_sheets

_DIGITS = 6


def write_realisation_form(
    case: Case, plan: Plan, through: int, file: Path, language: Language
) -> Mapping[str, int]:
    """Write a case as a workbook whose sheets of realisation have a row for all that a plan has by a year.

    Rows that the case has already stay; new ones have what was planned, and yellow cells to fill in.

    Parameters
    ----------
    case : Case
        Of the plan, read from a folder.
    plan : Plan
        The adopted one.
    through : int
        Last year that is over.
    file : Path
        Ends in ``.xlsx`` and is not there yet.
    language : {"id", "en"}

    Returns
    -------
    mapping of str to int
        New rows by table.

    Raises
    ------
    DataError
        As ``write_template`` raises; if the plan has nothing by that year that is not said already.
    """
    check_new_file(file)
    folder = case.folder or Path("data", case.name)
    sheets = readable_sheets(folder)
    fresh = {
        "realisation": list(_amounts(case, plan, through)),
        "realised_outputs": list(_outputs(case, plan, through)),
    }
    if not any(fresh.values()):
        raise_all(Problem("nothing_to_realise", file.as_posix(), values={"through": through}))
    more = {table: appended(sheets.get(table), table, rows) for table, rows in fresh.items() if rows}
    counts = {table: len(rows) for table, rows in fresh.items() if rows}
    titles, _ = read_title(folder)
    with new_workbook(file) as book:
        fill_workbook(book, {**sheets, **more}, titles, language, Proposed(more, counts, ()), case=sheets)
    return counts


def _amounts(case: Case, plan: Plan, through: int) -> Iterator[Row]:
    """Yield a row for each payment by the year, and for what is under way in it and is not paid in it."""
    said = {*records(case.realisation, "program", "year", "fund")}
    spoken = {*records(case.realisation, "program", "year")}
    planned = sums(
        ((one.program, one.year, one.fund), one.amount) for one in plan.funding if one.year <= through
    )
    done = {
        p
        for p, one in courses(case, plan.choices, through).items()
        if one.progress in ("finished", "given_up")
    }
    for choice in plan.choices:
        p = choice.program
        if p in done or choice.start > through:
            continue
        paid = {key: amount for key, amount in planned.items() if key[0] == p}
        for (_, year, fund), amount in paid.items():
            if (p, year, fund) not in said:
                yield {"program": p, "year": str(year), "fund": fund, "planned": _text(amount)}
        if (p, through) not in spoken and all(year != through for _, year, _ in paid):
            yield {"program": p, "year": str(through), "planned": "0"}


def _outputs(case: Case, plan: Plan, through: int) -> Iterator[Row]:
    said = {*records(case.realised_outputs, "program", "region", "year", "indicator")}
    chosen = {choice.program: choice for choice in plan.choices}
    columns = ("program", "region", "offset", "indicator", "unit", "target")
    for p, region, offset, indicator, unit, target in records(case.program_outputs, *columns):
        choice = chosen.get(p)
        if choice is None or isnan(target) or (region and region not in choice.regions):
            continue
        year = choice.start + (0 if isnan(offset) else int(offset))
        if year <= through and (p, region, year, indicator) not in said:
            row = {"program": p, "region": region, "year": str(year), "indicator": indicator}
            yield {**row, "unit": unit, "planned": _text(target)}


def _text(amount: float) -> str:
    return f"{amount:.{_DIGITS}f}".rstrip("0").rstrip(".")
