"""Rules on the programmes together; each yields by how much every instance is broken, and where."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.measure import Measure
from jspmodel.selection.audit.books import Books, Finding


def locked_in(books: Books) -> Iterator[Finding]:
    """Check: what is decided already is in the plan, when and where it was decided."""
    for lock in books.scenario.locked_in:
        choice = books.chosen.get(lock.program)
        wrong = choice is None or lock.start not in (None, choice.start)
        yield (
            wrong or not set(lock.regions) <= set(choice.regions if choice else ()),
            {"program": lock.program},
        )


def locked_out(books: Books) -> Iterator[Finding]:
    """Check: what is refused is not in the plan."""
    for program in books.scenario.locked_out:
        yield program in books.chosen, {"program": program}


def requires(books: Books) -> Iterator[Finding]:
    """Check: what a programme requires is delivered before the year in which it starts."""
    for program, other in books.links("requires"):
        if program in books.chosen:
            before = books.chosen.get(other)
            late = before is None or books.last_year(before) >= books.chosen[program].start
            yield late, {"program": program, "other": other}


def excludes(books: Books) -> Iterator[Finding]:
    """Check: programmes that exclude each other are not both in the plan."""
    for program, other in books.links("excludes"):
        yield program in books.chosen and other in books.chosen, {"program": program, "other": other}


def max_parallel(books: Books) -> Iterator[Finding]:
    """Check: no agency leads more programmes at once than it can."""
    limits = books.case.agencies.set_index("agency")["max_parallel"].dropna()
    for agency, most in limits.items():
        led = [choice for choice in books.choices if books.programs.at[choice.program, "agency"] == agency]
        for year in books.years:
            at_once = sum(choice.start <= year <= books.last_year(choice) for choice in led)
            yield at_once - most, {"agency": agency, "year": str(year)}


def quick_wins(books: Books) -> Iterator[Finding]:
    """Check: enough quick wins start in the first year."""
    if books.scenario.min_quick_wins:
        first = [choice for choice in books.choices if choice.start == books.years[0]]
        quick = [choice for choice in first if books.programs.at[choice.program, "quick_win"]]
        yield books.scenario.min_quick_wins - len(quick), {"year": str(books.years[0])}


def programs_per_dimension(books: Books) -> Iterator[Finding]:
    """Check: every dimension has enough programmes."""
    if books.scenario.min_programs_per_dimension:
        counts = books.programs.loc[list(books.chosen), "dimension"].value_counts()
        for dimension in books.case.dimensions["dimension"]:
            short = books.scenario.min_programs_per_dimension - counts.get(dimension, 0)
            yield short, {"dimension": dimension}


def new_systems(books: Books) -> Iterator[Finding]:
    """Check: no more new systems than distinct systems retired."""
    if books.scenario.no_new_systems:
        table = books.case.program_systems
        gone = table[(table["action"] == "retires") & table["program"].isin(books.chosen)]["system"].nunique()
        yield books.programs.loc[list(books.chosen), "new_systems"].sum() - gone, {}


def equity(books: Books) -> Iterator[Finding]:
    """Check: every region with a need reaches the floor."""
    if books.scenario.equity.mode != "off":
        impact = Measure(books.case, books.scenario).impact(books.choices)
        for region, reached in impact.by_region.dropna().items():
            yield books.floor - reached, {"region": region}
