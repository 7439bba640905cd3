"""Tables on why programmes are not in a plan: what would have to change, with nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.pages import Captioned, Fragment, captioned
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.tables.answers import NONE, Answer, at_most, interval, named
from jspmodel.tables.why_not_words import is_felt, obstacles_told, parts_of, state_of
from jspmodel.text import listed, say

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Change, Explanation, WhyNot


def why_not_table(case: Case, plan: Plan, found: Explanation | None, language: Language) -> Fragment | None:
    """Return what would put each refused programme in with nothing lost, the least extra money first.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where this was not asked.
    """
    if found is None or found.why_not is None:
        return None
    return why_not_answer(case, plan, found, language).rendered(language)


def why_not_answer(case: Case, plan: Plan, found: Explanation, language: Language) -> Answer:
    """Return what ``why_not_table`` shows.

    Raises
    ------
    ValueError
        Where this was not asked.
    """
    if found.why_not is None:
        raise ValueError("found.why_not is None: it was not asked")
    answers, sentences = found.why_not, list(_sentences(case, found.why_not, language))
    tables = [_changes(case, answers, language), _never(case, answers, language)]
    notes = [say(f"why_not.note_{key}", language) for key in ("money", "value", "proven")]
    return Answer(_title(case, answers, language), sentences, tables, notes)


def _title(case: Case, answers: WhyNot, language: Language) -> str:
    items, names = answers.programs, named(case, language)
    if not items:
        return say("why.forced_in_none", language)
    free = [item for item in items if state_of(item.money) == "free"]
    first, open_ones = items[0], [item for item in items if state_of(item.money) == "unknown"]
    words = {"all": len(items), "n": len(free), "program": names[(free or items)[0].program]}
    if free:
        return say(f"why_not.title_free{'_one' if len(free) == 1 else ''}", language, **words)
    if first.money.most is not None:
        proven = interval(first.money.least or 0.0, first.money.most, language)
        return say(
            "why_not.title", language, enough=at_most(first.money.most, language), proven=proven, **words
        )
    if open_ones:
        return say("why_not.title_unknown", language, **{**words, "n": len(open_ones)})
    return say("why_not.title_never" if all(item.never for item in items) else "why_not.title_none", language)


def _sentences(case: Case, answers: WhyNot, language: Language) -> Iterator[str]:
    """Yield of which programmes what is proven, and of which nothing was found."""
    names, items = named(case, language), [item for item in answers.programs if not item.never]
    groups = {
        "needs": [item for item in items if is_felt(item.money.least)],
        "no_money": [item for item in items if state_of(item.money) == "none"],
        "unknown": [item for item in items if state_of(item.money) == "unknown"],
    }
    if not groups["needs"] and any(state_of(item.money) == "known" for item in items):
        yield say("why_not.needs_none", language)
    for key, some in groups.items():
        if some:
            programs = listed((names[item.program] for item in some), language)
            yield say(f"why_not.{key}", language, n=len(some), programs=programs)


def _changes(case: Case, answers: WhyNot, language: Language) -> Captioned:
    names = named(case, language)
    rows = tuple(
        (
            names[item.program],
            _cell(item.money, language),
            parts_of(case, item.money, language) or NONE,
            _cell(item.cost, language),
        )
        for item in answers.programs
        if not item.never
    )
    keys = ("program", "money", "from", "cost")
    caption = say("why_not.caption", language)
    return captioned(caption, keys, rows, language, ("money", "cost"), section="why_not")


def _never(case: Case, answers: WhyNot, language: Language) -> Captioned:
    names = named(case, language)
    rows = [
        (
            names[item.program],
            obstacles_told(case, item.obstacles, language) or say("why_not.obstacles_unknown", language),
        )
        for item in answers.programs
        if item.never
    ]
    caption = say("why_not.never_caption", language)
    return captioned(caption, ("program", "obstacles"), rows, language, section="why_not")


def _cell(change: Change, language: Language) -> str:
    if state_of(change) == "none":
        return say("why_not.no_amount", language)
    return interval(change.least or 0.0, change.most, language)
