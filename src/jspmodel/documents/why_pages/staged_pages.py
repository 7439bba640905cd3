"""Sheets on a plan in two stages: the futures, and when each programme starts in which of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jspmodel.documents.why_pages.asked_about import AskedAbout, Sheet
from jspmodel.figures import future_name
from jspmodel.tables import starts_by_future
from jspmodel.text import rounded_down, rounded_up, say
from jspmodel.workbook import Value

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import StagedPlan, TwoStagePlan


def staged_pages(asked: AskedAbout) -> Iterator[Sheet]:
    """Yield a sheet of futures, and one of programmes by plan; none if no futures were asked about."""
    staged = asked.found.two_stage
    if staged is None:
        return
    yield asked.page(
        "futures",
        "future chance:share budget:money alone_least:figure alone_most:figure mean:figure tail:figure"
        " source?",
        _futures(asked, staged),
    )
    rows = [row for key in ("mean", "tail") for row in _programs(asked, staged, key)]
    yield asked.page("stages", "plan code activity begun when", rows)


def _futures(asked: AskedAbout, staged: TwoStagePlan) -> Iterator[list[Value]]:
    plans = (staged.mean_plan, staged.tail_plan)
    for place, future in enumerate(staged.futures):
        yield [
            future_name(future.name, asked.language),
            future.probability,
            future.budget,
            None if future.objective is None else rounded_down(future.objective),
            None if future.bound is None else rounded_up(future.bound),
            *(None if plan is None else plan.worths[place] for plan in plans),
            future.source,
        ]


def _programs(asked: AskedAbout, staged: TwoStagePlan, key: str) -> Iterator[list[Value]]:
    plan: StagedPlan | None = staged.mean_plan if key == "mean" else staged.tail_plan
    if plan is None:
        return
    begun = {choice.program for choice in plan.begun}
    for code in asked.names:
        if code in begun or code in plan.waits:
            yield [
                say(f"two_stage.plan_{key}", asked.language),
                *asked.program(code),
                asked.yes(code in begun),
                starts_by_future(staged, plan, code, asked.language),
            ]
