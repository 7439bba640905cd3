"""Search a model whose relaxation is quick: cuts first, a plan near them, then the proof.

A good plan makes the proof short, and a tight relaxation leads to a good plan. So HiGHS looks for cuts at the
root; what is whole in the relaxation with them is held, and the rest searched (relaxation enforced
neighbourhood search: Berthold 2014). The search with nothing held starts from that plan and proves the bound.
While it could not in its time, the years or the coalitions of the best plan are fixed in turn, the rest being
free (searching near a plan: Fischetti and Lodi 2003).
"""

from __future__ import annotations

from jspmodel.solver import parts
from jspmodel.solver.attempts import EXACT, Attempts
from jspmodel.solver.highs import relax
from jspmodel.solver.matrix import Array

NEAR, CUT, PART, WHOLE, AGAIN = 0.25, 0.2, 0.2, 0.6, 0.3
"""Shares of the time: near the relaxation, cuts, one part fixed, nothing fixed, nothing fixed but a bound known."""
FEW, SOME = 20, 60
"""Nodes of a search near the relaxation, and of one near the relaxation with cuts."""
WIDE = 0.05
"""Part in the relaxation from which a region joins where rounding at a half leaves a floor out of reach."""


def search_small(search: Attempts, hint: Array | None, known: bool) -> None:
    """Seek.

    Parameters
    ----------
    search : Attempts
    hint : array, optional
        What would be a solution but for the bounds of some columns.
    known : bool
        Whether a bound is known from elsewhere: then less time goes into a proof.
    """
    layout = search.layout
    if search.plan is None:
        search.attempt(parts.near(layout, search.guess.values), NEAR, nodes=FEW)
    if not search.proven:
        _tighten(search)
        search.attempt(parts.decided(search.matrix.whole, search.guess.values), NEAR, nodes=SOME)
    if search.plan is None:
        search.attempt(parts.near(layout, search.guess.values, WIDE), NEAR)
    if hint is not None:
        search.attempt(parts.years(layout, hint), PART)
    if not search.proven:
        _prove(search, 1.0 if search.plan is None else AGAIN if known else WHOLE)
    _improve(search)


def _tighten(search: Attempts) -> None:
    """Add cuts, and go by the relaxation that has them."""
    search.cut(CUT)
    guess = relax(search.matrix, search.options, search.clock.left)
    if guess.finished:
        search.guess = guess
        search.lower(guess.bound)


def _prove(search: Attempts, share: float) -> None:
    nothing = parts.nothing(len(search.matrix.cost))
    whole = search.attempt(nothing, share, search.gap, whole=True)
    search.lower(whole.bound)
    search.status = whole.status


def _improve(search: Attempts) -> None:
    """Fix what the relaxation agrees with, coalitions and years in turn until none helps, the gap is proven or the time is out."""
    helped = True
    while helped and search.plan is not None and not search.proven and search.time_left():
        before = search.objective
        search.attempt(parts.agreed(search.matrix.whole, search.plan, search.guess.values), PART)
        search.attempt(parts.coalitions(search.layout, search.plan, search.guess.values), PART)
        search.attempt(parts.years(search.layout, search.plan), PART)
        helped = search.objective > before + EXACT
