"""What may be asked of objectives: as many figures as wanted, each within what can be calculated with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jspmodel.errors import DataError, Problem
from jspmodel.text import worded

LARGEST_WEIGHT = 1e6
"""Of an objective, as of a criterion."""
LARGEST_LEVEL = 1e7
"""In the unit of an objective: percent, points, or Rp billion, of which a budget has no more."""


def raise_all(problems: Sequence[Problem]) -> None:
    """Raise an error for problems, if there are any."""
    if problems:
        raise worded(DataError, problems)


def count_flaw(problem: Problem) -> Iterator[Problem]:
    """Yield a problem that says that there are not as many as wanted, if so."""
    if problem.values["n"] != problem.values["wanted"]:
        yield problem


def outside(objectives: Sequence[str], losses: Sequence[float]) -> Iterator[Problem]:
    """Yield losses that are no share."""
    for name, value in zip(objectives, losses, strict=False):
        if not 0 <= value <= 1:
            yield Problem("loss_no_share", values={"objective": name, "value": value})


def too_large(objectives: Sequence[str], values: Sequence[float], limit: float) -> Iterator[Problem]:
    """Yield figures beside which no solver can tell others apart."""
    for name, value in zip(objectives, values, strict=False):
        if abs(value) > limit:
            told: dict[str, object] = {"objective": name, "value": value, "limit": limit}
            yield Problem("level_too_large", values=told)
