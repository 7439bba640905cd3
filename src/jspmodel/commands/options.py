"""Options that say contrary things, or nothing without another: refused, where one would go unheard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import typer

from jspmodel.commands.console import tell
from jspmodel.errors import DataError, Problem
from jspmodel.scenario import Language


def refuse_clashes(
    given: Mapping[str, bool],
    language: Language,
    *,
    apart: Iterable[tuple[str, str]] = (),
    only_with: Mapping[str, str] | None = None,
) -> None:
    """End the command where options are given that do not go together.

    Parameters
    ----------
    given : mapping of str to bool
        By option, whether it is given.
    language : {"id", "en"}
    apart : iterable of (str, str)
        Pairs of options of which one would overrule the other.
    only_with : mapping of str to str, optional
        By option, the other one that it says something about.
    """
    problems = [
        Problem("options_apart", values={"first": first, "second": second})
        for first, second in apart
        if given[first] and given[second]
    ]
    problems += [
        Problem("option_alone", values={"option": option, "other": other})
        for option, other in (only_with or {}).items()
        if given[option] and not given[other]
    ]
    if problems:
        tell(DataError("", problems), language)
        raise typer.Exit(2)
