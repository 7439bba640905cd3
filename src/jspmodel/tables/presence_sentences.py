"""From which budget on a programme is in a best plan, and where it leaves and comes back, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.figures import ScaleWords
from jspmodel.scenario import Language
from jspmodel.tables.answers import named
from jspmodel.text import say

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import BudgetPresence

FEW = 8
"""Stretches that are told at most."""


def presence_sentences(case: Case, found: BudgetPresence, language: Language) -> list[str]:
    """Say from which budget on a programme is in a best plan, and what is proven of that.

    Parameters
    ----------
    case : Case
    found : BudgetPresence
    language : {"id", "en"}

    Returns
    -------
    list of str
    """
    return list(_sentences(found, named(case, language)[found.program], language))


def _sentences(found: BudgetPresence, program: str, language: Language) -> Iterator[str]:
    scale = ScaleWords(found.today, found.money, language)
    ends = {"least": scale.up(found.least), "most": scale.down(found.most)}

    def told(key: str, **words: object) -> str:
        return say(f"budget_steps.presence_{key}", language, **words)

    if not found.stretches:
        yield told("none" if found.complete else "not_found", program=program, **ends)
    elif found.enters is not None:
        yield from _first(found, program, scale, language)
    elif found.least <= found.today <= found.most:
        key = "none_more" if found.complete else "not_found_more"
        yield told(key, program=program, most=ends["most"])
    if found.not_before is not None and not found.complete:
        until = scale.down(found.not_before)
        yield from [told("not_before", percent=until)] if until != scale.down(found.today) else []
    if not found.stretches:
        return
    for key, proven in (("stretches", True), ("stretches_found", False)):
        some = [one for one in found.stretches if one.proven == proven]
        stretches = [scale.stretch(one.since, one.until) or scale.up(one.since) for one in some]
        if stretches:
            first, rest = "; ".join(stretches[:FEW]), len(stretches) - FEW
            cut = say("frontier.and_more", language, told=first, n=rest) if rest > 0 else first
            yield told(key, program=program, stretches=cut)
    if not _always(found):
        yield told("complete" if found.complete else "open", **ends)


def _first(found: BudgetPresence, program: str, scale: ScaleWords, language: Language) -> Iterator[str]:
    """Yield where the programme is in a best plan first, from the scenario's own budgets on."""
    enters, more = found.enters or 0.0, found.more or 0.0
    proven = next(one.proven for one in found.stretches if one.until > enters or one.until >= found.most)
    key = "now" if more <= 0 else "enters"
    words = {"program": program, "percent": scale.up(enters), "more": scale.more_up(enters - found.today)}
    yield say(f"budget_steps.presence_{key}{'' if proven else '_found'}", language, **words)
    if found.leaves is not None:
        yield say("budget_steps.presence_leaves", language, percent=scale.up(found.leaves))


def _always(found: BudgetPresence) -> bool:
    """Return whether the programme is in a best plan at all budgets that were looked at."""
    one = found.stretches[0]
    return one.since <= found.least and one.until >= found.most
