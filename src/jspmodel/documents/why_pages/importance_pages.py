"""Sheets on what is lost without each programme of the plan, and what each refused proposal would cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jspmodel.documents.why_pages.asked_about import AskedAbout, Sheet
from jspmodel.text import percent

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import ProgramImportance


def importance_pages(asked: AskedAbout) -> Iterator[Sheet]:
    """Yield a sheet on the programmes of the plan, and one on the proposals that it refuses."""
    found = asked.found
    items, within = found.importance.programs, found.alternatives.within
    told = percent(within, asked.language, 0)
    always, never = set(found.importance.must_have(within)), set(found.importance.never(within))
    yield asked.page(
        "importance",
        "code activity place:place last_place:place loss:figure loss_least:figure loss_most:figure"
        " loss_proven held_least:figure held_most:figure held_proven taken_out:figure must_have leave enter",
        [
            [
                *asked.program(item.program),
                item.rank,
                item.last_rank,
                item.estimate,
                *asked.loss(item.least, item.most, none="always" if item.irreplaceable else "open"),
                *asked.loss(item.held_least, item.held_most, none="cannot_stay"),
                item.taken_out,
                _proven(asked, item.program in always),
                *_exchange(asked, item),
            ]
            for item in items
            if item.selected
        ],
        within=told,
    )
    refused = sorted(
        (item for item in items if not item.selected),
        key=lambda item: (item.estimate is None, item.irreplaceable),  # what can never fit comes last
    )
    yield asked.page(
        "refused",
        "code activity loss:figure loss_least:figure loss_most:figure loss_proven never leave enter",
        [
            [
                *asked.program(item.program),
                item.estimate,
                *asked.loss(item.least, item.most, none="never" if item.irreplaceable else "open"),
                _proven(asked, item.program in never),
                *_exchange(asked, item),
            ]
            for item in refused
        ],
        within=told,
    )


def _proven(asked: AskedAbout, flag: bool) -> str:
    return asked.yes(flag) if flag else asked.say("not_proven")


def _exchange(asked: AskedAbout, item: ProgramImportance) -> tuple[str, str]:
    """Return which others leave, and which come in, in the plan found with it the other way round."""
    leave, enter = ([code for code in some if code != item.program] for some in (item.leave, item.enter))
    return asked.codes(leave), asked.codes(enter)
