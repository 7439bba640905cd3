"""What is proven of a plan, and of there being none: the one place that every text and table asks."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Literal

from jspmodel.errors import InfeasibleError, JspError

PROVISIONAL, OPEN = 0.05, 0.20
"""Gaps above which a plan is told as provisional, and above which no advice to approve it is given."""
NO_GAP = 5e-5
"""Gap below which no other plan counts as better: it would be told as 0.0 percent."""

DOUBT = 1e-5
"""A plan worth more than a bound by this share of it (at least of 1) shows that the bound is wrong."""

Level = Literal["proven", "within", "provisional", "open"]
ProofWording = Literal["optimal", "feasible", "provisional", "open", "nothing"]
Finding = Literal["found", "not_found", "none"]


def relative_gap(objective: float, bound: float, tolerance: float = 0.0) -> float | None:
    """Return how much better another plan may be, as a share of what the plan is worth.

    Parameters
    ----------
    objective : float
        What the plan is worth; NaN where there is none.
    bound : float
        What no plan exceeds, in the same unit.
    tolerance : float
        What the price of money may take from either, in the same unit; it grows with the budget.

    Returns
    -------
    float or None
        0 where ``bound <= objective + tolerance``; else ``(bound - objective) / objective`` where the plan is
        worth something. None where it is worth nothing (or is not there) and more is not ruled out: then
        nothing is proven.

    Examples
    --------
    >>> relative_gap(20.0, 21.0), relative_gap(0.0, 21.0), relative_gap(0.0, 1e-4, 2e-4)
    (0.05, None, 0.0)
    """
    if bound <= objective + tolerance:
        return 0.0
    return (bound - objective) / objective if objective > 0 and bound < inf else None


def contradicts(objective: float, bound: float) -> bool:
    """Return whether a plan in hand shows that a bound is wrong: then it proves nothing.

    Parameters
    ----------
    objective : float
        What the plan is worth.
    bound : float
        What no plan is said to exceed, in the same unit.

    Returns
    -------
    bool

    Examples
    --------
    >>> contradicts(33.3, 31.3), contradicts(33.3, 33.3), contradicts(0.0, float("inf"))
    (True, False, False)
    >>> contradicts(33.3, float("-inf"))  # "there is no plan", with one in hand
    True
    """
    noise = DOUBT * max(1.0, abs(bound)) if bound > -inf else 0.0
    return objective > bound + noise


def least_bound(objective: float, bounds: Sequence[float]) -> tuple[float, int]:
    """Return the lowest bound that a plan in hand does not contradict, and how many were dropped.

    Parameters
    ----------
    objective : float
        What the plan is worth.
    bounds : sequence of float
        In the same unit.

    Returns
    -------
    bound : float
        Infinite where none is left.
    dropped : int

    Examples
    --------
    >>> least_bound(33.3, [31.3, 34.0])
    (34.0, 1)
    """
    left = [bound for bound in bounds if not contradicts(objective, bound)]
    return min(left, default=inf), len(bounds) - len(left)


def level(status: str, gap: float | None) -> Level:
    """Return how the words about a plan may sound.

    Parameters
    ----------
    status : {"optimal", "feasible"}
    gap : float or None
        As ``relative_gap`` returns it.

    Returns
    -------
    {"proven", "within", "provisional", "open"}
        ``proven``: no other plan is better. ``within``: at most 5 percent. ``provisional``: above 5 percent.
        ``open``: above 20 percent, or nothing is proven; then nobody is advised to approve the plan.

    Examples
    --------
    >>> level("optimal", 0.0), level("feasible", 0.05), level("feasible", 0.06), level("feasible", None)
    ('proven', 'within', 'provisional', 'open')
    """
    if gap is None or gap > OPEN:
        return "open"
    if gap > PROVISIONAL:
        return "provisional"
    return "proven" if status == "optimal" and gap < NO_GAP else "within"


def proof_wording(status: str, gap: float | None) -> ProofWording:
    """Return which of the wordings a plan takes: texts are named after it.

    Parameters
    ----------
    status : {"optimal", "feasible"}
    gap : float or None
        As ``relative_gap`` returns it.

    Returns
    -------
    {"optimal", "feasible", "provisional", "open", "nothing"}
        The status up to a gap of 5 percent, else the level; ``nothing`` where nothing is proven.

    Examples
    --------
    >>> proof_wording("optimal", 0.01), proof_wording("optimal", 0.06), proof_wording("feasible", None)
    ('optimal', 'provisional', 'nothing')
    """
    how = level(status, gap)
    if gap is None:
        return "nothing"
    if how == "provisional" or how == "open":
        return how
    return "optimal" if status == "optimal" else "feasible"


def finding(*, found: bool, bound: float) -> Finding:
    """Return whether there is a plan, none was found, or it is proven that there is none.

    Parameters
    ----------
    found : bool
        Whether a plan is known.
    bound : float
        What no plan exceeds; ``-inf`` where it is proven that there is none.

    Returns
    -------
    {"found", "not_found", "none"}

    Examples
    --------
    >>> finding(found=False, bound=34.07), finding(found=False, bound=float("-inf"))
    ('not_found', 'none')
    """
    if found:
        return "found"
    return "none" if bound == -inf else "not_found"


NOT_FOUND = "no_plan_found"
"""How the codes of problems begin that say: none was found, which does not mean that there is none."""


def finding_of(error: JspError) -> Finding | None:
    """Return what an error says of there being a plan; None where it says nothing of it.

    Parameters
    ----------
    error : JspError

    Returns
    -------
    {"not_found", "none"} or None
    """
    if isinstance(error, InfeasibleError):
        return "none"
    return "not_found" if any(problem.code.startswith(NOT_FOUND) for problem in error.problems) else None
