"""What may be asked of objectives: as many figures as wanted, each within what can be calculated with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jspmodel.errors import DataError, Problem
from jspmodel.text import worded

LARGEST_WEIGHT = 1e6
"""Of an objective, as of a criterion."""
LARGEST_LEVEL = 1e7
"""In the unit of an objective: percent, points, or Rp billion, of which a budget has no more."""


def raise_all(problems: Iterable[Problem]) -> None:
    """Raise an error for problems, if there are any."""
    if found := list(problems):
        raise worded(DataError, found)


def loss_flaws(objectives: Sequence[str], losses: Sequence[float]) -> Iterator[Problem]:
    """Yield what is wrong with the losses of all objectives but the last; none are no losses."""
    if losses:
        yield from _wrong_count(
            Problem("losses_count", values={"n": len(losses), "wanted": len(objectives) - 1})
        )
    for name, value in zip(objectives, losses, strict=False):
        if not 0 <= value <= 1:
            yield Problem("loss_no_share", values={"objective": name, "value": value})


def weight_flaws(objectives: Sequence[str], weights: Sequence[float]) -> Iterator[Problem]:
    """Yield what is wrong with the weights of objectives; none are equal ones."""
    if weights:
        yield from _wrong_count(
            Problem("weights_count", values={"n": len(weights), "wanted": len(objectives)})
        )
    for name, value in zip(objectives, weights, strict=False):
        if not value > 0:
            yield Problem("weight_not_positive", values={"objective": name, "value": value})
    yield from _too_large(objectives, weights, LARGEST_WEIGHT)


def reference_flaws(
    objectives: Sequence[str], aspirations: Sequence[float], reservations: Sequence[float]
) -> Iterator[Problem]:
    """Yield what is wrong with aspirations, and with reservations where there are any."""
    yield from _wrong_count(
        Problem("aspirations_count", values={"n": len(aspirations), "wanted": len(objectives)})
    )
    if reservations:
        yield from _wrong_count(
            Problem("reservations_count", values={"n": len(reservations), "wanted": len(objectives)})
        )
    yield from _too_large(objectives, aspirations, LARGEST_LEVEL)
    yield from _too_large(objectives, reservations, LARGEST_LEVEL)


def _wrong_count(problem: Problem) -> Iterator[Problem]:
    if problem.values["n"] != problem.values["wanted"]:
        yield problem


def _too_large(objectives: Sequence[str], values: Sequence[float], limit: float) -> Iterator[Problem]:
    """Yield figures beside which no solver can tell others apart."""
    for name, value in zip(objectives, values, strict=False):
        if abs(value) > limit:
            told: dict[str, object] = {"objective": name, "value": value, "limit": limit}
            yield Problem("level_too_large", values=told)
