"""Tables on why a plan is as it is: what each programme means, and which plans are nearly as good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.pages import Fragment, captioned
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.tables.answers import NONE, TOLD, Answer, figure, interval, named
from jspmodel.text import listed, number, percent, say

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Explanation, ProgramImportance


def importance_table(
    case: Case, plan: Plan, found: Explanation | None, language: Language
) -> Fragment | None:
    """Return what would be lost without each programme of the plan, the most first, and what is proven.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) without an explanation.
    """
    return None if found is None else importance_answer(case, plan, found, language).rendered(language)


def importance_answer(case: Case, plan: Plan, found: Explanation, language: Language) -> Answer:
    """Return what ``importance_table`` shows."""
    chosen = [item for item in found.importance.programs if item.selected]
    names, unit = named(case, language), say(f"prices.unit_{plan.objective_kind}", language)
    rows = [
        (
            _place(item),
            names[item.program],
            figure(item.estimate, language),
            _proven(item, language),
            interval(item.held_least, item.held_most, language),
            figure(item.taken_out, language),
            _exchange(item, language),
        )
        for item in chosen
    ]
    keys = ["place", "program", "loss", "proven", "held", "taken_out", "exchange"]
    caption = say("why.importance_caption", language, unit=unit)
    surely = chosen and all(item.irreplaceable for item in chosen)
    title = say("why.importance_always" if surely else "why.importance_none", language)
    if told := [item for item in chosen if item.estimate is not None]:
        words = {"program": names[told[0].program], "unit": unit, "proven": _proven(told[0], language)}
        title = say("why.importance_title", language, loss=figure(told[0].estimate, language), **words)
    more, better = found.importance.best_found - plan.objective, list[str]()
    if more > TOLD:
        better = [say("why.better_found", language, more=number(more, language, 3), unit=unit)]
    table = captioned(caption, keys, rows, language, keys[2:6], "why")
    return Answer(title, better, [table], [say("why.importance_note", language)])


def forced_in_table(case: Case, plan: Plan, found: Explanation | None, language: Language) -> Fragment | None:
    """Return what it would cost to have each refused programme in, the least first, and who would go.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) without an explanation.
    """
    return None if found is None else forced_in_answer(case, plan, found, language).rendered(language)


def forced_in_answer(case: Case, plan: Plan, found: Explanation, language: Language) -> Answer:
    """Return what ``forced_in_table`` shows."""
    refused = [item for item in found.importance.programs if not item.selected]
    # What can never fit comes last, here as elsewhere.
    refused.sort(key=lambda item: (item.estimate is None, item.irreplaceable))
    names, unit = named(case, language), say(f"prices.unit_{plan.objective_kind}", language)
    rows = [
        (
            names[item.program],
            figure(item.estimate, language),
            _proven(item, language),
            ", ".join(item.leave) or NONE,
            ", ".join(code for code in item.enter if code != item.program) or NONE,
        )
        for item in refused
    ]
    keys = ["program", "gives_up", "proven", "leave", "enter"]
    caption = say("why.forced_in_caption", language, unit=unit)
    title = say("why.forced_in_none", language)
    if refused:
        first = refused[0]
        key = (
            "forced_in_impossible" if all(item.irreplaceable for item in refused) else "forced_in_title_never"
        )
        key = "forced_in_title" if first.estimate is not None else key
        words = {"program": names[first.program], "unit": unit, "proven": _proven(first, language)}
        title = say(f"why.{key}", language, loss=figure(first.estimate, language), **words)
    table = captioned(caption, keys, rows, language, keys[1:3], "why")
    return Answer(title, [], [table], [say("why.forced_in_note", language)])


def alternatives_table(
    case: Case, plan: Plan, found: Explanation | None, language: Language
) -> Fragment | None:
    """Return plans that are nearly as good, how different any can be, and what all or none of them have.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) without an explanation.
    """
    return None if found is None else alternatives_answer(case, plan, found, language).rendered(language)


def alternatives_answer(case: Case, plan: Plan, found: Explanation, language: Language) -> Answer:
    """Return what ``alternatives_table`` shows."""
    others, unit = found.alternatives, say(f"prices.unit_{plan.objective_kind}", language)
    within = percent(others.within, language, 0)
    rows = [
        (
            say("why.alternative", language, n=place),
            figure(one.objective, language),
            figure(max(0.0, plan.objective - one.objective), language),
            number(one.cost, language, 1),
            str(one.distance),
            ", ".join(one.leave) or NONE,
            ", ".join(one.enter) or NONE,
        )
        for place, one in enumerate(others.plans, start=1)
    ]
    keys = ["plan", "worth", "gives_up", "cost", "distance", "leave", "enter"]
    caption = say("why.alternatives_caption", language, unit=unit)
    key = "alternatives_title" if others.plans else "alternatives_none"
    key = "alternatives_only" if others.complete and not others.plans else key
    most = max((one.distance for one in others.plans), default=0)
    title = say(f"why.{key}", language, within=within, distance=most)
    sentences = list(_within_sentences(case, found, within, language))
    table = captioned(caption, keys, rows, language, keys[1:5], "why")
    return Answer(title, sentences, [table], [say("why.alternatives_note", language)])


def _within_sentences(case: Case, found: Explanation, within: str, language: Language) -> Iterator[str]:
    others, names = found.alternatives, named(case, language)
    if others.complete and others.plans:
        yield say("why.alternatives_all", language, within=within)
    elif others.plans or not others.complete:
        yield say("why.most_distance", language, within=within, n=others.most_distance)
    for kind, some in (
        ("must_have", found.importance.must_have(others.within)),
        ("never", found.importance.never(others.within)),
    ):
        told = listed((names[code] for code in some), language)
        key = kind if some else f"{kind}_none"
        yield say(f"why.{key}", language, within=within, n=len(some), programs=told)


def program_sentences(
    case: Case, plan: Plan, found: Explanation, program: str, language: Language
) -> list[str]:
    """Say of one programme what it means for the plan.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation
    program : str
        Code of a programme of the case.
    language : {"id", "en"}

    Returns
    -------
    list of str
    """
    item = next(item for item in found.importance.programs if item.program == program)
    names, kind = named(case, language), "in" if item.selected else "out"
    words = {
        "program": names[program],
        "loss": figure(item.estimate, language),
        "proven": _proven(item, language),
        "unit": say(f"prices.unit_{plan.objective_kind}", language),
        "place": _place(item),
        "all": len(plan.selected),
    }
    if item.irreplaceable:
        return [say(f"why.{kind}_always", language, **words)]
    if item.estimate is None:
        return [say(f"why.{kind}_unknown", language, **words)]
    sentences = [say(f"why.{kind}_loss", language, **words)]
    for key, codes in (("leave", item.leave), ("enter", item.enter)):
        some = [names[code] for code in codes if code != program]
        if some:
            sentences.append(say(f"why.then_{key}", language, programs=listed(some, language)))
    if item.selected:
        sentences.append(say("why.in_place", language, **words))
    for key, codes in (
        ("must_have", found.importance.must_have(found.alternatives.within)),
        ("never", found.importance.never(found.alternatives.within)),
    ):
        if program in codes:
            share = percent(found.alternatives.within, language, 0)
            sentences.append(say(f"why.{key}_one", language, within=share))
    return sentences


def _proven(item: ProgramImportance, language: Language) -> str:
    """Return what is proven of what a programme means, in words where it is no pair of figures."""
    if item.irreplaceable:
        return say("why.always" if item.selected else "why.impossible", language)
    return interval(item.least, item.most, language)


def _place(item: ProgramImportance) -> str:
    """Return which places a programme may have."""
    first, last = item.rank, item.last_rank
    return str(first) if first == last else f"{first}–{last}"


def _exchange(item: ProgramImportance, language: Language) -> str:
    """Return what comes for a programme, and what goes with it."""
    others: Sequence[str] = [code for code in item.leave if code != item.program]
    parts = [
        say(f"prices.{key}", language, programs=", ".join(codes))
        for key, codes in (("adds", item.enter), ("drops", others))
        if codes
    ]
    return "; ".join(parts) or NONE
