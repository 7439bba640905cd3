"""What would put one refused programme in with nothing lost, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.tables.answers import NONE, at_most, figure, interval, named
from jspmodel.tables.why_not_words import is_felt, obstacles_told, parts_of, state_of
from jspmodel.text import listed, rounded_down, say

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Change, Explanation, ProgramWhyNot


def why_not_sentences(
    case: Case, plan: Plan, found: Explanation, program: str, language: Language, *, exchange: bool = True
) -> list[str]:
    """Say of one refused programme what would put it in with nothing lost.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation
    program : str
    language : {"id", "en"}
    exchange : bool
        Whether to name who would leave for it, and who would come in beside it.

    Returns
    -------
    list of str
        Empty where this was not asked, or not of this programme.
    """
    items = () if found.why_not is None else found.why_not.programs
    unit = say(f"prices.unit_{plan.objective_kind}", language)
    return [
        sentence
        for item in items
        if item.program == program
        for sentence in _told(case, item, unit, language, exchange=exchange)
    ]


def _told(case: Case, item: ProgramWhyNot, unit: str, language: Language, *, exchange: bool) -> Iterator[str]:
    program = named(case, language)[item.program]
    if item.never:
        yield say("why_not.never", language, program=program)
        rules = obstacles_told(case, item.obstacles, language)
        yield say(f"why_not.never_{'because' if rules else 'unknown'}", language, rules=rules)
    changes = {"money": item.money, "cost": item.cost, "value": item.value}
    if item.never:
        changes = {"cost": item.cost} if state_of(item.cost) != "none" else {}
    told = list[str]()
    for kind, change in changes.items():
        state = state_of(change)
        if (kind, state) == ("cost", "free"):
            continue  # that nothing is needed was told with the money
        words = {
            "program": program,
            "unit": unit,
            "least": figure(rounded_down(change.least or 0.0), language),
        }
        if change.most is not None:
            words["enough"] = at_most(change.most, language)
            words["proven"] = interval(change.least or 0.0, change.most, language)
        yield say(
            f"why_not.{kind}_{state}", language, parts=parts_of(case, change, language) or NONE, **words
        )
        if state == "unknown" and is_felt(change.least):
            yield say(f"why_not.too_little_{kind}", language, **words)
        others = list(_exchange(case, change, item.program, language)) if exchange else []
        if others != told:  # the plan is often the same
            yield from others
        told = others


def _exchange(case: Case, change: Change, program: str, language: Language) -> Iterator[str]:
    """Yield who would leave for a programme, and who would come in beside it."""
    names = named(case, language)
    for key, codes in (("leave", change.leave), ("enter", change.enter)):
        if some := [names[code] for code in codes if code != program]:
            yield say(f"why.then_{key}", language, programs=listed(some, language))
