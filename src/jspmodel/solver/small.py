"""Search a model whose relaxation is quick: cuts first, a plan near them, then the proof.

A tight relaxation leads to a good plan, and a good plan makes the proof short. So HiGHS looks for cuts at the
root, and a plan is sought near the relaxation with them: what starts there as a whole starts, what does not
start there at all does not, coalitions are as there; then where plan and relaxation differ. The search with
nothing held starts from that plan and proves the bound. Where the time is too short for a proof, or when its
share is over, the years or the coalitions of the best plan are fixed in turn, the rest being free. (Kernel
search: Angelelli, Mansini and Speranza 2010; searching near a plan: Fischetti and Lodi 2003; where plan and
relaxation differ: Danna, Rothberg and Le Pape 2005.)
"""

from __future__ import annotations

from math import inf

from jspmodel.solver import parts
from jspmodel.solver.attempts import EXACT, Attempts
from jspmodel.solver.highs import relax
from jspmodel.solver.matrix import Array

NEAR, CUT, PART, WHOLE, AGAIN = 0.25, 0.2, 0.2, 0.4, 0.3
"""Shares of the time: near the relaxation, cuts, a part fixed, all free, all free but a bound known."""
FEW = 20
"""Nodes of a search near the relaxation."""
LONG = 10
"""So many times the time that cuts take is the least that a proof needs."""


def search_small(search: Attempts, hint: Array | None) -> None:
    """Seek.

    Parameters
    ----------
    search : Attempts
    hint : array, optional
        What would be a solution but for the bounds of some columns.
    """
    layout = search.layout
    if search.plan is None and hint is None:
        search.attempt(parts.near(layout, search.guess.values), NEAR, nodes=FEW)
    enough = True
    if not search.proven:
        before = search.clock.left
        _tighten(search)
        enough = search.clock.left > LONG * (before - search.clock.left)
        if hint is not None:
            search.attempt(parts.years(layout, hint), PART)
        _near(search)
    if not enough:
        search.stopped = True
        _improve(search)
    share = 1.0 if search.plan is None else AGAIN if search.known < inf else WHOLE
    needed = search.plan is None  # the whole is the last resort, even where the time is out
    while needed or (not search.proven and search.time_left()):
        _prove(search, share)
        if search.status == "infeasible":
            break
        _improve(search)
        share, needed = 1.0, False  # a better plan may make the proof short


def _tighten(search: Attempts) -> None:
    """Add cuts, and go by the relaxation that has them."""
    search.cut(CUT)
    guess = relax(search.matrix, search.options, search.clock.left)
    if guess.finished:
        search.guess = guess
        search.lower(guess.bound)


def _near(search: Attempts) -> None:
    """Seek a plan near the relaxation, then where they differ."""
    layout, guess = search.layout, search.guess.values
    search.attempt(parts.near(layout, guess), NEAR, nodes=FEW)
    if search.plan is None:
        search.attempt(parts.near(layout, guess, parts.WIDE), NEAR, nodes=FEW)
    if search.plan is not None:
        search.attempt(parts.agreed(search.matrix.whole, search.plan, guess), NEAR, nodes=FEW)


def _prove(search: Attempts, share: float) -> None:
    nothing = parts.nothing(len(search.matrix.cost))
    whole = search.attempt(nothing, share, search.gap, whole=True)
    search.lower(whole.bound)
    search.status = whole.status


def _improve(search: Attempts) -> None:
    """Fix years, what the relaxation agrees with, and coalitions, until none helps or the time is out."""
    layout, guess = search.layout, search.guess.values
    helped = True
    while helped and search.plan is not None and not search.proven and search.time_left():
        before, plan = search.objective, search.plan
        held = [
            parts.years(layout, plan),
            parts.agreed(search.matrix.whole, plan, guess),
            parts.coalitions(layout, plan, guess),
        ]
        search.attempts(held, PART)
        helped = search.objective > before + EXACT
