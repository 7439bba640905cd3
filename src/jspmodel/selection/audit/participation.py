"""Rules on when a programme starts and who takes part; each yields how far an instance is off, and where."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

import pandas as pd

from jspmodel import measure
from jspmodel.plan import Choice
from jspmodel.selection.audit.books import Books, Finding


def known_codes(books: Books) -> Iterator[Finding]:
    """Check: codes are in the tables, no programme comes twice, payments are for chosen programmes."""
    regions, funds = set(books.case.regions["region"]), set(books.case.funds["fund"])
    for choice in books.choices:
        twice = sum(other.program == choice.program for other in books.choices) > 1
        unknown = choice.program not in books.programs.index or not set(choice.regions) <= regions
        yield unknown or twice, {"program": choice.program}
    for payment in books.payments.itertuples():
        unknown = payment.fund not in funds or payment.year not in books.years
        place = {"program": payment.program, "fund": payment.fund, "year": str(payment.year)}
        yield unknown or payment.program not in books.chosen, place


def start_window(books: Books) -> Iterator[Finding]:
    """Check: a programme starts between its first and last start."""
    for choice in books.choices:
        first, last = books.of(choice, "first_start"), books.of(choice, "last_start")
        early = 0.0 if isnan(first) else first - choice.start
        late = 0.0 if isnan(last) else choice.start - last
        yield max(early, late), _start(choice)


def closed_years(books: Books) -> Iterator[Finding]:
    """Check: in a closed year only programmes of the annual plan start."""
    for choice in books.choices:
        planned = bool(books.programs.at[choice.program, "in_annual_plan"])
        yield not planned and choice.start in books.scenario.closed_years, _start(choice)


def horizon(books: Books) -> Iterator[Finding]:
    """Check: a programme starts, is built and is delivered within the horizon."""
    for choice in books.choices:
        built = choice.start + books.built_over.get(choice.program, 0)
        end = max(built, books.last_year(choice))
        yield max(books.years[0] - choice.start, end - books.years[-1]), _start(choice)


def eligible_regions(books: Books) -> Iterator[Finding]:
    """Check: only regions that may take part do, each once."""
    eligible = measure.eligible_regions(books.case)
    for choice in books.choices:
        for region in choice.regions:
            wrong = choice.regions.count(region) > 1 or region not in eligible[choice.program]
            yield wrong, {"program": choice.program, "region": region}


def province_scope(books: Books) -> Iterator[Finding]:
    """Check: a programme of the province reaches every region."""
    for choice in books.choices:
        if books.programs.at[choice.program, "scope"] == "province":
            yield len(books.case.regions) - len(choice.regions), {"program": choice.program}


def mandatory_regions(books: Books) -> Iterator[Finding]:
    """Check: a mandatory region takes part."""
    for choice in books.choices:
        rows = _rows(books, choice)
        for region in rows.loc[rows["mandatory"], "region"]:
            yield region not in choice.regions, {"program": choice.program, "region": region}


def min_regions(books: Books) -> Iterator[Finding]:
    """Check: a joint programme that has regions has enough of them, at least one."""
    for choice in books.choices:
        joint = books.programs.at[choice.program, "scope"] != "province"
        if joint and not _rows(books, choice).empty:
            asked = books.of(choice, "min_regions")
            yield (1 if isnan(asked) else asked) - len(choice.regions), {"program": choice.program}


def coalition_volume(books: Books) -> Iterator[Finding]:
    """Check: a coalition brings enough volume."""
    for choice in books.choices:
        asked = books.of(choice, "min_volume")
        if asked > 0:
            rows = _rows(books, choice)
            brought = rows.loc[rows["region"].isin(choice.regions), "volume"].sum()
            yield asked - brought, {"program": choice.program}


def maturity(books: Books) -> Iterator[Finding]:
    """Check: a region is mature enough, counting what it joined and was delivered before."""
    level = books.case.regions.set_index("region")["maturity"]
    for choice in books.choices:
        asked = books.of(choice, "required_maturity")
        for region in choice.regions:
            if not isnan(asked) and not isnan(level[region]):
                short = asked - level[region] - _raised(books, region, choice.start)
                yield short, {"program": choice.program, "region": region}


def _raised(books: Books, region: str, before: int) -> float:
    earlier = [o for o in books.choices if region in o.regions and books.last_year(o) < before]
    return sum(raised for o in earlier if not isnan(raised := books.of(o, "raises_maturity")))


def _start(choice: Choice) -> dict[str, str]:
    return {"program": choice.program, "year": str(choice.start)}


def _rows(books: Books, choice: Choice) -> pd.DataFrame:
    return books.regions_of.get(choice.program, books.case.program_regions.iloc[:0])
