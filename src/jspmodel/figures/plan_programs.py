"""Programmes of a plan: joint ones, their order, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from jspmodel.case import Case
from jspmodel.plan import Choice, Plan

_NEVER = 9999


def joint_programs(case: Case, plan: Plan) -> tuple[str, ...]:
    """Return the selected programmes that two or more regions carry out together.

    Parameters
    ----------
    case : Case
    plan : Plan

    Returns
    -------
    tuple of str
        Programme codes in order of start; what the province does everywhere is not among them.
    """
    everywhere = set(case.programs.loc[case.programs["scope"] == "province", "program"])
    return tuple(
        item.program for item in plan.selected if len(item.regions) > 1 and item.program not in everywhere
    )


def programs_by_pair(case: Case, plan: Plan) -> dict[tuple[str, str], list[str]]:
    """Return the joint programmes that each two regions carry out together.

    Parameters
    ----------
    case : Case
    plan : Plan

    Returns
    -------
    dict of (str, str) to list of str
        Pairs of regions, each in table order, that share one at least.
    """
    order = {region: place for place, region in enumerate(case.regions["region"])}
    joint = set(joint_programs(case, plan))
    found: dict[tuple[str, str], list[str]] = {}
    for item in plan.selected:
        if item.program in joint:
            for r, s in combinations(sorted(item.regions, key=order.__getitem__), 2):
                found.setdefault((r, s), []).append(item.program)
    return found


def row_order(case: Case, choices: Sequence[Choice]) -> tuple[str, ...]:
    """Return the programmes in the order of the rows: those of a first plan by start, then the others.

    Parameters
    ----------
    case : Case
    choices : sequence of Choice
        The first plan.

    Returns
    -------
    tuple of str
    """
    start = {choice.program: choice.start for choice in choices}
    return tuple(sorted(case.programs["program"], key=lambda code: (start.get(code, _NEVER), code)))


def change_of(program: str, new: Mapping[str, Choice], old: Mapping[str, Choice]) -> str:
    """Return what becomes of a programme: ``enters``, ``leaves``, ``moves``, ``stays`` or ``out``."""
    if program not in new:
        return "leaves" if program in old else "out"
    if program not in old:
        return "enters"
    return "stays" if new[program] == old[program] else "moves"
