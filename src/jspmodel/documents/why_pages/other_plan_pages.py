"""Sheets on other plans beside this one: nearly as good ones, and programmes and regions of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jspmodel.documents.why_pages.asked_about import AskedAbout, Sheet
from jspmodel.figures import customary_name, customary_order
from jspmodel.plan import Choice
from jspmodel.text import percent, say
from jspmodel.workbook import Value

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Alternative


def alternative_pages(asked: AskedAbout) -> Iterator[Sheet]:
    """Yield a sheet of plans that are nearly as good."""
    found = asked.found.alternatives
    yield asked.page(
        "alternatives",
        "plan worth:figure gives_up:figure cost:cost distance_count:count leave enter",
        [
            [
                alternative_name(asked, place),
                one.objective,
                max(0.0, asked.plan.objective - one.objective),
                one.cost,
                one.distance,
                asked.codes(one.leave),
                asked.codes(one.enter),
            ]
            for place, one in enumerate(found.plans, start=1)
        ],
        within=percent(found.within, asked.language, 0),
    )


def alternative_name(asked: AskedAbout, place: int) -> str:
    """Return what the plan at a place is called."""
    return say("why.alternative", asked.language, n=place)


@dataclass(frozen=True)
class Other:
    """Another plan.

    Attributes
    ----------
    group, name : str
        The sheet on which it stands, and what it is called there.
    choices : tuple of Choice
    regions : sequence of (str, float or None)
        Percent of its own weighted gap that is closed in each region; empty where that is not known.
    """

    group: str
    name: str
    choices: Sequence[Choice]
    regions: Sequence[tuple[str, float | None]] = ()


def other_plan_pages(asked: AskedAbout) -> Iterator[Sheet]:
    """Yield the programmes of all other plans, a row each, and what regions get of them."""
    others = list(_others(asked))
    yield asked.page(
        "programs",
        "sheet plan code activity carried_out start_here:year start_there:year",
        [row for other in others for row in _programs(asked, other)],
    )
    regions = asked.case.names("regions", asked.language)
    here = {item.region: item.impact for item in asked.plan.regions}
    rows = [
        (other, code, ours, there)
        for other in others
        for code, there in other.regions
        if there is not None and (ours := here.get(code)) is not None
    ]
    some = any(ours or there for *_, ours, there in rows)  # else no programme closes a gap
    yield asked.page(
        "regions",
        "sheet plan region_code region here:figure there:figure less:figure",
        [
            [other.group, other.name, code, regions.get(code, code), ours, there, ours - there]
            for other, code, ours, there in rows
            if some
        ],
    )


def _others(asked: AskedAbout) -> Iterator[Other]:
    found, group = asked.found, asked.say("sheet_alternatives")
    for place, one in enumerate(found.alternatives.plans, start=1):
        yield _alternative(group, alternative_name(asked, place), one)
    group = asked.say("sheet_ways")
    for way in customary_order(found.customary) if found.customary else ():
        if found.customary and way.status == "legal":
            name = customary_name(found.customary, way.custom, asked.language)
            yield Other(group, name, way.choices, [(item.region, item.theirs) for item in way.regions])
    group = asked.say("sheet_hedges")
    for hedge in (found.maximin, found.minimax_regret):
        if hedge is not None:
            yield Other(group, say(f"uncertain.option_{hedge.criterion}", asked.language), hedge.choices)


def _alternative(group: str, name: str, one: Alternative) -> Other:
    return Other(group, name, one.choices, one.impact)


def _programs(asked: AskedAbout, other: Other) -> Iterator[list[Value]]:
    there = {choice.program: choice.start for choice in other.choices}
    for code in asked.names:
        if code not in there and code not in asked.starts:
            continue
        where = "both" if code in there and code in asked.starts else "there" if code in there else "here"
        starts = asked.starts.get(code), there.get(code)
        yield [other.group, other.name, *asked.program(code), asked.say(f"in_{where}"), *starts]
