"""Rules on programmes: when they may start, what they do, how they hang together."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from math import isnan
from typing import Any

from jspmodel.errors import Problem
from jspmodel.intake.draft import Draft
from jspmodel.measure import plain_rows, records, unless_blank

_CYCLES = 20
"""How many cycles of prerequisites are told: the next run tells the rest."""


def check_windows(draft: Draft) -> Iterator[Problem]:
    """Check that the first possible start is not after the last."""
    table = draft["programs"]
    for index in table.index[table["first_start"] > table["last_start"]]:
        years: dict[str, Any] = {key: int(table.at[index, f"{key}_start"]) for key in ("first", "last")}
        yield draft.problem("window_reversed", "programs", index, "last_start", **years)


def check_some_start_fits(draft: Draft) -> Iterator[Problem]:
    """Check that a programme can start in its window and be built within the years that have budgets."""
    years = [year for year in draft["fund_budgets"]["year"].tolist() if not isnan(year)]
    if not years:
        return
    opens, closes = min(years), max(years)
    built: dict[str, float] = {}
    for program, kind, offset in records(draft["program_costs"], "program", "kind", "offset"):
        if kind == "build" and not isnan(offset):
            built[program] = max(offset, built.get(program, offset))
    columns = ("program", "duration", "first_start", "last_start")
    for index, (program, duration, begin, end) in enumerate(records(draft["programs"], *columns)):
        needed = _largest(built.get(program, 0.0), duration - 1) + 1
        first = max(unless_blank(begin, opens), opens)
        if first > min(unless_blank(end, closes), closes - needed + 1) and not begin > end:
            values: dict[str, Any] = {"needed": int(needed), "first": int(first), "last_year": int(closes)}
            yield draft.problem("no_start_fits", "programs", index, "first_start", **values)


def _largest(*numbers: float) -> float:
    """Return the largest of some numbers, of which those that are blank do not count."""
    return max(number for number in numbers if not isnan(number))


def check_quick_wins(draft: Draft) -> Iterator[Problem]:
    """Check that a quick win is delivered in the year it starts."""
    table = draft["programs"]
    for index in table.index[table["quick_win"] & (table["duration"] > 1)]:
        yield draft.problem(
            "slow_quick_win", "programs", index, "quick_win", years=int(table.at[index, "duration"])
        )


def check_volumes(draft: Draft) -> Iterator[Problem]:
    """Check that a volume lies within its range."""
    yield from _ranges(draft, "program_regions", ("volume_low", "volume", "volume_high"))


def check_effects(draft: Draft) -> Iterator[Problem]:
    """Check that an effect is a number within its range, or a level, not both."""
    table = draft["program_effects"]
    number, level = table["effect"].notna(), table["level"] != ""
    for index in table.index[number & level]:
        yield draft.problem(
            "effect_and_level", "program_effects", index, "level", value=table.at[index, "level"]
        )
    for index in table.index[~number & ~level]:
        yield draft.problem("effect_missing", "program_effects", index, "effect")
    yield from _ranges(draft, "program_effects", ("low", "effect", "high"))


def _ranges(draft: Draft, table: str, columns: tuple[str, str, str]) -> Iterator[Problem]:
    """Low, middle and high do not fall, whichever of them are given."""
    frame = draft[table]
    low, middle, high = columns
    told: set[int] = set()
    for small, large in ((low, middle), (middle, high), (low, high)):
        for index in frame.index[frame[small] > frame[large]].difference(list(told)):
            told.add(index)
            values: dict[str, Any] = {
                "low": float(frame.at[index, small]),
                "high": float(frame.at[index, large]),
            }
            yield draft.problem("range_reversed", table, index, large, lower=small, **values)


def check_self_links(draft: Draft) -> Iterator[Problem]:
    """Check that a link joins two programmes."""
    table = draft["program_links"]
    for index in table.index[(table["program"] == table["other"]) & (table["program"] != "")]:
        yield draft.problem("link_to_itself", "program_links", index, "other", value=table.at[index, "other"])


def check_contradictions(draft: Draft) -> Iterator[Problem]:
    """Check that a programme does not require one that it excludes."""
    table = draft["program_links"]
    excludes = table[table["kind"] == "excludes"]
    excluded = set(map(frozenset, zip(excludes["program"], excludes["other"], strict=True)))
    for row in plain_rows(table[table["kind"] == "requires"]):
        pair = frozenset((row.program, row.other))
        if len(pair) > 1 and pair in excluded:
            values: dict[str, Any] = {"program": row.program, "other": row.other}
            yield draft.problem("requires_and_excludes", "program_links", row.Index, "kind", **values)


def check_complements(draft: Draft) -> Iterator[Problem]:
    """Check that complements have a value (else they add nothing)."""
    table = draft["program_links"]
    for index in table.index[(table["kind"] == "complements") & table["value"].isna()]:
        yield draft.problem("complement_without_value", "program_links", index, "value", warning=True)


def check_cycles(draft: Draft) -> Iterator[Problem]:
    """Check that no programme requires itself by way of others."""
    table = draft["program_links"]
    rows = {
        (row.program, row.other): row.Index
        for row in plain_rows(table)
        if row.kind == "requires" and row.program and row.other and row.program != row.other
    }
    edges = set(rows)
    for _ in range(_CYCLES):
        cycle = _cycle(edges)
        if not cycle:
            return
        steps = set(pairwise(cycle))
        first = min(rows[step] for step in steps)
        yield draft.problem("cycle", "program_links", first, "other", cycle=" → ".join(cycle))
        edges -= steps


def _cycle(edges: set[tuple[str, str]]) -> list[str]:
    """Return programmes each of which requires the next, the last being the first again; none: empty."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for program, other in sorted(edges):
        sorter.add(program, other)
    try:
        sorter.prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []
