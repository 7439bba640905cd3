"""A case at a glance, for ``jspmodel check``: what is known where, and what is missing to get further."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from jspmodel.case import Case
from jspmodel.figures.row_statuses import STATUSES, table_title
from jspmodel.measure import known_gaps, missing_for_plan
from jspmodel.scenario import Language
from jspmodel.text import Table, say, short_names

MOST_REGIONS = 20


def coverage(case: Case, language: Language) -> Table:
    """Return, by issue, in how many regions its gap is known and how many programmes address it.

    Parameters
    ----------
    case : Case
    language : {"id", "en"}

    Returns
    -------
    Table
    """
    known = known_gaps(case).notna().sum(axis=1)
    programs = case.program_effects.groupby("issue")["program"].nunique()
    indicators = case.indicators.groupby("issue").size()
    rows = tuple(
        (
            f"{issue} {name}",
            str(indicators.get(issue, 0)),
            say("picture.of", language, count=known[issue], all=len(case.regions)),
            str(programs.get(issue, 0)),
        )
        for issue, name in case.names("issues", language).items()
    )
    columns = tuple(say(f"picture.{key}", language) for key in ("issue", "indicators", "known", "programs"))
    return Table(columns, rows, (False, True, True, True))


def data_coverage(case: Case, language: Language) -> Table:
    """Return, by issue and region, whether an indicator measures the gap, somebody judged it, or neither.

    Parameters
    ----------
    case : Case
    language : {"id", "en"}

    Returns
    -------
    Table
        The most populous regions where there are more than ``MOST_REGIONS``.
    """
    known = known_gaps(case)
    measured = known_gaps(replace(case, issue_regions=case.issue_regions.iloc[:0]))
    crowd = case.regions.sort_values("population", ascending=False, kind="stable")["region"]
    shown = [region for region in known.columns if region in set(crowd[:MOST_REGIONS])]
    names = short_names(case)
    rows = tuple(
        (f"{issue} {name}", *(_mark(measured, known, issue, region) for region in shown))
        for issue, name in case.names("issues", language).items()
    )
    heading = say("picture.issue", language)
    return Table((heading, *(names[region] for region in shown)), rows, (False,) * (len(shown) + 1))


def _mark(measured: pd.DataFrame, known: pd.DataFrame, issue: str, region: str) -> str:
    if issue in measured.index and pd.notna(measured.at[issue, region]):
        return "●"
    return "○" if pd.notna(known.at[issue, region]) else "·"


def statuses(case: Case, language: Language) -> Table:
    """Return how many rows of each table are observed, estimated, illustrative, or do not say.

    Parameters
    ----------
    case : Case
    language : {"id", "en"}

    Returns
    -------
    Table
    """
    kinds = (*STATUSES, "")
    rows = tuple(
        (table_title(name, language), *(str(int((table["status"] == kind).sum())) for kind in kinds))
        for name, table in case.tables().items()
        if len(table) and "status" in table
    )
    keys = ("table", *STATUSES, "blank")
    columns = tuple(say(f"check.column_{key}", language) for key in keys)
    return Table(columns, rows, (False, True, True, True, True))


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
    planned = not missing_for_plan(case)  # else what a plan lacks is told by itself
    if not planned:
        pass
    elif not with_effect or case.issues.empty:
        yield ("effects_scored" if scored else "effects_or_scores"), {}
    elif without:
        yield "effects_for", {"count": len(without), "all": len(case.programs), "programs": _few(without)}
    if case.regions.empty:
        yield "regions", {}
    elif case.regions["population"].isna().all():
        yield "population", {}
    if len(case.regions) > 1 and case.borders.empty and case.bodies.empty:
        yield "ties", {}
    if planned and case.agencies.empty:
        yield "agencies", {}
    numbers = case.program_effects["effect"].notna()
    if numbers.any() and case.program_effects["low"].isna().all():
        yield "ranges", {}


def _few(codes: list[str]) -> str:
    return ", ".join(codes[:8]) + (", …" if len(codes) > 8 else "")
