"""The sheet on the front of two objectives: a plan a row, and what it loses and gains."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.documents.why_pages.asked_about import AskedAbout, Sheet
from jspmodel.figures import ObjectiveWords
from jspmodel.text import rounded_down, rounded_up
from jspmodel.workbook import Value


def tradeoff_pages(asked: AskedAbout) -> Iterator[Sheet]:
    """Yield a sheet of plans from the best of one objective to that of another; none if not asked."""
    front = asked.found.tradeoff
    if front is None:
        return
    first, second = (ObjectiveWords(asked.case, one, asked.language) for one in front.objectives)
    outer = rounded_down if front.objectives[0].less else rounded_up
    before: set[str] = set()
    rows: list[list[Value]] = []
    for place, point in enumerate(front.points, start=1):
        now = {choice.program for choice in point.choices}
        rows.append(
            [
                place,
                *point.values,
                outer(point.bound),
                asked.say("front_proven" if point.proven else "front_found"),
                asked.yes(point.present),
                point.cost,
                len(now),
                asked.codes(now - before) if before else "",
                asked.codes(before - now),
                asked.codes(now),
            ]
        )
        before = now
    yield asked.page(
        "tradeoff",
        "place:count first:figure second:figure bound:figure known present cost:cost programs_count:count"
        " enter leave programs",
        rows,
        first=first.heading,
        second=second.heading,
    )
