"""Programmes that come in several sizes, of which one at most is carried out."""

from __future__ import annotations

from collections import defaultdict

from jspmodel.case import Case
from jspmodel.measure.once import once
from jspmodel.measure.wide import records


@once
def sizes(case: Case) -> dict[str, tuple[str, ...]]:
    """Return the sizes of each programme that has several.

    Parameters
    ----------
    case : Case

    Returns
    -------
    dict of program to tuple of programs
        The programme that the others are a size of (``option_of``), to all of them in table order, itself
        among them.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for program, of in records(case.programs, "program", "option_of"):
        found[of or program].append(program)
    return {program: tuple(some) for program, some in found.items() if len(some) > 1}


@once
def sized_as(case: Case) -> dict[str, str]:
    """Return the programme that each row is a size of, for rows of programmes that have several sizes."""
    return {size: program for program, some in sizes(case).items() for size in some}


@once
def requirements(case: Case) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return what each programme requires.

    Parameters
    ----------
    case : Case

    Returns
    -------
    dict of (program, required) to tuple of programs
        Any of which will do. Several sizes of one programme are one requirement, told as that programme.
    """
    whole, found = sized_as(case), defaultdict[tuple[str, str], list[str]](list)
    for program, other, kind in records(case.program_links, "program", "other", "kind"):
        if kind == "requires":
            found[program, whole.get(other, other)].append(other)
    return {
        (program, told if len(others) > 1 else others[0]): tuple(others)
        for (program, told), others in found.items()
    }
