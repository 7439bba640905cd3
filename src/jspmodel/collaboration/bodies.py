"""Which body of cooperation answers which issue."""

from __future__ import annotations

from collections.abc import Collection

from jspmodel.case import Case
from jspmodel.measure import records


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
    topics = {"", *(case.names("issues", language)[issue].casefold() for language in ("id", "en"))}
    found: dict[str, set[str]] = {}
    for body, region, of, topic in records(case.bodies, "body", "region", "issue", "topic"):
        if of == issue or (not of and topic.strip().casefold() in topics):
            found.setdefault(body, set()).add(region)
    regions = case.regions["region"].tolist()
    return {body: tuple(one for one in regions if one in members) for body, members in found.items()}


def body_of(bodies: dict[str, tuple[str, ...]], regions: Collection[str]) -> str:
    """Return the body that joins most of some regions, of several the smallest; ``""`` if none joins two."""
    joined = {body: len(set(members) & set(regions)) for body, members in bodies.items()}
    best = min(bodies, key=lambda body: (-joined[body], len(bodies[body])), default="")
    return best if joined.get(best, 0) > 1 else ""
