"""Sheets on what would put each refused programme in with nothing lost, and where the money comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jspmodel.documents.why_pages.asked_about import AskedAbout, Sheet
from jspmodel.tables import is_felt, obstacles_told, state_of
from jspmodel.text import rounded_down, rounded_up, say
from jspmodel.workbook import Value

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Change, ProgramWhyNot


def why_not_pages(asked: AskedAbout) -> Iterator[Sheet]:
    """Yield a sheet on what each refused programme needs, and those on funds and years; none if not asked."""
    found = asked.found.why_not
    if found is None:
        return
    yield asked.page(
        "why_not",
        "code activity money_least:money money_most:money money_known cost_least:money cost_most:money"
        " cost_known value_least:figure value_most:figure value_known displaced obstacles?",
        [_row(asked, item) for item in found.programs],
    )
    yield _money(asked, found.programs)
    yield asked.page(
        "lower_cost",
        "code activity year:year amount:money",
        [
            [*asked.program(item.program), year, amount]
            for item in found.programs
            for _, year, amount in item.cost.parts
        ],
    )


def _row(asked: AskedAbout, item: ProgramWhyNot) -> list[Value]:
    rules = obstacles_told(asked.case, item.obstacles, asked.language)
    unknown = say("why_not.obstacles_unknown", asked.language) if item.never else ""
    none = {"money": "no_amount", "cost": "no_amount", "value": "no_plan_today"}
    changes = {"money": item.money, "cost": item.cost, "value": item.value}
    return [
        *asked.program(item.program),
        *(
            cell
            for kind, change in changes.items()
            for cell in _needed(asked, change, "never" if item.never else none[kind])
        ),
        asked.codes(item.value.leave),
        rules or unknown,
    ]


def _needed(asked: AskedAbout, change: Change, none: str) -> tuple[Value, Value, str]:
    """Return what is proven not to be enough, what is enough, and what is known of it in words."""
    state = state_of(change)
    if state == "none":
        return None, None, asked.say(none)
    low = rounded_down(change.least or 0.0)
    if change.most is None:
        return low, None, asked.say("not_enough" if is_felt(change.least) else "open")
    high = rounded_up(change.most)
    if state == "free":
        return low, high, asked.say("none_needed")
    return low, high, asked.say("exact" if low == high else "enough" if low > 0 else "enough_found")


def _money(asked: AskedAbout, items: tuple[ProgramWhyNot, ...]) -> Sheet:
    funds = asked.case.names("funds", asked.language)
    return asked.page(
        "extra_money",
        "code activity fund_code fund year:year amount:money",
        [
            [*asked.program(item.program), fund, funds.get(fund, fund), year, amount]
            for item in items
            for fund, year, amount in item.money.parts
        ],
    )
