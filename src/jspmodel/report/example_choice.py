"""What a worked example shows: the most important programme where all factors are at play."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from jspmodel.measure import computed_once
from jspmodel.report.decision import Decision
from jspmodel.report.hand_computation import HandComputation, HandTables, compute_by_hand

IMPACT_DIGITS = 4
"""Decimals to which the example comes to the plan's own figure."""
_FEWEST, _MOST = 5, 12
_PROGRAMS = 12
"""How many of the most important programmes are looked at."""
_ALL = 6
"""Factors that there are."""
_CLEAR = 1e-3
"""Percentage points below which a loss is too small to show."""


class Example(NamedTuple):
    """A computation by hand, and what the plan's own measure says of it and of the whole programme."""

    hand: HandComputation
    exact: float
    lost: dict[tuple[str, str], float]


@computed_once()
def choose_example(decision: Decision) -> Example | None:
    """Return the example with most factors at play, of the most important programme that has them.

    Factors: partners, a complement, other programmes beside it, diminishing returns, a wait until delivery,
    a gap between none and the worst.

    Parameters
    ----------
    decision : Decision
        Of an objective under which effects count.

    Returns
    -------
    Example or None
        None where no programme of the plan has an effect that can be told.
    """
    best: tuple[int, Example] | None = None
    tables = HandTables(decision.case, decision.scenario, _FEWEST)
    chosen = sorted(decision.plan.selected, key=lambda item: (-item.impact, item.program))
    for item in chosen[:_PROGRAMS]:
        for found in _places(decision, item.program, tables):
            factors = _factors(found.hand)
            if best is None or (factors, found.exact) > (best[0], _beaten(best[1], found)):
                best = factors, found
        if best and best[0] == _ALL:
            break
    return None if best is None else _exactly(decision, best[1])


def _beaten(best: Example, found: Example) -> float:
    """Return the loss to beat: none is large enough for a less important programme with as many factors."""
    return best.exact if best.hand.program == found.hand.program else np.inf


def _places(decision: Decision, program: str, tables: HandTables) -> Iterator[Example]:
    lost = decision.losses[program]
    parts = {(str(i), str(r)): float(lost.at[i, r]) for i in lost.index for r in lost.columns}
    for (issue, region), loss in parts.items():
        if loss >= _CLEAR:
            yield Example(
                compute_by_hand(tables, decision.plan.choices, (program, issue, region)), loss, parts
            )


def _factors(hand: HandComputation) -> int:
    """Return how many of the factors are at play."""
    mine, last = [one for one in hand.contributions if one.lost], hand.years[-1]
    gap = float(hand.tables.gaps.at[hand.issue, hand.region])
    return sum(
        (
            any(one.ties for one in mine),
            any(one.other for one in mine),
            any(not one.lost for one in hand.contributions),
            last.closed_with < last.with_it,
            any(line.with_it == line.without for line in hand.years),
            0 < gap < 1,
        )
    )


def _exactly(decision: Decision, found: Example) -> Example:
    """Return the example with as many decimals as it takes to come to the plan's figure as it is printed."""
    hand = found.hand
    for digits in range(_FEWEST, _MOST + 1):
        tables = HandTables(decision.case, decision.scenario, digits)
        hand = compute_by_hand(tables, decision.plan.choices, (hand.program, hand.issue, hand.region))
        if round(hand.impact, IMPACT_DIGITS) == round(found.exact, IMPACT_DIGITS):
            break
    return found._replace(hand=hand)
