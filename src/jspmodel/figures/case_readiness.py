"""What a case is valid for as it is, and what it lacks for a plan, in words."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.case import Case
from jspmodel.figures.row_statuses import table_title
from jspmodel.measure import known_gaps, missing_for_plan
from jspmodel.scenario import Language
from jspmodel.text import say


def valid_for(case: Case, language: Language) -> list[str]:
    """Return what can be looked at with the tables that a case has, without a plan.

    Parameters
    ----------
    case : Case
    language : {"id", "en"}

    Returns
    -------
    list of str
        Gaps, ranking, map, neighbours, partners, each with the notebook that shows it.
    """
    return [say(f"check.valid_{what}", language) for what in _valid_for(case)]


def _valid_for(case: Case) -> Iterator[str]:
    several, known = len(case.regions) > 1, bool(known_gaps(case).notna().to_numpy().any())
    if known:
        yield "gaps"
    if not case.issues.empty and not case.issue_scores.empty:
        yield "ranking"
    lies = case.regions[["latitude", "longitude"]].notna().all(axis=None) if len(case.regions) else False
    if known and (lies or not case.borders.empty or case.boundaries is not None):
        yield "map"
    if several and not (case.borders.empty and case.bodies.empty):
        yield "neighbours"
    if several and known:
        yield "partners"


def lacking_for_plan(case: Case, language: Language) -> list[str]:
    """Return the tables that a plan needs and that are not there or have no row, with what each says.

    Parameters
    ----------
    case : Case
    language : {"id", "en"}

    Returns
    -------
    list of str
        Nothing where programmes can be selected.
    """
    return [
        say(f"check.lacks_{table}", language, title=table_title(table, language), file=f"{table}.csv")
        for table in missing_for_plan(case)
    ]
