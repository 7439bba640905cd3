"""Tables on what of the choice stands while scores or weights are uncertain: core, borderline, exterior."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.pages import Captioned, Fragment, captioned
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.tables.answers import NAMED, NONE, Answer, at_most, figure, named, span
from jspmodel.text import listed, percent, say

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import Explanation, ProgramRole, RobustPortfolios

SHOWN = 12
"""Good choices that are shown."""
ORDER = ("core", "borderline", "open", "exterior", "not_judged")
NEAR = 0.001
"""A share that is below 1, or above 0, is told as no nearer to it."""


def core_table(case: Case, plan: Plan, found: Explanation | None, language: Language) -> Fragment | None:
    """Return which programmes every good plan has, which none has, and about which it is worth arguing.

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
    if found is None or found.roles is None:
        return None
    return core_answer(case, plan, found, language).rendered(language)


def core_answer(case: Case, plan: Plan, found: Explanation, language: Language) -> Answer:
    """Return what ``core_table`` shows.

    Raises
    ------
    ValueError
        If the explanation does not answer it.
    """
    roles = found.roles
    if roles is None:
        raise ValueError("the explanation has no roles of programmes")
    settled = any(role.kind != "open" for role in roles.programs)
    tables = [_programs(case, plan, roles, language)] if roles.portfolios or settled else []
    tables.append(_choices(plan, roles, language))
    notes = [say("core.note", language)]
    if roles.portfolios:
        notes.append(say("core.portfolios_note", language))
    if len(roles.portfolios) > SHOWN:
        part = {"shown": SHOWN, "n": len(roles.portfolios)}
        notes.append(say("core.portfolios_part", language, **part))
    return Answer(_title(roles, language), list(_sentences(case, plan, roles, language)), tables, notes)


def _title(roles: RobustPortfolios, language: Language) -> str:
    counts = {kind: len(roles.of_kind(kind)) for kind in ("core", "borderline", "open", "exterior")}
    every = sum(counts.values())
    key = "title" if counts["core"] or counts["exterior"] else "open" if counts["open"] else "borderline"
    if not every:
        key = "nothing"
    words = {"core": counts["core"], "exterior": counts["exterior"], "all": every}
    return say(f"core.{key}_{roles.about}", language, spread=_spread(roles, language), **words)


def _sentences(case: Case, plan: Plan, roles: RobustPortfolios, language: Language) -> Iterator[str]:
    names = named(case, language)

    def told(key: str, programs: tuple[str, ...]) -> str:
        codes = listed((names[code] for code in programs), language)
        return say(f"core.{key}", language, programs=codes, n=len(programs))

    yield say(f"core.varied_{roles.about}", language, spread=_spread(roles, language))
    count = len(roles.portfolios)
    key = ("one" if count == 1 else "all") if roles.complete else "some" if count else "unknown"
    yield say(f"core.portfolios_{key}", language, n=count)
    borderline, undecided = roles.of_kind("borderline"), roles.of_kind("open")
    if borderline:
        yield told(f"argue_{roles.about}", borderline)
    elif not undecided and len(roles.of_kind("not_judged")) < len(roles.programs):
        yield say(f"core.settled_{roles.about}", language)
    if undecided:
        yield told("undecided" if len(undecided) <= NAMED else "undecided_many", undecided)
    ours = {item.program for item in plan.selected}
    if lacks := tuple(code for code in roles.of_kind("core") if code not in ours):
        yield told("lacks", lacks)
    if carries := tuple(code for code in roles.of_kind("exterior") if code in ours):
        yield told("carries", carries)
    if aside := roles.of_kind("not_judged"):
        yield told("not_judged", aside)


def _programs(case: Case, plan: Plan, roles: RobustPortfolios, language: Language) -> Captioned:
    names, ours, count = named(case, language), {one.program for one in plan.selected}, len(roles.portfolios)
    ordered = sorted(roles.programs, key=lambda role: (ORDER.index(role.kind), -role.known_in))
    rows = [
        (
            names[role.program],
            say("report.yes" if role.program in ours else "report.no", language),
            say(f"core.{role_word(role, count)}", language),
            _index(role, language),
            say("core.of", language, k=role.known_in, n=count),
        )
        for role in ordered
    ]
    keys = ["program", "in_plan", "role", "index", "found"]
    return captioned(say("core.roles_caption", language), keys, rows, language, keys[3:], "core")


def role_word(role: ProgramRole, count: int) -> str:
    """Return the key of what a programme is, as far as it is known."""
    if role.kind == "not_judged":
        return "not_judged_one"
    if role.kind != "open":
        return role.kind
    if not count:
        return "unknown"
    return "core_or_borderline" if role.known_in else "borderline_or_exterior"


def _index(role: ProgramRole, language: Language) -> str:
    """Return between which shares the core index lies; a dash where it is not judged."""
    if role.least is None or role.most is None:
        return NONE
    return span(_share(role.least, language), _share(role.most, language), language)


def _share(value: float, language: Language) -> str:
    if value in (0.0, 1.0):
        return percent(value, language, 0)
    return percent(min(max(value, NEAR), 1 - NEAR), language, 1)


def _choices(plan: Plan, roles: RobustPortfolios, language: Language) -> Captioned:
    """Return the good choices that are worth most, each by what it does otherwise than the plan."""
    judged = [role.program for role in roles.programs if role.kind != "not_judged"]
    ours = {one.program for one in plan.selected}
    rows = [
        (
            say("core.choice", language, n=place),
            figure(one.low, language),
            figure(one.high, language),
            at_most(one.regret, language),
            ", ".join(c for c in judged if c in ours and c not in one.programs) or NONE,
            ", ".join(c for c in judged if c not in ours and c in one.programs) or NONE,
        )
        for place, one in enumerate(roles.portfolios[:SHOWN], start=1)
    ]
    keys = ["choice", "low", "high", "behind", "leave", "enter"]
    unit = say(f"prices.unit_{plan.objective_kind}", language)
    caption = say("core.portfolios_caption", language, unit=unit)
    return captioned(caption, keys, rows, language, keys[1:4], "core")


def _spread(roles: RobustPortfolios, language: Language) -> str:
    whole = abs(100 * roles.spread - round(100 * roles.spread)) < NEAR
    return percent(roles.spread, language, 0 if whole else 1)
