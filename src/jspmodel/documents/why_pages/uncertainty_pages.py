"""Sheets on what of the choice stands while scores, weights or effects are uncertain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jspmodel.documents.why_pages.asked_about import AskedAbout, Sheet, outwards
from jspmodel.tables import role_word
from jspmodel.text import rounded_down, rounded_up, say
from jspmodel.workbook import Value

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Certainty, ProgramCertainty


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
                say(f"core.{role_word(role, count)}", asked.language),
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
                asked.codes(choice.program for choice in one.choices),
            ]
            for place, one in enumerate(found.portfolios, start=1)
        ],
    )


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
        say(f"uncertain.{item.verdict}", asked.language),
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
