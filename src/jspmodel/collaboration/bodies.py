"""Which body of cooperation answers which issue."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from jspmodel.case import Case


def bodies_for(case: Case, issue: str) -> dict[str, tuple[str, ...]]:
    """Return the bodies of cooperation that answer an issue.

    A row of ``bodies`` does if its ``issue`` says so; where that is blank, if its topic is the name of
    the issue in either language, or blank: a body without topics is there for all.

    Parameters
    ----------
    case : Case
    issue : str

    Returns
    -------
    dict of str to tuple of str
        Members in table order of the regions, by body in table order.
    """
    table = case.bodies
    names = {case.names("issues", language)[issue].casefold() for language in ("id", "en")}
    by_topic = table["topic"].str.strip().str.casefold().isin({*names, ""})
    rows = table[(table["issue"] == issue) | ((table["issue"] == "") & by_topic)]
    return {str(body): _members(case, group) for body, group in rows.groupby("body", sort=False)}


def body_of(bodies: dict[str, tuple[str, ...]], regions: Collection[str]) -> str:
    """Return the body that joins most of some regions, of several the smallest; ``""`` if none joins two."""
    joined = {body: len(set(members) & set(regions)) for body, members in bodies.items()}
    best = min(bodies, key=lambda body: (-joined[body], len(bodies[body])), default="")
    return best if joined.get(best, 0) > 1 else ""


def _members(case: Case, rows: pd.DataFrame) -> tuple[str, ...]:
    members = set(rows["region"])
    return tuple(region for region in case.regions["region"] if region in members)
