"""A case at a glance, for ``jspmodel check``: what is known where, and what is missing to get further."""

from __future__ import annotations

from collections.abc import Iterator

from rich.markup import escape
from rich.table import Table

from jspmodel.case import Case
from jspmodel.measure import known_gaps
from jspmodel.scenario import Language
from jspmodel.text.wording import say


def coverage_table(case: Case, language: Language) -> Table:
    """Return, by issue, in how many regions its gap is known and how many programmes address it.

    Parameters
    ----------
    case : Case
    language : {"id", "en"}

    Returns
    -------
    rich.table.Table
    """
    table = Table()
    for place, column in enumerate(("issue", "indicators", "known", "programs")):
        table.add_column(say(f"picture.{column}", language), justify="right" if place else "left")
    known = known_gaps(case).notna().sum(axis=1)
    programs = case.program_effects.groupby("issue")["program"].nunique()
    indicators = case.indicators.groupby("issue").size()
    names = case.names("issues", language)
    for issue, name in names.items():
        regions = say("picture.of", language, count=known[issue], all=len(case.regions))
        counts = (str(indicators.get(issue, 0)), regions, str(programs.get(issue, 0)))
        table.add_row(escape(f"{issue} {name}"), *counts)
    return table


def missing(case: Case, language: Language) -> list[str]:
    """Return what a case lacks to get further, the most important first, in words.

    Parameters
    ----------
    case : Case
    language : {"id", "en"}

    Returns
    -------
    list of str
    """
    return [say(f"picture.no_{what}", language, **values) for what, values in _missing(case)]


def _missing(case: Case) -> Iterator[tuple[str, dict[str, object]]]:
    with_effect = set(case.program_effects["program"])
    without = [code for code in case.programs["program"] if code not in with_effect]
    scored = case.programs["score"].notna().any()
    if not with_effect or case.issues.empty:
        yield ("effects_scored" if scored else "effects_or_scores"), {}
    elif without:
        yield "effects_for", {"count": len(without), "all": len(case.programs), "programs": _few(without)}
    if case.regions.empty:
        yield "regions", {}
    elif case.regions["population"].isna().all():
        yield "population", {}
    if len(case.regions) > 1 and case.borders.empty and case.bodies.empty:
        yield "ties", {}
    if case.agencies.empty:
        yield "agencies", {}
    if case.program_effects["low"].isna().all() and with_effect:
        yield "ranges", {}


def _few(codes: list[str]) -> str:
    return ", ".join(codes[:8]) + (", …" if len(codes) > 8 else "")
