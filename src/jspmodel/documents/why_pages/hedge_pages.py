"""Sheets on plans that hedge against wrong effects: what each is worth, and by scenario of effects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jspmodel.documents.why_pages.asked_about import AskedAbout, Sheet
from jspmodel.tables import scenario_name
from jspmodel.text import rounded_down, rounded_up, say
from jspmodel.workbook import Value

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import HedgedPlan


def hedge_pages(asked: AskedAbout) -> Iterator[Sheet]:
    """Yield a sheet of plans that hedge, and one by scenario of effects; none if that was not asked."""
    hedges = [one for one in (asked.found.maximin, asked.found.minimax_regret) if one is not None]
    if not hedges:
        return
    yield asked.page(
        "hedges",
        "plan expected:figure cost_least:figure cost_most:figure cost_proven worst:figure measured"
        " reaches:figure limit:figure proven programs_count:count leave enter",
        [_ours(asked, hedges[0]), *(_hedge(asked, one) for one in hedges)],
    )
    yield asked.page(
        "scenarios",
        "plan scenario worth:figure best_least:figure best_most:figure behind_least:figure"
        " behind_most:figure",
        [
            *_by_scenario(asked, hedges[0], "ours"),
            *(row for one in hedges for row in _by_scenario(asked, one)),
        ],
    )


def _ours(asked: AskedAbout, hedge: HedgedPlan) -> list[Value]:
    """Return what there is to say of the plan asked about, beside one that hedges."""
    ours, more = asked.plan.objective, hedge.expected - asked.plan.objective
    return [
        say("uncertain.option_ours", asked.language),
        ours,
        *asked.loss(max(0.0, hedge.cost_least + more), max(0.0, hedge.cost_most + more)),
        min(one.asked for one in hedge.scenarios),
        *[None] * 4,
        len(asked.starts),
        None,
        None,
    ]


def _hedge(asked: AskedAbout, one: HedgedPlan) -> list[Value]:
    least, most = rounded_down(one.least), rounded_up(one.most)
    return [
        say(f"uncertain.option_{one.criterion}", asked.language),
        one.expected,
        *asked.loss(one.cost_least, one.cost_most),
        min(item.worth for item in one.scenarios),
        asked.say(f"measured_{one.criterion}"),
        *((least, most) if one.criterion == "maximin" else (most, least)),
        asked.say("best_proven" if least == most else "best_between"),
        len(one.choices),
        asked.codes(one.leave),
        asked.codes(one.enter),
    ]


def _by_scenario(asked: AskedAbout, hedge: HedgedPlan, option: str = "") -> Iterator[list[Value]]:
    """Yield the worth of a plan by scenario, beside the best ones sought for the least regretted plan."""
    regret = asked.found.minimax_regret
    bests = hedge.scenarios if regret is None else regret.scenarios
    if [one.name for one in bests] != [one.name for one in hedge.scenarios]:
        bests = hedge.scenarios
    for one, best in zip(hedge.scenarios, bests, strict=True):
        worth, least, most = one.asked if option else one.worth, best.best_least, best.best_most
        yield [
            say(f"uncertain.option_{option or hedge.criterion}", asked.language),
            scenario_name(one.name, asked.language),
            worth,
            None if least is None else rounded_down(least),
            None if most is None else rounded_up(most),
            None if least is None else rounded_down(max(0.0, least - worth)),
            None if most is None else rounded_up(max(0.0, most - worth)),
        ]
