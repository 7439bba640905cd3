"""Tables on who is right in the plan, or right out of it, whatever the effects turn out to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.pages import Captioned, Fragment, captioned
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.tables.answers import NAMED, NONE, Answer, at_most, figure, interval, named, span
from jspmodel.text import listed, number, percent, say

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Certainty, Explanation, ProgramCertainty, Witness

ORDER = ("surely_in", "surely_out", "depends", "open")
SHOWN = 3
"""Effects of a witness that are told; the others are counted."""


def certainty_table(case: Case, plan: Plan, found: Explanation | None, language: Language) -> Fragment | None:
    """Return which programmes are right whatever the effects turn out to be, and on which effects it depends.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) without an explanation that answers it.
    """
    if found is None or found.certainty is None:
        return None
    return certainty_answer(case, plan, found, language).rendered(language)


def certainty_answer(case: Case, plan: Plan, found: Explanation, language: Language) -> Answer:
    """Return what ``certainty_table`` shows.

    Raises
    ------
    ValueError
        If the explanation does not answer it.
    """
    told = found.certainty
    if told is None:
        raise ValueError("the explanation does not say what is certain")
    draws = max((item.draws for item in told.programs), default=0)
    known, depend = _is_known(told), told.of_verdict("depends")
    sentences = list(_sentences(case, told, draws, language))
    tables = [_programs(case, told, draws, language)] if known or draws else []
    notes = [say("uncertain.certainty_note", language)] if known else []
    if depend:
        tables.append(_depends(case, plan, told, language))
        notes.append(say("uncertain.depends_note", language))
    if draws:
        notes.append(say("uncertain.draws_note", language, n=number(draws, language)))
    return Answer(_title(told, language), sentences, tables, notes)


def _is_known(told: Certainty) -> bool:
    return any(item.verdict != "open" for item in told.programs)


def _title(told: Certainty, language: Language) -> str:
    counts = {verdict: len(told.of_verdict(verdict)) for verdict in ("surely_in", "surely_out", "depends")}
    selected = sum(item.selected for item in told.programs)
    key = "title" if counts["surely_in"] or counts["surely_out"] else "title_depends"
    return say(
        f"uncertain.{key if _is_known(told) else 'title_open'}",
        language,
        sure_in=counts["surely_in"],
        sure_out=counts["surely_out"],
        selected=selected,
        refused=len(told.programs) - selected,
        n=counts["depends"],
        all=len(told.programs),
    )


def _sentences(case: Case, told: Certainty, draws: int, language: Language) -> Iterator[str]:
    names, undecided = named(case, language), told.of_verdict("open")
    if not _is_known(told) and draws:
        yield say("uncertain.draws_left", language, n=number(draws, language))
    elif _is_known(told) and undecided:
        key = "undecided" if len(undecided) <= NAMED else "undecided_many"
        codes = listed((names[code] for code in undecided), language)
        yield say(f"uncertain.{key}", language, n=len(undecided), programs=codes)
    table = case.program_effects
    low, high = (table[end].fillna(table["effect"]) for end in ("low", "high"))
    # A level without a range of its own has one: from half to one and a half of what it stands for.
    certain = int((low >= high).sum())
    if certain and _is_known(told):
        key = "certain_all" if certain == len(table) else "certain"
        yield say(f"uncertain.{key}", language, n=certain, all=len(table))


def _programs(case: Case, told: Certainty, draws: int, language: Language) -> Captioned:
    """Return the verdicts, where one is known, beside the draws, where there are any."""
    names, known = named(case, language), _is_known(told)
    rows, keys = [], ["program", "in_plan", *(["verdict"] if known else [])]
    for item in sorted(told.programs, key=lambda one: ORDER.index(one.verdict)):
        place = say("uncertain.in_plan" if item.selected else "uncertain.not_in_plan", language)
        verdict = [say(f"uncertain.{item.verdict}", language)] if known else []
        rows.append((names[item.program], place, *verdict, *(_drawn(item, language) if draws else ())))
    numeric = ["drawn", "share"] if draws else []
    caption = say("uncertain.certainty_caption", language)
    return captioned(caption, [*keys, *numeric], rows, language, numeric, "uncertain")


def _drawn(item: ProgramCertainty, language: Language) -> tuple[str, str]:
    """Return in how many draws a programme is, and in which share of all: its ends rounded outwards."""
    count = say("uncertain.of", language, k=number(item.drawn, language), n=number(item.draws, language))
    if item.share_least is None or item.share_most is None:
        return count, NONE
    ends = (floor(1000 * item.share_least) / 1000, ceil(1000 * item.share_most) / 1000)
    low, high = (percent(end, language, 0 if end in (0.0, 1.0) else 1) for end in ends)
    return count, span(low, high, language)


def _depends(case: Case, plan: Plan, told: Certainty, language: Language) -> Captioned:
    """Return the effects and the plan that show of a programme that it depends."""
    names = named(case, language)
    rows = [
        (
            names[item.program],
            _when(case, item.program, item.witness, language),
            _exchange(plan, item.witness, language),
            figure(item.witness.worth, language),
            at_most(item.witness.bound, language),
            interval(item.regret_least, item.regret_most, language),
        )
        for item in told.programs
        if item.witness is not None and item.verdict == "depends"
    ]
    keys = ["program", "when", "exchange", "worth", "otherwise", "lost"]
    unit = say(f"prices.unit_{plan.objective_kind}", language)
    caption = say("uncertain.depends_caption", language, unit=unit)
    return captioned(caption, keys, rows, language, keys[3:], "uncertain")


def _when(case: Case, program: str, witness: Witness, language: Language) -> str:
    """Return the effects that are not as expected, the programme's own first."""
    issues = case.names("issues", language)
    ordered = sorted(witness.effects, key=lambda one: one[0] != program)
    parts = [
        say("uncertain.effect", language, program=code, issue=issues[issue], effect=percent(value, language))
        for code, issue, value in ordered[:SHOWN]
    ]
    if more := len(ordered) - SHOWN:
        parts += [say("uncertain.more_effects", language, n=more)] if more > 0 else []
    return "; ".join(parts) or say("uncertain.as_expected", language)


def _exchange(plan: Plan, witness: Witness, language: Language) -> str:
    """Return what the plan that is better then does otherwise than this one."""
    ours, theirs = ({one.program for one in choices} for choices in (plan.choices, witness.choices))
    codes = [item.program for item in plan.programs]
    changes: Sequence[tuple[str, list[str]]] = (
        ("adds", [code for code in codes if code in theirs - ours]),
        ("drops", [code for code in codes if code in ours - theirs]),
    )
    parts = [say(f"prices.{key}", language, programs=", ".join(some)) for key, some in changes if some]
    return "; ".join(parts) or NONE
