"""Sheets on what stands while scores, weights or effects are uncertain: roles, verdicts, plans that hedge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jspmodel.documents.why_pages.asked_about import AskedAbout, Sheet, codes, outwards
from jspmodel.text import rounded_down, rounded_up
from jspmodel.workbook import Value

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Certainty, HedgedPlan, ProgramCertainty, ProgramRole

_DRAW = re.compile(r"draw (\d+)")
_SCENARIOS = {"low", "mode", "high"}


def role_pages(asked: AskedAbout) -> Iterator[Sheet]:
    """Yield a sheet of programmes, and one of the choices that no other beats; none if that was not asked."""
    found = asked.found.roles
    if found is None:
        return
    count = len(found.portfolios)
    yield asked.page(
        "roles",
        "code activity in_plan role index_least:share index_most:share known_count:count all_count:count",
        [
            [
                *asked.program(role.program),
                asked.yes(role.program in asked.starts),
                asked.say(_role(role, count)),
                role.least,
                role.most,
                role.known_in,
                count,
            ]
            for role in found.programs
        ],
    )
    yield asked.page(
        "choices",
        "number:count low:figure centre:figure high:figure behind:figure leave enter programs",
        [
            [
                place,
                rounded_down(one.low),
                one.centre,
                rounded_up(one.high),
                rounded_up(one.regret),
                *asked.exchange(one.choices),
                codes(choice.program for choice in one.choices),
            ]
            for place, one in enumerate(found.portfolios, start=1)
        ],
    )


def _role(role: ProgramRole, count: int) -> str:
    """Return which word tells what a programme is, as far as that is known."""
    if role.kind != "open":
        return role.kind
    if not count:
        return "open"
    return "core_or_borderline" if role.known_in else "borderline_or_exterior"


def certainty_pages(asked: AskedAbout) -> Iterator[Sheet]:
    """Yield a sheet of programmes, and one of the effects that decide; none if that was not asked."""
    found = asked.found.certainty
    if found is None:
        return
    yield asked.page(
        "certainty",
        "code activity in_plan verdict lost_least:figure lost_most:figure otherwise:figure as_now:figure"
        " leave enter drawn_count:count? draws_count:count? drawn_least:share? drawn_most:share?",
        [_certainty(asked, item) for item in found.programs],
    )
    yield _deciding(asked, found)


def _certainty(asked: AskedAbout, item: ProgramCertainty) -> list[Value]:
    witness = item.witness
    return [
        *asked.program(item.program),
        asked.yes(item.selected),
        asked.say(item.verdict),
        None if item.regret_least is None else rounded_down(item.regret_least),
        None if item.regret_most is None else rounded_up(item.regret_most),
        None if witness is None else witness.worth,
        None if witness is None else rounded_up(witness.bound),
        *(("", "") if witness is None else asked.exchange(witness.choices)),
        *((item.drawn, item.draws) if item.draws else (None, None)),
        *outwards(item.share_least, item.share_most),
    ]


def _deciding(asked: AskedAbout, found: Certainty) -> Sheet:
    """Return the effects at which a programme is better the other way round, where not as expected."""
    issues = asked.case.names("issues", asked.language)
    return asked.page(
        "effects",
        "code activity effect_code program issue_code issue effect:figure",
        [
            [
                *asked.program(item.program),
                *asked.program(program),
                issue,
                issues.get(issue, issue),
                100 * effect,
            ]
            for item in found.programs
            for program, issue, effect in (item.witness.effects if item.witness else ())
        ],
    )


def hedge_pages(asked: AskedAbout) -> Iterator[Sheet]:
    """Yield a sheet of plans that hedge, and one by scenario of effects; none if that was not asked."""
    hedges = [one for one in (asked.found.maximin, asked.found.minimax_regret) if one is not None]
    if not hedges:
        return
    yield asked.page(
        "hedges",
        "plan measured reaches:figure limit:figure proven cost_least:figure cost_most:figure cost_proven"
        " programs_count:count leave enter",
        [
            [
                asked.say(f"hedge_{one.criterion}"),
                asked.say(f"measured_{one.criterion}"),
                *_reached(asked, one),
                *asked.loss(one.cost_least, one.cost_most),
                len(one.choices),
                codes(one.leave),
                codes(one.enter),
            ]
            for one in hedges
        ],
    )
    yield asked.page(
        "scenarios",
        "plan scenario worth:figure best_least:figure best_most:figure behind_least:figure"
        " behind_most:figure",
        [row for one in hedges for row in _by_scenario(asked, one, asked.found.minimax_regret)],
    )


def _reached(asked: AskedAbout, hedge: HedgedPlan) -> tuple[Value, Value, str]:
    """Return what a plan reaches by what it is measured by, what no plan betters, and what is proven."""
    least, most = rounded_down(hedge.least), rounded_up(hedge.most)
    ends = (least, most) if hedge.criterion == "maximin" else (most, least)
    return *ends, asked.say("best_proven" if least == most else "best_between")


def _by_scenario(asked: AskedAbout, hedge: HedgedPlan, regret: HedgedPlan | None) -> Iterator[list[Value]]:
    """Yield the worth of a plan by scenario, beside the best ones sought for the least regretted plan."""
    bests = hedge.scenarios if regret is None else regret.scenarios
    if [one.name for one in bests] != [one.name for one in hedge.scenarios]:
        bests = hedge.scenarios
    for one, best in zip(hedge.scenarios, bests, strict=True):
        least, most = best.best_least, best.best_most
        yield [
            asked.say(f"hedge_{hedge.criterion}"),
            _scenario(asked, one.name),
            one.worth,
            None if least is None else rounded_down(least),
            None if most is None else rounded_up(most),
            None if least is None else rounded_down(max(0.0, least - one.worth)),
            None if most is None else rounded_up(max(0.0, most - one.worth)),
        ]


def _scenario(asked: AskedAbout, name: str) -> str:
    """Return what a scenario is called; one of somebody's own as it stands."""
    if name in _SCENARIOS:
        return asked.say(f"scenario_{name}")
    drawn = _DRAW.fullmatch(name)
    return asked.say("scenario_draw", n=drawn[1]) if drawn else name
